//! The client's subscriptions: all of them, once after every handshake.

use bayeux::{ClientConfig, ClientEvent, ClientStatus, ErrorKind, RequestFailure};
use serde_json::json;

use crate::support::{World, config, status};

fn two_channels() -> World {
    World::with(ClientConfig {
        subscriptions: vec!["/a".into(), "/b/**".into()],
        ..config()
    })
}

#[test]
fn all_subscriptions_go_in_one_request() {
    let mut w = two_channels();
    w.accept();
    assert_eq!(
        w.request().messages,
        [
            json!({"id": "2", "channel": "/meta/subscribe", "clientId": "client1", "subscription": "/a"}),
            json!({"id": "3", "channel": "/meta/subscribe", "clientId": "client1", "subscription": "/b/**"}),
        ]
    );
}

#[test]
fn each_handshake_is_followed_by_the_subscriptions_once() {
    let mut w = two_channels();
    w.reach_connected(json!({}));
    for _ in 0..3 {
        w.now += 10_000;
        w.refuse("402::Unknown client", json!(null));
        w.accept();
        w.accept();
        w.accept();
        assert_eq!(
            w.wire(),
            ["handshake", "subscribe /a /b/**", "connect now", "connect"]
        );
        assert_eq!(w.events(), [ClientEvent::Subscribed { gap: true }]);
    }
}

#[test]
fn a_part_of_the_acknowledgements_is_a_failure() {
    let mut w = two_channels();
    w.accept();
    let mut replies = w.replies(json!({}));
    replies.pop();
    w.wire();
    w.answer(replies.clone());
    assert_eq!(w.wire(), ["subscribe /a /b/**"]);
    // The same acknowledgement twice counts once.
    replies[0]["id"] = w.request().field("id").clone();
    w.answer([replies.clone(), replies].concat());
    assert_eq!(w.wire(), [""; 0]);
    assert_eq!(w.status, ClientStatus::Broken);
}

#[test]
fn acknowledgements_may_come_in_any_order() {
    let mut w = two_channels();
    w.accept();
    let mut replies = w.replies(json!({}));
    replies.reverse();
    w.answer(replies);
    assert_eq!(
        w.events(),
        [
            status(ClientStatus::Connecting),
            ClientEvent::Subscribed { gap: false }
        ]
    );
}

#[test]
fn a_denied_subscription_is_told_in_the_servers_words_and_not_repeated() {
    for (error, code, words) in [
        (
            "403:denied_by_security_policy:subscribe_denied",
            403,
            "subscribe_denied",
        ),
        ("404::no such channel", 404, "no such channel"),
    ] {
        let mut w = World::started();
        w.accept();
        w.wire();
        w.events();
        w.refuse(error, json!(null));
        let events = w.events();
        let [ClientEvent::Failed(error), closed] = &events[..] else {
            panic!("{events:?}")
        };
        assert_eq!((error.kind, error.code()), (ErrorKind::Denied, Some(code)));
        assert_eq!(error.message(), words);
        assert_eq!(*closed, status(ClientStatus::Closed));
        assert_eq!(
            w.wire(),
            ["disconnect"],
            "the server need not keep the session"
        );
        w.pass(300_000);
        w.wake();
        assert_eq!(w.wire(), [""; 0]);
    }
}

#[test]
fn a_client_that_is_unknown_is_not_denied() {
    for error in [
        "403::Unknown client",
        "403::unknown client",
        "403:abc:UNKNOWN CLIENT",
        "401::Unknown client",
        "404::session_unknown",
        "402::whatever",
    ] {
        let mut w = World::started();
        w.accept();
        w.wire();
        w.refuse(error, json!(null));
        assert_eq!(w.wire(), ["handshake"], "{error}");

        let mut w = World::connected();
        w.refuse(error, json!({"reconnect": "retry"}));
        assert_eq!(w.wire(), ["handshake"], "{error}");
        w.reach_connected(json!({}));
    }
}

#[test]
fn a_server_that_knows_nobody_is_met_with_the_backoff() {
    let mut w = World::started();
    for _ in 0..20 {
        w.accept();
        w.refuse("403::Unknown client", json!(null));
        if w.out.is_empty() {
            w.expire();
        }
    }
    assert!(w.now - 1_000_000 > 60_000, "{}", w.now);
    assert_eq!(w.status, ClientStatus::Broken);
}

#[test]
fn one_denied_subscription_of_two_is_a_denial() {
    let mut w = two_channels();
    w.accept();
    w.wire();
    let mut replies = w.replies(json!({}));
    replies[1]["successful"] = json!(false);
    replies[1]["error"] = json!("403::denied");
    w.answer(replies);
    assert_eq!(w.wire(), ["disconnect"]);
    assert_eq!(w.status, ClientStatus::Closed);
}

#[test]
fn a_failed_subscribe_is_repeated_without_a_handshake() {
    let mut w = World::started();
    w.accept();
    w.wire();
    w.fail(RequestFailure::Transport);
    w.fail(RequestFailure::Transport);
    w.expire();
    w.refuse("500::oops", json!(null));
    w.expire();
    assert_eq!(w.wire(), ["subscribe /v2/me/*"; 3]);
    w.accept();
    w.accept();
    assert_eq!(w.status, ClientStatus::Connected);
}

#[test]
fn a_late_acknowledgement_of_a_timed_out_subscribe_counts_for_nothing() {
    let mut w = World::started();
    w.accept();
    let late = w.request();
    let replies = w.replies(json!({}));
    w.expire();
    w.wire();
    w.events();
    w.respond(late.id.unwrap(), replies);
    assert_eq!(w.wire(), [""; 0]);
    assert_eq!(w.events(), []);
}

#[test]
fn a_session_lost_before_the_subscription_is_replaced() {
    let mut w = World::started();
    w.accept();
    w.wire();
    w.refuse("402::Unknown client", json!(null)); // CometD sends no advice here
    assert_eq!(w.wire(), ["handshake"]);
}

#[test]
fn a_client_without_channels_goes_straight_to_connect() {
    let mut w = World::with(ClientConfig {
        subscriptions: vec![],
        ..config()
    });
    w.accept();
    assert_eq!(w.wire(), ["handshake", "connect now"]);
    assert_eq!(
        w.events(),
        [
            status(ClientStatus::Connecting),
            ClientEvent::Subscribed { gap: false }
        ]
    );
}

#[test]
fn the_first_subscription_after_a_restart_of_the_client_is_a_gap() {
    let mut w = World::connected();
    w.disconnect();
    w.start();
    w.accept();
    w.events();
    w.accept();
    assert_eq!(w.events(), [ClientEvent::Subscribed { gap: true }]);
}
