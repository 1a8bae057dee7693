//! Another user signs in: in another tab, at a shared desk, or by single sign-on. Facts of the former user no longer
//! count.

mod support;

use gws::{Command, Event, Failure, Kind, Me};
use serde_json::json;
use support::*;

const OTHER: &str = "second";

/// Both users are in the session, each with a visibility.
fn both(id: &str, first: &str, second: &str) -> serde_json::Value {
    body(id, &[own(first), person(OTHER, "P2", second)], MONITORING)
}

/// The server has forgotten the client, which subscribes again.
fn subscribe_again(page: &mut Page) {
    page.store.subscribed(page.now);
    assert_eq!(page.commands(), [Command::ReadMe], "who one is comes first");
}

#[test]
fn after_a_new_subscription_who_one_is_is_asked_before_the_sessions() {
    let mut page = Page::ready(&[both("s", "All", "Supervisors")]);
    assert_eq!(page.state("s"), "joined");
    subscribe_again(&mut page);
    page.store.me_read(Ok(me(OTHER)), page.now);
    assert_eq!((page.state("s"), page.mode("s")), ("connecting", None));
    // The old link belonged to the former user.
    page.connect();
    assert_eq!(page.commands(), [READ]);
    page.read(&[both("s", "All", "Supervisors")]);
    assert_eq!(
        (page.state("s"), page.mode("s")),
        ("ready", Some("monitor"))
    );
    assert_eq!(page.store.user_id(), Some(OTHER));
}

#[test]
fn a_page_that_wakes_asks_who_one_is_but_not_more_than_once_a_second() {
    let mut page = Page::ready(&[both("s", "All", "Supervisors")]);
    let mut asked = 0;
    for _ in 0..100 {
        page.store.wake(page.now);
        if page.commands() == [Command::ReadMe] {
            asked += 1;
            page.store.me_read(Ok(me(SUPERVISOR)), page.now);
        }
        page.pass(50);
    }
    assert!((5..=6).contains(&asked), "{asked} times in 5 s");
    page.pass(1_000);
    page.forget();
    page.store.wake(page.now);
    page.commands();
    page.store.me_read(Ok(me(OTHER)), page.now);
    assert_eq!(page.state("s"), "connecting");
}

#[test]
fn with_a_host_it_is_the_same() {
    let mut page = Page::host();
    page.sign_in();
    page.commands();
    page.read(&[both("s", "All", "Supervisors")]);
    assert_eq!(page.state("s"), "joined");
    page.store.refresh();
    assert_eq!(page.commands(), [Command::ReadMe]);
    page.store.me_read(Ok(me(OTHER)), page.now);
    assert_eq!(page.commands(), [READ]);
    page.read(&[both("s", "All", "Supervisors")]);
    assert_eq!(page.state("s"), "ready");
}

#[test]
fn an_answer_that_does_not_say_who_one_is_takes_nothing_back() {
    let mut page = Page::ready(&[body("s", &[own("Agents")], BARGED)]);
    page.store.refresh();
    page.commands();
    page.store.me_read(Ok(Me { user_id: None }), page.now);
    assert_eq!(page.store.user_id(), Some(SUPERVISOR));
    assert_eq!(
        (page.state("s"), page.mode("s")),
        ("not-permitted", Some("coach"))
    );
    assert_eq!(page.events(), []);
}

#[test]
fn a_pending_press_fails_and_may_not_leave_any_more() {
    let mut page = Page::ready(&[both("s", "Supervisors", "Supervisors")]);
    let attempt = page.press("s", BARGE);
    assert!(page.store.may_send(attempt));
    // Its CSRF token was rejected, and `/me` was read for a new one.
    page.store.me_seen(me(OTHER), page.now);
    assert!(!page.store.may_send(attempt));
    let told = page.events();
    assert!(
        matches!(&told[0], Event::Failed { failure, .. } if failure.kind == Kind::Unauthenticated)
    );
    page.accept(attempt);
    assert_eq!(page.state("s"), "connecting");
}

#[test]
fn a_read_of_the_user_before_does_not_count() {
    let mut page = Page::ready(&[both("s", "All", "Supervisors")]);
    page.refresh();
    page.store.me_seen(me(OTHER), page.now);
    page.read(&[both("s", "All", "All")]);
    assert_eq!(page.state("s"), "connecting");
    assert!(
        page.events()
            .iter()
            .all(|event| !matches!(event, Event::Joined { .. }))
    );
}

#[test]
fn a_given_user_id_stays_ones_own() {
    let mut page = Page::ready(&[both("s", "Supervisors", "All")]);
    page.store.set_user_id(Some(OTHER.to_owned()), page.now);
    assert_eq!(page.state("s"), "joined");
    page.refresh();
    assert_eq!(page.store.user_id(), Some(OTHER));
}

#[test]
fn a_redirected_press_is_a_failure_of_http_unless_nobody_is_signed_in() {
    let mut page = Page::ready(&[monitored("s")]);
    let attempt = page.press("s", BARGE);
    page.fail(attempt, Failure::redirected());
    assert_eq!((page.state("s"), page.events()), ("pending", vec![]));
    page.same_user();
    assert_eq!(page.events(), [failed("s", BARGE, Failure::redirected())]);
    assert_eq!((page.state("s"), page.commands()), ("failed", vec![READ]));

    let mut page = Page::ready(&[monitored("s")]);
    let attempt = page.press("s", BARGE);
    page.fail(attempt, Failure::redirected());
    page.commands();
    page.store.me_read(Err(signed_out()), page.now);
    // There is one error, that of the press.
    let told = page.events();
    assert_eq!(told[0], failed("s", BARGE, signed_out()));
    assert!(
        !told
            .iter()
            .any(|event| matches!(event, Event::Unauthenticated { .. }))
    );
    assert_eq!(page.state("s"), "unauthenticated");

    // `/me` hangs, but the press does not stay pending.
    let mut page = Page::ready(&[monitored("s")]);
    let attempt = page.press("s", BARGE);
    page.fail(attempt, Failure::redirected());
    page.pass(REQUEST_TIMEOUT);
    assert_eq!(page.state("s"), "failed");
}

#[test]
fn retry_after_is_waited_for_and_no_wake_cuts_it_short() {
    let mut busy = answer(503, 4);
    busy.retry_after = Some(10_000);
    let mut page = Page::ready(&[monitored("s")]);
    page.refresh();
    page.read_fails(busy);
    assert_eq!((page.state("s"), page.commands()), ("disconnected", vec![]));
    page.store.wake(page.now);
    page.same_user();
    page.pass(9_999);
    assert_eq!(page.commands(), []);
    page.pass(1);
    assert_eq!(page.commands(), [READ]);
    page.read(&[monitored("s")]);
    assert_eq!(page.state("s"), "ready");
}

#[test]
fn an_unknown_visibility_is_not_none() {
    for odd in [
        json!("Nobody"),
        json!("None"),
        json!(3),
        json!({}),
        json!(""),
        json!([]),
    ] {
        let mut person = own("All");
        person["visibility"] = odd.clone();
        let page = Page::ready(&[body("s", &[person], BARGED)]);
        assert_eq!(
            (page.state("s"), page.mode("s")),
            ("not-permitted", None),
            "{odd}"
        );
    }
}

#[test]
fn however_the_link_comes_back_who_one_is_is_asked() {
    // It recovered without a new subscription, as if the server had kept the client.
    let mut page = Page::ready(&[both("s", "All", "Supervisors")]);
    page.store.link(gws::Link::Broken);
    page.store.link(gws::Link::Connected);
    assert_eq!(page.commands(), [Command::ReadMe]);
    page.store.me_read(Ok(me(OTHER)), page.now);
    assert_eq!(page.state("s"), "disconnected");

    // The first subscription took long.
    let mut page = Page::new();
    page.sign_in();
    assert_eq!(page.commands(), [Command::Connect]);
    page.pass(60_000);
    page.store.subscribed(page.now);
    page.store.link(gws::Link::Connected);
    page.same_user();
    assert_eq!(page.commands(), [READ]);
}

#[test]
fn the_lists_have_their_turn_however_often_me_is_asked() {
    let mut page = Page::ready(&[monitored("s")]);
    for _ in 0..3 {
        page.store.refresh();
        page.commands();
        page.store.refresh();
        page.store.me_read(Ok(me(SUPERVISOR)), page.now);
        assert_eq!(page.commands(), [READ, Command::ReadMe]);
        page.read(&[monitored("s")]);
        page.store.me_read(Ok(me(SUPERVISOR)), page.now);
        page.commands();
    }
}

#[test]
fn no_server_is_left_alone_for_more_than_an_hour() {
    let mut busy = answer(503, 4);
    busy.retry_after = Some(99_999_999_000);
    let mut page = Page::ready(&[monitored("s")]);
    page.refresh();
    page.read_fails(busy);
    page.pass(3_600_000);
    assert_eq!(page.commands(), [READ]);
}

#[test]
fn an_entry_that_comes_again_after_another_user_has_signed_in_is_still_old() {
    let mut page = Page::ready(&[both("s", "Supervisors", "Supervisors")]);
    page.store.show(SMS, "s");
    let second = |index, visibility| json!({"index": index, "type": "ParticipantRejoined", "from": person(OTHER, "P2", visibility)});
    page.log("s", &[second(3, "All")]);
    subscribe_again(&mut page);
    page.store.me_read(Ok(me(OTHER)), page.now);
    page.connect();
    assert_eq!(page.commands(), [READ]);
    page.read(&[both("s", "Supervisors", "Agents")]);
    page.log("s", &[second(3, "All")]);
    assert_eq!((page.state("s"), page.mode("s")), ("ready", Some("coach")));
    page.log("s", &[second(4, "All")]);
    assert_eq!(page.state("s"), "joined");
}
