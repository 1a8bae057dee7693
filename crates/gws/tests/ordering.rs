//! Facts count in the order of arrival, except that a read does not overwrite facts that arrived
//! after it began.

mod support;

use gws::Command;
use serde_json::json;
use support::*;

#[test]
fn a_read_does_not_undo_what_a_notification_said_meanwhile() {
    let mut page = Page::ready(&[monitored("s"), monitored("t")]);
    page.refresh();
    page.notify(barged("s"));
    page.read(&[monitored("s"), coached("t")]);
    assert_eq!(page.state("s"), "joined");
    // The read counts for the other session.
    assert_eq!(page.mode("t"), Some("coach"));
    // The skipped session is read again, and this read counts.
    assert_eq!(page.commands(), [Command::ReadSessions(SMS)]);
    page.read(&[monitored("s"), coached("t")]);
    assert_eq!(page.state("s"), "ready");
    assert_eq!(page.commands(), []);
}

#[test]
fn a_session_told_of_during_a_read_is_not_gone_because_the_read_lacks_it() {
    let mut page = Page::ready(&[]);
    page.refresh();
    page.notify(monitored("s"));
    page.read(&[]);
    assert_eq!(page.state("s"), "ready");
    assert_eq!(page.commands(), [Command::ReadSessions(SMS)]);
    page.read(&[]);
    assert_eq!(page.state("s"), "ended");
}

#[test]
fn a_session_ended_during_a_read_is_not_brought_back_by_it() {
    let mut page = Page::ready(&[monitored("s")]);
    page.refresh();
    page.notify(in_state(monitored("s"), "Completed"));
    page.read(&[monitored("s")]);
    assert_eq!(page.state("s"), "ended");
}

#[test]
fn a_burst_of_notifications_makes_no_hot_loop_of_reads() {
    let mut page = Page::ready(&[monitored("s")]);
    page.refresh();
    let mut reads = 0;
    let end = page.now + 60_000;
    while page.now < end {
        page.notify(coached("s"));
        page.read(&[monitored("s")]);
        page.pass(10);
        let asked = page.commands();
        reads += asked.len();
        if asked.is_empty() {
            // No read is under way, so none can be overtaken until the next one.
            let due = page.store.poll_timeout().expect("another read is due");
            page.pass(due - page.now);
            reads += page.commands().len();
        }
    }
    assert!((3..30).contains(&reads), "{reads} reads in a minute");
}

#[test]
fn after_a_read_that_counts_the_next_overtaken_one_is_repeated_at_once_again() {
    let mut page = Page::ready(&[monitored("s")]);
    for _ in 0..3 {
        page.refresh();
        page.store.me_read(Ok(me(SUPERVISOR)), page.now);
        page.notify(coached("s"));
        page.read(&[monitored("s")]);
        assert_eq!(page.commands(), [Command::ReadSessions(SMS)]);
        page.read(&[monitored("s")]);
        assert_eq!(page.mode("s"), Some("monitor"));
    }
}

#[test]
fn words_and_typing_during_a_read_do_not_overtake_it() {
    let mut page = Page::ready(&[monitored("s")]);
    page.refresh();
    page.log(
        "s",
        &[entry(9, "Text", "All"), entry(10, "TypingStarted", "All")],
    );
    page.read(&[coached("s")]);
    assert_eq!(page.mode("s"), Some("coach"));
    assert_eq!(page.commands(), []);
}

#[test]
fn the_log_alone_confirms() {
    for kind in ["ParticipantRejoined", "ParticipantJoined"] {
        let mut page = Page::ready(&[monitored("s")]);
        page.log("s", &[entry(4, kind, "All")]);
        assert_eq!(page.state("s"), "joined");
        assert_eq!(page.events(), [joined("s", None)]);
    }
}

#[test]
fn the_documented_pair_confirms_in_either_order_and_once() {
    let [body, log] = [BARGED_IN, REJOINED];
    for pair in [[body, log], [log, body]] {
        let mut page = Page::ready(&[monitored("0001Da9PFC93000S")]);
        for text in pair {
            page.store.notification(decode(text), page.now);
            assert_eq!(page.state("0001Da9PFC93000S"), "joined");
        }
        assert_eq!(page.events(), [joined("0001Da9PFC93000S", None)]);
    }
}

#[test]
fn old_entries_change_nothing() {
    let mut page = Page::ready(&[monitored("s")]);
    let history = [
        entry(1, "ParticipantJoined", "Supervisors"),
        entry(3, "ParticipantRejoined", "Agents"),
        entry(7, "ParticipantRejoined", "All"),
    ];
    page.log("s", &history[2..]);
    assert_eq!(page.state("s"), "joined");
    for old in [&history[..], &history[..1], &history[1..2], &history[2..]] {
        page.log("s", old);
        assert_eq!(page.state("s"), "joined");
    }
    page.log("s", &[entry(5, "ParticipantLeft", "All")]);
    assert_eq!(page.state("s"), "joined");
    assert_eq!(page.events(), [joined("s", None)]);
}

#[test]
fn entries_out_of_order_end_as_the_newest_says() {
    let entries = [
        entry(7, "ParticipantRejoined", "Agents"),
        entry(2, "ParticipantJoined", "Supervisors"),
        entry(5, "ParticipantRejoined", "All"),
    ];
    let mut page = Page::ready(&[monitored("s")]);
    page.log("s", &entries);
    assert_eq!(page.mode("s"), Some("coach"));
    // It was never joined after index 7, so no join is reported.
    assert_eq!(page.events(), []);

    let mut page = Page::ready(&[monitored("s")]);
    for one in entries {
        page.log("s", &[one]);
    }
    assert_eq!(page.mode("s"), Some("coach"));
}

#[test]
fn an_entry_without_an_index_counts_as_it_arrives() {
    let mut page = Page::ready(&[monitored("s")]);
    page.log("s", &[entry(4, "ParticipantRejoined", "Agents")]);
    let mut unordered = entry(0, "ParticipantRejoined", "All");
    unordered["index"] = json!(null);
    page.log("s", &[unordered]);
    assert_eq!(page.state("s"), "joined");
}

#[test]
fn the_persons_visibility_outranks_that_of_the_entry() {
    let mut page = Page::ready(&[monitored("s")]);
    // Everybody may read the entry about the switch back; only supervisors see the participant.
    let mut rejoined = entry(4, "ParticipantRejoined", "Supervisors");
    rejoined["visibility"] = json!("All");
    page.log("s", &[rejoined]);
    assert_eq!(
        (page.state("s"), page.mode("s")),
        ("ready", Some("monitor"))
    );
    let mut rejoined = entry(5, "ParticipantRejoined", "");
    rejoined["visibility"] = json!("Agents");
    page.log("s", &[rejoined]);
    assert_eq!(page.mode("s"), Some("coach"));
    let mut rejoined = entry(6, "ParticipantRejoined", "Nobody");
    rejoined["visibility"] = json!("All");
    page.log("s", &[rejoined]);
    assert_eq!((page.state("s"), page.mode("s")), ("ready", None));
}

#[test]
fn leaving_and_joining_again_is_another_join() {
    let mut page = Page::ready(&[barged("s")]);
    assert_eq!(page.state("s"), "joined");
    page.log("s", &[entry(5, "ParticipantLeft", "All")]);
    assert_eq!((page.state("s"), page.mode("s")), ("not-supervising", None));
    page.log("s", &[entry(6, "ParticipantJoined", "All")]);
    assert_eq!(page.state("s"), "joined");
    assert_eq!(page.events(), [joined("s", None)]);
}

#[test]
fn a_session_that_ends_joined_and_comes_back_joined_is_another_join() {
    let mut page = Page::ready(&[barged("s")]);
    page.notify(in_state(barged("s"), "Completed"));
    assert_eq!((page.state("s"), page.events()), ("ended", vec![]));
    page.notify(barged("s"));
    assert_eq!(page.events(), [joined("s", None)]);
}

#[test]
fn another_persons_entries_are_not_ones_own() {
    let mut page = Page::ready(&[monitored("s")]);
    let from = person("second", "P2", "All");
    page.log(
        "s",
        &[json!({
            "index": 4, "type": "ParticipantRejoined", "visibility": "All", "from": from,
        })],
    );
    assert_eq!(page.state("s"), "ready");
    let session = page.session("s");
    assert_eq!(session.participants().len(), 4);
    page.log(
        "s",
        &[json!({"index": 5, "type": "ParticipantLeft", "from": from})],
    );
    let session = page.session("s");
    assert_eq!(session.participants().len(), 3);
}

#[test]
fn a_foreign_session_changes_only_itself() {
    let mut page = Page::ready(&[monitored("s")]);
    page.notify(barged("foreign"));
    page.log("foreign", &[entry(4, "ParticipantRejoined", "All")]);
    page.notify(in_state(barged("foreign"), "Revoked"));
    assert_eq!(
        (page.state("s"), page.mode("s")),
        ("ready", Some("monitor"))
    );
}

#[test]
fn duplicates_are_told_once() {
    let mut page = Page::ready(&[monitored("s")]);
    for _ in 0..3 {
        page.notify(barged("s"));
        page.log("s", &[entry(4, "ParticipantRejoined", "All")]);
    }
    page.refresh();
    page.read(&[barged("s")]);
    assert_eq!(page.events(), [joined("s", None)]);
}

#[test]
fn a_partial_body_keeps_what_it_does_not_say() {
    let mut page = Page::ready(&[monitored("s")]);
    page.notify(json!({"id": "s", "state": "Chatting"}));
    assert_eq!(
        (page.state("s"), page.mode("s")),
        ("ready", Some("monitor"))
    );
    page.notify(json!({"id": "s", "capabilities": ["Leave"]}));
    assert_eq!(
        (page.state("s"), page.mode("s")),
        ("not-permitted", Some("monitor"))
    );
    page.notify(json!({"id": "s", "participants": [own("All")]}));
    assert_eq!(page.state("s"), "joined");
    let session = page.session("s");
    assert_eq!(session.state, "Chatting");
}

#[test]
fn the_log_of_an_unknown_session_is_a_fact_only_where_it_is_ones_own() {
    let mut page = Page::ready(&[]);
    page.log("words", &[entry(1, "Text", "All")]);
    assert_eq!(page.state("words"), "not-found");
    let from = person("second", "P2", "All");
    page.log(
        "other",
        &[json!({"index": 1, "type": "ParticipantJoined", "from": from})],
    );
    assert_eq!(page.state("other"), "not-found");
    page.log("own", &[entry(1, "ParticipantJoined", "All")]);
    assert_eq!(page.state("own"), "joined");
}

#[test]
fn facts_before_the_first_read_show_but_do_not_make_ready() {
    let mut page = Page::new();
    page.sign_in();
    page.connect();
    page.commands();
    page.notify(monitored("m"));
    page.notify(barged("b"));
    page.notify(in_state(monitored("c"), "Completed"));
    assert_eq!(page.state("m"), "connecting");
    assert_eq!(page.state("b"), "joined");
    assert_eq!(page.state("c"), "ended");
    page.read(&[monitored("m"), barged("b")]);
    assert_eq!(page.state("m"), "ready");
}

#[test]
fn a_session_that_only_its_log_has_told_of_is_looked_up() {
    // An old entry may come late or twice, so the session may be over.
    let mut page = Page::ready(&[monitored("s")]);
    page.log("t", &[entry(4, "ParticipantRejoined", "All")]);
    assert_eq!(page.state("t"), "joined");
    assert_eq!(page.commands(), [Command::ReadSessions(SMS)]);
    page.read(&[monitored("s")]);
    assert_eq!(page.state("t"), "ended");
}
