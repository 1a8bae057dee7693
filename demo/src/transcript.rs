//! The transcript of one session, in the log's order, each entry once.
//!
//! Entries come from notifications and from reads of the log, so one may come twice or late. The index gives the order
//! and identifies duplicates. Typing is not kept as a line; it expires.

use std::rc::Rc;

use barge_in::{LogEntry, Participant, Visibility};

/// The most lines that are kept.
const KEPT: usize = 400;
/// How long typing is shown, in ms, without a new message.
const TYPING: f64 = 12_000.0;

/// One session's log.
#[derive(Clone, Default, PartialEq)]
pub struct Transcript {
    lines: Vec<Rc<LogEntry>>,
    typing: Vec<Typing>,
    newest: i64,
}

/// Somebody who is typing.
#[derive(Clone, PartialEq)]
pub struct Typing {
    /// The name shown.
    pub name: String,
    /// Who may see it.
    pub visibility: Option<Visibility>,
    since: f64,
}

impl Transcript {
    /// Takes entries that arrived at `now`. If some before them are missing, returns the index to read from.
    pub fn add(&mut self, entries: &[LogEntry], now: f64) -> Option<u64> {
        let next = self.newest + 1;
        let first = entries.iter().filter_map(|entry| entry.index).min();
        for entry in entries {
            self.add_one(entry, now);
        }
        // Entries that the user may not see leave gaps, too. Each gap is requested once, since `newest` has advanced.
        first
            .filter(|first| *first > next)
            .and_then(|_| u64::try_from(next).ok())
    }

    fn add_one(&mut self, entry: &LogEntry, now: f64) {
        let name = entry.from.as_ref().map(name_of).unwrap_or_default();
        let new = entry.index.is_none_or(|index| index > self.newest);
        if new {
            self.typing.retain(|typing| typing.name != name);
        }
        self.newest = self.newest.max(entry.index.unwrap_or(0));
        match entry.kind.as_str() {
            "TypingStarted" if new => self.typing.push(Typing {
                name,
                visibility: entry.visibility,
                since: now,
            }),
            "TypingStarted" | "TypingStopped" => {}
            _ => self.insert(entry),
        }
    }

    fn insert(&mut self, entry: &LogEntry) {
        let place = match entry.index {
            Some(index) => self
                .lines
                .partition_point(|line| line.index.is_none_or(|other| other < index)),
            None => self.lines.len(),
        };
        let known = entry.index.is_some()
            && self
                .lines
                .get(place)
                .is_some_and(|line| line.index == entry.index);
        if !known {
            self.lines.insert(place, Rc::new(entry.clone()));
        }
        let surplus = self.lines.len().saturating_sub(KEPT);
        self.lines.drain(..surplus);
    }

    /// The lines, oldest first.
    pub fn lines(&self) -> &[Rc<LogEntry>] {
        &self.lines
    }

    /// Removes expired typing; true if there was any.
    pub fn expire(&mut self, now: f64) -> bool {
        let before = self.typing.len();
        self.typing.retain(|typing| now - typing.since < TYPING);
        self.typing.len() != before
    }

    /// Who is typing now.
    pub fn typing(&self) -> &[Typing] {
        &self.typing
    }

    /// The index after the newest one seen.
    pub fn next_index(&self) -> u64 {
        u64::try_from(self.newest + 1).unwrap_or(1)
    }

    /// The last message.
    pub fn last_text(&self) -> Option<&LogEntry> {
        self.lines
            .iter()
            .rev()
            .map(|line| &**line)
            .find(|line| line.kind == "Text")
    }

    /// Since when the customer has waited for an answer, in ms since 1970.
    pub fn waiting_since(&self) -> Option<f64> {
        let mut since = None;
        for line in self.lines.iter().rev().filter(|line| line.kind == "Text") {
            let from_customer = line
                .from
                .as_ref()
                .is_some_and(|from| from.kind == "Customer");
            let answer = !from_customer && matches!(line.visibility, None | Some(Visibility::All));
            if answer {
                break;
            }
            if from_customer {
                since = line.time().or(since);
            }
        }
        since
    }
}

/// The name to show of a participant.
pub fn name_of(participant: &Participant) -> String {
    match participant.nickname.as_deref() {
        Some(name) if !name.trim().is_empty() => name.to_owned(),
        _ if participant.kind.is_empty() => "Somebody".to_owned(),
        _ => participant.kind.clone(),
    }
}
