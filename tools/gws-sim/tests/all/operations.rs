//! `POST` of operations: effects, notifications, refusals.

use serde_json::{Value, json};

use crate::support::*;

fn op(name: &str) -> Value {
    json!({ "operationName": name })
}

fn code(reply: &Reply) -> (u16, u64) {
    (reply.status, reply.json()["statusCode"].as_u64().unwrap())
}

#[test]
fn barge_in_is_accepted_and_then_told_by_two_notifications() {
    let sim = Sim::still();
    let client = Bayeux::subscribed(&sim, "/v2/me/*");
    let held = client.hold(&sim);
    let mut browser = sim.browser();
    let reply = browser.operate(MONITORED, op("SwitchToBargeIn"));
    assert_eq!(
        (reply.status, reply.body.as_str()),
        (200, r#"{"statusCode":0}"#)
    );

    let mut messages = held.finish().unwrap().messages();
    messages.extend(
        client
            .begin_connect(json!({ "advice": { "timeout": 0 } }))
            .finish()
            .unwrap()
            .messages(),
    );
    let events = events(&messages);
    assert_eq!(events.len(), 2, "{messages:?}");
    for event in &events {
        assert_eq!(event["channel"], "/v2/me/smssessions");
    }
    let data = &events[0]["data"];
    assert_eq!(data["messageType"], "SMSsessionStateChangeMessage");
    assert_eq!(data["notificationType"], "ParticipantsUpdated");
    assert_eq!(data["smssession"]["id"], MONITORED);
    assert_eq!(data["smssession"]["participants"][1]["visibility"], "All");
    let capabilities = data["smssession"]["capabilities"].to_string();
    assert!(capabilities.contains("SwitchToMonitor") && !capabilities.contains("BargeIn"));
    let log = &events[1]["data"];
    assert_eq!(log["messageType"], "MessageLogUpdated");
    assert_eq!(log.get("smssessionPath"), None);
    assert_eq!(log["notificationType"], "NewMessages");
    assert_eq!(
        log["smssessionUri"],
        format!("http://{}/api/v2/smssessions/{MONITORED}", sim.address)
    );
    let entry = &log["messages"][0];
    assert_eq!(
        (&entry["index"], &entry["type"]),
        (&6.into(), &"ParticipantRejoined".into())
    );
    assert_eq!(
        (&entry["visibility"], &entry["from"]["visibility"]),
        (&"All".into(), &"All".into())
    );
}

#[test]
fn every_switch_is_reversible() {
    let sim = Sim::still();
    let mut browser = sim.browser();
    let steps = [
        ("SwitchToCoach", "coach"),
        ("SwitchToBargeIn", "barge-in"),
        ("SwitchToCoach", "coach"),
        ("SwitchToMonitor", "monitor"),
        ("SwitchToBargeIn", "barge-in"),
        ("SwitchToMonitor", "monitor"),
    ];
    for (operation, mode) in steps {
        assert_eq!(code(&browser.operate(MONITORED, op(operation))), (200, 0));
        assert_eq!(sim.mode(MONITORED), mode);
    }
}

#[test]
fn refusals_have_the_documented_codes() {
    let sim = Sim::still();
    let mut browser = sim.browser();
    let mut refused = |id: &str, body: Value| code(&browser.operate(id, body));
    assert_eq!(refused("nope", op("SwitchToBargeIn")), (404, 6));
    assert_eq!(refused(CHAT, op("SwitchToBargeIn")), (404, 6));
    assert_eq!(refused(JOINED, op("SwitchToBargeIn")), (400, 2));
    assert_eq!(
        refused(
            MONITORED,
            json!({ "operationName": "SendMessage", "text": "x" })
        ),
        (400, 2)
    );
    assert_eq!(refused(DENIED, op("SwitchToBargeIn")), (403, 5));
    assert_eq!(refused(UNSUPERVISED, op("SwitchToBargeIn")), (403, 3));
    assert_eq!(refused(MONITORED, json!({})), (400, 1));
    assert_eq!(refused(JOINED, op("SendMessage")), (400, 1));
    assert_eq!(
        refused(JOINED, json!({ "operationName": "SendMessage", "text": 7 })),
        (400, 10)
    );
    assert_eq!(refused(MONITORED, op("SwitchToBargein")), (400, 10));
    assert_eq!(refused(MONITORED, json!({ "operationName": 7 })), (400, 10));
    assert_eq!(refused(MONITORED, op("Transfer")), (403, 3));
    // None of this has changed anything.
    assert_eq!(sim.mode(MONITORED), "monitor");
    let reply = browser.post(&format!("/api/v2/me/smssessions/{MONITORED}"), "{");
    assert_eq!(code(&reply), (400, 10));
}

#[test]
fn a_refusal_has_only_code_and_words() {
    let sim = Sim::still();
    let reply = sim.browser().operate(JOINED, op("SwitchToBargeIn"));
    let json = reply.json();
    assert_eq!(json.as_object().unwrap().len(), 2);
    assert!(
        json["statusMessage"]
            .as_str()
            .unwrap()
            .contains("SwitchToBargeIn")
    );
}

#[test]
fn messages_reach_those_who_may_see_them() {
    let sim = Sim::still();
    let mut browser = sim.browser();
    let say = |name: &str, text: &str| json!({ "operationName": name, "text": text });
    assert_eq!(
        code(&browser.operate(JOINED, say("SendMessage", "to all"))),
        (200, 0)
    );
    assert_eq!(
        code(&browser.operate(JOINED, say("SendToAgents", "to the agent"))),
        (200, 0)
    );
    let sees = |who: &str| {
        let path = format!("/control/sessions/{JOINED}/view?as={who}");
        sim.stranger().get(&path).json()["messages"].to_string()
    };
    assert!(sees("customer").contains("to all") && !sees("customer").contains("to the agent"));
    assert!(sees("agent").contains("to all") && sees("agent").contains("to the agent"));
    let log = browser
        .get(&format!(
            "/api/v2/me/smssessions/{JOINED}/messages?startIndex=6"
        ))
        .json();
    assert_eq!(log["messages"][0]["visibility"], "All");
    assert_eq!(log["messages"][1]["visibility"], "Agents");
    assert_eq!(log["messages"][1]["from"]["nickname"], "Dana Whitfield");
}

#[test]
fn a_monitoring_supervisor_is_seen_by_nobody() {
    let sim = Sim::still();
    for who in ["customer", "agent"] {
        let path = format!("/control/sessions/{MONITORED}/view?as={who}");
        assert!(!sim.stranger().get(&path).body.contains("Dana"), "{who}");
    }
    sim.browser().operate(MONITORED, op("SwitchToCoach"));
    let sees = |who: &str| {
        sim.stranger()
            .get(&format!("/control/sessions/{MONITORED}/view?as={who}"))
            .body
    };
    assert!(sees("agent").contains("Dana") && !sees("customer").contains("Dana"));
    sim.browser().operate(MONITORED, op("SwitchToBargeIn"));
    assert!(sees("customer").contains("Dana"));
}

#[test]
fn typing_is_told_and_takes_an_index_but_is_not_kept() {
    let sim = Sim::still();
    let mut client = Bayeux::subscribed(&sim, "/v2/me/smssessions");
    client
        .browser
        .operate(JOINED, op("SendStartTypingNotification"));
    client
        .browser
        .operate(JOINED, op("SendStopTypingToAgentNotification"));
    client.browser.operate(
        JOINED,
        json!({ "operationName": "SendMessage", "text": "x" }),
    );
    let messages = client.send(json!({ "channel": "/meta/connect" }));
    let entries: Vec<_> = events(&messages)
        .iter()
        .map(|event| {
            let entry = &event["data"]["messages"][0];
            (
                entry["index"].as_u64().unwrap(),
                entry["type"].as_str().unwrap().to_owned(),
            )
        })
        .collect();
    let expected = [(6, "TypingStarted"), (7, "TypingStopped"), (8, "Text")];
    assert_eq!(
        entries,
        expected.map(|(index, kind)| (index, kind.to_owned()))
    );
    let log = client
        .browser
        .get(&format!(
            "/api/v2/me/smssessions/{JOINED}/messages?startIndex=6"
        ))
        .json();
    assert_eq!(log["messages"].as_array().unwrap().len(), 1);
}

#[test]
fn urls_are_pushed_as_urls() {
    let sim = Sim::still();
    let mut browser = sim.browser();
    browser.operate(
        JOINED,
        json!({ "operationName": "SendUrl", "url": "https://example.com/" }),
    );
    let log = browser
        .get(&format!(
            "/api/v2/me/smssessions/{JOINED}/messages?startIndex=6"
        ))
        .json();
    assert_eq!(log["messages"][0]["type"], "PushUrl");
    assert_eq!(log["messages"][0]["url"], "https://example.com/");
}

#[test]
fn leaving_a_conference_completes_it_for_the_supervisor() {
    let sim = Sim::still();
    let mut client = Bayeux::subscribed(&sim, "/v2/me/*");
    assert_eq!(
        code(&client.browser.operate(MONITORED, op("Leave"))),
        (200, 0)
    );
    let messages = client.send(json!({ "channel": "/meta/connect" }));
    let last = events(&messages).pop().unwrap()["data"].clone();
    assert_eq!(last["notificationType"], "StatusChange");
    assert_eq!(last["smssession"]["state"], "Completed");
    let reply = client
        .browser
        .get(&format!("/api/v2/me/smssessions/{MONITORED}"));
    assert_eq!(reply.status, 404);
}

#[test]
fn leaving_as_the_last_agent_ends_it_for_the_customer() {
    let sim = Sim::still();
    let mut browser = sim.browser();
    sim.control(&format!("sessions/{JOINED}/agent-leaves"), json!({}));
    browser.operate(JOINED, op("Leave"));
    let path = format!("/api/v2/me/smssessions/{JOINED}");
    let session = browser.get(&path).json()["smssession"].clone();
    assert_eq!(session["state"], "LeftChat");
    assert!(session["capabilities"].to_string().contains("Complete"));
    assert_eq!(
        code(&browser.operate(JOINED, op("SwitchToMonitor"))),
        (400, 2)
    );
    assert_eq!(code(&browser.operate(JOINED, op("Complete"))), (200, 0));
    assert_eq!(browser.get(&path).status, 404);
}

#[test]
fn chats_barge_in_on_their_own_path_and_channel() {
    let sim = Sim::still();
    let mut client = Bayeux::subscribed(&sim, "/v2/me/chats");
    let path = format!("/api/v2/me/chats/{CHAT}");
    let reply = client
        .browser
        .post(&path, &op("SwitchToBargeIn").to_string());
    assert_eq!(code(&reply), (200, 0));
    let messages = client.send(json!({ "channel": "/meta/connect" }));
    let events = events(&messages);
    assert_eq!(events[0]["channel"], "/v2/me/chats");
    assert_eq!(events[0]["data"]["messageType"], "ChatStateChangeMessage");
    assert_eq!(events[0]["data"]["chat"]["id"], CHAT);
    assert_eq!(events[1]["data"]["chatPath"], format!("/chats/{CHAT}"));
    assert_eq!(events[1]["data"].get("smssessionUri"), None);
}

#[test]
fn user_data_is_attached_and_told() {
    let sim = Sim::still();
    let mut client = Bayeux::subscribed(&sim, "/v2/me/*");
    let body = json!({ "operationName": "AttachUserData", "userData": { "Note": "vip" } });
    assert_eq!(code(&client.browser.operate(MONITORED, body)), (200, 0));
    let messages = client.send(json!({ "channel": "/meta/connect" }));
    let data = &events(&messages)[0]["data"];
    assert_eq!(data["notificationType"], "PropertiesUpdated");
    assert_eq!(data["smssession"]["userData"]["Note"], "vip");
}
