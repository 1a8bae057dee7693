//! What a seat takes from the store, and what it tells it.

use std::rc::Rc;

use super::{Link, Store};
use crate::wire::is_path_segment;
use crate::{ConnectionStatus, Operation, Session, SessionKey};

/// The facts of one session that a seat follows.
#[derive(Clone, Debug, Default)]
pub struct SeatFacts {
    /// Notifications are subscribed to, and none can have been missed since the last call.
    pub subscribed: bool,
    /// The read of the list that says whether there is such a session is under way.
    pub awaited: bool,
    /// The session has been read, and nothing says that it may be out of date.
    pub read: bool,
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
        let list = self.lists.get(key.media);
        let common = SeatFacts {
            subscribed: self.subscribed,
            awaited: self.subscribed && list.is_being_read() && is_path_segment(&key.id),
            ..SeatFacts::default()
        };
        let Some(record) = list.find(&key.id) else {
            return common;
        };
        let attempt = record.attempt.as_ref().map(|attempt| attempt.operation());
        let denied = record.outcome.as_ref().is_some_and(|last| {
            last.attempt.operation() == Operation::Leave && (last.failure.refused || last.denied)
        });
        let read = self.is_read(key);
        SeatFacts {
            read,
            connected: read && self.is_heard(),
            session: Some(Rc::clone(&record.session)),
            gone: record.gone,
            switching: attempt.is_some_and(|operation| operation != Operation::Leave),
            leave_denied: denied,
            barge_in_confirmed: self.events.is_joined_here(key),
            ..common
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

    /// Whether notifications arrive.
    fn is_heard(&self) -> bool {
        let is_linked = self.link == Link::Connected && (self.host || self.subscribed);
        is_linked && (self.host || self.status() == ConnectionStatus::Connected)
    }
}
