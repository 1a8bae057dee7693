//! The acknowledgement extension: events only with connects, sent again until acknowledged.

use gws_sim::args::Args;
use serde_json::json;

use crate::support::*;

#[test]
fn it_is_offered_to_those_who_ask_with_true() {
    let sim = Sim::still();
    let mut browser = sim.browser();
    assert_eq!(
        handshake(&mut browser, json!({ "ack": true }))["ext"],
        json!({ "ack": true })
    );
    assert_eq!(
        handshake(&mut browser, json!({ "ack": 1 })).get("ext"),
        None
    );
    let without = Sim::start(Args {
        ack: false,
        ..Args::still()
    });
    assert_eq!(
        handshake(&mut without.browser(), json!({ "ack": true })).get("ext"),
        None
    );
}

#[test]
fn events_come_with_connects_only() {
    let sim = Sim::still();
    let mut client = Bayeux::acknowledged(&sim, "/v2/me/*");
    sim.control("publish", json!({ "channel": "/v2/me/x", "data": 1 }));
    let subscribed = client.one(json!({ "channel": "/meta/subscribe", "subscription": "/a" }));
    assert_eq!(subscribed["ext"], json!({}));
    let messages = client.send(json!({ "channel": "/meta/connect", "ext": { "ack": 1 } }));
    assert_eq!(messages[0]["data"], 1);
    assert_eq!(messages[1]["ext"], json!({ "ack": 2 }));
}

#[test]
fn lost_events_are_sent_again_at_once_and_in_order() {
    let sim = Sim::still();
    let mut client = Bayeux::acknowledged(&sim, "/v2/me/*");
    sim.control("publish", json!({ "channel": "/v2/me/x", "data": 1 }));
    let lost = client.send(json!({ "channel": "/meta/connect", "ext": { "ack": 1 } }));
    assert_eq!(lost[1]["ext"], json!({ "ack": 2 }));
    sim.control("publish", json!({ "channel": "/v2/me/x", "data": 2 }));
    // The client never saw batch 2, so it acknowledges 1 again.
    let again = client.send(json!({ "channel": "/meta/connect", "ext": { "ack": 1 } }));
    let data: Vec<_> = events(&again)
        .iter()
        .map(|event| event["data"].clone())
        .collect();
    assert_eq!(data, [1, 2]);
    assert_eq!(again[2]["ext"], json!({ "ack": 3 }));
    // Acknowledged now: there are no events for the next connect, so it is held.
    let held = client.begin_connect(json!({ "ext": { "ack": 3 } }));
    let state = sim.until(|state| state["polls"] == 1);
    assert_eq!(state["clients"][0]["queued"], 0);
    sim.control("publish", json!({ "channel": "/v2/me/x", "data": 3 }));
    assert_eq!(events(&held.finish().unwrap().messages())[0]["data"], 3);
}

#[test]
fn without_it_lost_events_are_lost() {
    let sim = Sim::still();
    let mut client = Bayeux::subscribed(&sim, "/v2/me/*");
    sim.fault(json!({ "match": { "channel": "/meta/connect" }, "action": "reset-after" }));
    sim.control("publish", json!({ "channel": "/v2/me/x", "data": 1 }));
    assert!(client.begin_connect(json!({})).finish().is_err());
    let zero = json!({ "channel": "/meta/connect", "advice": { "timeout": 0 } });
    assert_eq!(client.send(zero).len(), 1);
}
