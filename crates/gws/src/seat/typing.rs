//! Who else is typing. A missed stop notice would leave an indicator for ever, so each expires.

use crate::{LogEntry, Millis, Participant, Session, Visibility};

/// How long an indicator lasts, in ms, unless it is repeated.
const LASTS: Millis = 10_000;
/// The most that are kept; the oldest is dropped.
const MOST: usize = 50;

/// Somebody who is typing.
#[derive(Clone, Debug, PartialEq)]
pub struct Typist {
    /// Who.
    pub person: Participant,
    /// Who is notified; `None` if absent.
    pub visibility: Option<Visibility>,
    until: Millis,
}

/// Who is typing in one session.
#[derive(Debug, Default)]
pub struct Typing(Vec<Typist>);

impl Typing {
    /// An entry of somebody else has just been written. Not for entries that were read or came late: they describe the
    /// past.
    pub fn told(&mut self, entry: &LogEntry, now: Millis) {
        let Some(person) = &entry.from else {
            return;
        };
        self.0.retain(|typist| !is_same(&typist.person, person));
        if entry.kind == "TypingStarted" {
            self.0.push(Typist {
                person: person.clone(),
                visibility: entry.visibility,
                until: now.saturating_add(LASTS),
            });
        }
        if self.0.len() > MOST {
            self.0.remove(0);
        }
    }

    /// Removes those who are no longer in the session.
    pub fn follow(&mut self, session: &Session) {
        let people = session.participants();
        if session.participants.is_some() && !session.partial {
            self.0
                .retain(|typist| people.iter().any(|one| is_same(one, &typist.person)));
        }
    }

    /// Forgets all typists, as notifications may have been missed.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Who is typing, in the order in which they began.
    pub fn typists(&self) -> &[Typist] {
        &self.0
    }

    /// When [`Self::handle_timeout`] is to be called, at the latest.
    pub fn poll_timeout(&self) -> Option<Millis> {
        self.0.iter().map(|typist| typist.until).min()
    }

    /// The time is this.
    pub fn handle_timeout(&mut self, now: Millis) {
        self.0.retain(|typist| now < typist.until);
    }
}

/// Compares ids; names only if there is no id, as two participants may have the same name.
fn is_same(one: &Participant, other: &Participant) -> bool {
    let has_id = |one: &Participant| one.participant_id.is_some() || one.user_id.is_some();
    match has_id(one) || has_id(other) {
        true => one.is(other),
        false => one.nickname == other.nickname,
    }
}
