//! The page is shown, resumed or online again: the status is right within two seconds.

use bayeux::{ClientEvent, ClientStatus, RequestFailure};
use serde_json::json;

use crate::support::{World, event, status};

/// A client whose connect has been held for a while.
fn connected() -> World {
    let mut w = World::connected_with(json!({"ext": {"ack": true}}));
    w.pass(1_000);
    w
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
    assert_eq!(w.events(), [status(ClientStatus::Broken)]);
    assert_eq!(w.now - woken, 2_000);
    // From then on the longer deadline applies, as slow lines need it.
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
    assert_eq!(w.events(), [ClientEvent::Subscribed { gap: true }]);
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
    w.fail(RequestFailure::Transport);
    for _ in 0..10 {
        w.fail(RequestFailure::Transport);
        w.expire();
    }
    w.fail(RequestFailure::Transport);
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
    w.fail(RequestFailure::Transport);
    assert!(w.wait() <= 1_000, "the waits begin from the short end");
    w.expire();
    w.accept();
    assert_eq!(w.status, ClientStatus::Connected);
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
    let mut w = connected();
    w.refuse("402::Unknown client", json!(null));
    w.wire();
    w.wake();
    w.wake();
    assert_eq!(w.wire(), [""; 0]);
    assert_eq!(w.wait(), 1_000);
    w.accept();
    assert_eq!(w.wait(), 1_000);
    w.wake();
    assert_eq!(w.wire(), ["subscribe /v2/me/*"]);
}

#[test]
fn the_first_handshake_keeps_its_patience() {
    // Nothing has been reported yet and no round trip is known; loading a page also shows it.
    let mut w = World::started();
    w.wake();
    assert_eq!(w.wire(), ["handshake"]);
    assert_eq!(w.wait(), 10_000);
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
    w.now += 68_999;
    w.client.handle_timeout(w.now);
    w.pump();
    assert_eq!(w.wire(), [""; 0]);
}

#[test]
fn without_the_ack_extension_the_replaced_poll_may_have_carried_events() {
    let mut w = World::connected();
    w.pass(1_000);
    w.wake();
    w.accept();
    assert_eq!(w.events(), [ClientEvent::Subscribed { gap: true }]);
}

#[test]
fn a_closed_client_sleeps_on() {
    let mut w = connected();
    w.disconnect();
    w.wire();
    w.wake();
    assert_eq!(w.wire(), [""; 0]);
}

/// A line on which a warm request takes `warm` and one over a new connection four times as long.
fn line(warm: u64) -> World {
    let mut w = World::started();
    w.pass(4 * warm);
    w.accept_with(json!({"ext": {"ack": true}}));
    w.pass(warm);
    w.accept();
    w.pass(warm);
    w.accept_with(json!({"ext": {"ack": 0}}));
    assert_eq!(w.status, ClientStatus::Connected);
    w.pass(1_000);
    w.events();
    w
}

#[test]
fn a_slow_line_that_is_well_never_breaks() {
    for warm in [0, 1, 20, 100, 200, 249, 250, 350, 400, 600, 1_000, 2_000] {
        let mut w = line(warm);
        for pause in [1_000, 20_000, 3, 0, 500, 1_500, 8_000, 1, 1] {
            // The probe needs a new connection, since the old one was given up.
            w.wake();
            if w.held().is_null() {
                w.expire(); // a young connect is not replaced yet
            }
            w.pass(4 * warm);
            w.accept();
            w.pass(pause);
            assert_eq!(w.events(), [], "{warm} ms");
        }
    }
}

#[test]
fn a_dead_server_is_known_after_five_round_trips_twice() {
    for (warm, known) in [
        (0, 2_000),
        (100, 2_000),
        (200, 2_000),
        (350, 3_500),
        (3_000, 20_000),
    ] {
        let mut w = line(warm);
        let woken = w.now;
        w.wake();
        w.expire();
        w.expire();
        assert_eq!(w.events(), [status(ClientStatus::Broken)]);
        assert_eq!(w.now - woken, known, "{warm} ms");
    }
}

#[test]
fn an_answer_that_a_sleep_made_late_measures_nothing() {
    let mut w = connected();
    w.wake();
    w.now += 3_600_000;
    w.accept();
    w.pass(1_000);
    w.wake();
    assert_eq!(w.wait(), 1_000);
}

#[test]
fn a_connect_is_left_alone_until_it_is_a_second_old() {
    // The probe may reach the server first, which would then see two clients.
    for age in [0, 1, 999] {
        let mut w = World::connected_with(json!({"ext": {"ack": true}}));
        w.pass(age);
        w.wake();
        w.wake();
        assert_eq!(w.wire(), [""; 0]);
        assert_eq!(w.expire(), 1_000 - age);
        assert_eq!(w.wire(), ["abort", "connect now"]);
        assert_eq!(w.wait(), 1_000);
        w.expire();
        w.expire();
        assert_eq!(w.events(), [status(ClientStatus::Broken)]);
    }
}

#[test]
fn a_young_connect_that_is_answered_needs_no_probe() {
    let mut w = World::connected_with(json!({"ext": {"ack": true}}));
    w.wake();
    w.pass(500);
    w.answer([vec![event(json!(1))], w.replies(json!({}))].concat());
    assert_eq!(w.wire(), ["connect"]);
    assert_eq!(w.wait(), 70_000);
}

#[test]
fn a_young_connect_that_fails_is_repeated() {
    let mut w = World::connected_with(json!({"ext": {"ack": true}}));
    w.wake();
    w.fail(RequestFailure::Transport);
    assert_eq!(w.wire(), ["connect now"]);
    assert_eq!(w.wait(), 1_000);
}

#[test]
fn a_request_that_is_overdue_at_a_wake_has_failed() {
    let mut w = connected();
    w.wake();
    w.wire();
    // Each timer is 9 s late, so each comes as a wake.
    for _ in 0..3 {
        w.now += 10_000;
        w.wake();
        assert!(w.wait() > 0);
    }
    assert_eq!(w.status, ClientStatus::Broken);
    assert_eq!(w.wire(), ["abort", "connect now", "abort", "connect now"]);
    w.accept();
    assert_eq!(w.status, ClientStatus::Connected);
}

#[test]
fn whatever_is_out_may_be_overdue_at_a_wake() {
    let mut handshake = World::started();
    handshake.now += 20_000;
    handshake.wake();
    assert_eq!(handshake.wire(), ["handshake", "abort", "handshake"]);
    let mut subscribe = World::started();
    subscribe.accept();
    subscribe.now += 20_000;
    subscribe.wire();
    subscribe.wake();
    assert_eq!(subscribe.wire(), ["abort", "subscribe /v2/me/*"]);
    // A held connect has not failed yet: the machine slept.
    let mut held = connected();
    held.now += 8 * 3_600_000;
    held.wake();
    assert_eq!(held.wire(), ["abort", "connect now"]);
    held.expire();
    assert_eq!(held.events(), []);
    for w in [handshake, subscribe, held] {
        assert!(w.wait() > 0);
    }
}
