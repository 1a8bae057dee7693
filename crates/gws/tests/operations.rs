//! From the press to its outcome.

mod support;

use gws::{Command, ConnectionStatus, Failure, Kind};
use support::*;

#[test]
fn one_press_is_one_post_and_pending_is_no_join() {
    let mut page = Page::ready(&[monitored("s")]);
    assert!(page.try_press("s", BARGE));
    for _ in 0..10 {
        assert!(!page.try_press("s", BARGE));
        assert!(!page.try_press("s", COACH));
    }
    let post = Command::Post {
        attempt: 1,
        session: key("s"),
        operation: BARGE,
        timeout: REQUEST_TIMEOUT,
    };
    assert_eq!(page.commands(), [post]);
    assert_eq!(
        (page.state("s"), page.mode("s")),
        ("pending", Some("monitor"))
    );
    page.accept(1);
    assert_eq!(
        (page.state("s"), page.commands(), page.events()),
        ("pending", vec![], vec![])
    );
}

#[test]
fn a_press_where_it_is_off_does_nothing() {
    let mut page = Page::ready(&[
        barged("joined"),
        in_state(monitored("ended"), "Completed"),
        body("off", &[own("Supervisors")], &["Leave"]),
    ]);
    for id in ["joined", "ended", "off", "unknown", ""] {
        assert!(!page.try_press(id, BARGE), "{id}");
    }
    assert_eq!(page.commands(), []);
}

#[test]
fn response_first_then_confirmation() {
    let mut page = Page::ready(&[monitored("s")]);
    let attempt = page.press("s", BARGE);
    page.pass(120);
    page.accept(attempt);
    page.pass(80);
    page.notify(barged("s"));
    assert_eq!(
        (page.state("s"), page.mode("s")),
        ("joined", Some("barge-in"))
    );
    assert_eq!(page.events(), [joined("s", Some((Some(120), 200)))]);
    page.pass(60_000);
    assert_eq!((page.commands(), page.events()), (vec![], vec![]));
}

#[test]
fn confirmation_first_then_any_response() {
    for late in [
        Ok(()),
        Err(answer(403, 3)),
        Err(network()),
        Err(signed_out()),
    ] {
        let mut page = Page::ready(&[monitored("s")]);
        let attempt = page.press("s", BARGE);
        page.pass(50);
        page.log("s", &[entry(4, "ParticipantRejoined", "All")]);
        assert_eq!(page.events(), [joined("s", Some((None, 50)))]);
        page.pass(30);
        page.store.answered(attempt, late, page.now);
        assert_eq!(
            (page.state("s"), page.commands(), page.events()),
            ("joined", vec![], vec![])
        );
    }
}

#[test]
fn accepted_and_never_confirmed_is_read_and_then_unconfirmed() {
    let mut page = Page::ready(&[monitored("s")]);
    let attempt = page.press("s", BARGE);
    page.accept(attempt);
    page.pass(CONFIRM_TIMEOUT - 1);
    assert_eq!((page.state("s"), page.commands()), ("pending", vec![]));
    page.pass(1);
    assert_eq!((page.state("s"), page.commands()), ("pending", vec![READ]));
    page.read(&[monitored("s")]);
    let unconfirmed = Failure::new(Kind::Unconfirmed, "");
    assert_eq!(page.state("s"), "failed");
    assert_eq!(page.view("s").failure.as_deref(), Some(&unconfirmed));
    assert_eq!(page.events(), [failed("s", BARGE, unconfirmed)]);
    // It has already been read for, and nothing is repeated automatically.
    page.pass(600_000);
    assert_eq!(page.commands(), []);
    assert!(page.view("s").operations.barge_in);
}

#[test]
fn the_read_after_the_wait_may_confirm_or_end_it() {
    let mut page = Page::ready(&[monitored("s"), monitored("t")]);
    for id in ["s", "t"] {
        let attempt = page.press(id, BARGE);
        page.accept(attempt);
    }
    page.pass(CONFIRM_TIMEOUT);
    assert_eq!(page.commands(), [READ]);
    page.pass(100);
    page.read(&[barged("s")]);
    assert_eq!((page.state("s"), page.state("t")), ("joined", "ended"));
    assert_eq!(
        page.events(),
        [joined("s", Some((Some(0), CONFIRM_TIMEOUT + 100)))]
    );
}

#[test]
fn a_read_that_fails_or_hangs_leaves_it_unconfirmed() {
    let unconfirmed = || failed("s", BARGE, Failure::new(Kind::Unconfirmed, ""));
    let mut page = Page::ready(&[monitored("s")]);
    let attempt = page.press("s", BARGE);
    page.accept(attempt);
    page.pass(CONFIRM_TIMEOUT);
    page.commands();
    page.read_fails(network());
    assert_eq!(
        (page.state("s"), page.events()),
        ("failed", vec![unconfirmed()])
    );

    let mut page = Page::ready(&[monitored("s")]);
    let attempt = page.press("s", BARGE);
    page.accept(attempt);
    page.pass(CONFIRM_TIMEOUT);
    page.commands();
    page.pass(REQUEST_TIMEOUT - 1);
    assert_eq!(page.state("s"), "pending");
    page.pass(1);
    assert_eq!(
        (page.state("s"), page.events()),
        ("failed", vec![unconfirmed()])
    );
    // The read arrives after all and corrects the outcome.
    page.pass(500);
    page.read(&[barged("s")]);
    let confirm_ms = CONFIRM_TIMEOUT + REQUEST_TIMEOUT + 500;
    assert_eq!(page.events(), [joined("s", Some((Some(0), confirm_ms)))]);
}

#[test]
fn a_read_begun_before_the_wait_was_over_does_not_conclude_it() {
    let mut page = Page::ready(&[monitored("s")]);
    let attempt = page.press("s", BARGE);
    page.accept(attempt);
    page.refresh();
    page.pass(CONFIRM_TIMEOUT);
    assert_eq!(page.commands(), []);
    page.read(&[monitored("s")]);
    assert_eq!((page.state("s"), page.commands()), ("pending", vec![READ]));
    page.read(&[barged("s")]);
    assert_eq!(page.state("s"), "joined");
}

#[test]
fn a_session_changed_during_the_checking_read_is_read_again() {
    let mut page = Page::ready(&[monitored("s")]);
    let attempt = page.press("s", BARGE);
    page.accept(attempt);
    page.pass(CONFIRM_TIMEOUT);
    page.commands();
    page.notify(monitored("s"));
    page.read(&[monitored("s")]);
    assert_eq!((page.state("s"), page.commands()), ("pending", vec![READ]));
    page.read(&[barged("s")]);
    assert_eq!(page.state("s"), "joined");
}

#[test]
fn a_late_confirmation_corrects_a_failure_and_is_that_join() {
    let mut page = Page::ready(&[monitored("s")]);
    let attempt = page.press("s", BARGE);
    page.pass(40);
    page.fail(attempt, answer(500, 4));
    assert_eq!((page.state("s"), page.commands()), ("failed", vec![READ]));
    page.events();
    page.pass(60);
    page.notify(barged("s"));
    assert_eq!(page.events(), [joined("s", Some((Some(40), 100)))]);
    assert_eq!((page.state("s"), page.view("s").failure), ("joined", None));
}

#[test]
fn without_the_servers_decision_it_has_failed_and_is_looked_at_once() {
    let csrf = Failure::new(Kind::Csrf, "Missing or invalid Csrf token");
    let cases = [
        (network(), None),
        (Failure::new(Kind::Timeout, ""), None),
        (answer(500, 4), Some(0)),
        (answer(200, 9), Some(0)),
        (csrf, None),
        (Failure::new(Kind::Malformed, ""), None),
        (Failure::new(Kind::Malformed, ""), None),
    ];
    for (failure, request_ms) in cases {
        let mut page = Page::ready(&[monitored("s")]);
        let attempt = page.press("s", BARGE);
        page.fail(attempt, failure.clone());
        assert_eq!(page.state("s"), "failed");
        assert_eq!(page.events(), [failed("s", BARGE, failure.clone())]);
        assert_eq!(page.commands(), [READ]);
        page.read(&[monitored("s")]);
        // The message stays, and the button may be pressed again.
        assert_eq!(page.state("s"), "failed");
        assert_eq!(page.view("s").failure.as_deref(), Some(&failure));
        page.notify(monitored("s"));
        assert_eq!(page.state("s"), "failed");
        page.pass(600_000);
        assert_eq!((page.commands(), page.events()), (vec![], vec![]));
        // The read showed no effect, so a later join does not come from this attempt.
        page.pass(10);
        page.refresh();
        page.read(&[barged("s")]);
        assert_eq!(page.events(), [joined("s", None)]);

        // A join that the first read shows comes from this attempt, however late.
        let mut page = Page::ready(&[monitored("s")]);
        let attempt = page.press("s", BARGE);
        page.fail(attempt, failure);
        page.forget();
        page.pass(600_000);
        page.read(&[barged("s")]);
        assert_eq!(page.events(), [joined("s", Some((request_ms, 600_000)))]);
    }
}

#[test]
fn the_words_of_a_failure_stay_until_the_next_attempt() {
    let mut page = Page::ready(&[monitored("s")]);
    let attempt = page.press("s", BARGE);
    page.fail(attempt, network());
    page.commands();
    page.notify(body("s", &[own("Supervisors")], &["Leave"]));
    assert_eq!(page.state("s"), "not-permitted");
    page.notify(monitored("s"));
    assert_eq!(page.state("s"), "failed");
    let again = page.press("s", BARGE);
    assert_ne!(attempt, again);
    assert_eq!((page.state("s"), page.view("s").failure), ("pending", None));
    // The answer to the first attempt does not affect the second.
    page.fail(attempt, answer(403, 3));
    assert_eq!(page.state("s"), "pending");
}

#[test]
fn a_refusal_stays_until_the_server_lists_the_capability_anew() {
    for failure in [
        answer(403, 3),
        answer(200, 5),
        answer(404, 6),
        answer(409, 1),
    ] {
        let mut page = Page::ready(&[monitored("s")]);
        let attempt = page.press("s", BARGE);
        page.fail(attempt, failure.clone());
        assert_eq!((page.state("s"), page.commands()), ("refused", vec![]));
        assert_eq!(page.view("s").failure.as_deref(), Some(&failure));
        assert_eq!(page.events(), [failed("s", BARGE, failure)]);
        assert!(!page.try_press("s", BARGE));
        page.log("s", &[entry(2, "Text", "All")]);
        page.notify(serde_json::json!({"id": "s", "state": "Chatting"}));
        assert_eq!(page.state("s"), "refused");
        page.notify(body("s", &[own("Supervisors")], &["Leave"]));
        assert_eq!(page.state("s"), "refused");
        page.notify(monitored("s"));
        assert_eq!((page.state("s"), page.view("s").failure), ("ready", None));
    }
}

#[test]
fn a_read_begun_before_the_refusal_does_not_clear_it_and_a_later_one_does() {
    let mut page = Page::ready(&[monitored("s")]);
    let attempt = page.press("s", BARGE);
    page.refresh();
    page.fail(attempt, answer(403, 3));
    page.read(&[monitored("s")]);
    assert_eq!(page.state("s"), "refused");
    page.refresh();
    page.read(&[monitored("s")]);
    assert_eq!(page.state("s"), "ready");
}

#[test]
fn a_join_after_a_refusal_came_from_elsewhere() {
    let mut page = Page::ready(&[monitored("s")]);
    let attempt = page.press("s", BARGE);
    page.fail(attempt, answer(403, 3));
    page.events();
    page.notify(barged("s"));
    assert_eq!(page.events(), [joined("s", None)]);
    assert_eq!((page.state("s"), page.view("s").failure), ("joined", None));
}

#[test]
fn a_wrong_state_is_checked_before_it_is_shown() {
    for status in [200, 400, 403, 409] {
        let mut page = Page::ready(&[monitored("s")]);
        let attempt = page.press("s", BARGE);
        page.pass(30);
        page.fail(attempt, answer(status, 2));
        assert_eq!((page.state("s"), page.commands()), ("pending", vec![READ]));
        assert_eq!(page.events(), []);
        page.pass(30);
        page.read(&[barged("s")]);
        assert_eq!(page.state("s"), "joined");
        assert_eq!(page.events(), [joined("s", Some((Some(30), 60)))]);

        let mut page = Page::ready(&[monitored("s")]);
        let attempt = page.press("s", BARGE);
        page.fail(attempt, answer(status, 2));
        page.commands();
        page.read(&[monitored("s")]);
        assert_eq!(page.state("s"), "refused");
        assert_eq!(page.events(), [failed("s", BARGE, answer(status, 2))]);
    }
}

#[test]
fn a_wrong_state_that_cannot_be_checked_is_a_refusal() {
    let mut page = Page::ready(&[monitored("s")]);
    let attempt = page.press("s", BARGE);
    page.fail(attempt, answer(409, 2));
    page.commands();
    page.read_fails(network());
    assert_eq!(page.state("s"), "refused");

    let mut page = Page::ready(&[monitored("s")]);
    let attempt = page.press("s", BARGE);
    page.fail(attempt, answer(409, 2));
    page.pass(REQUEST_TIMEOUT);
    assert_eq!(page.state("s"), "refused");
}

#[test]
fn signed_out_by_the_answer_is_one_error() {
    let mut page = Page::ready(&[monitored("s"), monitored("t")]);
    let attempt = page.press("s", BARGE);
    page.fail(attempt, signed_out());
    assert_eq!(
        (page.state("s"), page.state("t")),
        ("unauthenticated", "unauthenticated")
    );
    assert_eq!(
        page.events(),
        [
            failed("s", BARGE, signed_out()),
            status(ConnectionStatus::Broken),
        ]
    );
    assert_eq!((page.commands(), page.store.poll_timeout()), (vec![], None));
    page.store.refresh();
    page.same_user();
    page.connect();
    page.commands();
    page.read(&[monitored("s")]);
    assert_eq!(page.state("s"), "ready");
}

#[test]
fn ended_while_pending_is_no_error() {
    let mut page = Page::ready(&[monitored("s"), monitored("t")]);
    let first = page.press("s", BARGE);
    let second = page.press("t", BARGE);
    page.accept(second);
    page.notify(in_state(monitored("s"), "Revoked"));
    page.notify(in_state(monitored("t"), "Completed"));
    assert_eq!((page.state("s"), page.state("t")), ("ended", "ended"));
    page.fail(first, answer(404, 6));
    page.pass(60_000);
    assert_eq!((page.events(), page.commands()), (vec![], vec![]));
    assert_eq!(page.view("s").failure, None);
}

#[test]
fn coach_and_monitor_are_confirmed_by_their_mode() {
    let mut page = Page::ready(&[barged("s")]);
    let attempt = page.press("s", COACH);
    assert_eq!(
        (page.state("s"), page.mode("s")),
        ("pending", Some("barge-in"))
    );
    page.accept(attempt);
    page.notify(coached("s"));
    assert_eq!((page.state("s"), page.mode("s")), ("ready", Some("coach")));
    let attempt = page.press("s", MONITOR);
    page.accept(attempt);
    page.log("s", &[entry(9, "ParticipantRejoined", "Supervisors")]);
    assert_eq!(
        (page.state("s"), page.mode("s")),
        ("ready", Some("monitor"))
    );
    assert_eq!(page.events(), []);
    // After leaving the mode, joining again is another join.
    let attempt = page.press("s", BARGE);
    page.accept(attempt);
    page.notify(barged("s"));
    assert_eq!(page.events(), [joined("s", Some((Some(0), 0)))]);
}

#[test]
fn a_switch_that_fails_says_so_and_a_late_confirmation_ends_its_words() {
    let mut page = Page::ready(&[barged("s")]);
    let attempt = page.press("s", COACH);
    page.fail(attempt, network());
    assert_eq!(page.state("s"), "joined");
    assert_eq!(page.view("s").failure.as_deref(), Some(&network()));
    assert_eq!(page.events(), [failed("s", COACH, network())]);
    page.notify(coached("s"));
    assert_eq!((page.state("s"), page.view("s").failure), ("ready", None));
}

#[test]
fn a_refused_switch_is_off_and_the_other_is_not() {
    let mut page = Page::ready(&[barged("s")]);
    let attempt = page.press("s", COACH);
    page.fail(attempt, answer(403, 3));
    let view = page.view("s");
    assert_eq!(view.state.as_str(), "joined");
    assert!(view.operations.monitor && !view.operations.coach);
    page.notify(barged("s"));
    assert!(page.view("s").operations.coach);
}

#[test]
fn the_refusal_of_a_mode_that_is_not_offered_again_does_not_keep_barge_in_off() {
    let mut page = Page::ready(&[monitored("s")]);
    let attempt = page.press("s", COACH);
    page.fail(attempt, answer(403, 3));
    assert_eq!(page.state("s"), "refused");
    page.notify(body("s", &[own("Supervisors")], &["SwitchToBargeIn"]));
    assert_eq!((page.state("s"), page.view("s").failure), ("ready", None));
}

#[test]
fn the_refusal_of_barge_in_outlasts_a_press_of_coach() {
    let mut page = Page::ready(&[monitored("s")]);
    let attempt = page.press("s", BARGE);
    page.fail(attempt, answer(403, 3));
    let attempt = page.press("s", COACH);
    page.accept(attempt);
    page.log("s", &[entry(3, "ParticipantRejoined", "Agents")]);
    assert_eq!(
        (page.state("s"), page.mode("s")),
        ("refused", Some("coach"))
    );
    page.notify(coached("s"));
    assert_eq!(page.state("s"), "ready");
}

#[test]
fn a_join_from_elsewhere_does_not_end_a_pending_switch() {
    let mut page = Page::ready(&[monitored("s")]);
    let attempt = page.press("s", COACH);
    page.accept(attempt);
    page.notify(barged("s"));
    assert_eq!(page.state("s"), "pending");
    assert_eq!(page.events(), [joined("s", None)]);
    page.pass(CONFIRM_TIMEOUT);
    page.commands();
    page.read(&[barged("s")]);
    assert_eq!(page.state("s"), "joined");
    let unconfirmed = Failure::new(Kind::Unconfirmed, "");
    assert_eq!(page.events(), [failed("s", COACH, unconfirmed)]);
}

#[test]
fn a_pending_attempt_outlasts_the_connection() {
    let mut page = Page::ready(&[monitored("s")]);
    let attempt = page.press("s", BARGE);
    page.store.link(gws::Link::Broken);
    assert_eq!(page.state("s"), "pending");
    page.fail(attempt, network());
    assert_eq!(page.state("s"), "disconnected");
}

#[test]
fn an_attempt_is_answered_once() {
    let mut page = Page::ready(&[monitored("s")]);
    let attempt = page.press("s", BARGE);
    page.accept(attempt);
    page.fail(attempt, answer(403, 3));
    assert_eq!((page.state("s"), page.events()), ("pending", vec![]));
}

#[test]
fn sessions_do_not_wait_for_each_other() {
    let mut page = Page::ready(&[monitored("s"), monitored("t")]);
    let first = page.press("s", BARGE);
    let second = page.press("t", BARGE);
    page.fail(first, answer(403, 3));
    page.accept(second);
    page.notify(barged("t"));
    assert_eq!((page.state("s"), page.state("t")), ("refused", "joined"));
}
