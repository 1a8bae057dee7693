//! One entry of the log as a node of the list, made by hand: an appended line costs the same however many there are.

use gws::seat::{Person, Role, Seat};
use gws::{LogEntry, Visibility};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement};

use super::dates::{Dates, iso};
use super::text::{is_long, pieces, plain};
use crate::panel::options::Links;
use crate::panel::people::name;
use crate::panel::phrases::visibility;
use crate::panel::strings::PanelText;
use crate::strings::Strings;

/// What decides how lines look.
pub(super) struct Look<'a> {
    pub document: Document,
    pub strings: &'a Strings,
    /// `None` while the formats are not made: then [`Look::date`] adds the dates.
    pub dates: Option<&'a Dates>,
    pub links: Links,
}

/// What is shown of an entry.
pub(super) struct Told {
    pub author: String,
    pub own: bool,
    pub role: Role,
    /// What was said; `None` for an event.
    pub text: Option<String>,
    /// The sentence of an event.
    pub event: String,
    pub audience: Option<Visibility>,
    pub moment: Option<f64>,
    pub index: Option<i64>,
}

impl Told {
    /// Reads an entry at its seat; `known` are the seat's people.
    pub fn of(seat: &Seat, known: &[Person<'_>], entry: &LogEntry, strings: &Strings) -> Self {
        let own = seat.is_own(entry);
        let from = entry.from.as_ref();
        let role = match from {
            _ if own => Role::Supervisor,
            Some(from) => role_of(from, known),
            None => Role::External,
        };
        let author = from.map_or_else(
            || strings.get(crate::panel::people::role(role)).to_owned(),
            |from| name(from, own, role, strings),
        );
        let event = |of_oneself, of_others| {
            let seen = from.and_then(|from| from.visibility).or(entry.visibility);
            let audience = strings.get(visibility(seen));
            let text = if own { of_oneself } else { of_others };
            strings.fill(text, &[("name", &author), ("audience", audience)])
        };
        let words = |text: &Option<String>| text.as_deref().map(plain);
        let missing = || strings.get(PanelText::TooLongToShow).to_owned();
        let (text, event) = match &*entry.kind {
            "ParticipantJoined" => (None, event(PanelText::YouJoined, PanelText::JoinedEvent)),
            "ParticipantLeft" => (None, event(PanelText::YouLeft, PanelText::LeftEvent)),
            "ParticipantRejoined" => (
                None,
                event(PanelText::YouRejoined, PanelText::RejoinedEvent),
            ),
            "Text" => (
                Some(words(&entry.text).unwrap_or_else(missing)),
                String::new(),
            ),
            "PushUrl" => {
                let address = words(&entry.url).or_else(|| words(&entry.text));
                (Some(address.unwrap_or_else(missing)), String::new())
            }
            other => {
                let said = words(&entry.text).or_else(|| words(&entry.notice_text));
                (None, said.unwrap_or_else(|| plain(other)))
            }
        };
        Self {
            author,
            own,
            role,
            text,
            event,
            audience: entry.visibility,
            moment: entry.time(),
            index: entry.index,
        }
    }

    /// Whether it is a message of somebody else.
    pub fn is_others(&self) -> bool {
        self.text.is_some() && !self.own
    }

    /// The words that are announced and copied.
    pub fn words(&self) -> &str {
        self.text.as_deref().unwrap_or(&self.event)
    }
}

/// The role of an author: as the session has it, else by the entry's own words.
fn role_of(from: &gws::Participant, known: &[Person<'_>]) -> Role {
    let is_it =
        |person: &&Person<'_>| match (&person.participant.participant_id, &from.participant_id) {
            (Some(one), Some(other)) => one == other,
            _ => person.participant.user_id.is_some() && person.participant.user_id == from.user_id,
        };
    if let Some(person) = known.iter().find(is_it) {
        return person.role;
    }
    match from.kind.trim_ascii() {
        kind if kind.eq_ignore_ascii_case("Customer") => Role::Customer,
        kind if kind.eq_ignore_ascii_case("Agent") => match from.visibility {
            Some(Visibility::Agents | Visibility::Supervisors) => Role::Supervisor,
            _ => Role::Agent,
        },
        _ => Role::External,
    }
}

impl Look<'_> {
    /// Makes the node of an entry.
    pub fn line(&self, told: &Told) -> Option<Element> {
        let line = self.node("li", if told.text.is_some() { "line" } else { "event" })?;
        set(&line, "tabindex", "-1");
        if let Some(index) = told.index {
            set(&line, "data-index", &json::digits(index));
        }
        if let Some(visibility) = told.audience.and_then(Visibility::as_str) {
            set(&line, "data-visibility", visibility);
        }
        if told.own {
            set(&line, "data-own", "");
        }
        match &told.text {
            Some(text) => {
                set(&line, "data-role", told.role.as_str());
                let author = self.child(&line, "bdi", "author")?;
                author.set_text_content(Some(&told.author));
                self.space(&line);
                self.words(&line, text, told.role)?;
                if told.audience != Some(Visibility::All) {
                    self.space(&line);
                    let badge = self.child(&line, "span", "audience")?;
                    badge.set_text_content(Some(self.strings.get(visibility(told.audience))));
                }
            }
            None => {
                let text = self.child(&line, "span", "text")?;
                set(&text, "dir", "auto");
                text.set_text_content(Some(&told.event));
            }
        }
        self.date(&line, told.moment);
        Some(line)
    }

    /// Makes the node that stands before the first line of a day.
    pub fn day(&self, moment: Option<f64>) -> Option<Element> {
        let words = self.dates?.day(moment?)?;
        let day = self.node("li", "day")?;
        day.set_text_content(Some(&words));
        Some(day)
    }

    /// Makes the node before the first message that has not been seen.
    pub fn divider(&self) -> Option<Element> {
        let divider = self.node("li", "divider")?;
        divider.set_text_content(Some(self.strings.get(PanelText::New)));
        Some(divider)
    }

    fn words(&self, line: &Element, text: &str, role: Role) -> Option<()> {
        let node = self.child(line, "span", "text")?;
        set(&node, "dir", "auto");
        let links = match self.links {
            Links::All => true,
            Links::Staff => role != Role::Customer,
            Links::None => false,
        };
        for (at, piece) in pieces(text).iter().enumerate() {
            let is_address = at % 2 == 1;
            if is_address && links {
                let link = self.child(&node, "a", "link")?;
                set(&link, "href", piece);
                set(&link, "target", "_blank");
                set(&link, "rel", "noopener noreferrer");
                set(&link, "dir", "ltr");
                set(&link, "tabindex", "-1");
                link.set_text_content(Some(piece));
            } else if !piece.is_empty() {
                let _ = node.append_child(&self.document.create_text_node(piece));
            }
        }
        if is_long(text) {
            set(&node, "class", "folded");
            let all = self.child(line, "button", "")?;
            set(&all, "type", "button");
            set(&all, "class", "all");
            set(&all, "tabindex", "-1");
            all.set_text_content(Some(self.strings.get(PanelText::ShowAll)));
        }
        Some(())
    }

    /// Adds the time to a line.
    pub fn date(&self, line: &Element, moment: Option<f64>) {
        let Some((dates, moment)) = self.dates.zip(moment) else {
            return;
        };
        let Some(words) = dates.time(moment) else {
            return;
        };
        self.space(line);
        if let Some(time) = self.child(line, "time", "time") {
            time.set_text_content(Some(&words));
            if let Some(utc) = iso(moment) {
                set(&time, "datetime", &utc);
            }
            if let Some(whole) = dates.whole(moment) {
                set(&time, "title", &whole);
            }
        }
    }

    fn space(&self, line: &Element) {
        let _ = line.append_child(&self.document.create_text_node(" "));
    }

    fn node(&self, tag: &str, part: &str) -> Option<Element> {
        let node = self.document.create_element(tag).ok()?;
        if !part.is_empty() {
            set(&node, "part", part);
        }
        Some(node)
    }

    fn child(&self, parent: &Element, tag: &str, part: &str) -> Option<Element> {
        let node = self.node(tag, part)?;
        let _ = parent.append_child(&node);
        Some(node)
    }
}

/// Sets an attribute. A name that is none cannot be set, and there is none here.
pub(super) fn set(node: &Element, name: &str, value: &str) {
    let _ = node.set_attribute(name, value);
}

/// Shows all of a folded text. The line gets the focus of its button, which goes.
pub(super) fn unfold(button: &Element) {
    let Some(line) = button.parent_element() else {
        return;
    };
    if let Ok(Some(text)) = line.query_selector(".folded") {
        let _ = text.remove_attribute("class");
    }
    let _ = line.unchecked_ref::<HtmlElement>().focus();
    button.remove();
}
