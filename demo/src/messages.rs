//! The live transcript: messages, who can see them, who joined and left, and who is typing.
//!
//! It follows the newest message, unless the reader has scrolled up.

use std::rc::Rc;

use barge_in::{LogEntry, Participant, Visibility};
use yew::prelude::*;

use crate::transcript::{Transcript, Typing, name_of};
use crate::{clock, words};

/// The properties of [`Messages`].
#[derive(Properties, PartialEq)]
pub struct MessagesProps {
    /// The log.
    pub transcript: Rc<Transcript>,
    /// The supervisor's own user id.
    pub me: Option<AttrValue>,
}

/// The transcript of one session.
///
/// The box is laid out from its end, so that the browser keeps it scrolled there.
#[component]
pub fn Messages(props: &MessagesProps) -> Html {
    let lines = props.transcript.lines();
    let before = std::iter::once(None).chain(lines.iter().map(|line| Some(&**line)));
    html! {
        <div class="transcript" role="log" aria-label="Transcript" tabindex="0">
            <div class="transcript-inner">
                if lines.is_empty() {
                    <p class="empty">{ "Nothing has been written yet." }</p>
                }
                <ol class="lines">
                    { for lines.iter().zip(before).map(|(line, before)| view_line(line, before, props.me.as_deref())) }
                </ol>
                { view_typing(props.transcript.typing()) }
            </div>
        </div>
    }
}

fn view_line(line: &LogEntry, before: Option<&LogEntry>, me: Option<&str>) -> Html {
    let key = line.index.map_or_else(
        || format!("t{:?}", line.timestamp),
        |index| index.to_string(),
    );
    let words = match line.kind.as_str() {
        "Text" => line.text.as_deref().unwrap_or_default(),
        "PushUrl" => line.url.as_deref().unwrap_or_default(),
        _ => return view_event(line, key, me),
    };
    let side = side(line.from.as_ref(), me);
    let goes_on = before.is_some_and(|before| {
        before.kind == line.kind
            && before.visibility == line.visibility
            && author(before) == author(line)
    });
    let badge = match line.visibility {
        Some(Visibility::Agents) => Some("Agent only"),
        Some(Visibility::Supervisors) => Some("Supervisors only"),
        Some(Visibility::All) if side == "me" => Some("Everyone sees this"),
        Some(Visibility::All | Visibility::Other) | None => None,
    };
    html! {
        <li {key} class={classes!("line", side, goes_on.then_some("goes-on"))} data-visibility={visibility(line.visibility)}>
            <div class="line-head">
                <span class="author">{ line.from.as_ref().map(|from| author_name(from, me)) }</span>
                if let Some(badge) = badge {
                    <span class="badge seen">{ badge }</span>
                }
                <time>{ line.time().map(clock::hours_minutes) }</time>
            </div>
            <p class="bubble" dir="auto">{ words }</p>
        </li>
    }
}

fn view_event(line: &LogEntry, key: String, me: Option<&str>) -> Html {
    let name = line
        .from
        .as_ref()
        .map(|from| author_name(from, me))
        .unwrap_or_else(|| "Somebody".to_owned());
    let own = name == "You";
    let seen = words::seen_by(line.visibility).to_lowercase();
    let happened = match line.kind.as_str() {
        "ParticipantJoined" if line.visibility == Some(Visibility::All) => format!("{name} joined"),
        "ParticipantJoined" => format!("{name} joined, {seen}"),
        "ParticipantRejoined" if own => format!("You are now {seen}"),
        "ParticipantRejoined" => format!("{name} is now {seen}"),
        "ParticipantLeft" => format!("{name} left"),
        _ => match line.text.as_deref().or(line.notice_text.as_deref()) {
            Some(text) => text.to_owned(),
            None => format!("{name}: {}", line.kind),
        },
    };
    html! {
        <li {key} class={classes!("happened", own.then_some("own"))} data-visibility={visibility(line.visibility)}>
            <span dir="auto">{ happened }</span>
            <time>{ line.time().map(clock::hours_minutes) }</time>
        </li>
    }
}

fn view_typing(typing: &[Typing]) -> Html {
    let words = match typing {
        [] => String::new(),
        [one] if one.visibility == Some(Visibility::Agents) => {
            format!("{} is typing to the agent", one.name)
        }
        [one] => format!("{} is typing", one.name),
        [one, other] => format!("{} and {} are typing", one.name, other.name),
        [one, ..] => format!("{} and others are typing", one.name),
    };
    html! {
        <p class="typing" aria-live="off">
            <span class="dots" aria-hidden="true" hidden={typing.is_empty()}><i></i><i></i><i></i></span>
            { words }
        </p>
    }
}

fn author(line: &LogEntry) -> Option<(Option<&str>, Option<&str>)> {
    line.from
        .as_ref()
        .map(|from| (from.participant_id.as_deref(), from.nickname.as_deref()))
}

fn author_name(from: &Participant, me: Option<&str>) -> String {
    if me.is_some_and(|me| from.is_user(me)) {
        "You".to_owned()
    } else {
        name_of(from)
    }
}

/// The side and colour of a message, by its author.
fn side(from: Option<&Participant>, me: Option<&str>) -> &'static str {
    let Some(from) = from else { return "other" };
    match (from.kind.as_str(), from.visibility) {
        _ if me.is_some_and(|me| from.is_user(me)) => "me",
        ("Customer", _) => "customer",
        ("Agent", Some(Visibility::Agents | Visibility::Supervisors)) => "supervisor",
        ("Agent", _) => "agent",
        _ => "other",
    }
}

fn visibility(visibility: Option<Visibility>) -> Option<&'static str> {
    Some(match visibility? {
        Visibility::All => "all",
        Visibility::Agents => "agents",
        Visibility::Supervisors => "supervisors",
        Visibility::Other => return None,
    })
}
