//! Subscriptions, wildcards and publications.

use serde_json::{Value, json};

use crate::support::*;

#[test]
fn overlapping_subscriptions_get_one_copy() {
    let sim = Sim::still();
    let mut client = Bayeux::subscribed(&sim, "/v2/me/*");
    let more = json!(["/v2/me/**", "/**", "/v2/me/smssessions"]);
    let reply = client.one(json!({ "channel": "/meta/subscribe", "subscription": more }));
    assert_eq!(reply["subscription"], more);
    sim.control(
        &format!("sessions/{MONITORED}/say"),
        json!({ "from": "customer", "text": "hello" }),
    );
    let messages = client.send(json!({ "channel": "/meta/connect" }));
    assert_eq!(events(&messages).len(), 1);
}

#[test]
fn a_server_that_does_not_fold_overlaps_sends_copies_at_once_and_again() {
    for ack in [false, true] {
        let sim = Sim::still();
        let mut client = Bayeux::ready(sim.browser(), "/v2/me/*", json!({ "ack": ack }));
        let names = |messages: &[Value]| -> Vec<Value> {
            let events = events(messages).into_iter();
            events.map(|event| event["channel"].clone()).collect()
        };
        let mut ext = json!(null);
        let mut poll = |client: &mut Bayeux| {
            let connect =
                json!({ "channel": "/meta/connect", "ext": ext, "advice": { "timeout": 0 } });
            let messages = client.send(connect);
            ext = messages.last().unwrap()["ext"].clone();
            messages
        };
        sim.control("overlap", json!({ "channels": ["/v2/me/sms", "/v2/you"] }));
        sim.control("publish", json!({ "channel": "/v2/me/x", "data": 1 }));
        assert_eq!(
            names(&poll(&mut client)),
            ["/v2/me/x", "/v2/me/sms", "/v2/you"]
        );
        // Later publications do not overtake them.
        sim.control("overlap", json!({ "channels": [] }));
        sim.control("publish", json!({ "channel": "/v2/me/y", "data": 2 }));
        assert_eq!(
            names(&poll(&mut client)),
            ["/v2/me/sms", "/v2/you", "/v2/me/y"]
        );
        assert!(names(&poll(&mut client)).is_empty(), "ack: {ack}");
    }
}

#[test]
fn each_subscription_alone_gets_it_too() {
    let sim = Sim::still();
    for channel in ["/v2/me/*", "/v2/me/**", "/**", "/v2/me/smssessions"] {
        let mut client = Bayeux::subscribed(&sim, channel);
        sim.control(
            &format!("sessions/{MONITORED}/say"),
            json!({ "from": "agent", "text": "hello" }),
        );
        let messages = client.send(json!({ "channel": "/meta/connect" }));
        assert_eq!(events(&messages).len(), 1, "{channel}");
    }
}

#[test]
fn unsubscribed_is_unsubscribed() {
    let sim = Sim::still();
    let mut client = Bayeux::subscribed(&sim, "/v2/me/*");
    client.one(json!({ "channel": "/meta/unsubscribe", "subscription": "/v2/me/*" }));
    let published = sim.control("publish", json!({ "channel": "/v2/me/x", "data": 1 }));
    assert_eq!(published["clients"], 0);
    let unknown = json!({ "channel": "/meta/unsubscribe", "subscription": "/v2/never" });
    assert_eq!(client.one(unknown)["error"], "400::channel_missing");
}

#[test]
fn who_has_not_subscribed_hears_nothing() {
    let sim = Sim::still();
    let mut other = Bayeux::subscribed(&sim, "/v2/other/*");
    let mut none = Bayeux::subscribed(&sim, "/v2/me/*");
    none.one(json!({ "channel": "/meta/unsubscribe", "subscription": "/v2/me/*" }));
    let said = json!({ "from": "agent", "text": "hello" });
    sim.control(&format!("sessions/{MONITORED}/say"), said);
    sim.control(
        &format!("sessions/{MONITORED}/switch"),
        json!({ "operation": "SwitchToCoach" }),
    );
    for client in [&mut other, &mut none] {
        let zero = json!({ "channel": "/meta/connect", "advice": { "timeout": 0 } });
        assert_eq!(client.send(zero).len(), 1, "the reply alone");
    }
}

#[test]
fn meta_channels_cannot_be_subscribed() {
    let sim = Sim::still();
    let mut client = Bayeux::subscribed(&sim, "/v2/me/*");
    let reply =
        client.one(json!({ "channel": "/meta/subscribe", "subscription": "/meta/connect" }));
    assert_eq!(
        reply["error"],
        "403:denied_by_security_policy:subscribe_denied"
    );
    let reply = client.one(json!({ "channel": "/meta/subscribe" }));
    assert_eq!(reply["successful"], false);
}

#[test]
fn publications_reach_subscribers_but_service_channels_do_not() {
    let sim = Sim::still();
    let mut client = Bayeux::subscribed(&sim, "/**");
    let messages = client.send(json!({ "channel": "/chat/x", "data": "", "id": "5" }));
    // Events come with any response, and before the replies.
    assert_eq!(messages[0], json!({ "channel": "/chat/x", "data": "" }));
    assert_eq!(
        messages[1],
        json!({ "channel": "/chat/x", "id": "5", "successful": true })
    );
    assert_eq!(
        client
            .send(json!({ "channel": "/service/x", "data": 1 }))
            .len(),
        1
    );
}
