//! WebSocket if it is available, else long-polling.

use bayeux::{ClientConfig, ClientEvent, ClientStatus, RequestFailure, SocketEvent};
use serde_json::json;

use crate::support::{Socket, World, config, event, status};

fn opening() -> World {
    World::with(ClientConfig {
        websocket: true,
        ..config()
    })
}

fn open() -> World {
    let mut w = opening();
    w.socket(SocketEvent::Opened);
    w
}

fn connected() -> World {
    let mut w = open();
    w.reach_connected(json!({"ext": {"ack": true}}));
    w
}

/// A client whose WebSocket failed and that is connected by long-polling.
fn fallen_back() -> World {
    let mut w = opening();
    w.socket(SocketEvent::Closed);
    w.reach_connected(json!({"ext": {"ack": true}}));
    w.pass(1_000); // until the next retry at once is allowed
    w
}

#[test]
fn it_is_off_by_default() {
    let mut w = World::connected();
    for _ in 0..10 {
        w.fail(RequestFailure::Transport);
        if w.out.is_empty() {
            w.expire();
        }
    }
    assert!(w.wire().iter().all(|line| line != "open"));
}

#[test]
fn the_session_is_opened_over_the_socket() {
    let mut w = opening();
    assert_eq!(w.wire(), ["open"]);
    w.socket(SocketEvent::Opened);
    assert_eq!(
        w.request().field("supportedConnectionTypes"),
        &json!(["websocket", "long-polling"])
    );
    w.accept();
    w.accept();
    assert_eq!(w.request().field("connectionType"), &json!("websocket"));
    w.accept();
    assert_eq!(
        w.wire(),
        ["handshake", "subscribe /v2/me/*", "connect now", "connect"]
    );
    assert_eq!(
        w.events(),
        [
            status(ClientStatus::Connecting),
            ClientEvent::Subscribed { gap: false },
            status(ClientStatus::Connected)
        ]
    );
}

#[test]
fn a_socket_that_never_opens_falls_back() {
    let mut w = opening();
    assert_eq!(w.expire(), 5_000);
    assert_eq!(w.wire(), ["open", "close", "handshake"]);
    assert_eq!(
        w.request().field("supportedConnectionTypes"),
        &json!(["long-polling"])
    );
    assert_eq!(w.events(), [status(ClientStatus::Connecting)]);
    w.reach_connected(json!({}));
}

#[test]
fn a_socket_that_opened_is_no_longer_timed() {
    let mut w = connected();
    w.pass(69_999);
    assert_eq!(w.wire(), [""; 0]);
}

#[test]
fn a_constructor_that_throws_falls_back_at_once() {
    let mut w = opening();
    w.socket(SocketEvent::Closed);
    assert_eq!(w.wire(), ["open", "handshake"]);
    w.accept();
    w.accept();
    assert_eq!(w.request().field("connectionType"), &json!("long-polling"));
}

#[test]
fn a_socket_that_carries_nothing_falls_back() {
    // A proxy that strips the upgrade may close the socket, or swallow what is sent.
    let mut closed = open();
    closed.socket(SocketEvent::Closed);
    assert_eq!(closed.wire(), ["open", "handshake", "handshake"]);
    let mut silent = open();
    silent.expire();
    assert_eq!(silent.wire(), ["open", "handshake", "close", "handshake"]);
    for mut w in [closed, silent] {
        w.reach_connected(json!({}));
        assert!(w.request().id.is_some());
    }
}

#[test]
fn a_server_without_websocket_is_polled() {
    let mut w = open();
    w.accept_with(json!({"supportedConnectionTypes": ["long-polling"]}));
    assert_eq!(w.wire(), ["open", "handshake", "close", "handshake"]);
    // The server said so, so no failure makes the client try a socket again.
    w.fail(RequestFailure::Transport);
    w.fail(RequestFailure::Transport);
    w.expire();
    assert_eq!(w.wire(), ["handshake", "handshake"]);
    w.reach_connected(json!({}));
    assert_eq!(w.request().field("connectionType"), &json!("long-polling"));
}

#[test]
fn a_server_of_websocket_alone_is_served() {
    let mut w = open();
    w.reach_connected(json!({"supportedConnectionTypes": ["websocket"]}));
    assert_eq!(w.request().field("connectionType"), &json!("websocket"));
}

#[test]
fn long_polling_that_worked_is_kept_until_the_next_start() {
    let mut w = fallen_back();
    w.fail(RequestFailure::Transport);
    for _ in 0..5 {
        w.fail(RequestFailure::Transport);
        w.expire();
    }
    w.refuse("402::Unknown client", json!({"reconnect": "handshake"}));
    assert_eq!(w.wire().last().unwrap(), "handshake");
    assert!(w.request().id.is_some());
    assert_eq!(w.socket, Socket::None);

    w.disconnect();
    w.wire();
    w.start();
    assert_eq!(w.wire(), ["open"]);
    w.pass(1_000);
    w.socket(SocketEvent::Closed);
    assert_eq!(w.wire(), ["handshake"], "as at the first start");
}

#[test]
fn until_one_has_worked_the_two_take_turns() {
    // The server was down when the page was loaded; once it is up, WebSocket may work.
    let mut w = opening();
    w.socket(SocketEvent::Closed);
    w.fail(RequestFailure::Transport);
    assert_eq!(w.status, ClientStatus::Broken);
    for _ in 0..3 {
        w.wire();
        w.expire();
        assert_eq!(w.wire(), ["open"]);
        w.socket(SocketEvent::Closed);
        w.expire();
        assert_eq!(w.wire(), ["handshake"]);
        w.fail(RequestFailure::Transport);
    }
    w.expire();
    w.socket(SocketEvent::Opened);
    w.reach_connected(json!({}));
    assert!(w.request().id.is_none());
}

#[test]
fn a_socket_that_worked_is_replaced_and_the_session_resumed() {
    let mut w = connected();
    w.socket(SocketEvent::Closed);
    assert_eq!(w.wire(), ["open"]);
    w.socket(SocketEvent::Opened);
    assert_eq!(w.wire(), ["connect now"]);
    w.accept();
    assert_eq!(w.wire(), ["connect"]);
    assert_eq!(w.events(), []);
}

#[test]
fn what_a_lost_socket_may_have_carried_is_told_as_a_gap() {
    let mut w = open();
    w.reach_connected(json!({}));
    w.socket(SocketEvent::Closed);
    w.socket(SocketEvent::Opened);
    assert_eq!(w.events(), []);
    w.accept();
    assert_eq!(w.events(), [ClientEvent::Subscribed { gap: true }]);
}

#[test]
fn a_session_that_expired_meanwhile_is_replaced_over_the_same_socket() {
    let mut w = connected();
    w.socket(SocketEvent::Closed);
    w.socket(SocketEvent::Opened);
    w.now += 2_000;
    w.refuse(
        "402::session_unknown",
        json!({"reconnect": "handshake", "interval": 0}),
    );
    w.accept();
    w.accept();
    w.accept();
    assert_eq!(
        w.wire(),
        [
            "open",
            "connect now",
            "handshake",
            "subscribe /v2/me/*",
            "connect now",
            "connect"
        ]
    );
    assert_eq!(w.events(), [ClientEvent::Subscribed { gap: true }]);
}

#[test]
fn a_socket_gone_silent_is_closed_and_replaced() {
    let mut w = open();
    w.reach_connected(json!({"advice": {"timeout": 30_000}, "ext": {"ack": true}}));
    assert_eq!(w.expire(), 40_000);
    assert_eq!(w.wire(), ["close", "open"]);
    w.socket(SocketEvent::Opened);
    w.accept();
    assert_eq!(w.wire(), ["connect now", "connect"]);
    assert_eq!(w.events(), []);
}

#[test]
fn a_socket_that_worked_and_cannot_be_had_again_falls_back() {
    let mut w = connected();
    w.socket(SocketEvent::Closed);
    w.socket(SocketEvent::Closed);
    assert_eq!(w.status, ClientStatus::Broken);
    w.wire();
    w.expire();
    assert_eq!(w.wire(), ["connect now"]);
    assert!(w.request().id.is_some(), "by long-polling");
    // The server is reachable again, so the socket is tried once more before the status is
    // connected.
    w.accept();
    assert_eq!(w.wire(), ["open"]);
    assert_eq!(w.status, ClientStatus::Broken);
    w.pass(1_000);
    w.socket(SocketEvent::Closed);
    w.accept();
    assert_eq!(w.wire(), ["connect now", "connect"]);
    assert!(w.request().id.is_some(), "by long-polling");
    assert_eq!(w.status, ClientStatus::Connected);
}

#[test]
fn a_socket_that_worked_is_had_again_when_the_server_is() {
    let mut w = connected();
    w.socket(SocketEvent::Closed);
    w.socket(SocketEvent::Closed);
    w.expire();
    w.wire();
    w.refuse("402::Unknown client", json!({"reconnect": "handshake"}));
    w.accept();
    w.accept();
    w.accept();
    assert_eq!(
        w.wire(),
        ["handshake", "subscribe /v2/me/*", "connect now", "open"]
    );
    w.socket(SocketEvent::Opened);
    w.accept();
    assert_eq!(w.wire(), ["connect now", "connect"]);
    assert_eq!(w.request().id, None, "over the socket");
    assert_eq!(w.client.transport(), "websocket");
    assert_eq!(w.status, ClientStatus::Connected);
}

#[test]
fn a_kick_behind_a_refusal_closes_the_new_socket_too() {
    let mut w = connected();
    let mut frame = w.replies(json!({"successful": false}));
    frame.push(json!({"channel": "/meta/disconnect", "successful": true}));
    w.out.clear();
    w.frame(frame);
    assert_eq!(w.wire(), ["close"]);
    assert_eq!(w.socket, Socket::None);
    assert_eq!(w.status, ClientStatus::Closed);
}

#[test]
fn messages_pushed_between_connects_are_delivered() {
    let mut w = connected();
    w.frame(vec![event(json!(1)), event(json!(2))]);
    w.frame(vec![event(json!(3))]);
    assert_eq!(w.data(), [json!(1), json!(2), json!(3)]);
    assert_eq!(w.wire(), [""; 0]);
}

#[test]
fn messages_promised_by_the_handshake_come_before_the_first_connect() {
    let mut w = open();
    w.accept_with(json!({"x-messages": 1}));
    let replies = w.replies(json!({}));
    w.frame(vec![event(json!(1))]);
    assert_eq!(w.data(), [json!(1)]);
    assert_eq!(w.wire(), ["open", "handshake", "subscribe /v2/me/*"]);
    w.out.clear();
    w.frame(replies);
    assert_eq!(w.wire(), ["connect now"]);
}

#[test]
fn a_reply_with_another_id_is_dropped() {
    let mut w = connected();
    let mut replies = w.replies(json!({"id": "1", "advice": {"reconnect": "none"}}));
    replies.extend(w.replies(json!({"id": "999"})));
    w.frame(replies);
    assert_eq!(w.wire(), [""; 0]);
    w.accept();
    assert_eq!(w.wire(), ["connect"]);
}

#[test]
fn acknowledgements_may_come_in_frames_of_their_own() {
    let subscriptions = vec!["/a".into(), "/b".into()];
    let mut w = World::with(ClientConfig {
        websocket: true,
        subscriptions,
        ..config()
    });
    w.socket(SocketEvent::Opened);
    w.accept();
    w.wire();
    let replies = w.replies(json!({}));
    w.out.clear();
    w.frame(vec![replies[0].clone()]);
    assert_eq!(w.wire(), [""; 0]);
    w.frame(vec![replies[1].clone()]);
    assert_eq!(w.wire(), ["connect now"]);
}

#[test]
fn a_subscribe_lost_with_its_socket_is_sent_again() {
    let mut w = connected();
    w.refuse("402::Unknown client", json!(null));
    w.accept();
    w.wire();
    w.socket(SocketEvent::Closed);
    w.socket(SocketEvent::Opened);
    assert_eq!(w.wire(), ["open", "subscribe /v2/me/*"]);
    assert_eq!(w.events(), []);
    w.accept();
    assert_eq!(w.events(), [ClientEvent::Subscribed { gap: true }]);
}

#[test]
fn wake_tries_a_new_socket() {
    let mut w = connected();
    w.pass(1_000);
    w.wake();
    assert_eq!(w.wire(), ["close", "open"]);
    assert_eq!(w.wait(), 1_000);
    w.wake();
    assert_eq!(w.wire(), [""; 0]);
    w.socket(SocketEvent::Opened);
    assert_eq!(w.wire(), ["connect now"]);
    assert_eq!(w.wait(), 1_000);
    w.accept();
    assert_eq!(w.wire(), ["connect"]);
    assert_eq!(w.events(), []);
}

#[test]
fn the_goodbye_goes_over_the_socket_before_that_is_closed() {
    let mut w = connected();
    w.out.clear();
    w.disconnect();
    assert_eq!(w.wire(), ["disconnect", "close"]);
    let mut w = opening();
    w.disconnect();
    assert_eq!(w.wire(), ["open", "close"]);
    w.pass(300_000);
    assert_eq!(w.wire(), [""; 0]);
}

#[test]
fn what_has_not_left_yet_is_taken_back() {
    let mut w = connected();
    let replies = crate::support::decode(w.replies(json!({})));
    w.out.clear();
    w.client
        .handle_socket(SocketEvent::Messages(replies), w.now);
    w.client.disconnect();
    w.pump();
    assert_eq!(w.wire(), ["disconnect", "close"]);
}

#[test]
fn a_socket_nobody_asked_for_is_not_listened_to() {
    let mut w = fallen_back();
    w.client.handle_socket(SocketEvent::Opened, w.now);
    w.client.handle_socket(SocketEvent::Closed, w.now);
    let kick = json!({"channel": "/meta/disconnect", "successful": true});
    w.frame(vec![kick, event(json!(1))]);
    assert_eq!(w.wire(), [""; 0]);
    assert_eq!(w.events(), []);
}
