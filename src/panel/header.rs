//! Who the conversation is with, and who is here and sees the user.

use gws::seat::Person;
use yew::Html;

use super::people::described;
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
            // The name within is isolated; `bdi` would take the direction of the whole from it.
            element!("span", "textContent" = Words(&described(person, strings))),
            // Not a node of text, which nothing else needs.
            element!("span", "textContent" = Words(" ")),
            element!("span", "class" = "sees", "textContent" = Words(sees))
        ]
    )
}
