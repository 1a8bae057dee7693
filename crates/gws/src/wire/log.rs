//! One entry of a session's message log: in full for readers of the log, and in short for the button.

use json::Json;

use super::date::parse_date;
use super::lenient;
use super::session::Participant;
use crate::Visibility;

/// The last moment that a JavaScript date can show, in ms from 1970.
const LAST_MOMENT: f64 = 8.64e15;

/// A message, or an event of a participant.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LogEntry {
    /// The position in the log, from 1. There are gaps: entries that the user may not see are not sent.
    pub index: Option<i64>,
    /// `Text`, `ParticipantJoined`, `ParticipantLeft`, `ParticipantRejoined`, `TypingStarted`,
    /// `TypingStopped`, `PushUrl`, `Notice`, `CustomNotice`; empty if not said.
    pub kind: String,
    /// Who wrote it, or whom it is about.
    pub from: Option<Participant>,
    /// The text of `Text` and `Notice`; a preview in `TypingStarted`.
    pub text: Option<String>,
    /// The address of `PushUrl`.
    pub url: Option<String>,
    /// The text of `CustomNotice`.
    pub notice_text: Option<String>,
    /// Who can see the entry.
    pub visibility: Option<Visibility>,
    /// When, in the server's own form.
    pub timestamp: Option<String>,
    /// When, in milliseconds since 1970 in spite of its name.
    pub timestamp_seconds: Option<f64>,
}

/// What an entry says about presence in the session. Other entries (messages, typing) change no fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Presence {
    /// As [`LogEntry::index`].
    pub index: Option<i64>,
    /// `ParticipantJoined` or `ParticipantRejoined`; otherwise `ParticipantLeft`.
    pub here: bool,
    /// Whom it is about, with the entry's visibility where the person has none.
    pub person: Participant,
}

/// A notification's news of a log.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LogNews {
    /// The entries about presence.
    pub presence: Vec<Presence>,
    /// How many entries there are in all.
    pub entries: usize,
}

impl Presence {
    /// Reads an entry's object; `None` if it is not about presence.
    fn read(value: &mut Json) -> Option<Self> {
        let here = is_here(value.get("type")?.text()?)?;
        let mut person = Participant::read(lenient::object(value, "from")?);
        // The entry's own visibility says who may read the entry; for a switch back, that may be everybody.
        person.visibility = person
            .visibility
            .or(lenient::visibility(value, "visibility"));
        Some(Self {
            index: lenient::integer(value, "index"),
            here,
            person,
        })
    }

    /// What an entry says; `None` if it is not about presence.
    fn of(entry: &LogEntry) -> Option<Self> {
        let here = is_here(&entry.kind)?;
        let mut person = entry.from.clone()?;
        person.visibility = person.visibility.or(entry.visibility);
        Some(Self {
            index: entry.index,
            here,
            person,
        })
    }
}

/// Whether an entry of this kind says that somebody is here; `None` if it is not about presence.
fn is_here(kind: &str) -> Option<bool> {
    match kind {
        "ParticipantJoined" | "ParticipantRejoined" => Some(true),
        "ParticipantLeft" => Some(false),
        _ => None,
    }
}

impl LogNews {
    /// Reads the entries of a notification; `None` if it has none.
    pub fn read(value: &mut Json) -> Option<Self> {
        let entries = value.field("messages")?.elements()?.len();
        Some(Self {
            presence: lenient::objects(value, "messages", Presence::read)?,
            entries,
        })
    }

    /// What these entries say.
    pub fn of(entries: &[LogEntry]) -> Self {
        Self {
            presence: entries.iter().filter_map(Presence::of).collect(),
            entries: entries.len(),
        }
    }
}

impl LogEntry {
    /// Reads an entry's object.
    pub fn read(value: &mut Json) -> Self {
        Self {
            index: lenient::integer(value, "index"),
            kind: lenient::word(value, "type"),
            from: lenient::object(value, "from").map(Participant::read),
            text: lenient::text(value, "text"),
            url: lenient::text(value, "url"),
            notice_text: lenient::text(value, "noticeText"),
            visibility: lenient::visibility(value, "visibility"),
            timestamp: lenient::text(value, "timestamp"),
            timestamp_seconds: lenient::number(value, "timestampSeconds"),
        }
    }

    /// Reads the entries of a body or notification; `None` if it has none.
    pub fn read_all(value: &mut Json) -> Option<Vec<Self>> {
        lenient::objects(value, "messages", |entry| Some(Self::read(entry)))
    }

    /// When it was written, in ms since 1970-01-01 UTC: by the number, else by the date. `None` if neither is a moment
    /// that can be shown.
    pub fn time(&self) -> Option<f64> {
        let is_moment = |ms: &f64| ms.abs() <= LAST_MOMENT;
        let date = || parse_date(self.timestamp.as_deref()?);
        let number = self.timestamp_seconds.filter(is_moment);
        number.or_else(|| date().filter(is_moment))
    }
}
