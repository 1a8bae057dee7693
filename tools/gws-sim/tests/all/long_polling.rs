//! Bayeux over long-polling, as in CometD Java 3.1.12.

use std::time::Instant;

use gws_sim::args::Args;
use serde_json::{Value, json};

use crate::support::*;

const PATH: &str = "/api/v2/notifications";

#[test]
fn a_handshake_gives_an_id_a_cookie_and_advice() {
    let sim = Sim::still();
    let mut browser = sim.browser();
    let body = r#"[{"channel":"/meta/handshake","version":"1.0","supportedConnectionTypes":["long-polling"],"id":"7"}]"#;
    let reply = browser.post("/api/v2/notifications/handshake", body);
    assert!(
        reply
            .header("content-type")
            .unwrap()
            .starts_with("application/json")
    );
    let cookie = reply.header("set-cookie").unwrap();
    assert!(
        cookie.starts_with("BAYEUX_BROWSER=") && cookie.ends_with("; Path=/; HttpOnly"),
        "{cookie}"
    );
    let shaken = &reply.messages()[0];
    assert_eq!(shaken["successful"], true);
    assert_eq!(
        (&shaken["version"], &shaken["id"]),
        (&"1.0".into(), &"7".into())
    );
    assert_eq!(
        shaken["supportedConnectionTypes"],
        json!(["long-polling", "callback-polling"])
    );
    assert_eq!(
        shaken["advice"],
        json!({ "interval": 0, "timeout": 30000, "reconnect": "retry" })
    );
    assert_eq!(shaken.get("ext"), None);
    // The cookie is not sent again to a browser that has it.
    assert_eq!(
        browser
            .post("/api/v2/notifications/handshake", body)
            .header("set-cookie"),
        None
    );
}

#[test]
fn every_suffix_is_the_same_endpoint() {
    let sim = Sim::still();
    let mut browser = sim.browser();
    let body = r#"[{"channel":"/meta/handshake","version":"1.0"}]"#;
    for suffix in ["", "/", "/handshake", "/connect", "/disconnect"] {
        let reply = browser.post(&format!("{PATH}{suffix}"), body);
        assert_eq!(reply.messages()[0]["successful"], true, "{suffix}");
    }
}

#[test]
fn a_single_object_is_accepted() {
    let sim = Sim::still();
    let reply = sim
        .browser()
        .post(PATH, r#"{"channel":"/meta/handshake","version":"1.0"}"#);
    assert_eq!(reply.messages()[0]["successful"], true);
}

#[test]
fn invalid_bayeux_is_rejected() {
    let sim = Sim::still();
    let mut browser = sim.browser();
    assert_eq!(browser.post(PATH, "[{").status, 400);
    assert_eq!(browser.post(PATH, "7").status, 400);
    assert_eq!(browser.post(PATH, "[]").status, 500);
    let two = r#"[{"channel":"/meta/handshake"},{"channel":"/meta/subscribe"}]"#;
    assert_eq!(browser.post(PATH, two).status, 500);
    assert_eq!(browser.get(PATH).status, 400);
    let empty = browser.post(PATH, "");
    assert_eq!((empty.status, empty.body.as_str()), (200, ""));
}

#[test]
fn bodies_on_which_cometd_throws_are_http_500() {
    let sim = Sim::still();
    let client = Bayeux::subscribed(&sim, "/v2/me/*");
    let mut browser = client.browser;
    for message in [
        json!({}),
        json!({ "channel": 7 }),
        json!({ "channel": "x" }),
        json!({ "channel": "/meta/subscribe", "subscription": "x" }),
        json!({ "channel": "/meta/subscribe", "subscription": ["/a", 7] }),
        json!({ "channel": "/meta/unsubscribe", "subscription": {} }),
    ] {
        let mut message = message;
        message["clientId"] = client.id.as_str().into();
        let reply = browser.post(PATH, &json!([message]).to_string());
        assert_eq!((reply.status, reply.body.as_str()), (500, ""), "{message}");
    }
}

#[test]
fn a_handshake_may_be_denied() {
    let sim = Sim::still();
    sim.control("handshakes", json!({ "denied": true }));
    let mut browser = sim.browser();
    let denied = handshake(&mut browser, json!({}));
    assert_eq!(
        denied,
        json!({
            "channel": "/meta/handshake",
            "id": "1",
            "successful": false,
            "error": "403::Handshake denied",
            "advice": { "reconnect": "none" },
        })
    );
    sim.control("handshakes", json!({ "denied": false }));
    assert_eq!(handshake(&mut browser, json!({}))["successful"], true);
}

#[test]
fn a_clients_own_interval_is_echoed() {
    let sim = Sim::still();
    let mut client = Bayeux::subscribed(&sim, "/v2/me/*");
    let own = json!({ "timeout": 0, "interval": 60_000 });
    let reply = client.one(json!({ "channel": "/meta/connect", "advice": own }));
    let advice = json!({ "interval": 60000, "timeout": 30000, "reconnect": "retry" });
    assert_eq!(reply["advice"], advice);
    let zero = json!({ "channel": "/meta/connect", "advice": { "timeout": 0 } });
    assert_eq!(client.one(zero)["advice"]["interval"], 0);
}

#[test]
fn unknown_meta_channels_are_denied() {
    let sim = Sim::still();
    let mut client = Bayeux::subscribed(&sim, "/v2/me/*");
    let reply = client.one(json!({ "channel": "/meta/what" }));
    assert_eq!(
        reply["error"],
        "403:denied_by_security_policy:create denied"
    );
}

#[test]
fn the_first_connect_is_answered_at_once_and_the_second_is_held() {
    let sim = Sim::still();
    // `subscribed` makes the first connect and waits for its answer.
    let client = Bayeux::subscribed(&sim, "/v2/me/*");
    assert_eq!(sim.state()["polls"], 0);
    let held = client.hold(&sim);
    sim.control(
        "publish",
        json!({ "channel": "/v2/me/x", "data": { "n": 1 } }),
    );
    let messages = held.finish().unwrap().messages();
    assert_eq!(
        messages[0],
        json!({ "channel": "/v2/me/x", "data": { "n": 1 } })
    );
    assert_eq!(messages[1]["channel"], "/meta/connect");
    assert_eq!(messages[1].get("advice"), None);
}

#[test]
fn a_hold_ends_after_its_time() {
    let sim = Sim::start(Args {
        hold_ms: 300,
        ..Args::still()
    });
    let client = Bayeux::subscribed(&sim, "/v2/me/*");
    let begun = Instant::now();
    let messages = client
        .begin_connect(json!({ "id": 9 }))
        .finish()
        .unwrap()
        .messages();
    assert!(begun.elapsed().as_millis() >= 300);
    assert_eq!(
        messages,
        [json!({ "channel": "/meta/connect", "id": "9", "successful": true })]
    );
}

#[test]
fn a_timeout_of_0_is_answered_at_once_with_advice() {
    let sim = Sim::still();
    let mut client = Bayeux::subscribed(&sim, "/v2/me/*");
    let reply = client.one(json!({ "channel": "/meta/connect", "advice": { "timeout": 0 } }));
    assert_eq!(reply["advice"]["timeout"], 30000);
    assert_eq!(reply["advice"]["reconnect"], "retry");
}

#[test]
fn a_connect_together_with_other_messages_is_not_held() {
    let sim = Sim::still();
    let mut client = Bayeux::subscribed(&sim, "/v2/me/*");
    let connect = json!({ "channel": "/meta/connect", "clientId": client.id });
    let subscribe =
        json!({ "channel": "/meta/subscribe", "subscription": "/a", "clientId": client.id });
    let messages = client
        .browser
        .post(PATH, &json!([subscribe, connect]).to_string())
        .messages();
    assert_eq!(messages.len(), 2);
}

#[test]
fn a_second_connect_ends_the_first_with_http_500() {
    let sim = Sim::still();
    let client = Bayeux::subscribed(&sim, "/v2/me/*");
    let first = client.hold(&sim);
    let second = client.begin_connect(json!({}));
    let first = first.finish().unwrap();
    assert_eq!((first.status, first.body.as_str()), (500, ""));
    sim.until(|state| state["polls"] == 1);
    sim.control("publish", json!({ "channel": "/v2/me/x", "data": 1 }));
    assert_eq!(events(&second.finish().unwrap().messages()).len(), 1);
}

#[test]
fn an_unknown_client_is_advised_on_connect_only() {
    let sim = Sim::still();
    let mut client = Bayeux {
        browser: sim.browser(),
        id: "nobody".to_owned(),
    };
    let reply = client.one(json!({ "channel": "/meta/connect" }));
    assert_eq!(reply["successful"], false);
    assert_eq!(reply["error"], "402::Unknown client");
    assert_eq!(
        reply["advice"],
        json!({ "interval": 0, "reconnect": "handshake" })
    );
    for channel in [
        "/meta/subscribe",
        "/meta/unsubscribe",
        "/meta/disconnect",
        "/x",
    ] {
        let reply = client.one(json!({ "channel": channel, "subscription": "/x" }));
        assert_eq!(reply["error"], "402::Unknown client", "{channel}");
        assert_eq!(reply.get("advice"), None, "{channel}");
    }
}

#[test]
fn a_client_belongs_to_its_browser() {
    let sim = Sim::still();
    let mut client = Bayeux::subscribed(&sim, "/v2/me/*");
    client
        .browser
        .cookies
        .retain(|(name, _)| name != "BAYEUX_BROWSER");
    assert_eq!(
        client.one(json!({ "channel": "/meta/connect" }))["error"],
        "402::Unknown client"
    );
}

#[test]
fn a_silent_client_is_forgotten() {
    let args = Args {
        max_interval_ms: 0,
        multi_session_interval_ms: 0,
        ..Args::still()
    };
    let sim = Sim::start(args);
    let mut browser = sim.browser();
    let id = handshake(&mut browser, json!({}))["clientId"]
        .as_str()
        .unwrap()
        .to_owned();
    let mut client = Bayeux { browser, id };
    assert_eq!(
        client.one(json!({ "channel": "/meta/connect" }))["error"],
        "402::Unknown client"
    );
}

#[test]
fn a_silent_client_is_forgotten_soon_after_its_time_and_not_before() {
    // The same time for a client that polls slowly as advised.
    let args = Args {
        max_interval_ms: 1_000,
        multi_session_interval_ms: 60_000,
        ..Args::still()
    };
    let sim = Sim::start(args);
    // The time before its last answer.
    let before = Instant::now();
    let _client = Bayeux::subscribed(&sim, "/v2/me/*");
    sim.until(|state| state["clients"] == json!([]));
    assert!(before.elapsed().as_millis() >= 1_000);
}

#[test]
fn a_client_that_polls_is_not_silent() {
    let args = Args {
        max_interval_ms: 1_000,
        multi_session_interval_ms: 0,
        ..Args::still()
    };
    let sim = Sim::start(args);
    let client = Bayeux::subscribed(&sim, "/v2/me/*");
    let held = client.hold(&sim);
    // Another client's connect serves as the clock.
    let mut clock = Bayeux::subscribed(&sim, "/v2/me/nothing");
    clock.one(json!({ "channel": "/meta/connect", "advice": { "timeout": 1_500 } }));
    sim.control("publish", json!({ "channel": "/v2/me/x", "data": 1 }));
    assert_eq!(events(&held.finish().unwrap().messages()).len(), 1);
}

/// A request with this delay and no effect serves as the clock.
fn pass(sim: &Sim, ms: u64) {
    sim.fault(json!({ "match": { "path": "/version" }, "action": "delay", "ms": ms }));
    sim.stranger().get("/api/v2/diagnostics/version");
}

#[test]
fn a_long_held_client_survives_two_notifications_at_once() {
    let sim = Sim::start(Args {
        max_interval_ms: 1_000,
        multi_session_interval_ms: 0,
        ..Args::still()
    });
    let mut client = Bayeux::subscribed(&sim, "/v2/me/*");
    let held = client.hold(&sim);
    pass(&sim, 1_600);
    // Both are published before the poll's answer is written.
    let switch = json!({ "operation": "SwitchToCoach" });
    sim.control(&format!("sessions/{MONITORED}/switch"), switch);
    assert_eq!(events(&held.finish().unwrap().messages()).len(), 2);
    // Its time begins again with the answer.
    let zero = json!({ "channel": "/meta/connect", "advice": { "timeout": 0 } });
    assert_eq!(client.one(zero)["successful"], true);
}

#[test]
fn disconnecting_ends_the_held_connect() {
    let sim = Sim::still();
    let mut client = Bayeux::subscribed(&sim, "/v2/me/*");
    let held = client.hold(&sim);
    let reply = client.one(json!({ "channel": "/meta/disconnect", "id": "3" }));
    assert_eq!(
        reply,
        json!({ "channel": "/meta/disconnect", "id": "3", "successful": true })
    );
    let last = held.finish().unwrap().messages().pop().unwrap();
    assert_eq!(last["advice"], json!({ "reconnect": "none" }));
    assert_eq!(sim.state()["clients"], json!([]));
}

#[test]
fn reply_first_is_the_other_order() {
    let sim = Sim::start(Args {
        reply_first: true,
        ..Args::still()
    });
    let mut client = Bayeux::subscribed(&sim, "/v2/me/*");
    sim.control("publish", json!({ "channel": "/v2/me/x", "data": 1 }));
    let messages = client.send(json!({ "channel": "/meta/connect" }));
    let channels: Vec<&Value> = messages.iter().map(|m| &m["channel"]).collect();
    assert_eq!(channels, ["/meta/connect", "/v2/me/x"]);
}
