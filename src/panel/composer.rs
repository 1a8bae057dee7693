//! The message box, with its audience in words: in the choice of it, in the box's label, below the box by name, and in
//! the label of Send.

use gws::seat::{Audience, Hindrance, Person, Seat};
use gws::{Media, Visibility};
use yew::{Html, NodeRef};

use super::counter::count;
use super::options::Canned;
use super::phrases;
use super::strings::PanelText;
use crate::element::{Said, Words, element, slot};
use crate::strings::Strings;

/// What decides how the composer is shown.
pub(super) struct Composer<'a> {
    pub seat: &'a Seat,
    pub people: &'a [Person<'a>],
    /// Makes ids unique in the page.
    pub id: u32,
    pub media: Media,
    /// In UTF-16 units.
    pub longest: usize,
    pub slots: bool,
    pub canned: &'a [Canned],
    /// The message box.
    pub area: &'a NodeRef,
}

/// The composer. Without a right and without words there is only the reason why.
pub(super) fn composer(of: &Composer<'_>, ask: Html, strings: &Strings) -> Html {
    let drafts = of.seat.drafts();
    let rights = of.seat.rights();
    let audience = drafts.shown();
    let text = drafts.text(audience);
    let pressed = of.seat.press(audience, of.longest);
    let hindrance = pressed.err();
    let has_box = drafts.audience(rights).is_some();
    let id = |name: &str| ["barge-in-", &json::digits(of.id.into()), "-", name].concat();
    let reason = match (hindrance, rights.visibility) {
        (Some(Hindrance::Over), _) => strings.get(PanelText::WhyOver).to_owned(),
        (_, Some(Visibility::Supervisors)) if !has_box => {
            strings.get(PanelText::WhyMonitoring).to_owned()
        }
        // The mode control says why nothing is known of the session.
        (_, None) if !has_box => String::new(),
        (Some(hindrance), _) => phrases::hindrance(hindrance, audience, strings),
        (None, _) => String::new(),
    };
    let too_long = matches!(hindrance, Some(Hindrance::TooLong(_)));
    let (label, send, move_text) = match audience {
        Audience::Agents => (
            PanelText::BoxAgents,
            PanelText::SendAgents,
            PanelText::MoveToEveryone,
        ),
        Audience::Everyone => (
            PanelText::BoxEveryone,
            PanelText::SendEveryone,
            PanelText::MoveToAgents,
        ),
    };
    let other = audience.other();
    let moves = !text.is_empty() && rights.allows(other) && drafts.text(other).is_empty();
    let counts = counts(audience, of.media);
    let count = match counts {
        true => counted(text, strings),
        false => String::new(),
    };
    let to = |one: Audience| {
        let (part, text) = match one {
            Audience::Agents => ("to-agents", PanelText::ToAgents),
            Audience::Everyone => ("to-everyone", PanelText::ToEveryone),
        };
        let can = rights.allows(one) || !drafts.text(one).is_empty();
        let why = phrases::hindrance(Hindrance::NotAllowed, one, strings);
        let checked = audience == one;
        element!(
            "button",
            "type" = "button",
            "role" = "radio",
            "part" = part,
            "tabindex" = if checked { "0" } else { "-1" },
            "aria-checked" = if checked { "true" } else { "false" },
            "aria-disabled" = (!can).then_some("true"),
            "aria-description" = (!can).then_some(Words(&why)),
            "textContent" = Said(text, strings)
        )
    };
    // Without the counter, which changes with each key: a screen reader would read the whole description again.
    let described = [&*id("readers"), " ", &id("why")].concat();
    let canned = canned(of.canned, audience, strings);
    let readers = phrases::readers(of.people, audience, strings);
    let writing = element!(
        "div",
        "hidden" = !has_box,
        "class" = "writing",
        [
            element!(
                "div",
                "part" = "to",
                "role" = "radiogroup",
                "aria-label" = Said(PanelText::To, strings),
                [to(Audience::Agents), to(Audience::Everyone)]
            ),
            element!(
                "textarea",
                "ref" = of.area.clone(),
                "part" = "box",
                "rows" = "3",
                "dir" = "auto",
                "autocomplete" = "off",
                "enterkeyhint" = "send",
                "data-audience" = audience.as_str(),
                "aria-label" = Said(label, strings),
                "aria-describedby" = described
            ),
            element!(
                "div",
                "part" = "readers",
                "id" = id("readers"),
                "dir" = "auto",
                "textContent" = Words(&readers)
            ),
            element!(
                "div",
                "part" = "counter",
                "id" = id("counter"),
                "hidden" = !counts,
                "textContent" = Words(&count)
            ),
            canned,
            element!(
                "button",
                "type" = "button",
                "part" = "move",
                "hidden" = !moves,
                "textContent" = Said(move_text, strings)
            ),
            element!(
                "button",
                "type" = "button",
                "part" = "send",
                "aria-disabled" = hindrance.is_some().then_some("true"),
                "aria-describedby" = [&*id("counter"), " ", &id("why")].concat(),
                "textContent" = Said(send, strings)
            )
        ]
    );
    let long = too_long.then_some("long");
    element!(
        "div",
        "part" = "composer",
        "data-audience" = audience.as_str(),
        [
            writing,
            ask,
            element!(
                "div",
                "part" = "reason",
                "id" = id("why"),
                "class" = long,
                "textContent" = Words(&reason)
            ),
            slot("composer-end", of.slots)
        ]
    )
}

/// Whether it is said how many text messages the words take.
pub(super) fn counts(audience: Audience, media: Media) -> bool {
    audience == Audience::Everyone && media == Media::SmsSession
}

fn counted(text: &str, strings: &Strings) -> String {
    let count = count(text);
    let (messages, left) = (
        json::digits(count.messages.into()),
        json::digits(count.left.into()),
    );
    let text = match count.messages {
        1 => PanelText::CountOne,
        _ => PanelText::Count,
    };
    strings.fill(text, &[("count", &messages), ("left", &left)])
}

/// The choice of a reply, hidden if there is none. One for another audience than the box's is off.
fn canned(replies: &[Canned], audience: Audience, strings: &Strings) -> Html {
    let option = |value: &str, off: bool, words: &str| {
        element!(
            "option",
            "value" = Words(value),
            "disabled" = off,
            "textContent" = Words(words)
        )
    };
    let label = strings.get(PanelText::Canned);
    let mut options = vec![option("", false, label)];
    for (at, reply) in replies.iter().enumerate() {
        let off = reply.audience.is_some_and(|other| other != audience);
        options.push(option(&json::digits(at as i64), off, &reply.title));
    }
    element!(
        "select",
        "part" = "canned",
        "hidden" = replies.is_empty(),
        "aria-label" = Words(label),
        [options]
    )
}
