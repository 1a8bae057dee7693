//! The user's own participant, and what confirms barge-in.

mod support;

use gws::{Command, Me};
use serde_json::json;
use support::*;

/// A page whose `/me` answers without an id.
fn anonymous(sessions: &[serde_json::Value]) -> Page {
    let mut page = Page::new();
    page.store.start();
    page.commands();
    page.store.me_read(Ok(Me { user_id: None }), page.now);
    page.connect();
    page.commands();
    page.read(sessions);
    page
}

#[test]
fn own_visibility_all_is_joined_even_if_the_capability_is_listed() {
    let page = Page::ready(&[body("s", &[own("All")], MONITORING)]);
    assert_eq!(
        (page.state("s"), page.mode("s")),
        ("joined", Some("barge-in"))
    );
}

#[test]
fn own_visibility_outranks_capabilities_that_look_barged_in() {
    for (visibility, mode) in [("Supervisors", "monitor"), ("Agents", "coach")] {
        let page = Page::ready(&[body("s", &[own(visibility)], BARGED)]);
        assert_eq!(
            (page.state("s"), page.mode("s")),
            ("not-permitted", Some(mode))
        );
    }
}

#[test]
fn listed_without_a_visibility_the_capabilities_confirm() {
    let page = Page::ready(&[
        body("barged", &[own("")], BARGED),
        body("one-only", &[own("")], &["SwitchToMonitor"]),
        body(
            "all",
            &[own("")],
            &["SwitchToMonitor", "SwitchToCoach", "SwitchBargeIn"],
        ),
    ]);
    assert_eq!(page.state("barged"), "joined");
    assert_eq!(page.state("one-only"), "not-permitted");
    assert_eq!(page.state("all"), "ready");
}

#[test]
fn where_the_own_id_cannot_be_had_the_capabilities_confirm() {
    let page = anonymous(&[barged("b"), monitored("m"), body("n", &[], &["Leave"])]);
    assert_eq!(
        (page.state("b"), page.mode("b")),
        ("joined", Some("barge-in"))
    );
    assert_eq!(
        (page.state("m"), page.mode("m")),
        ("ready", Some("monitor"))
    );
    // It is not known whether the user is in the session.
    assert_eq!(page.state("n"), "not-permitted");
}

#[test]
fn while_the_own_id_is_asked_for_nothing_confirms() {
    let mut page = Page::host();
    page.store.start();
    page.notify(barged("s"));
    assert_ne!(page.state("s"), "joined");
    page.store.me_read(Ok(me(SUPERVISOR)), page.now);
    assert_eq!(page.state("s"), "joined");
}

#[test]
fn another_users_join_is_not_ones_own() {
    let page = Page::ready(&[
        body(
            "s",
            &[own("Supervisors"), person("second", "P2", "All")],
            MONITORING,
        ),
        body("t", &[person("second", "P2", "All")], BARGED),
    ]);
    assert_eq!(
        (page.state("s"), page.mode("s")),
        ("ready", Some("monitor"))
    );
    assert_eq!((page.state("t"), page.mode("t")), ("not-supervising", None));
}

#[test]
fn a_nickname_is_not_a_key() {
    let mut twin = person("somebody", "P9", "All");
    twin["nickname"] = json!(SUPERVISOR);
    let page = Page::ready(&[body("s", &[twin], &["Leave"])]);
    assert_eq!(page.state("s"), "not-supervising");
}

#[test]
fn listed_twice_the_one_told_last_counts() {
    let second = person(SUPERVISOR, "P-other-desk", "All");
    let page = Page::ready(&[
        body("s", &[own("Supervisors"), second.clone()], MONITORING),
        body("t", &[second, own("Supervisors")], MONITORING),
    ]);
    assert_eq!(page.state("s"), "joined");
    assert_eq!(
        (page.state("t"), page.mode("t")),
        ("ready", Some("monitor"))
    );
}

#[test]
fn of_two_own_participants_only_the_one_that_left_is_gone() {
    let second = person(SUPERVISOR, "P-other-desk", "All");
    let mut page = Page::ready(&[body("s", &[own("Supervisors"), second.clone()], MONITORING)]);
    let left = json!({"index": 5, "type": "ParticipantLeft", "from": second});
    page.log("s", &[left]);
    assert_eq!(
        (page.state("s"), page.mode("s")),
        ("ready", Some("monitor"))
    );
}

#[test]
fn the_path_serves_where_there_is_no_uri() {
    let me = json!({"type": "Agent", "path": format!("/users/{SUPERVISOR}"), "visibility": "All"});
    let page = Page::ready(&[body("s", &[me], BARGED)]);
    assert_eq!(page.state("s"), "joined");
}

#[test]
fn an_id_that_only_ends_alike_is_another() {
    let page = Page::ready(&[body(
        "s",
        &[person(&format!("x{SUPERVISOR}"), "P", "All")],
        BARGED,
    )]);
    assert_eq!(page.state("s"), "not-supervising");
}

#[test]
fn the_given_id_outranks_me_and_gives_way_again() {
    let second = person("second", "P2", "All");
    let mut page = Page::ready(&[body("s", &[own("Supervisors"), second], MONITORING)]);
    assert_eq!(page.store.user_id(), Some(SUPERVISOR));
    page.store.set_user_id(Some("second".to_owned()), page.now);
    assert_eq!(page.store.user_id(), Some("second"));
    assert_eq!(page.state("s"), "joined");
    assert_eq!(page.events(), [joined("s", None)]);
    page.store.set_user_id(None, page.now);
    assert_eq!(page.state("s"), "ready");
}

#[test]
fn a_body_that_never_told_participants_confirms_nothing() {
    let page = Page::ready(&[json!({"id": "s", "state": "Chatting", "capabilities": BARGED})]);
    assert_eq!(page.state("s"), "not-permitted");
}

#[test]
fn an_empty_list_of_participants_means_that_one_is_not_there() {
    let failed = json!({
        "id": "s", "state": "JoinFailed", "participants": [], "capabilities": ["Complete"],
    });
    let page = Page::ready(&[failed]);
    assert_eq!(page.state("s"), "not-supervising");
}

#[test]
fn refreshing_may_change_who_one_is() {
    let second = person("second", "P2", "All");
    let mut page = Page::ready(&[body("s", &[own("Supervisors"), second], MONITORING)]);
    page.store.refresh();
    assert_eq!(page.commands(), [Command::ReadMe]);
    page.store.me_read(Ok(me("second")), page.now);
    // What was read belongs to the former user.
    assert_eq!(page.state("s"), "connecting");
    page.connect();
    assert_eq!(page.commands(), [Command::ReadSessions(SMS)]);
    page.read(&[body("s", &[person("second", "P2", "All")], MONITORING)]);
    assert_eq!(page.state("s"), "joined");
}
