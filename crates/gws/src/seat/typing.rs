//! Who else is writing. An indicator that nothing ends would stand for ever, so each has a time.

use crate::{LogEntry, Millis, Participant, Session, Visibility};

/// How long it counts, in ms, unless it is said again.
const LASTS: Millis = 10_000;
/// More than these are not kept; the oldest goes.
const MOST: usize = 50;

/// Somebody is writing.
#[derive(Clone, Debug, PartialEq)]
pub struct Typist {
    /// Who.
    pub person: Participant,
    /// Who is told; `None` if not said.
    pub visibility: Option<Visibility>,
    until: Millis,
}

/// Who is writing in one session.
#[derive(Debug, Default)]
pub struct Typing(Vec<Typist>);

impl Typing {
    /// Somebody else's entry has just been written. What is read later, or comes late, tells of the past.
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

    /// Who is not in the session any more does not write.
    pub fn follow(&mut self, session: &Session) {
        let people = session.participants();
        if session.participants.is_some() && !session.partial {
            self.0
                .retain(|typist| people.iter().any(|one| is_same(one, &typist.person)));
        }
    }

    /// Nobody is known to write: notifications may have been missed.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Who is writing, in the order of their beginning.
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

/// By id, never by name where there is one: two may bear the same.
fn is_same(one: &Participant, other: &Participant) -> bool {
    let has_id = |one: &Participant| one.participant_id.is_some() || one.user_id.is_some();
    match has_id(one) || has_id(other) {
        true => one.is(other),
        false => one.nickname == other.nickname,
    }
}
