//! A server that is too busy says when to come back.

use bayeux::{ClientEvent, ClientStatus, Millis, RequestFailure};
use serde_json::json;

use crate::support::{World, status};

const HOUR: Millis = 3_600_000;

fn connected() -> World {
    World::connected_with(json!({"ext": {"ack": true}}))
}

#[test]
fn not_even_the_retry_at_once_comes_before() {
    let mut w = connected();
    w.turn_away(10_000);
    // No notifications arrive meanwhile, so the status is broken.
    assert_eq!(w.events(), [status(ClientStatus::Broken)]);
    assert_eq!(w.wire(), [""; 0]);
    assert_eq!(w.expire(), 10_000);
    assert_eq!(w.wire(), ["connect now"]);
    w.accept();
    assert_eq!(w.events(), [status(ClientStatus::Connected)]);
}

#[test]
fn it_holds_for_every_request() {
    let mut w = World::started();
    for step in ["handshake", "subscribe /v2/me/*", "connect now", "connect"] {
        assert_eq!(w.wire(), [step]);
        w.turn_away(7_000);
        assert_eq!(w.status, ClientStatus::Broken);
        // Later ones meet the back-off too.
        assert!(w.expire() >= 7_000);
        let again = if step == "connect" {
            "connect now"
        } else {
            step
        };
        assert_eq!(w.wire(), [again]);
        w.accept();
        w.pass(1_000);
    }
}

#[test]
fn six_seconds_see_one_request() {
    let mut w = connected();
    w.turn_away(10_000);
    for _ in 0..6 {
        w.wake();
        w.pass(1_000);
    }
    assert_eq!(w.wire(), [""; 0], "whoever wakes it");
    assert_eq!(w.wait(), 4_000);
}

#[test]
fn a_wake_hurries_the_backoff_behind_it() {
    let mut w = connected();
    for _ in 0..12 {
        w.fail(RequestFailure::Transport);
        if w.out.is_empty() {
            w.expire();
        }
    }
    w.wire();
    w.turn_away(2_000);
    w.wake();
    assert_eq!(w.expire(), 2_000);
    assert_eq!(w.wire(), ["connect now"]);
}

#[test]
fn a_longer_backoff_still_counts() {
    let mut longest = 0;
    let mut w = connected();
    for _ in 0..50 {
        w.turn_away(1);
        longest = w
            .client
            .poll_timeout()
            .map_or(0, |due| due - w.now)
            .max(longest);
        if w.out.is_empty() {
            w.expire();
        }
    }
    assert!(longest > 30_000, "{longest}");
}

#[test]
fn a_second_or_less_is_no_trouble_yet() {
    for wait in [0, 1, 1_000] {
        let mut w = connected();
        w.turn_away(wait);
        assert_eq!(w.events(), []);
        w.pass(wait);
        assert_eq!(w.wire(), ["connect now"]);
    }
}

#[test]
fn more_than_an_hour_is_a_mistake() {
    for wait in [HOUR, HOUR + 1, 1 << 40, Millis::MAX] {
        let mut w = connected();
        w.turn_away(wait);
        assert_eq!(w.expire(), HOUR);
    }
}

#[test]
fn a_start_does_not_wait() {
    let mut w = connected();
    w.turn_away(HOUR);
    w.start();
    assert_eq!(w.wire(), ["handshake"]);
    assert_eq!(w.status, ClientStatus::Connecting);
    // The wait that the server asked for is over.
    w.fail(RequestFailure::Transport);
    assert!(w.wait() <= 1_000);

    let mut w = connected();
    w.turn_away(HOUR);
    w.disconnect();
    w.start();
    assert_eq!(w.wire(), ["disconnect", "handshake"]);
}

#[test]
fn a_start_while_a_request_is_out_does_nothing() {
    let mut w = connected();
    w.turn_away(5_000);
    w.expire();
    w.wire();
    w.start();
    assert_eq!(w.wire(), [""; 0]);
}

#[test]
fn a_login_that_is_missing_waits_as_well() {
    let mut w = connected();
    let id = w.request().id.unwrap();
    w.out.clear();
    w.client
        .handle_failure(id, RequestFailure::Unauthenticated, w.now, Some(3_000));
    w.pump();
    assert_eq!(
        w.events(),
        [ClientEvent::Unauthenticated, status(ClientStatus::Broken)]
    );
    assert_eq!(w.client.poll_timeout(), None);
    w.wake();
    assert_eq!(w.wire(), [""; 0]);
    assert_eq!(w.expire(), 3_000);
    assert_eq!(w.wire(), ["connect now"]);
}

#[test]
fn of_a_request_that_is_not_out_it_says_nothing() {
    let mut w = connected();
    let old = w.request().id.unwrap();
    w.pass(1_000);
    w.wake();
    w.wire();
    w.client
        .handle_failure(old, RequestFailure::Transport, w.now, Some(HOUR));
    w.pump();
    w.fail(RequestFailure::Transport);
    assert_eq!(w.wire(), ["connect now"]);
}
