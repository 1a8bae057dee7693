//! The texts around the list, and the list as text.

use gws::seat::{Role, Seat, Typist};

use super::dates::Dates;
use super::line::Told;
use crate::panel::panel::PanelProps;
use crate::panel::people::name;
use crate::panel::phrases::visibility;
use crate::panel::strings::PanelText;
use crate::strings::Strings;

/// Why the list may not be all there is; empty if it is.
pub(super) fn trouble(seat: &Seat, props: &PanelProps, dates: &Dates) -> String {
    let strings = props.strings();
    let dropped = seat.transcript().dropped();
    if props.connection.is_log_failing(&props.session()) {
        strings.get(PanelText::LogFailed).to_owned()
    } else if seat.was_read() && !seat.situation().connected && !seat.situation().over {
        let heard = props.connection.heard_at();
        let time = heard.and_then(|at| dates.time(at)).unwrap_or_default();
        strings.fill(PanelText::Stale, &[("time", &time)])
    } else if dropped > 0 {
        let count = json::digits(dropped as i64);
        strings.fill(PanelText::Dropped, &[("count", &count)])
    } else {
        String::new()
    }
}

/// Who is typing.
pub(super) fn typing(seat: &Seat, strings: &Strings) -> String {
    let is_other = |typist: &&Typist| !seat.oneself().is(&typist.person);
    let others: Vec<_> = seat.typing().typists().iter().filter(is_other).collect();
    match others[..] {
        [] => String::new(),
        [one] => {
            let name = name(&one.person, false, Role::External, strings);
            strings.fill(PanelText::TypingOne, &[("name", &name)])
        }
        ref some => {
            let count = json::digits(some.len() as i64);
            strings.fill(PanelText::TypingSome, &[("count", &count)])
        }
    }
}

/// The log as text, a line for each entry, with the dates of this language.
pub(in crate::panel) fn copy(seat: &Seat, language: &str, strings: &Strings) -> String {
    let dates = Dates::of(language);
    let people = seat.people();
    let mut copied = String::new();
    for (_, entry) in seat.transcript().entries() {
        let told = Told::of(seat, &people, entry, strings);
        let time = told
            .moment
            .and_then(|at| dates.time(at))
            .unwrap_or_default();
        let audience = strings.get(visibility(told.audience));
        let values = [
            ("time", &*time),
            ("name", &*told.author),
            ("audience", audience),
            ("text", told.words()),
        ];
        if !copied.is_empty() {
            copied.push('\n');
        }
        copied.push_str(strings.fill(PanelText::Copied, &values).trim_ascii());
    }
    copied
}
