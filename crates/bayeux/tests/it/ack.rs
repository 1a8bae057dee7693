//! The acknowledgement extension: lost replies are sent again.

use bayeux::{ClientEvent, RequestFailure};
use serde_json::{Value, json};

use crate::support::{World, event};

fn acknowledged(w: &World) -> Value {
    w.request().field("ext")["ack"].clone()
}

#[test]
fn it_is_used_if_the_server_agrees() {
    for ack in [json!(true), json!({"enabled": true, "batch": 3})] {
        let mut w = World::started();
        w.accept_with(json!({"ext": {"ack": ack}}));
        w.accept();
        assert_eq!(acknowledged(&w), json!(-1));
    }
    for ack in [
        json!(null),
        json!(false),
        json!("true"),
        json!(1),
        json!({"enabled": false}),
    ] {
        let mut w = World::started();
        w.accept_with(json!({"ext": {"ack": ack}}));
        w.accept();
        w.accept_with(json!({"ext": {"ack": 5}}));
        assert_eq!(w.request().field("ext"), &json!(null));
    }
}

#[test]
fn each_connect_says_the_last_number_which_never_goes_back() {
    let mut w = World::connected_with(json!({"ext": {"ack": true}}));
    for (number, said) in [
        (json!(1), 1),
        (json!(7), 7),
        (json!(3), 7),
        (json!("9"), 7),
        (json!(-4), 7),
        (json!(8.0), 8),
    ] {
        w.pass(1_000);
        w.accept_with(json!({"ext": {"ack": number}}));
        assert_eq!(acknowledged(&w), json!(said));
    }
    w.pass(1_000);
    w.accept();
    assert_eq!(
        acknowledged(&w),
        json!(8),
        "a reply without a number changes nothing"
    );
}

#[test]
fn a_lost_reply_is_asked_for_again() {
    let mut w = World::connected_with(json!({"ext": {"ack": true}}));
    w.accept_with(json!({"ext": {"ack": 1}}));
    w.fail(RequestFailure::Transport); // it carried batch 2
    assert_eq!(acknowledged(&w), json!(1));
    w.answer(
        [
            vec![event(json!("again"))],
            w.replies(json!({"ext": {"ack": 3}})),
        ]
        .concat(),
    );
    assert_eq!(w.data(), [json!("again")]);
    assert_eq!(acknowledged(&w), json!(3));
}

#[test]
fn a_server_that_agrees_and_numbers_nothing_loses_events() {
    let mut w = World::started();
    w.accept_with(json!({"ext": {"ack": true}}));
    w.accept();
    w.accept();
    w.events();
    w.fail(RequestFailure::Transport);
    w.accept();
    assert_eq!(w.events(), [ClientEvent::Subscribed { gap: true }]);
    // From its first number on it redelivers.
    w.accept_with(json!({"ext": {"ack": 0}}));
    w.pass(1_000);
    w.fail(RequestFailure::Transport);
    w.accept();
    assert_eq!(w.events(), []);
}

#[test]
fn a_late_reply_acknowledges_nothing() {
    let mut w = World::connected_with(json!({"ext": {"ack": true}}));
    let late = w.request();
    let replies = w.replies(json!({"ext": {"ack": 9}}));
    w.pass(1_000);
    w.wake();
    w.respond(late.id.unwrap(), replies);
    w.accept();
    assert_eq!(acknowledged(&w), json!(0));
}

#[test]
fn a_new_session_counts_anew() {
    let mut w = World::connected_with(json!({"ext": {"ack": true}}));
    w.accept_with(json!({"ext": {"ack": 40}}));
    w.refuse("402::Unknown client", json!(null));
    w.accept_with(json!({"ext": {"ack": true}}));
    w.accept();
    assert_eq!(acknowledged(&w), json!(-1));
}

#[test]
fn no_number_is_too_strange() {
    for number in [
        json!(1e300),
        json!(-1e300),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(0.5),
    ] {
        let mut w = World::connected_with(json!({"ext": {"ack": true}}));
        w.accept_with(json!({"ext": {"ack": number}}));
        assert!(acknowledged(&w).is_i64());
    }
}
