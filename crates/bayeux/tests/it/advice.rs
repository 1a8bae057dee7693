//! The server's advice, in every place and form.

use bayeux::{ClientEvent, ClientStatus, ErrorKind, RequestFailure};
use serde_json::json;

use crate::support::{World, status};

#[test]
fn the_interval_is_waited_out_before_the_next_connect() {
    let mut w = World::connected();
    w.accept_with(json!({"advice": {"interval": 700}}));
    assert_eq!(w.wire(), [""; 0]);
    w.pass(699);
    assert_eq!(w.wire(), [""; 0]);
    w.pass(1);
    assert_eq!(w.wire(), ["connect"]);
    assert_eq!(w.events(), []);
}

#[test]
fn the_interval_is_added_to_every_retry() {
    let mut w = World::connected_with(json!({"advice": {"interval": 500}}));
    // The interval applies after the handshake, too: `connected` waited for it.
    w.fail(RequestFailure::Transport);
    assert_eq!(w.expire(), 500);
    w.fail(RequestFailure::Transport);
    assert!((500..=1_500).contains(&w.wait()));
}

#[test]
fn a_negative_interval_means_do_not_come_back() {
    for interval in [json!(-1), json!(-0.5), json!(-1e300)] {
        let mut w = World::connected();
        w.accept_with(json!({"advice": {"interval": interval, "reconnect": "retry"}}));
        let events = w.events();
        let [ClientEvent::Failed(error), closed] = &events[..] else {
            panic!("{events:?}")
        };
        assert_eq!((error.kind, error.message()), (ErrorKind::Refused, ""));
        assert_eq!(*closed, status(ClientStatus::Closed));
        w.pass(300_000);
        w.wake();
        assert_eq!(w.wire(), [""; 0]);
    }
}

#[test]
fn advice_none_stops_retries_and_handshakes() {
    let mut w = World::connected();
    w.refuse("402::Unknown client", json!({"reconnect": "none"}));
    let events = w.events();
    let [ClientEvent::Failed(error), closed] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!(error.to_string(), "refused by the server: Unknown client");
    assert_eq!(*closed, status(ClientStatus::Closed));
    w.pass(300_000);
    assert_eq!(w.wire(), [""; 0]);
}

#[test]
fn advice_of_the_transports_own_section_goes_first() {
    let mut w = World::connected();
    w.accept_with(json!({"advice": {
        "interval": 9_000, "timeout": 20_000,
        "websocket": {"interval": 8_000},
        "long-polling": {"interval": 300, "unheard-of": {"a": [1]}},
    }}));
    assert_eq!(w.expire(), 300);
    assert_eq!(
        w.wait(),
        30_000,
        "what the section leaves out is read outside"
    );
}

#[test]
fn handshake_advice_in_a_section_is_followed() {
    let mut w = World::connected();
    w.accept_with(json!({
        "successful": false, "advice": {"long-polling": {"reconnect": "handshake"}},
    }));
    assert_eq!(w.wire(), ["handshake"]);
}

#[test]
fn handshake_advice_with_a_successful_connect_is_followed() {
    let mut w = World::connected();
    w.accept_with(json!({"advice": {"reconnect": "handshake"}}));
    assert_eq!(w.wire(), ["handshake"]);
    assert_eq!(w.status, ClientStatus::Connected);
}

#[test]
fn other_hosts_are_not_followed() {
    let mut w = World::connected();
    w.accept_with(json!({"advice": {"hosts": ["evil.example"], "interval": 0}}));
    assert_eq!(w.wire(), ["connect"]);
    assert_eq!(w.events(), []);
}

#[test]
fn new_advice_replaces_the_interval_and_keeps_the_timeout() {
    let mut w = World::connected_with(json!({"advice": {"timeout": 5_000}}));
    w.accept_with(json!({"advice": {"interval": 100}}));
    w.expire();
    assert_eq!(w.wait(), 15_000);
    w.accept();
    assert_eq!(w.expire(), 100, "no advice changes nothing");
    w.pass(1_000);
    w.accept_with(json!({"advice": {"reconnect": "retry"}}));
    assert_eq!(w.wait(), 15_000, "sent at once");
}

#[test]
fn new_advice_keeps_the_maximum_interval() {
    let mut w = World::connected_with(json!({"advice": {"timeout": 0, "maxInterval": 5_000}}));
    w.accept_with(json!({"advice": {"interval": 0}}));
    w.fail(RequestFailure::Transport);
    w.fail(RequestFailure::Transport);
    w.now += 5_001;
    w.client.handle_timeout(w.now);
    w.pump();
    assert_eq!(w.request().channel(), "/meta/handshake");
}

#[test]
fn advice_of_the_wrong_type_is_no_advice() {
    for advice in [
        json!("none"),
        json!(["none"]),
        json!(7),
        json!({"reconnect": 1}),
        json!({"interval": "soon", "timeout": [], "maxInterval": {}, "multiple-clients": "yes"}),
    ] {
        let mut w = World::connected();
        w.accept_with(json!({"advice": advice}));
        assert_eq!(w.wire(), ["connect"]);
        assert_eq!(w.events(), []);
    }
}

#[test]
fn a_negative_timeout_is_no_timeout() {
    let mut w = World::connected();
    w.accept_with(json!({"advice": {"timeout": -1, "maxInterval": -1}}));
    assert_eq!(
        w.wait(),
        70_000,
        "sixty seconds is what the protocol's clients assume"
    );
}

#[test]
fn no_advice_makes_the_client_deaf_for_long() {
    for huge in [json!(1e12), json!(1e300), json!(u64::MAX), json!(60_001)] {
        let mut w = World::connected();
        w.accept_with(json!({"advice": {"timeout": huge, "interval": 0}}));
        assert!(w.wait() <= 610_000);
        w.accept_with(json!({"advice": {"interval": huge}}));
        assert_eq!(w.expire(), 60_000);
        w.accept_with(json!({"advice": {"long-polling": {"interval": huge}}}));
        assert_eq!(w.expire(), 60_000);
    }
}
