//! The page is shown, resumed or online again: the truth within two seconds.

use bayeux::{Event, Failure, Status};
use serde_json::json;

use crate::support::{World, status};

fn connected() -> World {
    World::connected_with(json!({"ext": {"ack": true}}))
}

#[test]
fn a_held_connect_is_replaced_by_a_probe() {
    let mut w = connected();
    w.wake();
    assert_eq!(w.wire(), ["abort", "connect now"]);
    assert_eq!(w.wait(), 1_000);
    w.accept();
    assert_eq!(w.wire(), ["connect"]);
    assert_eq!(w.wait(), 70_000, "the long patience again");
    assert_eq!(w.events(), [], "all is well and nothing was missed");
}

#[test]
fn a_dead_line_is_known_as_broken_within_two_seconds() {
    let mut w = connected();
    let woken = w.now;
    w.wake();
    w.expire();
    assert_eq!(w.wire(), ["abort", "connect now", "abort", "connect now"]);
    assert_eq!(w.events(), []);
    w.expire();
    assert_eq!(w.events(), [status(Status::Broken)]);
    assert_eq!(w.now - woken, 2_000);
    // From then on there is no haste: slow lines need the longer patience.
    w.expire();
    assert_eq!(w.wait(), 10_000);
}

#[test]
fn a_forgotten_client_is_known_by_the_probe() {
    let mut w = connected();
    w.wake();
    w.wire();
    w.refuse("402::Unknown client", json!({"reconnect": "handshake"}));
    assert_eq!(w.wait(), 10_000, "the server is there");
    w.accept();
    w.accept();
    w.accept();
    assert_eq!(
        w.wire(),
        ["handshake", "subscribe /v2/me/*", "connect now", "connect"]
    );
    assert_eq!(w.events(), [Event::Subscribed { gap: true }]);
}

#[test]
fn a_forgotten_client_is_renewed_at_once_though_a_first_probe_was_lost() {
    let mut w = connected();
    w.wake();
    w.expire();
    w.wire();
    w.refuse("402::Unknown client", json!({"reconnect": "handshake"}));
    assert_eq!(w.wire(), ["handshake"], "a second after waking, not two");
}

#[test]
fn wakes_in_a_row_do_not_pile_up() {
    let mut w = connected();
    for _ in 0..10 {
        w.wake();
        w.now += 1;
    }
    assert_eq!(w.wire(), ["abort", "connect now"]);
    assert_eq!(w.wait(), 990, "nor do they put off the end of the probe");
}

#[test]
fn a_wait_for_the_backoff_is_cut_short() {
    let mut w = connected();
    w.fail(Failure::Network);
    for _ in 0..10 {
        w.fail(Failure::Network);
        w.expire();
    }
    w.fail(Failure::Network);
    w.wire();
    w.wake();
    assert_eq!(w.wire(), ["connect now"]);
    assert_eq!(w.wait(), 10_000);
    w.wake();
    assert_eq!(w.wire(), [""; 0]);
    assert_eq!(
        w.wait(),
        1_000,
        "what is out may be dead since before the sleep"
    );
    w.fail(Failure::Network);
    assert!(w.wait() <= 1_000, "the waits begin from the short end");
    w.expire();
    w.accept();
    assert_eq!(w.status, Status::Connected);
}

#[test]
fn a_wait_for_the_interval_is_cut_short() {
    let mut w = connected();
    w.accept_with(json!({"advice": {"interval": 30_000}}));
    w.wake();
    assert_eq!(w.wire(), ["connect now"]);
    assert_eq!(w.wait(), 1_000);
}

#[test]
fn a_handshake_on_its_way_is_given_less_time_and_not_sent_twice() {
    let mut w = World::started();
    w.wake();
    w.wake();
    assert_eq!(w.wire(), ["handshake"]);
    assert_eq!(w.wait(), 1_000);
    w.accept();
    assert_eq!(w.wait(), 1_000);
    w.wake();
    assert_eq!(w.wire(), ["subscribe /v2/me/*"]);
}

#[test]
fn a_timer_that_comes_late_by_hours_is_no_trouble() {
    let mut w = connected();
    w.now += 8 * 3_600_000;
    w.client.handle_timeout(w.now);
    w.pump();
    assert_eq!(w.wire(), ["abort", "connect now"]);
    w.wake();
    assert_eq!(w.wire(), [""; 0]);
    assert_eq!(w.wait(), 1_000);
    w.accept();
    assert_eq!(w.events(), []);
}

#[test]
fn an_early_timer_does_nothing() {
    let mut w = connected();
    w.now += 69_999;
    w.client.handle_timeout(w.now);
    w.pump();
    assert_eq!(w.wire(), [""; 0]);
}

#[test]
fn without_the_ack_extension_the_replaced_poll_may_have_carried_events() {
    let mut w = World::connected();
    w.wake();
    w.accept();
    assert_eq!(w.events(), [Event::Subscribed { gap: true }]);
}

#[test]
fn a_closed_client_sleeps_on() {
    let mut w = connected();
    w.disconnect();
    w.wire();
    w.wake();
    assert_eq!(w.wire(), [""; 0]);
}
