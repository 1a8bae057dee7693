//! The control interface: sessions changed from outside, raw data, the log, who may use it.

use serde_json::{Value, json};

use crate::support::*;

/// Does something to a session and returns the data of the notifications it caused.
fn told(sim: &Sim, id: &str, action: &str, body: Value) -> Vec<Value> {
    let mut client = Bayeux::subscribed(sim, "/v2/me/*");
    sim.control(&format!("sessions/{id}/{action}"), body);
    let zero = json!({ "channel": "/meta/connect", "advice": { "timeout": 0 } });
    let messages = client.send(zero);
    events(&messages)
        .iter()
        .map(|event| event["data"].clone())
        .collect()
}

#[test]
fn sessions_end_by_revocation_and_completion() {
    let sim = Sim::still();
    for (id, action, state) in [
        (MONITORED, "revoke", "Revoked"),
        (COACHED, "complete", "Completed"),
    ] {
        let told = told(&sim, id, action, json!({}));
        assert_eq!(told.len(), 1);
        assert_eq!(told[0]["notificationType"], "StatusChange");
        assert_eq!(told[0]["smssession"]["state"], state);
        assert_eq!(told[0]["smssession"]["capabilities"], json!([]));
        assert_eq!(
            sim.stranger()
                .get(&format!("/api/v2/me/smssessions/{id}"))
                .status,
            404
        );
    }
    told(&sim, SHARED, "revoke", json!({ "keep": true }));
    let kept = sim
        .stranger()
        .get(&format!("/api/v2/me/smssessions/{SHARED}"))
        .json();
    assert_eq!(kept["smssession"]["state"], "Revoked");
}

#[test]
fn a_removed_session_is_not_notified() {
    let sim = Sim::still();
    assert!(told(&sim, MONITORED, "remove", json!({})).is_empty());
    assert_eq!(
        sim.stranger()
            .get(&format!("/api/v2/me/smssessions/{MONITORED}"))
            .status,
        404
    );
}

#[test]
fn people_come_and_go() {
    let sim = Sim::still();
    let names = |data: &Value| -> Vec<String> {
        let people = data["smssession"]["participants"]
            .as_array()
            .unwrap()
            .iter();
        people
            .map(|p| p["nickname"].as_str().unwrap().to_owned())
            .collect()
    };
    let joined = told(
        &sim,
        MONITORED,
        "second-supervisor",
        json!({ "nickname": "Ann Lee" }),
    );
    assert!(names(&joined[0]).contains(&"Ann Lee".to_owned()));
    assert_eq!(joined[1]["messages"][0]["type"], "ParticipantJoined");
    let moved = told(&sim, MONITORED, "transfer", json!({ "agent": "Bo Chen" }));
    let last = moved
        .iter()
        .rfind(|data| data["notificationType"] == "ParticipantsUpdated")
        .unwrap();
    assert!(
        names(last).contains(&"Bo Chen".to_owned())
            && !names(last).contains(&"Tom Becker".to_owned())
    );
    assert!(names(last).contains(&"Ann Lee".to_owned()));
    let left = told(&sim, MONITORED, "agent-leaves", json!({}));
    assert!(!names(&left[0]).contains(&"Bo Chen".to_owned()));
    assert_eq!(left[1]["messages"][0]["type"], "ParticipantLeft");
    let renamed = told(&sim, MONITORED, "rename", json!({ "nickname": "P. Raman" }));
    assert!(names(&renamed[0]).contains(&"P. Raman".to_owned()));
}

#[test]
fn a_switch_made_elsewhere_is_notified_like_an_own_one() {
    let sim = Sim::still();
    let told = told(
        &sim,
        MONITORED,
        "switch",
        json!({ "operation": "SwitchToBargeIn" }),
    );
    assert_eq!(told[1]["messages"][0]["type"], "ParticipantRejoined");
    assert_eq!(sim.mode(MONITORED), "barge-in");
}

#[test]
fn capabilities_can_be_given_and_taken_back() {
    let sim = Sim::still();
    let given = told(
        &sim,
        MONITORED,
        "capabilities",
        json!({ "list": ["Leave"] }),
    );
    assert_eq!(given[0]["smssession"]["capabilities"], json!(["Leave"]));
    let reply = sim
        .browser()
        .operate(MONITORED, json!({ "operationName": "SwitchToBargeIn" }));
    assert_eq!(reply.json()["statusCode"], 2);
    let usual = told(&sim, MONITORED, "capabilities", json!({ "list": null }));
    assert!(
        usual[0]["smssession"]["capabilities"]
            .to_string()
            .contains("SwitchBargeIn")
    );
}

#[test]
fn sessions_begin_with_status_people_and_history() {
    let sim = Sim::still();
    let mut client = Bayeux::subscribed(&sim, "/v2/me/*");
    let made = sim.control("sessions", json!({
        "id": "new", "mode": "coach", "customer": "Zoe", "agent": "Yan", "spelling": "SwitchBargeIn",
    }));
    assert_eq!(made["id"], "new");
    let messages = client.send(json!({ "channel": "/meta/connect", "advice": { "timeout": 0 } }));
    let kinds: Vec<_> = events(&messages)
        .iter()
        .map(|e| e["data"]["notificationType"].clone())
        .collect();
    assert_eq!(
        kinds,
        ["StatusChange", "ParticipantsUpdated", "NewMessages"]
    );
    assert_eq!(sim.mode("new"), "coach");
    assert!(
        events(&messages)[0]["data"]["smssession"]["capabilities"]
            .to_string()
            .contains("SwitchBargeIn")
    );
    let again = sim.stranger().post("/control/sessions", r#"{"id":"new"}"#);
    assert_eq!(again.status, 400);
    let random = sim.control("sessions", json!({ "mode": "none", "media": "chat" }))["id"].clone();
    let path = format!("/api/v2/me/chats/{}", random.as_str().unwrap());
    assert_eq!(
        sim.stranger().get(&path).json()["chat"]["capabilities"],
        json!([])
    );
}

#[test]
fn raw_data_is_published_unchanged() {
    let sim = Sim::still();
    let client = Bayeux::subscribed(&sim, "/v2/me/*");
    let raw = r#"{ "messages": [ { "timestampSeconds": 1399313371000L } ] }"#;
    let body = json!({ "channel": "/v2/me/smssessions", "raw": raw, "duplicate": 3 });
    assert_eq!(sim.control("publish", body)["clients"], 1);
    let reply = client
        .begin_connect(json!({ "advice": { "timeout": 0 } }))
        .finish()
        .unwrap();
    let event = format!(r#"{{"data":{raw},"channel":"/v2/me/smssessions"}}"#);
    assert_eq!(reply.body.matches(&event).count(), 3, "{}", reply.body);
}

#[test]
fn the_log_tells_what_was_asked() {
    let sim = Sim::still();
    let mut client = Bayeux::subscribed(&sim, "/v2/me/*");
    sim.stranger()
        .send("DELETE", "/control/log", &[], "")
        .unwrap();
    client
        .browser
        .operate(MONITORED, json!({ "operationName": "SwitchToBargeIn" }));
    client.send(json!({ "channel": "/meta/subscribe", "subscription": "/a" }));
    client.browser.token = None;
    client
        .browser
        .operate(MONITORED, json!({ "operationName": "Leave" }));
    let log = sim.log();
    assert_eq!(log.len(), 3);
    assert_eq!(log[0]["operation"], "SwitchToBargeIn");
    assert_eq!(log[0]["body"], r#"{"operationName":"SwitchToBargeIn"}"#);
    assert_eq!(
        log[0]["path"],
        format!("/api/v2/me/smssessions/{MONITORED}")
    );
    assert_eq!(log[0]["contentType"], "application/json");
    assert_eq!(
        (&log[0]["csrf"], &log[0]["status"]),
        (&true.into(), &200.into())
    );
    assert_eq!(log[1]["channels"], json!(["/meta/subscribe"]));
    assert_eq!(log[1]["subscriptions"], json!(["/a"]));
    assert_eq!(
        (&log[2]["csrf"], &log[2]["status"]),
        (&false.into(), &403.into())
    );
    let after = sim
        .stranger()
        .get(&format!("/control/log?after={}", log[1]["seq"]))
        .json();
    assert_eq!(after["requests"].as_array().unwrap().len(), 1);
}

#[test]
fn polls_of_forgotten_clients_are_answered_or_hang() {
    let sim = Sim::start(gws_sim::args::Args {
        hold_ms: 500,
        ..gws_sim::args::Args::still()
    });
    let client = Bayeux::subscribed(&sim, "/v2/me/*");
    let held = client.hold(&sim);
    assert_eq!(sim.control("forget-clients", json!({}))["forgotten"], 1);
    let last = held.finish().unwrap().messages().pop().unwrap();
    assert_eq!(last["error"], "402::Unknown client");
    assert_eq!(last["advice"]["reconnect"], "handshake");

    let mut client = Bayeux::subscribed(&sim, "/v2/me/*");
    let held = client.hold(&sim);
    sim.control("forget-clients", json!({ "polls": "hold" }));
    assert_eq!(sim.state()["polls"], 1);
    assert_eq!(held.finish().unwrap().messages()[0]["successful"], true);
    assert_eq!(
        client.one(json!({ "channel": "/meta/connect" }))["error"],
        "402::Unknown client"
    );
}

#[test]
fn pages_of_other_machines_may_not_control() {
    let sim = Sim::still();
    let stranger = sim.stranger();
    let from = |origin: &str| {
        let reply = stranger
            .send("GET", "/control/state", &[("Origin", origin)], "")
            .unwrap();
        reply.status
    };
    assert_eq!(from("https://example.com"), 403);
    assert_eq!(from("null"), 403);
    assert_eq!(from("http://127.0.0.1.example.com"), 403);
    assert_eq!(from("http://localhost:8080"), 200);
    assert_eq!(from("http://[::1]"), 200);
    assert_eq!(from(&format!("http://{}", sim.address)), 200);
}

#[test]
fn unknown_sessions_and_actions_are_errors() {
    let sim = Sim::still();
    assert_eq!(
        sim.stranger()
            .post("/control/sessions/nope/revoke", "")
            .status,
        404
    );
    assert_eq!(
        sim.stranger()
            .post(&format!("/control/sessions/{MONITORED}/dance"), "")
            .status,
        400
    );
    assert_eq!(
        sim.stranger()
            .post(&format!("/control/sessions/{MONITORED}/say"), "{}")
            .status,
        400
    );
}
