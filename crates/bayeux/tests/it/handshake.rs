//! Opening a session.

use bayeux::{ClientEvent, ClientStatus, ErrorKind, RequestFailure, Transmit};
use serde_json::{Value, json};

use crate::support::{World, config, decode, event, good_reply, status};

#[test]
fn the_handshake_says_version_types_and_ack() {
    let w = World::started();
    assert_eq!(
        w.request().messages,
        [json!({
            "id": "1", "channel": "/meta/handshake", "version": "1.0", "minimumVersion": "1.0",
            "supportedConnectionTypes": ["long-polling"], "ext": {"ack": true},
        })]
    );
}

#[test]
fn subscriptions_go_out_before_the_first_connect() {
    let mut w = World::started();
    assert_eq!(w.events(), [status(ClientStatus::Connecting)]);
    w.accept();
    w.accept();
    assert_eq!(w.events(), [ClientEvent::Subscribed { gap: false }]);
    assert_eq!(w.wire(), ["handshake", "subscribe /v2/me/*", "connect now"]);
    w.accept();
    assert_eq!(w.events(), [status(ClientStatus::Connected)]);
    assert_eq!(w.wire(), ["connect"]);
}

#[test]
fn each_kind_of_request_has_its_path() {
    let mut client = bayeux::Client::new(config());
    client.start(0);
    for expected in ["/handshake", "/", "/connect", "/connect"] {
        let Some(Transmit::Send(request)) = client.poll_transmit() else {
            panic!("{expected}")
        };
        assert_eq!(request.path, expected);
        let messages: Vec<Value> = serde_json::from_str(&request.body).unwrap();
        let replies = messages
            .iter()
            .map(|message| good_reply(message, &json!({})))
            .collect();
        client.handle_response(request.id, &decode(replies), 0);
    }
}

#[test]
fn a_failed_handshake_is_retried_at_once_and_then_with_backoff() {
    let mut w = World::started();
    w.fail(RequestFailure::Transport);
    assert_eq!(w.wire(), ["handshake", "handshake"]);
    assert_eq!(w.events(), [status(ClientStatus::Connecting)]);
    w.fail(RequestFailure::Transport);
    assert_eq!(w.events(), [status(ClientStatus::Broken)]);
    for ceiling in [1_000, 2_000, 4_000] {
        assert!(w.out.is_empty());
        assert!(w.expire() <= ceiling);
        assert_eq!(w.wire(), ["handshake"]);
        w.fail(RequestFailure::Transport);
    }
    assert_eq!(w.events(), []);
}

#[test]
fn disconnect_stops_the_retries() {
    let mut w = World::started();
    w.fail(RequestFailure::Transport);
    w.fail(RequestFailure::Transport);
    w.wire();
    w.disconnect();
    w.pass(300_000);
    assert_eq!(w.wire(), [""; 0]);
    assert_eq!(w.status, ClientStatus::Closed);
}

#[test]
fn a_second_start_while_running_does_nothing() {
    let mut w = World::started();
    w.start();
    assert_eq!(w.wire(), ["handshake"]);
    let mut w = World::connected();
    w.start();
    assert_eq!(w.wire(), [""; 0]);
    assert_eq!(w.events(), []);
}

#[test]
fn a_handshake_denied_for_good_stops_until_the_next_start() {
    let mut w = World::started();
    w.events();
    w.refuse("403::denied: no agent", json!({"reconnect": "none"}));
    let events = w.events();
    let [ClientEvent::Failed(error), closed] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!((error.kind, error.code()), (ErrorKind::Refused, Some(403)));
    assert_eq!(error.message(), "denied: no agent");
    assert_eq!(*closed, status(ClientStatus::Closed));
    w.pass(300_000);
    assert_eq!(w.wire(), ["handshake"]);

    w.start();
    w.reach_connected(json!({}));
}

#[test]
fn a_refused_handshake_without_advice_meets_the_backoff() {
    let mut w = World::started();
    w.refuse("500::database down", json!(null));
    w.refuse("500::database down", json!({"reconnect": "handshake"}));
    assert_eq!(w.wire(), ["handshake", "handshake"]);
    assert_eq!(w.status, ClientStatus::Broken);
    w.expire();
    w.reach_connected(json!({}));
}

#[test]
fn no_common_transport_fails_with_words_and_stops() {
    for successful in [true, false] {
        let mut w = World::started();
        w.events();
        w.accept_with(json!({
            "successful": successful, "supportedConnectionTypes": ["callback-polling"],
        }));
        let events = w.events();
        let [ClientEvent::Failed(error), closed] = &events[..] else {
            panic!("{events:?}")
        };
        assert_eq!(error.kind, ErrorKind::Negotiation);
        assert_eq!(error.to_string(), "no common transport");
        assert_eq!(*closed, status(ClientStatus::Closed));
        assert_eq!(w.client.poll_timeout(), None);
    }
}

#[test]
fn a_reply_that_lists_no_types_is_taken_at_its_word() {
    let mut w = World::started();
    w.reach_connected(json!({"supportedConnectionTypes": null}));
}

#[test]
fn handshake_advice_in_a_successful_reply_is_already_followed() {
    let mut w = World::started();
    w.accept_with(json!({"advice": {"reconnect": "handshake"}}));
    assert_eq!(w.wire(), ["handshake", "subscribe /v2/me/*"]);
}

#[test]
fn advice_none_in_a_successful_reply_stops() {
    let mut w = World::started();
    w.accept_with(json!({"advice": {"reconnect": "none"}}));
    assert_eq!(w.status, ClientStatus::Closed);
    assert_eq!(w.wire(), ["handshake"]);
}

#[test]
fn a_reply_without_a_client_id_is_a_failure() {
    for client_id in [json!(null), json!(7), json!({})] {
        let mut w = World::started();
        w.accept_with(json!({"clientId": client_id}));
        assert_eq!(w.wire(), ["handshake", "handshake"]);
    }
}

#[test]
fn a_reply_to_another_handshake_is_none() {
    let mut w = World::started();
    w.accept_with(json!({"id": "99"}));
    assert_eq!(w.wire(), ["handshake", "handshake"]);
}

#[test]
fn messages_in_the_handshake_reply_are_delivered_before_the_first_connect() {
    for ext in [json!(null), json!({"ack": {"enabled": true, "batch": 1}})] {
        let mut w = World::started();
        let mut messages = w.replies(json!({"x-messages": 2, "ext": ext}));
        messages.extend([event(json!(1)), event(json!(2))]);
        w.answer(messages);
        assert_eq!(w.data(), [json!(1), json!(2)]);
        assert_eq!(w.wire(), ["handshake", "subscribe /v2/me/*"]);
    }
}

#[test]
fn an_unanswered_request_times_out_after_the_network_delay() {
    let mut w = World::started();
    assert_eq!(w.wait(), 10_000);
    w.expire();
    assert_eq!(w.wire(), ["handshake", "abort", "handshake"]);
    w.accept();
    assert_eq!(w.wait(), 10_000);
    w.expire();
    assert_eq!(w.status, ClientStatus::Broken);
}

#[test]
fn the_client_id_comes_back_as_it_was_given() {
    let id = "x\"\\\u{1}\u{2028}é😀".repeat(1_000);
    let mut w = World::started();
    w.accept_with(json!({"clientId": id}));
    assert_eq!(w.request().field("clientId"), &json!(id));
    w.accept();
    assert_eq!(w.request().field("clientId"), &json!(id));
}
