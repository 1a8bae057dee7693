//! Whose a fact is, and which of several facts counts: several places of one user, entries of others, histories,
//! missing fields.

mod support;

use gws::{Command, Me};
use serde_json::{Value, json};
use support::*;

/// An entry about a user at a place.
fn about(index: i64, kind: &str, user: &str, place: &str, visibility: &str) -> Value {
    json!({"index": index, "type": kind, "from": person(user, place, visibility)})
}

#[test]
fn the_user_decides_whose_an_entry_is_before_any_participant_id() {
    let mut page = Page::ready(&[monitored("s")]);
    page.log(
        "s",
        &[about(
            2,
            "ParticipantRejoined",
            "somebody-else",
            "P-own",
            "All",
        )],
    );
    assert_eq!(
        (page.state("s"), page.mode("s")),
        ("ready", Some("monitor"))
    );
    assert_eq!(page.events(), []);
    page.log(
        "s",
        &[about(3, "ParticipantLeft", "somebody-else", "P-own", "All")],
    );
    assert_eq!(page.mode("s"), Some("monitor"));
    // Without a user only the participant id remains.
    let mut nameless = about(4, "ParticipantRejoined", "", "P-own", "Agents");
    nameless["from"]["uri"] = Value::Null;
    page.log("s", &[nameless]);
    assert_eq!(page.mode("s"), Some("coach"));
}

#[test]
fn of_several_own_places_the_one_told_last_counts() {
    let mut page = Page::ready(&[barged("s")]);
    assert_eq!(page.state("s"), "joined");
    page.log(
        "s",
        &[about(
            5,
            "ParticipantRejoined",
            SUPERVISOR,
            "P-2",
            "Supervisors",
        )],
    );
    assert_eq!(
        (page.state("s"), page.mode("s")),
        ("not-permitted", Some("monitor"))
    );
    page.log(
        "s",
        &[about(
            6,
            "ParticipantLeft",
            SUPERVISOR,
            "P-2",
            "Supervisors",
        )],
    );
    assert_eq!(page.state("s"), "joined", "the other place is as it was");
    page.log(
        "s",
        &[about(7, "ParticipantLeft", SUPERVISOR, "P-own", "All")],
    );
    assert_eq!(page.state("s"), "not-supervising");
}

#[test]
fn one_who_leaves_under_the_logs_own_id_is_gone() {
    let mut page = Page::ready(&[barged("s")]);
    page.log(
        "s",
        &[about(
            5,
            "ParticipantLeft",
            SUPERVISOR,
            "another-kind-of-id",
            "All",
        )],
    );
    assert_eq!(page.state("s"), "not-supervising");
}

#[test]
fn a_history_that_follows_its_body_changes_nothing() {
    let histories = [
        vec![
            entry(4, "ParticipantRejoined", "All"),
            entry(9, "ParticipantLeft", "All"),
        ],
        vec![
            entry(2, "ParticipantJoined", "Agents"),
            entry(4, "ParticipantRejoined", "All"),
        ],
        vec![
            entry(1, "Text", "All"),
            entry(4, "ParticipantRejoined", "All"),
        ],
    ];
    for history in histories {
        let mut page = Page::host();
        page.sign_in();
        page.notify(monitored("s"));
        page.forget();
        page.log("s", &history);
        assert_eq!(
            (page.state("s"), page.mode("s")),
            ("ready", Some("monitor"))
        );
        assert_eq!(page.events(), []);
        // Its entries still count as seen, and later entries count.
        page.log("s", &history);
        assert_eq!(page.mode("s"), Some("monitor"));
        page.log("s", &[entry(10, "ParticipantRejoined", "All")]);
        assert_eq!(page.state("s"), "joined");
    }
}

#[test]
fn an_entry_that_changed_nothing_is_seen_all_the_same() {
    let mut page = Page::ready(&[body("s", &[], &["Leave"])]);
    page.log("s", &[entry(5, "ParticipantLeft", "All")]);
    page.notify(monitored("s"));
    page.log("s", &[entry(5, "ParticipantLeft", "All")]);
    assert_eq!(page.state("s"), "ready");
}

#[test]
fn a_body_that_does_not_speak_of_it_unjoins_nobody_until_barge_in_is_listed_anew() {
    let mut page = Page::ready(&[barged("s")]);
    page.notify(body("s", &[own("")], &["Leave"]));
    assert_eq!(page.state("s"), "joined");
    page.notify(json!({"id": "s", "state": "Chatting", "capabilities": ["Leave"]}));
    assert_eq!(page.state("s"), "joined");
    page.notify(json!({"id": "s", "capabilities": MONITORING}));
    assert_eq!(
        (page.state("s"), page.mode("s")),
        ("ready", Some("monitor"))
    );
    assert_eq!(page.events(), []);
}

#[test]
fn told_by_a_host_before_the_own_id_is_known_it_counts_afterwards() {
    let mut page = Page::host();
    page.store.start();
    page.commands();
    page.log("s", &[entry(4, "ParticipantRejoined", "All")]);
    page.log(
        "t",
        &[about(2, "ParticipantJoined", "somebody", "P9", "All")],
    );
    assert_eq!(page.events(), []);
    page.store.me_read(Ok(me(SUPERVISOR)), page.now);
    assert_eq!(page.state("s"), "joined");
    // A session without the user is not the user's own.
    assert_eq!(page.state("t"), "connecting");

    let mut page = Page::host();
    page.store.start();
    page.commands();
    page.log("s", &[entry(4, "ParticipantRejoined", "All")]);
    page.store.me_read(Ok(Me { user_id: None }), page.now);
    assert_eq!(page.state("s"), "connecting");
}

#[test]
fn one_who_joins_a_crowd_is_not_lost_in_it() {
    let crowd: Vec<_> = (0..500)
        .map(|number| person(&format!("u{number}"), &format!("P{number}"), "All"))
        .collect();
    let mut page = Page::ready(&[body("s", &crowd, &["Leave"])]);
    assert_eq!(page.state("s"), "not-supervising");
    page.log("s", &[entry(700, "ParticipantJoined", "All")]);
    assert_eq!(page.state("s"), "joined");
    let mut all = crowd.clone();
    all.insert(0, own("All"));
    page.notify(body("s", &all, &["Leave"]));
    assert_eq!(page.state("s"), "joined");
    let session = page.session("s");
    assert!(session.participants().len() <= 201);
}

#[test]
fn a_press_whose_session_ends_first_does_not_leave() {
    let mut page = Page::ready(&[monitored("s")]);
    let attempt = page.press("s", BARGE);
    assert!(page.store.may_send(attempt));
    page.notify(in_state(monitored("s"), "Completed"));
    assert!(!page.store.may_send(attempt));
    assert_eq!(page.state("s"), "ended");
}

#[test]
fn what_is_shown_is_never_forgotten() {
    let mut page = Page::ready(&[barged("joined"), monitored("over")]);
    page.store.show(SMS, "joined");
    page.store.show(SMS, "over");
    page.notify(in_state(monitored("over"), "Completed"));
    for number in 0..300 {
        page.notify(in_state(monitored(&format!("e{number}")), "Completed"));
    }
    for number in 0..2_500 {
        page.notify(monitored(&format!("n{number}")));
    }
    assert_eq!(
        (page.state("joined"), page.state("over")),
        ("joined", "ended")
    );
    assert_eq!(page.events(), []);
    assert!(page.store.sessions(SMS).count() <= 2_201);
}

#[test]
fn a_session_that_was_forgotten_is_read_again_before_it_is_not_found() {
    let many: Vec<_> = (0..3_000)
        .map(|number| monitored(&format!("n{number}")))
        .collect();
    let mut page = Page::ready(&many);
    assert_eq!(page.state("n0"), "ready", "the first ones are kept");
    page.store.show(SMS, "n2999");
    page.store.show(SMS, "nowhere");
    assert_eq!(
        (page.state("n2999"), page.state("nowhere")),
        ("connecting", "connecting")
    );
    assert_eq!(page.commands(), [Command::ReadSessions(SMS)]);
    page.read(&many);
    assert_eq!(
        (page.state("n2999"), page.state("nowhere")),
        ("ready", "not-found")
    );
    page.store.hide(SMS, "n2999");
    page.store.hide(SMS, "never shown");
}

#[test]
fn sessions_listed_twice_or_with_alike_ids_are_told_apart() {
    let mut page = Page::ready(&[monitored("a"), coached("b"), monitored("a"), barged("c")]);
    let ids =
        |page: &Page| -> Vec<_> { page.store.sessions(SMS).map(|one| one.id.clone()).collect() };
    assert_eq!(ids(&page), ["a", "b", "c"]);
    page.refresh();
    page.read(&[
        barged("c"),
        barged("c"),
        monitored("d"),
        monitored("a"),
        monitored("d"),
    ]);
    assert_eq!(ids(&page), ["c", "d", "a"]);
    assert_eq!(page.state("b"), "ended");
}
