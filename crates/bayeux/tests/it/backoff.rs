//! Retries: once at once, then less and less often, never in a hot loop.

use bayeux::{ClientConfig, ClientStatus, Millis, RequestFailure};
use serde_json::json;

use crate::support::{World, config, event};

#[test]
fn the_wait_doubles_up_to_a_minute() {
    let mut longest = [0; 9];
    for seed in 0..200 {
        let mut w = World::with(ClientConfig { seed, ..config() });
        w.fail(RequestFailure::Transport);
        for longest in &mut longest {
            w.fail(RequestFailure::Transport);
            *longest = w.expire().max(*longest);
        }
    }
    let ceilings = [1, 2, 4, 8, 16, 32, 60, 60, 60].map(|seconds| seconds * 1_000);
    for (longest, ceiling) in longest.into_iter().zip(ceilings) {
        assert!(
            (ceiling * 8 / 10..=ceiling).contains(&longest),
            "{longest} of {ceiling}"
        );
    }
}

#[test]
fn the_same_seed_waits_the_same() {
    let waits = |seed| {
        let mut w = World::with(ClientConfig { seed, ..config() });
        w.fail(RequestFailure::Transport);
        [(); 5].map(|()| {
            w.fail(RequestFailure::Transport);
            w.expire()
        })
    };
    assert_eq!(waits(1), waits(1));
    assert_ne!(waits(1), waits(2));
}

#[test]
fn success_resets_the_wait() {
    let mut w = World::connected();
    w.fail(RequestFailure::Transport);
    for _ in 0..10 {
        w.fail(RequestFailure::Transport);
        w.expire();
    }
    w.accept();
    w.pass(30_000);
    w.wire();
    w.fail(RequestFailure::Transport);
    assert_eq!(w.wire(), ["connect now"], "at once again");
    w.fail(RequestFailure::Transport);
    assert!(w.wait() <= 1_000);
}

/// How many requests a server gets in a minute if it answers each of them by `answer`.
fn asked_in_a_minute(mut w: World, mut answer: impl FnMut(&mut World)) -> usize {
    let end = w.now + 60_000;
    w.wire();
    while w.now < end {
        while !w.out.is_empty() && w.now < end {
            w.now += 1;
            answer(&mut w);
        }
        if w.out.is_empty() {
            w.expire();
        }
    }
    w.wire().len()
}

#[test]
fn a_server_that_always_says_402_meets_the_backoff() {
    let asked = asked_in_a_minute(World::connected(), |w| {
        if w.request().channel() == "/meta/handshake" {
            w.accept();
        } else {
            w.refuse(
                "402::Unknown client",
                json!({"reconnect": "handshake", "interval": 0}),
            );
        }
    });
    assert!((4..40).contains(&asked), "{asked}");
}

#[test]
fn a_server_that_forgets_after_every_connect_is_asked_once_a_second() {
    let asked = asked_in_a_minute(World::connected(), |w| {
        if w.request().channel() == "/meta/connect" && w.held().is_null() {
            w.refuse("402::Unknown client", json!(null));
        } else {
            w.accept();
        }
    });
    assert!((60..300).contains(&asked), "{asked}");
}

#[test]
fn a_proxy_that_kills_every_held_poll_is_asked_once_a_second() {
    let mut statuses = Vec::new();
    let asked = asked_in_a_minute(World::connected(), |w| {
        if w.held().is_null() {
            w.fail(RequestFailure::Transport);
        } else {
            w.accept();
        }
        statuses.push(w.status);
    });
    assert!((60..180).contains(&asked), "{asked}");
    assert!(
        statuses
            .iter()
            .all(|&status| status == ClientStatus::Connected),
        "each retry went well"
    );
}

#[test]
fn a_server_that_holds_no_poll_is_asked_a_few_times_a_second() {
    for advice in [
        json!(null),
        json!({"interval": 0, "timeout": 0}),
        json!({"interval": 5}),
        json!({"interval": 0, "reconnect": "retry", "timeout": 30_000}),
    ] {
        let asked = asked_in_a_minute(World::connected(), |w| {
            w.accept_with(json!({"advice": advice}));
        });
        assert!((60..=130).contains(&asked), "{asked}");
    }
}

#[test]
fn the_first_polls_wait_for_nothing() {
    let mut w = World::connected();
    w.accept();
    w.accept();
    assert_eq!(w.wire(), ["connect"; 2]);
    w.accept();
    assert_eq!(w.expire(), 500);
    // After a connect that was held or brought events, the next may follow at once.
    w.pass(1_000);
    for _ in 0..100 {
        w.accept();
        w.wire();
        w.answer([vec![event(json!(1))], w.replies(json!({}))].concat());
        assert_eq!(w.wire(), ["connect"]);
    }
}

#[test]
fn a_server_that_always_has_events_is_asked_ten_times_a_second_in_the_end() {
    let mut w = World::connected();
    for _ in 0..200 {
        w.answer([vec![event(json!(1))], w.replies(json!({}))].concat());
        assert_eq!(w.wire(), ["connect"], "a lively minute");
    }
    let asked = asked_in_a_minute(w, |w| {
        w.answer([vec![event(json!(1))], w.replies(json!({}))].concat());
    });
    assert!((500..=620).contains(&asked), "{asked}");
}

#[test]
fn an_interval_of_the_servers_is_pause_enough() {
    let mut w = World::connected();
    for _ in 0..10 {
        w.accept_with(json!({"advice": {"interval": 700}}));
        assert_eq!(w.expire(), 700);
    }
}

#[test]
fn the_whole_way_to_connected_has_one_allowance() {
    // A successful handshake does not reset the wait; only an answered connect does.
    let mut w = World::started();
    let mut waits: Vec<Millis> = Vec::new();
    for _ in 0..7 {
        w.accept();
        w.fail(RequestFailure::Transport);
        if w.out.is_empty() {
            waits.push(w.expire());
        }
        w.fail(RequestFailure::Transport);
        waits.push(w.expire());
        w.refuse("402::Unknown client", json!(null));
        waits.push(w.expire());
    }
    assert!(
        waits.iter().max().is_some_and(|&longest| longest > 20_000),
        "{waits:?}"
    );
}
