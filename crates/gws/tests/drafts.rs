//! To whom a message may be sent. A draft for agents never becomes one for everyone automatically.

mod support;

use Audience::{Agents, Everyone};
use gws::Visibility;
use gws::seat::{Audience, Drafts, Hindrance, Message, Oneself, Rights, Situation};
use serde_json::json;
use support::*;

const BOTH: &[&str] = &["SendMessage", "SendToAgents"];

fn rights(visibility: &str, capabilities: &[&str]) -> Rights {
    let mut oneself = Oneself::default();
    oneself.signed_in(Some(SUPERVISOR));
    Rights::of(
        &session_from(body("s", &[own(visibility)], capabilities)),
        &oneself,
    )
}

fn coaching() -> Rights {
    rights("Agents", BOTH)
}

fn joined() -> Rights {
    rights("All", BOTH)
}

fn monitoring() -> Rights {
    rights("Supervisors", BOTH)
}

fn situation(rights: Rights) -> Situation {
    Situation {
        rights,
        connected: true,
        ..Situation::default()
    }
}

fn drafts(text: &str) -> Drafts {
    let mut drafts = Drafts::default();
    drafts.write(Agents, text);
    drafts
}

fn message(audience: Audience, text: &str) -> Message {
    let text = text.to_owned();
    Message { audience, text }
}

#[test]
fn each_audience_needs_the_visibility_and_the_capability() {
    let cases = [
        ("Supervisors", BOTH, false, false),
        ("Agents", BOTH, true, false),
        ("All", BOTH, true, true),
        ("All", &["SendMessage"][..], false, true),
        ("All", &["SendToAgents"], true, false),
        ("Agents", &["SendMessage"], false, false),
        ("Nobody", BOTH, false, false),
        ("", BOTH, false, false),
    ];
    for (visibility, capabilities, agents, everyone) in cases {
        let rights = rights(visibility, capabilities);
        let is = (rights.agents, rights.everyone);
        assert_eq!(is, (agents, everyone), "{visibility} {capabilities:?}");
    }
}

#[test]
fn nothing_is_allowed_where_one_is_not_known() {
    let session = session_from(body("s", &[own("All")], BOTH));
    assert_eq!(Rights::of(&session, &Oneself::default()), Rights::default());
}

#[test]
fn the_own_visibility_is_known_by_a_participant_id() {
    let mut oneself = Oneself::default();
    oneself.signed_in(Some(SUPERVISOR));
    let told = session_from(body("s", &[own("All")], BOTH));
    oneself.learn(told.participants().last().expect("oneself"));
    let nameless = json!({"type": "Agent", "participantId": "P-own", "visibility": "Agents"});
    let session = session_from(body("s", &[nameless], BOTH));
    let visibility = Rights::of(&session, &oneself).visibility;
    assert_eq!(visibility, Some(Visibility::Agents));
}

#[test]
fn what_hinders_is_said_in_its_order() {
    let free = situation(joined());
    let over = Situation {
        over: true,
        connected: false,
        ..free
    };
    let cut_off = Situation {
        connected: false,
        switching: true,
        ..free
    };
    let switching = Situation {
        switching: true,
        ..free
    };
    let cases = [
        (free, None, None),
        (over, Some(Hindrance::Over), Some(Hindrance::Over)),
        (
            cut_off,
            Some(Hindrance::Disconnected),
            Some(Hindrance::Disconnected),
        ),
        (switching, None, Some(Hindrance::Switching)),
        (situation(coaching()), None, Some(Hindrance::NotAllowed)),
        (
            situation(monitoring()),
            Some(Hindrance::NotAllowed),
            Some(Hindrance::NotAllowed),
        ),
    ];
    for (situation, agents, everyone) in cases {
        let is = (situation.hindrance(Agents), situation.hindrance(Everyone));
        assert_eq!(is, (agents, everyone), "{situation:?}");
    }
}

#[test]
fn half_a_whisper_stays_a_whisper_whatever_the_mode_does() {
    let mut drafts = drafts("see me");
    for rights in [
        coaching(),
        monitoring(),
        joined(),
        Rights::default(),
        joined(),
    ] {
        drafts.follow(rights);
        assert_eq!(drafts.shown(), Agents);
    }
    drafts.barge_in_confirmed(joined());
    assert_eq!(
        drafts.press(Agents, &situation(joined()), 100),
        Ok(message(Agents, "see me"))
    );
}

#[test]
fn a_barge_in_from_elsewhere_leaves_the_box_with_agents() {
    let mut drafts = Drafts::default();
    drafts.follow(joined());
    assert_eq!(drafts.shown(), Agents);
}

#[test]
fn a_barge_in_pressed_here_turns_an_empty_box_to_everyone() {
    let mut drafts = Drafts::default();
    drafts.barge_in_confirmed(joined());
    assert_eq!(drafts.shown(), Everyone);
}

#[test]
fn the_draft_that_is_not_shown_keeps_the_box_from_turning() {
    let mut drafts = drafts("see me");
    drafts.choose(Everyone, joined());
    drafts.choose(Agents, joined());
    drafts.write(Agents, "");
    drafts.choose(Everyone, joined());
    drafts.write(Everyone, "hello");
    drafts.choose(Agents, joined());
    drafts.barge_in_confirmed(joined());
    assert_eq!(drafts.shown(), Agents);
}

#[test]
fn the_box_turns_when_the_right_comes_after_the_confirmation() {
    let mut drafts = Drafts::default();
    drafts.barge_in_confirmed(rights("All", &[]));
    assert_eq!(drafts.shown(), Agents);
    drafts.follow(joined());
    assert_eq!(drafts.shown(), Everyone);
}

#[test]
fn the_box_does_not_turn_later_once_something_was_written_or_chosen_or_the_mode_was_lost() {
    let late = |meanwhile: fn(&mut Drafts)| {
        let mut drafts = Drafts::default();
        drafts.barge_in_confirmed(rights("All", &[]));
        meanwhile(&mut drafts);
        drafts.follow(joined());
        drafts.shown()
    };
    assert_eq!(late(|drafts| drafts.write(Agents, "s")), Agents);
    assert_eq!(
        late(|drafts| ["s", ""]
            .into_iter()
            .for_each(|text| drafts.write(Agents, text))),
        Agents
    );
    assert_eq!(late(|drafts| drafts.follow(coaching())), Agents);
    let chooses = |drafts: &mut Drafts| {
        drafts.choose(Agents, coaching());
    };
    assert_eq!(late(chooses), Agents);
}

#[test]
fn an_empty_box_goes_back_to_agents_and_one_with_words_keeps_its_audience() {
    let mut drafts = Drafts::default();
    drafts.choose(Everyone, joined());
    drafts.follow(coaching());
    assert_eq!(drafts.shown(), Agents);
    drafts.follow(joined());
    assert_eq!(drafts.shown(), Agents);
    drafts.choose(Everyone, joined());
    drafts.write(Everyone, "hello");
    drafts.follow(coaching());
    assert_eq!(drafts.audience(coaching()), Some(Everyone));
    assert_eq!(
        drafts.press(Everyone, &situation(coaching()), 100),
        Err(Hindrance::NotAllowed)
    );
}

#[test]
fn only_what_is_allowed_can_be_chosen_but_words_can_be_got_back_to() {
    let mut drafts = drafts("see me");
    assert!(!drafts.choose(Everyone, coaching()));
    assert!(drafts.choose(Everyone, joined()));
    drafts.write(Everyone, "hello");
    assert!(drafts.choose(Agents, coaching()));
    assert!(drafts.choose(Everyone, coaching()));
    assert_eq!(
        (drafts.text(Agents), drafts.text(Everyone)),
        ("see me", "hello")
    );
}

#[test]
fn words_move_only_as_they_were_shown_and_to_a_free_draft_that_is_allowed() {
    let mut drafts = drafts("see me");
    assert!(!drafts.move_to(Everyone, "see me", coaching()));
    assert!(!drafts.move_to(Everyone, "see", joined()));
    assert!(drafts.move_to(Everyone, "see me", joined()));
    assert_eq!((drafts.shown(), drafts.text(Agents)), (Everyone, ""));
    drafts.choose(Agents, joined());
    drafts.write(Agents, "other");
    assert!(!drafts.move_to(Everyone, "other", joined()));
    assert_eq!(
        (drafts.text(Agents), drafts.text(Everyone)),
        ("other", "see me")
    );
}

#[test]
fn there_is_no_box_while_monitoring_unless_it_has_words() {
    assert_eq!(Drafts::default().audience(monitoring()), None);
    assert_eq!(drafts("see me").audience(monitoring()), Some(Agents));
    assert_eq!(Drafts::default().audience(coaching()), Some(Agents));
}

#[test]
fn nothing_and_too_much_are_not_sent() {
    let press = |text| drafts(text).press(Agents, &situation(coaching()), 4);
    assert_eq!(press(" \n"), Err(Hindrance::Empty));
    // Each of these takes two UTF-16 units.
    assert_eq!(press("😀😀😀"), Err(Hindrance::TooLong(2)));
    assert_eq!(press("😀😀"), Ok(message(Agents, "😀😀")));
}

#[test]
fn what_was_typed_meanwhile_stays_and_what_is_put_back_adds_to_nothing() {
    let mut drafts = drafts("see me");
    let sent = message(Agents, "see me");
    drafts.write(Agents, "see me now");
    drafts.taken(&sent);
    assert_eq!(drafts.text(Agents), "see me now");
    assert!(!drafts.put_back(&sent));
    drafts.write(Agents, "");
    assert!(drafts.put_back(&sent));
    drafts.taken(&sent);
    assert!(drafts.is_empty());
}

#[test]
fn what_is_typed_while_the_box_turns_goes_to_whom_the_person_saw() {
    let mut drafts = Drafts::default();
    drafts.barge_in_confirmed(joined());
    drafts.write(Agents, "s");
    assert_eq!((drafts.shown(), drafts.text(Everyone)), (Agents, ""));
    drafts.write(Everyone, "hello");
    let pressed = drafts.press(Agents, &situation(joined()), 100);
    assert_eq!(pressed, Ok(message(Agents, "s")));
}
