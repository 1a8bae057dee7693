//! Who the conversation is with, and who is here and sees the user.

use gws::seat::Person;
use yew::prelude::*;

use super::people::{name_of, role};
use super::strings::PanelText;
use crate::strings::Strings;

/// The header.
pub(super) fn header(title: &str, people: &[Person<'_>], slots: bool, strings: &Strings) -> Html {
    html! {
        <header part="header">
            <h2 part="title" dir="auto" ~textContent={title.to_owned()} />
            if slots {
                <slot name="header-end"></slot>
            }
            <ul part="participants" aria-label={strings.get(PanelText::Participants).to_owned()}>
                { for people.iter().map(|person| participant(person, strings)) }
            </ul>
        </header>
    }
}

fn participant(person: &Person<'_>, strings: &Strings) -> Html {
    let name = name_of(person, strings);
    let has_name = !person.own && person.participant.nickname.is_some();
    let words = match has_name {
        true => {
            let role = strings.get(role(person.role));
            strings.fill(PanelText::Person, &[("name", &name), ("role", role)])
        }
        false => name,
    };
    let sees = match (person.own, person.sees_you) {
        (true, _) => None,
        (_, Some(true)) => Some(PanelText::SeesYou),
        (_, Some(false)) => Some(PanelText::DoesNotSeeYou),
        (_, None) => Some(PanelText::MaySeeYou),
    };
    let sees = sees
        .map(|text| strings.get(text).to_owned())
        .unwrap_or_default();
    html! {
        <li part="participant" data-role={person.role.as_str()}>
            <bdi ~textContent={words} />
            { " " }
            <span class="sees" ~textContent={sees} />
        </li>
    }
}
