//! What is known about one session, and the attempt under way for it.

use std::rc::Rc;

use super::attempt::{Attempt, Join, Outcome};
use super::order::sorted;
use super::seat::SeatEnd;
use crate::standing::{Own, Standing};
use crate::wire::{LogNews, Participant, Presence, Session};
use crate::{Media, Millis, Operation, SessionKey, Visibility};

/// The most participants that are kept; the least recently reported are dropped.
const MOST_PARTICIPANTS: usize = 200;

/// Lower than every index of an entry.
pub(super) const NO_INDEX: i64 = i64::MIN;

/// One session.
#[derive(Debug)]
pub(super) struct Record {
    pub id: Rc<str>,
    pub session: Rc<Session>,
    /// Absent from a read after it had been seen.
    pub gone: bool,
    /// A notification has reported it, not only a read.
    pub notified: bool,
    /// The sequence number of its newest notification.
    pub touched: u64,
    /// The sequence number of its newest fact, by notification or read.
    pub told: u64,
    /// The sequence number of its end.
    pub ended_at: u64,
    pub attempt: Option<Box<Attempt>>,
    pub outcome: Option<Outcome>,
    /// What a seat knows of the session's end.
    pub seat_end: Option<SeatEnd>,
    /// The index of the newest log entry about a participant, whether it changed anything or not.
    pub presence: i64,
    /// A notification has given a body.
    pub body_notified: bool,
    /// Log entries have arrived since the session began.
    logged: bool,
    /// A body has arrived, not only log entries.
    has_body: bool,
    telling: Telling,
    joined: bool,
}

/// Numbers the reports about participants.
#[derive(Debug, Default)]
struct Telling(u32);

impl Telling {
    fn next(&mut self) -> u32 {
        self.0 = self.0.wrapping_add(1);
        self.0
    }
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
            told: 0,
            ended_at: 0,
            attempt: None,
            outcome: None,
            seat_end: None,
            presence: NO_INDEX,
            body_notified: false,
            logged: false,
            has_body: false,
            telling: Telling::default(),
            joined: false,
        }
    }

    pub fn key(&self, media: Media) -> SessionKey {
        SessionKey::new(media, Rc::clone(&self.id))
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

    /// A body from a notification, or from a read that began at `since`. It ends an older refusal if it lists the
    /// refused operation, or if it lists barge-in: otherwise barge-in would stay off for ever after the refusal of a
    /// mode that the server does not offer again.
    pub fn apply_body(&mut self, mut body: Session, since: u64, own: Own) {
        let listed = |operation: Operation| operation.is_in(body.capabilities());
        let lists_barge_in = listed(Operation::SwitchToBargeIn);
        let lists_again = |last: &mut Outcome| {
            last.failure.refused
                && last.since < since
                && (listed(last.attempt.operation()) || lists_barge_in)
        };
        self.outcome.take_if(lists_again);
        if let Some(participants) = &mut body.participants {
            bound(participants, own);
            for one in participants {
                let known = self.session.participants();
                one.told = self.telling.next();
                one.logged = known.iter().any(|known| known.logged && known.is(one));
                one.inherited = one.visibility.is_none();
                if one.inherited {
                    one.visibility = told_before(known, one);
                }
            }
        }
        if self.ended() {
            // The session begins again, and so does its log.
            self.logged = false;
        }
        body.complete_by(&self.session);
        // If barge-in is offered again, an earlier visibility no longer counts.
        for one in body.participants.iter_mut().flatten() {
            one.visibility.take_if(|_| one.inherited && lists_barge_in);
        }
        self.session = Rc::new(body);
        self.gone = false;
        self.has_body = true;
    }

    /// A notification reported it. One that the page feeds while its own connection is lost does not count as a read.
    pub fn notified(&mut self, sequence: u64, is_connected: bool) {
        self.notified |= is_connected;
        self.touched = sequence;
        self.told = sequence;
    }

    /// Whether the session is not the user's own: no list and no body has named it, and the log does not name the user.
    pub fn is_foreign(&self, own: Own) -> bool {
        !self.has_body
            && match own {
                Own::Unknown => false,
                Own::Unavailable => true,
                Own::Known(id) => !self
                    .session
                    .participants()
                    .iter()
                    .any(|one| one.is_user(id)),
            }
    }

    /// Applies the entries that are newer than those applied before, as entries may arrive twice, in pages and out of
    /// order. Says whether any changed a fact.
    pub fn apply_log(&mut self, log: LogNews, own: Own) -> bool {
        // Right after the first body of a session comes its history, in one notification. It describes the past, which
        // the body already contains. A new entry comes alone.
        let is_history = self.body_notified && !self.logged && log.entries > 1;
        self.logged |= !log.presence.is_empty();
        let seen = self.presence;
        // Shifted, so that entries without an index come first.
        let number = |entry: &Presence| entry.index.unwrap_or(NO_INDEX).abs_diff(NO_INDEX);
        let mut participants = self.session.participants.clone();
        let mut changed = false;
        for (_, place) in sorted(log.presence.iter().map(number)) {
            let entry = &log.presence[place];
            if entry.index.is_some_and(|index| index <= seen) {
                continue;
            }
            self.presence = entry.index.unwrap_or(NO_INDEX).max(self.presence);
            if !is_history {
                let list = participants.get_or_insert_default();
                changed |= apply_entry(list, entry, &mut self.telling);
                if list.len() > 2 * MOST_PARTICIPANTS {
                    bound(list, own);
                }
            }
        }
        if changed {
            let mut told = Session {
                id: self.session.id.clone(),
                participants,
                partial: self.session.partial || self.session.participants.is_none(),
                ..Session::default()
            };
            told.participants
                .iter_mut()
                .for_each(|list| bound(list, own));
            told.complete_by(&self.session);
            self.session = Rc::new(told);
        }
        changed
    }

    /// Reviews the facts: settles the attempt that they confirm, and returns the join if it is new.
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
        let confirms = |attempt: &Attempt| standing.confirms(attempt.operation());
        let confirmed = self.attempt.take_if(|attempt| confirms(attempt));
        let belated = self
            .outcome
            .take_if(|last| !last.failure.refused && confirms(&last.attempt));
        let belated = belated.filter(|last| !last.denied);
        let was_joined = std::mem::replace(&mut self.joined, standing.joined);
        if !standing.joined || was_joined {
            return None;
        }
        self.outcome = None;
        let attempt = confirmed.or(belated.map(|last| last.attempt));
        let attempt = attempt.filter(|one| one.operation() == Operation::SwitchToBargeIn);
        Some(attempt.map_or_else(Join::default, |attempt| attempt.joined(now)))
    }
}

/// Says whether the entry changed the list.
fn apply_entry(known: &mut Vec<Participant>, entry: &Presence, telling: &mut Telling) -> bool {
    let person = &entry.person;
    if !entry.here {
        let before = known.len();
        let is_it = |one: &Participant| one.is(person);
        // Ids that came only from bodies may be of another kind than those of the log.
        let is_unmatched = !known.iter().any(is_it);
        let may_be = |one: &Participant| {
            is_unmatched && !one.logged && one.is_same_user(person) == Some(true)
        };
        known.retain(|one| !is_it(one) && !may_be(one));
        return known.len() < before;
    }
    let before = || told_before(known, person);
    let visibility = person.visibility.or_else(before);
    let at = known.iter().position(|one| one.is(person));
    let one = match at {
        Some(at) => &mut known[at],
        None => known.push_mut(person.clone()),
    };
    one.told = telling.next();
    one.logged = true;
    one.inherited = person.visibility.is_none();
    one.visibility = visibility;
    true
}

/// The last reported visibility of this participant, or of the same user's other participant.
fn told_before(known: &[Participant], person: &Participant) -> Option<Visibility> {
    let is_it = |one: &&Participant| one.is(person) || one.is_same_user(person) == Some(true);
    known
        .iter()
        .filter(is_it)
        .max_by_key(|one| one.told)?
        .visibility
}

/// Drops the participants beyond the limit, but never the user's own.
fn bound(participants: &mut Vec<Participant>, own: Own) {
    let mut too_many = participants.len().saturating_sub(MOST_PARTICIPANTS);
    if too_many == 0 {
        return;
    }
    participants.retain(|one| {
        let is_own = matches!(own, Own::Known(id) if one.is_user(id));
        let goes = too_many > 0 && !is_own;
        too_many -= usize::from(goes);
        !goes
    });
}
