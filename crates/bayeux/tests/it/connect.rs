//! The long poll: held connects, failures and late replies.

use bayeux::{ClientConfig, ClientEvent, ClientStatus, FailedBy, RequestFailure};
use serde_json::{Value, json};

use crate::support::{World, config, event, status};

const UNKNOWN: &str = "402::Unknown client";

fn handshake_advice() -> Value {
    json!({"reconnect": "handshake", "interval": 0})
}

#[test]
fn the_next_connect_goes_out_from_the_reply() {
    let mut w = World::connected();
    for _ in 0..3 {
        w.now += 30_000;
        w.accept();
        assert_eq!(w.wire(), ["connect"]);
    }
    assert_eq!(
        w.request().messages,
        [json!({
            "id": "7", "channel": "/meta/connect", "clientId": "client1",
            "connectionType": "long-polling",
        })]
    );
    assert_eq!(w.events(), []);
}

#[test]
fn a_held_connect_may_take_the_servers_timeout_and_the_network_delay() {
    let mut w = World::connected_with(json!({"advice": {"timeout": 30_000}}));
    assert_eq!(w.expire(), 40_000);
    assert_eq!(w.wire(), ["abort", "connect now"]);
    assert_eq!(w.events(), []);
    // The deadline of a connect that is answered at once does not include the hold.
    assert_eq!(w.expire(), 10_000);
    assert_eq!(w.events(), [status(ClientStatus::Broken)]);
}

#[test]
fn what_broke_it_is_known() {
    let mut silent = World::connected();
    silent.expire();
    silent.expire();
    let mut failing = World::connected();
    failing.fail(RequestFailure::Transport);
    failing.fail(RequestFailure::Transport);
    let mut refusing = World::connected();
    refusing.refuse("500::no", json!({}));
    refusing.refuse("500::no", json!({}));
    let mut forgetful = World::started();
    forgetful.accept();
    forgetful.refuse(UNKNOWN, handshake_advice());
    forgetful.accept();
    forgetful.refuse(UNKNOWN, handshake_advice());
    for (world, by) in [
        (silent, FailedBy::Silence),
        (failing, FailedBy::Report),
        (refusing, FailedBy::Answer),
        (forgetful, FailedBy::Answer),
    ] {
        assert_eq!(
            (world.status, world.client.failed_by()),
            (ClientStatus::Broken, by)
        );
    }
}

#[test]
fn a_late_reply_of_a_failed_connect_does_no_harm() {
    let mut w = World::connected();
    let late = w.request();
    w.expire();
    w.wire();
    let reply = json!({"id": late.field("id"), "channel": "/meta/connect", "successful": false,
        "error": UNKNOWN, "advice": {"reconnect": "none"}});
    w.respond(late.id.unwrap(), vec![event(json!("late")), reply]);
    assert_eq!(w.wire(), [""; 0]);
    assert_eq!(w.data(), [json!("late")]);
    w.accept();
    assert_eq!(w.status, ClientStatus::Connected);
}

#[test]
fn the_500_of_a_superseded_connect_is_ignored() {
    let mut w = World::connected();
    let old = w.request().id.unwrap();
    w.pass(1_000);
    w.wake();
    w.wire();
    w.fail_of(old, RequestFailure::Transport);
    assert_eq!(w.wire(), [""; 0]);
    assert_eq!(w.request().channel(), "/meta/connect");
    assert_eq!(w.events(), []);
}

#[test]
fn a_reply_with_another_id_is_dropped_and_its_events_delivered() {
    let mut w = World::connected();
    let messages = w.replies(json!({"id": "1", "advice": {"reconnect": "none"}}));
    w.answer([vec![event(json!("still"))], messages].concat());
    assert_eq!(w.data(), [json!("still")]);
    // The response did not contain the answer, so the connect failed and is repeated.
    assert_eq!(w.wire(), ["connect now"]);
}

#[test]
fn an_empty_response_is_a_failure() {
    let mut w = World::connected();
    w.answer(vec![]);
    assert_eq!(w.wire(), ["connect now"]);
    w.fail(RequestFailure::Transport);
    assert_eq!(w.status, ClientStatus::Broken);
}

#[test]
fn a_response_of_events_alone_is_a_failure_that_loses_none() {
    let mut w = World::connected();
    w.answer(vec![event(json!(1))]);
    assert_eq!(w.data(), [json!(1)]);
    assert_eq!(w.wire(), ["connect now"]);
}

#[test]
fn one_failed_connect_is_made_good_without_a_word() {
    let mut w = World::connected_with(json!({"ext": {"ack": true}}));
    w.fail(RequestFailure::Transport);
    w.accept();
    assert_eq!(w.wire(), ["connect now", "connect"]);
    assert_eq!(w.events(), []);
}

#[test]
fn two_failures_break_and_recovery_needs_no_handshake() {
    let mut w = World::connected_with(json!({"ext": {"ack": true}}));
    w.fail(RequestFailure::Transport);
    w.fail(RequestFailure::Transport);
    assert_eq!(w.events(), [status(ClientStatus::Broken)]);
    w.expire();
    w.accept();
    assert_eq!(w.wire(), ["connect now", "connect now", "connect"]);
    assert_eq!(w.events(), [status(ClientStatus::Connected)]);
}

#[test]
fn failed_connects_are_retried_until_disconnect() {
    let mut w = World::connected();
    w.fail(RequestFailure::Transport);
    for _ in 0..20 {
        w.fail(RequestFailure::Transport);
        assert!(w.expire() <= 60_000);
    }
    assert_eq!(w.wire(), vec!["connect now"; 21]);
    w.disconnect();
    assert_eq!(w.wire(), ["abort", "disconnect"]);
    w.pass(300_000);
    assert_eq!(w.wire(), [""; 0]);
}

#[test]
fn a_restarted_server_is_met_with_a_new_handshake() {
    let mut w = World::connected();
    w.fail(RequestFailure::Transport);
    w.fail(RequestFailure::Transport);
    w.expire();
    w.wire();
    w.events();
    w.refuse(UNKNOWN, handshake_advice());
    assert_eq!(w.wire(), ["handshake"], "at once: the server is back");
    w.accept();
    w.accept();
    w.accept();
    assert_eq!(w.wire(), ["subscribe /v2/me/*", "connect now", "connect"]);
    assert_eq!(
        w.events(),
        [
            ClientEvent::Subscribed { gap: true },
            status(ClientStatus::Connected)
        ]
    );
}

#[test]
fn the_way_into_the_new_session_has_its_own_retry_at_once() {
    let mut w = World::connected();
    w.fail(RequestFailure::Transport);
    for _ in 0..8 {
        w.fail(RequestFailure::Transport);
        w.expire();
    }
    w.refuse(UNKNOWN, handshake_advice());
    w.pass(1_000);
    w.wire();
    w.fail(RequestFailure::Transport);
    assert_eq!(w.wire(), ["handshake"]);
}

#[test]
fn the_number_402_is_enough_whatever_the_words_and_the_advice() {
    for error in [
        "402::Unknown client",
        "402::session_unknown",
        "402:abc:Client unbekannt",
        "402:",
    ] {
        for advice in [
            json!(null),
            json!({"reconnect": "retry"}),
            handshake_advice(),
        ] {
            let mut w = World::connected();
            w.refuse(error, advice);
            assert_eq!(w.wire(), ["handshake"], "{error}");
            assert_eq!(w.status, ClientStatus::Connected);
        }
    }
}

#[test]
fn fayes_401_with_handshake_advice_opens_a_new_session() {
    let mut w = World::connected();
    w.refuse("401:abc:Unknown client", json!({"reconnect": "handshake"}));
    assert_eq!(w.wire(), ["handshake"]);
}

#[test]
fn other_refusals_are_failures() {
    for error in ["500::oops", "4020::no", "0402::no", "no 402::", "", "402"] {
        let mut w = World::connected();
        w.refuse(error, json!(null));
        assert_eq!(w.wire(), ["connect now"], "{error}");
    }
}

#[test]
fn a_session_that_must_have_expired_is_not_asked_for() {
    let advice = json!({"timeout": 30_000, "interval": 0, "maxInterval": 10_000});
    for seed in 0..50 {
        let mut w = World::with(ClientConfig { seed, ..config() });
        w.reach_connected(json!({"advice": advice, "ext": {"ack": true}}));
        w.fail(RequestFailure::Transport);
        let down = w.now;
        loop {
            w.fail(RequestFailure::Transport);
            w.expire();
            if w.now - down > 40_000 {
                break;
            }
            assert_eq!(
                w.request().channel(),
                "/meta/connect",
                "after {} ms",
                w.now - down
            );
        }
        assert_eq!(
            w.request().channel(),
            "/meta/handshake",
            "after {} ms",
            w.now - down
        );
        w.reach_connected(json!({}));
    }
}

#[test]
fn a_failure_made_good_does_not_age_the_session() {
    let mut w = World::connected_with(json!({"advice": {"timeout": 0, "maxInterval": 5_000}}));
    w.fail(RequestFailure::Transport);
    w.accept();
    w.now += 8_000;
    w.wire();
    w.fail(RequestFailure::Transport);
    assert_eq!(w.wire(), ["connect now"]);
}

#[test]
fn without_a_maximum_interval_the_session_is_asked_for_however_late() {
    let mut w = World::connected_with(json!({"advice": {"maxInterval": 0}}));
    w.fail(RequestFailure::Transport);
    for _ in 0..30 {
        w.fail(RequestFailure::Transport);
        w.expire();
    }
    assert_eq!(w.request().channel(), "/meta/connect");
}

#[test]
fn the_connect_reply_may_come_before_or_after_the_events() {
    for reply_first in [true, false] {
        let mut w = World::connected();
        let mut messages = vec![event(json!(1)), event(json!(2))];
        messages.splice(if reply_first { 0..0 } else { 2..2 }, w.replies(json!({})));
        w.answer(messages);
        assert_eq!(w.data(), [json!(1), json!(2)]);
        assert_eq!(w.wire(), ["connect"]);
    }
}

#[test]
fn a_lost_reply_without_the_ack_extension_is_told_as_a_gap() {
    let mut w = World::connected();
    w.fail(RequestFailure::Transport);
    assert_eq!(w.events(), []);
    w.accept();
    assert_eq!(w.events(), [ClientEvent::Subscribed { gap: true }]);
    w.accept();
    assert_eq!(w.events(), [], "once");
}
