//! Every state and reason, and the contract's precedence, pair by pair.

mod support;

use gws::button::{Facts, decide};
use gws::{Command, Media, Mode, Reason, State};
use serde_json::json;
use support::*;

type Fact = fn(&mut Facts);

/// The contract's list of precedence: the fact for each state or reason, and its word.
const PRECEDENCE: [(Fact, &str); 14] = [
    (|facts| facts.unnamed = true, "no-session"),
    (|facts| facts.ended = true, "ended"),
    (|facts| facts.pending = true, "pending"),
    (|facts| facts.confirming = true, "confirming"),
    (|facts| facts.joined = true, "joined"),
    (|facts| facts.unauthenticated = true, "unauthenticated"),
    (|facts| facts.disconnected = true, "disconnected"),
    (|facts| facts.connecting = true, "connecting"),
    (|facts| facts.unknown = true, "not-found"),
    (|facts| facts.refused = true, "refused"),
    (
        |facts| {
            facts.capable = false;
            facts.absent = true;
        },
        "not-supervising",
    ),
    (|facts| facts.capable = false, "not-permitted"),
    (|facts| facts.failed = true, "failed"),
    (|_| (), "ready"),
];

fn word(facts: &Facts) -> &'static str {
    let (state, reason) = decide(facts);
    assert_eq!(state == State::Unavailable, reason.is_some());
    reason.map_or(state.as_str(), Reason::as_str)
}

#[test]
fn each_fact_alone_has_its_word() {
    for (set, expected) in PRECEDENCE {
        let mut facts = Facts {
            capable: true,
            ..Facts::default()
        };
        set(&mut facts);
        assert_eq!(word(&facts), expected);
    }
}

#[test]
fn of_two_the_first_wins() {
    for (first, (set_first, expected)) in PRECEDENCE.into_iter().enumerate() {
        for (set_second, _) in PRECEDENCE.into_iter().skip(first + 1) {
            let mut facts = Facts {
                capable: true,
                ..Facts::default()
            };
            set_second(&mut facts);
            set_first(&mut facts);
            assert_eq!(word(&facts), expected, "{facts:?}");
        }
    }
}

#[test]
fn being_absent_does_not_matter_while_the_server_lists_the_capability() {
    let page = Page::ready(&[body("s", &[], MONITORING)]);
    assert_eq!(page.state("s"), "ready");
    assert_eq!(page.mode("s"), None);
}

#[test]
fn no_session_named() {
    assert_eq!(Page::new().state(""), "no-session");
    assert_eq!(Page::ready(&[]).state(""), "no-session");
}

#[test]
fn ids_that_no_address_can_hold_are_not_found_without_a_request() {
    let mut page = Page::new();
    for id in [".", ".."] {
        assert_eq!(page.state(id), "not-found");
    }
    page.sign_in();
    page.connect();
    assert_eq!(page.commands(), [Command::ReadSessions(SMS)]);
    page.read(&[monitored(".."), monitored("../calls/1?x#y")]);
    assert_eq!(page.state(".."), "not-found");
    assert!(!page.try_press("..", BARGE));
    assert_eq!(page.state("../calls/1?x#y"), "ready");
}

#[test]
fn connecting_until_the_first_read_then_found_or_not() {
    let mut page = Page::new();
    assert_eq!(page.state("s"), "connecting");
    page.sign_in();
    assert_eq!(page.state("s"), "connecting");
    page.connect();
    assert_eq!(page.state("s"), "connecting");
    assert!(!page.try_press("s", BARGE));
    assert_eq!(page.commands(), [Command::ReadSessions(SMS)]);
    page.read(&[monitored("s")]);
    assert_eq!(page.state("s"), "ready");
    assert_eq!(page.state("other"), "not-found");
}

#[test]
fn either_spelling_of_the_capability_makes_ready() {
    for capability in ["SwitchBargeIn", "SwitchToBargeIn"] {
        let page = Page::ready(&[body("s", &[own("Supervisors")], &[capability])]);
        assert_eq!(page.state("s"), "ready");
        assert_eq!(page.view("s").capabilities().to_vec(), [capability]);
    }
    for capability in ["switchtobargein", "SwitchToBargeIn ", "BargeIn"] {
        let page = Page::ready(&[body("s", &[own("Supervisors")], &[capability])]);
        assert_eq!(page.state("s"), "not-permitted");
    }
}

#[test]
fn without_the_capability_it_depends_on_being_in_the_session() {
    let page = Page::ready(&[
        body("in", &[own("Supervisors")], &["Leave"]),
        body("out", &[], &["Leave"]),
    ]);
    assert_eq!(page.state("in"), "not-permitted");
    assert_eq!(page.state("out"), "not-supervising");
}

#[test]
fn the_mode_is_told_by_visibility_singular_or_plural() {
    let cases = [
        ("Supervisors", Mode::Monitor),
        ("Supervisor", Mode::Monitor),
        ("Agents", Mode::Coach),
        ("Agent", Mode::Coach),
        ("All", Mode::BargeIn),
    ];
    for (visibility, mode) in cases {
        let page = Page::ready(&[body("s", &[own(visibility)], &[])]);
        assert_eq!(page.view("s").mode, Some(mode), "{visibility}");
    }
}

#[test]
fn without_a_visibility_the_mode_is_the_one_switch_that_is_absent() {
    let cases: [(&[&str], _); 5] = [
        (&["SwitchToCoach", "SwitchBargeIn"], Some("monitor")),
        (&["SwitchToMonitor", "SwitchToBargeIn"], Some("coach")),
        (&["SwitchToMonitor", "SwitchToCoach"], Some("barge-in")),
        (&["SwitchToMonitor"], None),
        (&["SwitchToMonitor", "SwitchToCoach", "SwitchBargeIn"], None),
    ];
    for (capabilities, mode) in cases {
        let page = Page::ready(&[body("s", &[own("")], capabilities)]);
        assert_eq!(page.mode("s"), mode, "{capabilities:?}");
    }
}

#[test]
fn the_question_closes_when_the_answer_could_not_be_yes() {
    let mut page = Page::ready(&[monitored("s")]);
    let asking = |page: &Page| page.store.view_confirming(SMS, "s", true);
    assert_eq!(asking(&page).state, State::Confirming);
    assert!(asking(&page).operations.barge_in);
    assert_eq!(page.view("s").state, State::Ready);
    page.notify(body("s", &[own("Supervisors")], &["SwitchToCoach"]));
    assert_eq!(asking(&page).reason, Some(Reason::NotPermitted));
    page.notify(barged("s"));
    assert_eq!(asking(&page).state, State::Joined);
}

#[test]
fn the_operations_follow_the_list_and_leave_out_the_mode_one_is_in() {
    let all = ["SwitchToMonitor", "SwitchToCoach", "SwitchBargeIn"];
    let allowed = |body| {
        let operations = Page::ready(&[body]).view("s").operations;
        (operations.monitor, operations.coach, operations.barge_in)
    };
    assert_eq!(allowed(monitored("s")), (false, true, true));
    assert_eq!(allowed(coached("s")), (true, false, true));
    assert_eq!(allowed(barged("s")), (true, true, false));
    assert_eq!(allowed(body("s", &[own("All")], &all)), (true, true, false));
    assert_eq!(
        allowed(body("s", &[own("Agents")], &all)),
        (true, false, true)
    );
    assert_eq!(
        allowed(body("s", &[own("All")], &[])),
        (false, false, false)
    );
    assert_eq!(
        allowed(in_state(barged("s"), "Completed")),
        (false, false, false)
    );
}

#[test]
fn media_do_not_mix() {
    let mut page = Page::ready(&[monitored("s")]);
    page.store.watch(Media::Chat);
    page.commands();
    page.store
        .sessions_read(Media::Chat, Ok(Vec::new()), page.now);
    assert_eq!(
        page.store.view(Media::Chat, "s").reason,
        Some(Reason::NotFound)
    );
    let chat = json!({"messageType": "ChatStateChangeMessage", "chat": barged("s")});
    page.store.notification(notification(chat), page.now);
    assert_eq!(page.store.view(Media::Chat, "s").state, State::Joined);
    assert_eq!(page.state("s"), "ready");
}

#[test]
fn the_sessions_come_in_the_servers_order_without_the_ended() {
    let mut page = Page::ready(&[monitored("a"), monitored("b"), monitored("c")]);
    let ids = |page: &Page| -> Vec<String> {
        let sessions = page.store.sessions(SMS);
        sessions.map(|session| session.id.clone()).collect()
    };
    assert_eq!(ids(&page), ["a", "b", "c"]);
    page.notify(in_state(monitored("b"), "Revoked"));
    page.notify(monitored("d"));
    assert_eq!(ids(&page), ["a", "c", "d"]);
    page.refresh();
    page.read(&[
        monitored("d"),
        monitored("e"),
        monitored("c"),
        monitored("d"),
        monitored("a"),
    ]);
    assert_eq!(ids(&page), ["d", "e", "c", "a"]);
}
