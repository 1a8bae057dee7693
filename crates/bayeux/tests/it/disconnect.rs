//! Disconnecting: at once, in any state, and nothing is sent afterwards.

use bayeux::{ClientStatus, RequestFailure, SocketEvent};
use serde_json::json;

use crate::support::{World, event, status};

#[test]
fn a_connected_client_aborts_its_poll_and_says_goodbye() {
    let mut w = World::connected();
    w.client.disconnect();
    let sent: Vec<_> = std::iter::from_fn(|| w.client.poll_transmit()).collect();
    let [bayeux::Transmit::Abort(_), bayeux::Transmit::Send(request)] = &sent[..] else {
        panic!("{sent:?}")
    };
    assert!(request.keepalive);
    assert_eq!(request.path, "/disconnect");
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&request.body).unwrap(),
        json!([{"id": "5", "channel": "/meta/disconnect", "clientId": "client1"}])
    );
    w.pump();
    assert_eq!(w.events(), [status(ClientStatus::Closed)]);
    assert_eq!(w.client.poll_timeout(), None);
    // It does not matter whether `/meta/disconnect` arrives.
    w.fail_of(request.id, RequestFailure::Transport);
    w.pass(300_000);
    assert_eq!(w.wire(), [""; 0]);
    assert_eq!(w.events(), []);
}

#[test]
fn a_session_just_opened_is_given_back() {
    let mut w = World::started();
    w.accept();
    w.disconnect();
    assert_eq!(
        w.wire(),
        ["handshake", "subscribe /v2/me/*", "abort", "disconnect"]
    );
}

#[test]
fn a_server_that_knows_nobody_is_told_nothing() {
    let mut w = World::started();
    w.disconnect();
    assert_eq!(w.wire(), ["handshake", "abort"]);
    assert_eq!(w.status, ClientStatus::Closed);
}

#[test]
fn nothing_follows_whatever_still_comes_in() {
    let mut w = World::connected();
    let poll = w.request();
    let replies = w.replies(json!({"advice": {"reconnect": "handshake"}}));
    w.disconnect();
    w.wire();
    w.events();
    w.respond(poll.id.unwrap(), [vec![event(json!(1))], replies].concat());
    w.fail_of(poll.id.unwrap(), RequestFailure::Transport);
    w.socket(SocketEvent::Opened);
    w.wake();
    w.disconnect();
    w.pass(300_000);
    assert_eq!(w.wire(), [""; 0]);
    assert_eq!(w.events(), []);
}

#[test]
fn what_has_not_left_yet_is_taken_back() {
    // The caller disconnects before it has drained the transmits of `start` and the replies.
    let mut w = World::started();
    w.accept();
    let replies = crate::support::decode(w.replies(json!({})));
    let id = w.request().id.unwrap();
    w.out.clear();
    w.wire();
    w.client.handle_response(id, &replies, w.now);
    w.client.disconnect();
    w.pump();
    assert_eq!(w.wire(), ["disconnect"]);
}

#[test]
fn between_two_connects_only_the_goodbye_is_sent() {
    let mut w = World::connected();
    w.accept_with(json!({"advice": {"interval": 5_000}}));
    w.disconnect();
    w.pass(300_000);
    assert_eq!(w.wire(), ["disconnect"]);
}

#[test]
fn a_start_after_it_begins_anew() {
    let mut w = World::connected();
    w.disconnect();
    w.start();
    w.wire();
    w.reach_connected(json!({"clientId": "client2"}));
    assert_eq!(w.request().field("clientId"), &json!("client2"));
}
