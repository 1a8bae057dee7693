//! Another session of the same browser holds the long poll.

use bayeux::{ClientEvent, ClientStatus, ErrorKind};
use serde_json::{Value, json};

use crate::support::{World, event, status};

fn multiple() -> Value {
    json!({"multiple-clients": true, "reconnect": "retry", "interval": 2_000})
}

fn second_session() -> World {
    let mut w = World::connected();
    w.accept_with(json!({"advice": multiple()}));
    assert_eq!(w.events(), [ClientEvent::MultipleClients(true)]);
    w
}

#[test]
fn the_second_session_is_told_and_keeps_the_interval() {
    let mut w = second_session();
    for _ in 0..3 {
        assert_eq!(w.expire(), 2_000);
        assert_eq!(w.wire(), ["connect"]);
        w.accept_with(json!({"advice": multiple()}));
    }
    assert_eq!(w.events(), [], "told once");
}

#[test]
fn interval_zero_says_that_the_session_is_alone_again() {
    let mut w = second_session();
    w.expire();
    w.wire();
    w.accept_with(json!({"advice": {"interval": 0}}));
    assert_eq!(w.events(), [ClientEvent::MultipleClients(false)]);
    assert_eq!(w.wire(), ["connect"]);
}

#[test]
fn a_held_reply_without_advice_says_so_too() {
    // cometd-nodejs-server never sends another interval.
    let mut w = second_session();
    w.expire();
    w.wire();
    w.now += 1_500;
    w.answer([vec![event(json!(1))], w.replies(json!({}))].concat());
    assert!(w.events().contains(&ClientEvent::MultipleClients(false)));
    assert_eq!(w.wire(), ["connect"]);

    let mut w = second_session();
    w.expire();
    w.wire();
    w.accept();
    assert_eq!(w.events(), [ClientEvent::MultipleClients(false)]);
    assert_eq!(w.wire(), ["connect"]);
}

#[test]
fn a_quick_reply_with_events_says_nothing() {
    // CometD answers a connect at once and without advice if events are queued.
    let mut w = second_session();
    w.expire();
    w.now += 50;
    w.answer([vec![event(json!(1))], w.replies(json!({}))].concat());
    assert!(!w.events().contains(&ClientEvent::MultipleClients(false)));
    assert_eq!(w.wait(), 2_000);
}

#[test]
fn advice_that_comes_with_events_says_no_more() {
    // With events to deliver, CometD does not check for another session and repeats the interval.
    for advice in [
        json!({"interval": 2_000}),
        json!({"interval": 0}),
        json!({}),
    ] {
        let mut w = second_session();
        w.expire();
        w.now += 50;
        w.answer([vec![event(json!(1))], w.replies(json!({"advice": advice}))].concat());
        assert_eq!(w.events(), []);
        assert_eq!(w.wait(), 2_000);
    }
}

#[test]
fn events_may_come_with_the_word_of_another_session() {
    let mut w = World::connected();
    w.answer(
        [
            vec![event(json!(1))],
            w.replies(json!({"advice": multiple()})),
        ]
        .concat(),
    );
    assert_eq!(w.events(), [ClientEvent::MultipleClients(true)]);
    assert_eq!(w.wait(), 2_000);
}

#[test]
fn a_probe_tells_that_the_session_is_alone_again() {
    for advice in [json!({"interval": 0, "timeout": 30_000}), json!(null)] {
        let mut w = second_session();
        w.wake();
        assert_eq!(w.wire(), ["connect now"]);
        w.accept_with(json!({"advice": advice}));
        assert_eq!(w.events(), [ClientEvent::MultipleClients(false)]);
        assert_eq!(w.wire(), ["connect"], "and the next event is not late");
    }
}

#[test]
fn a_probe_tells_of_the_other_session_too() {
    let mut w = second_session();
    w.wake();
    w.accept_with(json!({"advice": multiple()}));
    assert_eq!(w.events(), []);
    assert_eq!(w.wait(), 2_000);
    w.wake();
    w.answer([vec![event(json!(1))], w.replies(json!({}))].concat());
    assert_eq!(w.events(), []);
    assert_eq!(w.wait(), 2_000);
}

#[test]
fn a_server_that_allows_one_session_only_closes_the_second() {
    let mut w = World::connected();
    w.refuse("", json!({"multiple-clients": true, "reconnect": "none"}));
    let events = w.events();
    let [
        ClientEvent::MultipleClients(true),
        ClientEvent::Failed(error),
        over,
        closed,
    ] = &events[..]
    else {
        panic!("{events:?}")
    };
    assert_eq!(error.kind, ErrorKind::Refused);
    assert_eq!(*over, ClientEvent::MultipleClients(false));
    assert_eq!(*closed, status(ClientStatus::Closed));
}

#[test]
fn a_new_session_has_to_be_told_anew() {
    let mut w = second_session();
    w.expire();
    w.refuse("402::Unknown client", json!(null));
    assert_eq!(w.expire(), 2_000);
    w.wire();
    w.accept();
    assert_eq!(w.events(), [ClientEvent::MultipleClients(false)]);
    w.accept();
    w.accept();
    assert_eq!(w.wire(), ["subscribe /v2/me/*", "connect now", "connect"]);
}
