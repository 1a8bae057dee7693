//! Participants and who sees whom, typing, and leaving.

mod support;

use Audience::{Agents, Everyone};
use gws::seat::leaving::{is_over, leaves_alone, staying};
use gws::seat::{
    Audience, Hindrance, Leaving, Left, Notices, Oneself, Place, Role, Seat, Timeouts, Typing,
    people,
};
use std::rc::Rc;

use gws::{LogEntry, Session};
use serde_json::{Value, json};
use support::*;

fn oneself() -> Oneself {
    let mut oneself = Oneself::default();
    oneself.signed_in(Some(SUPERVISOR));
    oneself
}

fn entry(value: Value) -> LogEntry {
    LogEntry::read(&mut wire(&value))
}

/// A session with only these participants.
fn session_of(participants: &[Value]) -> Session {
    session_from(json!({"id": "s", "state": "Chatting", "participants": participants}))
}

fn customer() -> Value {
    json!({"nickname": "Mia", "type": "Customer", "participantId": "P-customer", "visibility": "All"})
}

fn agent(visibility: &str) -> Value {
    person("agent", "P-agent", visibility)
}

fn bo(visibility: &str) -> Value {
    person("bo", "P-bo", visibility)
}

fn external() -> Value {
    json!({"nickname": "Eve", "type": "External", "participantId": "P-eve", "visibility": "All"})
}

#[test]
fn each_participant_has_a_role_and_sees_one_or_not() {
    let sees = |visibility: &str| {
        let everybody = [
            own(visibility),
            agent("All"),
            agent(""),
            bo("Agents"),
            customer(),
            external(),
        ];
        let session = session_of(&everybody);
        let oneself = oneself();
        let people = people(&session, &oneself);
        people.iter().map(|one| one.sees_you).collect::<Vec<_>>()
    };
    let (yes, no) = (Some(true), Some(false));
    // The user, the agent, an agent without a visibility, a supervisor, the customer, an external.
    assert_eq!(sees("All"), [None, yes, yes, yes, yes, yes]);
    assert_eq!(sees("Agents"), [None, yes, yes, yes, no, None]);
    assert_eq!(sees("Supervisors"), [None, no, None, yes, no, None]);
    assert_eq!(sees(""), [None; 6]);
    assert_eq!(sees("Nobody"), [None; 6]);
    let session = session_of(&[
        own("All"),
        agent("All"),
        bo("Supervisors"),
        customer(),
        external(),
    ]);
    let oneself = oneself();
    let roles = people(&session, &oneself)
        .iter()
        .map(|one| one.role.as_str())
        .collect::<Vec<_>>();
    assert_eq!(
        roles,
        ["supervisor", "agent", "supervisor", "customer", "external"]
    );
}

#[test]
fn a_whisper_is_read_by_all_of_the_staff_and_not_by_the_customer() {
    let session = session_of(&[agent("All"), bo("Supervisors"), customer(), external()]);
    let oneself = oneself();
    let reads = |audience| {
        let people = people(&session, &oneself);
        people
            .iter()
            .map(|one| one.reads(audience))
            .collect::<Vec<_>>()
    };
    assert_eq!(reads(Agents), [Some(true), Some(true), Some(false), None]);
    assert_eq!(reads(Everyone), [Some(true); 4]);
    assert_eq!(people(&session, &oneself)[2].role, Role::Customer);
}

#[test]
fn leaving_ends_the_conversation_where_nobody_of_the_staff_stays() {
    let alone = |others: &[Value]| {
        let mut all = vec![own("All"), customer()];
        all.extend_from_slice(others);
        leaves_alone(&session_of(&all), &oneself())
    };
    assert_eq!(alone(&[]), Some(true));
    assert_eq!(alone(&[bo("Supervisors")]), Some(true));
    assert_eq!(alone(&[agent("Nobody")]), Some(true));
    assert_eq!(alone(&[agent("All")]), Some(false));
    assert_eq!(alone(&[agent("")]), Some(false));
    assert_eq!(alone(&[bo("Agents")]), Some(false));
    let session = session_of(&[own("All"), agent("All"), customer(), bo("Supervisors")]);
    assert_eq!(staying(&session, &oneself()).count(), 1);
}

#[test]
fn where_the_participants_or_oneself_are_not_known_it_is_not_known_who_stays() {
    let untold = session_from(json!({"id": "s", "state": "Chatting"}));
    assert_eq!(leaves_alone(&untold, &oneself()), None);
    let session = session_of(&[own("All"), agent("All")]);
    assert_eq!(leaves_alone(&session, &Oneself::default()), None);
}

/// A user who has barged in beside the agent and has requested Leave.
fn leaving() -> Leaving {
    let mut leaving = Leaving::default();
    leaving.follow(
        &session_of(&[own("All"), agent("All"), customer()]),
        &oneself(),
    );
    leaving.asked(Place::at(4));
    leaving
}

fn in_the_state(state: &str) -> Session {
    session_from(json!({"id": "s", "state": state}))
}

fn own_left(index: i64) -> (Place, LogEntry) {
    let entry = entry(json!({"index": index, "type": "ParticipantLeft", "from": own("All")}));
    (Place::at(index), entry)
}

const BESIDE_THE_AGENT: Option<Left> = Some(Left {
    ended_for_customer: Some(false),
});

#[test]
fn one_has_left_by_absence_by_the_log_or_by_the_state() {
    let mut by_absence = leaving();
    by_absence.follow(&session_of(&[agent("All"), customer()]), &oneself());
    assert_eq!(by_absence.left(), BESIDE_THE_AGENT);

    let mut by_log = leaving();
    let (place, entry) = own_left(5);
    by_log.told(place, &entry, &oneself());
    assert_eq!(by_log.left(), BESIDE_THE_AGENT);

    let mut by_state = leaving();
    by_state.follow(&in_the_state("Completed"), &oneself());
    assert_eq!(by_state.left(), BESIDE_THE_AGENT);

    let mut by_list = leaving();
    by_list.gone();
    assert_eq!(by_list.left(), BESIDE_THE_AGENT);
}

#[test]
fn left_chat_after_ones_own_leave_has_ended_it_for_the_customer() {
    let mut leaving = leaving();
    leaving.follow(&in_the_state("LeftChat"), &oneself());
    assert_eq!(
        leaving.left(),
        Some(Left {
            ended_for_customer: Some(true)
        })
    );
    assert!(is_over(&in_the_state("LeftChat")));
}

#[test]
fn whether_it_has_ended_for_the_customer_follows_the_facts_until_one_has_left() {
    let mut leaving = leaving();
    leaving.follow(&session_of(&[own("All"), customer()]), &oneself());
    leaving.follow(&in_the_state("Completed"), &oneself());
    assert_eq!(
        leaving.left(),
        Some(Left {
            ended_for_customer: Some(true)
        })
    );
}

#[test]
fn without_a_leave_of_ones_own_one_has_not_left() {
    let mut leaving = Leaving::default();
    leaving.follow(&session_of(&[own("All"), agent("All")]), &oneself());
    for session in [
        session_of(&[agent("All")]),
        in_the_state("LeftChat"),
        in_the_state("Completed"),
    ] {
        leaving.follow(&session, &oneself());
        assert_eq!(leaving.left(), None);
    }
}

#[test]
fn a_denied_leave_an_older_entry_another_ones_and_a_revocation_do_not_count() {
    let mut denied = leaving();
    denied.denied();
    denied.follow(&in_the_state("Completed"), &oneself());
    assert_eq!(denied.left(), None);

    let mut leaving = leaving();
    let (place, entry) = own_left(4);
    leaving.told(place, &entry, &oneself());
    let theirs = json!({"index": 6, "type": "ParticipantLeft", "from": agent("All")});
    leaving.told(Place::at(6), &crate::entry(theirs), &oneself());
    leaving.follow(&in_the_state("Revoked"), &oneself());
    assert_eq!(leaving.left(), None);
}

#[test]
fn who_is_back_has_not_left() {
    let mut leaving = leaving();
    leaving.follow(&in_the_state("Completed"), &oneself());
    leaving.follow(&session_of(&[own("All"), agent("All")]), &oneself());
    assert_eq!(leaving.left(), None);
}

fn typed(kind: &str, from: Value) -> LogEntry {
    entry(json!({"type": kind, "from": from, "visibility": "All"}))
}

#[test]
fn typing_ends_by_itself() {
    let mut typing = Typing::default();
    typing.told(&typed("TypingStarted", customer()), 0);
    typing.handle_timeout(9_999);
    assert_eq!(typing.typists().len(), 1);
    assert_eq!(typing.poll_timeout(), Some(10_000));
    typing.told(&typed("TypingStarted", customer()), 9_999);
    typing.handle_timeout(19_998);
    assert_eq!(typing.typists().len(), 1);
    typing.handle_timeout(19_999);
    assert_eq!(typing.typists(), []);
}

#[test]
fn typing_ends_with_any_other_entry_of_the_same_person() {
    for kind in ["TypingStopped", "Text", "PushUrl", "ParticipantLeft"] {
        let mut typing = Typing::default();
        typing.told(&typed("TypingStarted", customer()), 0);
        typing.told(&typed(kind, agent("All")), 0);
        assert_eq!(typing.typists().len(), 1, "{kind}");
        typing.told(&typed(kind, customer()), 0);
        assert_eq!(typing.typists(), [], "{kind}");
    }
}

#[test]
fn two_of_the_same_name_are_two_unless_there_is_nothing_but_the_name() {
    let named = |id: Option<&str>| json!({"nickname": "Al", "type": "Agent", "participantId": id});
    let mut typing = Typing::default();
    for from in [named(Some("1")), named(Some("2")), named(None), named(None)] {
        typing.told(&typed("TypingStarted", from), 0);
    }
    assert_eq!(typing.typists().len(), 3);
}

#[test]
fn who_has_gone_is_not_writing() {
    let mut typing = Typing::default();
    typing.told(&typed("TypingStarted", customer()), 0);
    typing.follow(&session_from(json!({"id": "s", "state": "Chatting"})));
    typing.follow(&session_of(&[customer()]));
    assert_eq!(typing.typists().len(), 1);
    typing.follow(&session_of(&[agent("All")]));
    assert_eq!(typing.typists(), []);
}

const NOTICES: &[&str] = &[
    "SendStartTypingNotification",
    "SendStopTypingNotification",
    "SendStartTypingToAgentsNotification",
    "SendStopTypingToAgentNotification",
];

fn sent(notices: &mut Notices, capabilities: &[&str]) -> Vec<String> {
    let session = session_from(body("s", &[], capabilities));
    std::iter::from_fn(|| notices.poll_operation(&session)).collect()
}

#[test]
fn a_change_of_the_audience_stops_before_it_starts() {
    let mut notices = Notices::default();
    notices.typed(Agents, "s", 0);
    notices.typed(Everyone, "h", 1);
    let expected = [NOTICES[2], NOTICES[3], NOTICES[0]];
    assert_eq!(sent(&mut notices, NOTICES), expected);
}

#[test]
fn a_start_is_said_again_after_a_while_and_a_stop_after_a_pause_or_with_the_last_word() {
    let mut notices = Notices::default();
    for now in [0, 4_000, 7_999] {
        notices.typed(Everyone, "h", now);
    }
    assert_eq!(sent(&mut notices, NOTICES), [NOTICES[0]]);
    notices.typed(Everyone, "he", 8_000);
    assert_eq!(sent(&mut notices, NOTICES), [NOTICES[0]]);
    notices.handle_timeout(12_999);
    assert_eq!(sent(&mut notices, NOTICES), [""; 0]);
    notices.handle_timeout(13_000);
    assert_eq!(sent(&mut notices, NOTICES), [NOTICES[1]]);
    notices.typed(Everyone, "h", 14_000);
    notices.typed(Everyone, "", 14_001);
    notices.stop();
    assert_eq!(sent(&mut notices, NOTICES), [NOTICES[0], NOTICES[1]]);
    assert_eq!(notices.poll_timeout(), None);
}

#[test]
fn a_notice_that_is_not_listed_is_not_sent() {
    let mut notices = Notices::default();
    notices.typed(Agents, "s", 0);
    notices.stop();
    assert_eq!(sent(&mut notices, &NOTICES[..2]), [""; 0]);
    assert_eq!(sent(&mut notices, NOTICES), [""; 0]);
}

const TIMEOUTS: Timeouts = Timeouts {
    request: 10_000,
    confirm: 5_000,
};

/// The seat of one who coaches; the log has not been asked for.
fn seat(participants: &[Value]) -> Seat {
    let mut seat = Seat::default();
    seat.signed_in(Some(SUPERVISOR), 0);
    seat.connected(true);
    let told = body("s", participants, &["SendToAgents"]);
    seat.session(&Rc::new(session_from(told)), 0);
    seat
}

#[test]
fn nothing_is_sent_before_the_log_was_asked_for() {
    let mut seat = seat(&[own("Agents")]);
    seat.write(Agents, "a", 0);
    assert_eq!(seat.poll_read(), Some(1));
    assert_eq!(seat.press(Agents, 100), Err(Hindrance::Disconnected));
    seat.log_failed();
    assert!(seat.press(Agents, 100).is_ok());
}

#[test]
fn what_is_sent_goes_from_the_box_and_comes_back_by_edit_if_that_is_empty() {
    let mut seat = seat(&[own("Agents")]);
    seat.poll_read();
    seat.log_read(vec![], 0);
    seat.write(Agents, "a", 0);
    let message = seat.press(Agents, 100).expect("nothing hinders");
    let id = seat.send(message, TIMEOUTS);
    assert!(seat.drafts().is_empty());
    seat.write(Agents, "b", 0);
    assert!(!seat.edit(id));
    assert_eq!(seat.outbox().rows().len(), 1);
    seat.write(Agents, "", 0);
    assert!(seat.edit(id));
    assert_eq!(
        (seat.drafts().text(Agents), seat.outbox().rows().len()),
        ("a", 0)
    );
}

#[test]
fn an_echo_that_came_before_its_author_was_known_is_found_once_that_is() {
    let mut seat = seat(&[own("Agents")]);
    seat.poll_read();
    seat.log_read(vec![], 0);
    seat.write(Agents, "a", 0);
    let message = seat.press(Agents, 100).expect("nothing hinders");
    seat.send(message, TIMEOUTS);
    assert!(seat.poll_post(0).is_some());
    let from = json!({"nickname": "me", "type": "Agent", "participantId": "P-new"});
    let echo =
        json!({"index": 1, "type": "Text", "text": "a", "visibility": "Agents", "from": from});
    seat.logged(vec![entry(echo)], 0);
    assert_eq!(seat.outbox().rows().len(), 1);
    let told = body(
        "s",
        &[person(SUPERVISOR, "P-new", "Agents")],
        &["SendToAgents"],
    );
    seat.session(&Rc::new(session_from(told)), 0);
    assert_eq!(seat.outbox().rows().len(), 0);
}
