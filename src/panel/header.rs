//! Who the conversation is with, and who is here and sees the user.

use gws::seat::Person;
use yew::Html;

use super::people::{name_of, role};
use super::strings::PanelText;
use crate::element::{Said, Words, element, slot};
use crate::strings::Strings;

/// The header.
pub(super) fn header(title: &str, people: &[Person<'_>], slots: bool, strings: &Strings) -> Html {
    let participants = people.iter().map(|person| participant(person, strings));
    let participants: Vec<_> = participants.collect();
    element!(
        "header",
        "part" = "header",
        [
            element!(
                "h2",
                "part" = "title",
                "dir" = "auto",
                "textContent" = Words(title)
            ),
            slot("header-end", slots),
            element!(
                "ul",
                "part" = "participants",
                "aria-label" = Said(PanelText::Participants, strings),
                [participants]
            )
        ]
    )
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
    let sees = sees.map_or("", |text| strings.get(text));
    element!(
        "li",
        "part" = "participant",
        "data-role" = person.role.as_str(),
        [
            element!("bdi", "textContent" = Words(&words)),
            // Not a node of text, which nothing else needs.
            element!("span", "textContent" = Words(" ")),
            element!("span", "class" = "sees", "textContent" = Words(sees))
        ]
    )
}
