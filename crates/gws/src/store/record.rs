//! What is known of one session, and the attempt under way for it.

use std::collections::BinaryHeap;
use std::rc::Rc;

use super::intent::{Attempt, Outcome};
use crate::standing::{Own, Standing};
use crate::wire::{Participant, Presence, Session};
use crate::{Millis, Operation};

/// More participants than this do not come from a log.
const MOST_PARTICIPANTS: usize = 200;

/// Before every index of an entry.
const NO_INDEX: i64 = i64::MIN;

/// One session.
#[derive(Debug)]
pub(super) struct Record {
    pub id: Rc<str>,
    pub session: Rc<Session>,
    /// Absent from a read after it had been seen.
    pub gone: bool,
    /// Known by notification, not only by a read.
    pub notified: bool,
    /// The sequence number of its newest notification.
    pub touched: u64,
    /// The sequence number of its end.
    pub ended_at: u64,
    pub attempt: Option<Box<Attempt>>,
    pub outcome: Option<Outcome>,
    /// The index of the newest log entry about a participant that was applied.
    presence: i64,
    joined: bool,
}

/// A join that has just been confirmed, and the attempt that led to it.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Join {
    pub presser: Option<u32>,
    pub request_ms: Option<Millis>,
    pub confirm_ms: Option<Millis>,
}

impl Record {
    pub fn new(id: &str) -> Self {
        let session = Session {
            id: id.to_owned(),
            ..Session::default()
        };
        Self {
            id: id.into(),
            session: Rc::new(session),
            gone: false,
            notified: false,
            touched: 0,
            ended_at: 0,
            attempt: None,
            outcome: None,
            presence: NO_INDEX,
            joined: false,
        }
    }

    pub fn ended(&self) -> bool {
        self.gone || self.session.is_over()
    }

    pub fn capable(&self, operation: Operation) -> bool {
        operation.is_in(self.session.capabilities())
    }

    pub fn refused(&self) -> Option<&Outcome> {
        self.outcome.as_ref().filter(|last| last.failure.refused)
    }

    /// A body told by a notification, or by a read that began at `since`. A refusal that is older
    /// is over when the body lists what was refused; and when it lists barge-in, which would stay off
    /// for ever after the refusal of a mode that the server does not offer again.
    pub fn apply_body(&mut self, mut body: Session, since: u64) {
        let listed = |operation: Operation| operation.is_in(body.capabilities());
        let lists_again = |last: &mut Outcome| {
            last.failure.refused
                && last.since < since
                && (listed(last.attempt.operation) || listed(Operation::SwitchToBargeIn))
        };
        self.outcome.take_if(lists_again);
        body.complete_by(&self.session);
        self.session = Rc::new(body);
        self.gone = false;
    }

    /// Applies the entries that are newer than those applied before: a log comes twice, in pages and out of order. Says
    /// whether there was one.
    pub fn apply_log(&mut self, entries: Vec<Presence>, own: Own) -> bool {
        // A heap, since it is the smallest sort to download.
        let mut news = BinaryHeap::new();
        for (position, entry) in entries.iter().enumerate() {
            let index = entry.index.unwrap_or(NO_INDEX);
            if index == NO_INDEX || index > self.presence {
                news.push((index, position));
            }
        }
        let mut participants = self.session.participants.clone();
        let mut applied = false;
        for (index, position) in news.into_sorted_vec() {
            let entry = entries.get(position);
            if entry.is_some_and(|entry| apply_entry(&mut participants, entry, own)) {
                self.presence = self.presence.max(index);
                applied = true;
            }
        }
        if applied {
            let mut told = Session {
                id: self.session.id.clone(),
                participants,
                ..Session::default()
            };
            told.complete_by(&self.session);
            self.session = Rc::new(told);
        }
        applied
    }

    /// Looks at the facts anew: settles the attempt that they confirm and says whether they make
    /// a new join.
    pub fn review(&mut self, own: Own, sequence: u64, now: Millis) -> Option<Join> {
        if self.ended() {
            if self.ended_at == 0 {
                self.ended_at = sequence;
            }
            self.attempt = None;
            self.outcome = None;
            self.joined = false;
            return None;
        }
        self.ended_at = 0;
        let standing = Standing::of(&self.session, own);
        let confirms = |attempt: &Attempt| standing.confirms(attempt.operation);
        let confirmed = self.attempt.take_if(|attempt| confirms(attempt));
        let belated = self
            .outcome
            .take_if(|last| !last.failure.refused && confirms(&last.attempt));
        let was_joined = std::mem::replace(&mut self.joined, standing.joined);
        if !standing.joined || was_joined {
            return None;
        }
        self.outcome = None;
        let attempt = confirmed.or(belated.map(|last| last.attempt));
        let attempt = attempt.filter(|one| one.operation == Operation::SwitchToBargeIn);
        Some(attempt.map_or_else(Join::default, |attempt| attempt.joined(now)))
    }
}

/// Says whether the entry changed the list.
fn apply_entry(known: &mut Option<Vec<Participant>>, entry: &Presence, own: Own) -> bool {
    let person = &entry.person;
    // Where nobody has told the participants, one's own entry alone makes a list: any other would
    // read as if oneself were absent.
    if known.is_none() {
        let is_own = matches!(own, Own::Known(id) if person.is_user(id));
        if !entry.here || !is_own {
            return false;
        }
    }
    let participants = known.get_or_insert_default();
    let before = participants.len();
    if !entry.here {
        participants.retain(|one| !one.is(person));
        return participants.len() < before;
    }
    match participants.iter_mut().find(|one| one.is(person)) {
        Some(one) => one.visibility = person.visibility.or(one.visibility),
        None if before < MOST_PARTICIPANTS => participants.push(person.clone()),
        None => return false,
    }
    true
}
