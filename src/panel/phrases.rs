//! The panel's sentences about one seat: who reads a message, why nothing can be sent, how a message stands.

use gws::seat::{Audience, Hindrance, Person, Role, RowState};
use gws::{Failure, Visibility};

use super::people::{described, name_of};
use super::strings::PanelText;
use crate::components::failure_words;
use crate::strings::Strings;

/// The badge of an audience.
pub(super) fn badge(audience: Audience) -> PanelText {
    visibility(Some(audience.visibility()))
}

/// The badge of a log entry's visibility.
pub(super) fn visibility(visibility: Option<Visibility>) -> PanelText {
    match visibility {
        Some(Visibility::All) => PanelText::ForEveryone,
        Some(Visibility::Agents) => PanelText::ForAgents,
        Some(Visibility::Supervisors) => PanelText::ForSupervisors,
        Some(Visibility::Other) | None => PanelText::ForUnknown,
    }
}

/// Who will read a message to this audience, or who will not, by name and role.
pub(super) fn named(
    people: &[Person<'_>],
    audience: Audience,
    reads: bool,
    strings: &Strings,
) -> String {
    let mut names = String::new();
    for person in people {
        if person.own || (person.reads(audience) == Some(true)) != reads {
            continue;
        }
        if !names.is_empty() {
            names.push_str(", ");
        }
        names.push_str(&described(person, strings));
    }
    names
}

/// Who will read a message to this audience, by name, and who will not.
pub(super) fn readers(people: &[Person<'_>], audience: Audience, strings: &Strings) -> String {
    let named = |reads| named(people, audience, reads, strings);
    let (readers, others) = (named(true), named(false));
    let text = match (readers.is_empty(), others.is_empty()) {
        (true, true) => return strings.get(PanelText::NoReaders).to_owned(),
        (true, false) | (false, false) => PanelText::ReadersNot,
        (false, true) => PanelText::Readers,
    };
    let readers = match readers.is_empty() {
        true => strings.get(badge(audience)),
        false => &readers,
    };
    strings.fill(text, &[("readers", readers), ("others", &others)])
}

/// Why a message to this audience cannot be sent.
pub(super) fn hindrance(hindrance: Hindrance, audience: Audience, strings: &Strings) -> String {
    let text = match hindrance {
        Hindrance::Over => PanelText::WhyOver,
        Hindrance::Disconnected => PanelText::WhyDisconnected,
        Hindrance::Switching => PanelText::WhySwitching,
        Hindrance::NotAllowed => match audience {
            Audience::Agents => PanelText::WhyNoAgents,
            Audience::Everyone => PanelText::WhyNoEveryone,
        },
        Hindrance::Empty => return String::new(),
        Hindrance::TooLong(surplus) => {
            let count = json::digits(surplus as i64);
            return strings.fill(PanelText::TooLong, &[("count", &count)]);
        }
    };
    strings.get(text).to_owned()
}

/// How a message to this audience stands.
pub(super) fn row(state: &RowState, audience: Audience, strings: &Strings) -> String {
    let may_be_sent = |failure: &Failure| {
        let why = failure_words(failure, strings);
        strings.fill(PanelText::RowMayBeSent, &[("why", &why)])
    };
    let text = match state {
        RowState::Waiting { turn: Some(_) } => PanelText::RowWaiting,
        RowState::Waiting { turn: None } => PanelText::RowHeld,
        RowState::Sending => PanelText::RowSending,
        RowState::Accepted => PanelText::RowAccepted,
        RowState::Refused(failure) => return failure_words(failure, strings),
        RowState::Failed(failure) => return may_be_sent(failure),
        RowState::Unconfirmed => PanelText::RowUnconfirmed,
        RowState::NotAllowed => PanelText::RowNotAllowed,
        RowState::Sent(_) => match audience {
            Audience::Agents => PanelText::SentAgents,
            Audience::Everyone => PanelText::SentEveryone,
        },
    };
    strings.get(text).to_owned()
}

/// The customer's name, or the word for one.
pub(super) fn customer(people: &[Person<'_>], strings: &Strings) -> String {
    let found = people.iter().find(|person| person.role == Role::Customer);
    found.map_or_else(
        || strings.get(crate::strings::Text::TheCustomer).to_owned(),
        |person| name_of(person, strings),
    )
}
