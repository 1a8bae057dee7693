//! What a seat takes from the store, and what it tells it.

use std::rc::Rc;

use super::{Link, Store};
use crate::{ConnectionStatus, Operation, Session, SessionKey};

/// The facts of one session that a seat follows.
#[derive(Clone, Debug, Default)]
pub struct SeatFacts {
    /// Notifications arrive, and the session has been read.
    pub connected: bool,
    /// The session, if it is known.
    pub session: Option<Rc<Session>>,
    /// It was one of the user's own and no longer is.
    pub gone: bool,
    /// A switch of the mode is pending.
    pub switching: bool,
    /// The user's own Leave had no effect.
    pub leave_denied: bool,
    /// A barge-in that was pressed on this page has just been confirmed.
    pub barge_in_confirmed: bool,
}

/// What only a seat knows of the end of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeatEnd {
    /// The user's own Leave is confirmed.
    Left,
    /// The session is over, without a Leave of the user.
    Over,
}

impl Store {
    /// The facts that a seat follows.
    pub fn seat_facts(&self, key: &SessionKey) -> SeatFacts {
        let Some(record) = self.lists.get(key.media).find(&key.id) else {
            return SeatFacts::default();
        };
        let attempt = record.attempt.as_ref().map(|attempt| attempt.operation());
        let denied = record.outcome.as_ref().is_some_and(|last| {
            last.attempt.operation() == Operation::Leave && (last.failure.refused || last.denied)
        });
        SeatFacts {
            connected: self.is_current(key),
            session: Some(Rc::clone(&record.session)),
            gone: record.gone,
            switching: attempt.is_some_and(|operation| operation != Operation::Leave),
            leave_denied: denied,
            barge_in_confirmed: self.events.is_joined_here(key),
        }
    }

    /// A seat says how the session has ended for the user, or that it has not.
    pub fn set_seat_end(&mut self, key: &SessionKey, end: Option<SeatEnd>) {
        let Some(record) = self.lists.get_mut(key.media).find_mut(&key.id) else {
            return;
        };
        record.seat_end = end;
        if end.is_some() {
            record.attempt = None;
            record.outcome = None;
        }
        self.events.changed(key.clone());
    }

    /// Whether the shown facts of a session are current.
    fn is_current(&self, key: &SessionKey) -> bool {
        let is_linked = self.link == Link::Connected && (self.host || self.subscribed);
        let status = self.status();
        is_linked && (self.host || status == ConnectionStatus::Connected) && self.is_read(key)
    }
}
