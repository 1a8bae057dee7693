//! The store's events: changes without details, which the view shows, and events that must be
//! reported exactly once.

use std::rc::Rc;

use super::ConnectionStatus;
use crate::{Failure, Millis, Operation, SessionKey};

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The view of this session, or of all where `None`, may have changed.
    Changed(Option<SessionKey>),
    /// Barge-in was confirmed; once per join.
    Joined {
        /// The session.
        session: SessionKey,
        /// The element that was pressed; `None` if the join came from elsewhere.
        presser: Option<u32>,
        /// From sending to response; `None` if the confirmation came first.
        request_ms: Option<Millis>,
        /// From sending to confirmation; `None` if the join came from elsewhere.
        confirm_ms: Option<Millis>,
    },
    /// An attempt was refused or failed; once per attempt.
    Failed {
        /// The session.
        session: SessionKey,
        /// The element that was pressed.
        presser: u32,
        /// The operation.
        operation: Operation,
        /// Why.
        failure: Rc<Failure>,
    },
    /// The server says that nobody is signed in, and no attempt caused that answer; once until the
    /// next sign-in.
    Unauthenticated {
        /// The server's answer.
        failure: Rc<Failure>,
    },
    /// The notification connection changed.
    Status(ConnectionStatus),
}

impl Event {
    /// The session that it is about; `None` for all of them.
    pub fn session(&self) -> Option<&SessionKey> {
        match self {
            Self::Changed(session) => session.as_ref(),
            Self::Joined { session, .. } | Self::Failed { session, .. } => Some(session),
            Self::Unauthenticated { .. } | Self::Status(_) => None,
        }
    }
}

/// More changed sessions than this are reported as "all".
const MOST_CHANGES: usize = 32;

/// The queue of events. A change is queued once, however often it happened.
#[derive(Debug, Default)]
pub(super) struct Events {
    queue: Vec<Event>,
    changed: Vec<SessionKey>,
    all_changed: bool,
}

impl Events {
    pub fn push(&mut self, event: Event) {
        self.queue.push(event);
    }

    pub fn changed(&mut self, session: SessionKey) {
        if self.all_changed || self.changed.contains(&session) {
            return;
        }
        if self.changed.len() == MOST_CHANGES {
            return self.all_changed();
        }
        self.changed.push(session);
    }

    pub fn all_changed(&mut self) {
        self.all_changed = true;
        self.changed.clear();
    }

    /// Whether the queue tells of a join of this session that was pressed here.
    pub fn is_joined_here(&self, key: &SessionKey) -> bool {
        self.queue.iter().any(|event| {
            matches!(event, Event::Joined { session, presser: Some(_), .. } if session == key)
        })
    }

    /// Whether nothing is queued.
    pub fn is_empty(&self) -> bool {
        self.queue.is_empty() && self.changed.is_empty() && !self.all_changed
    }

    /// Whether the queue holds changes only.
    pub fn are_changes(&self) -> bool {
        self.queue.is_empty() && (self.all_changed || !self.changed.is_empty())
    }

    /// Changes come first, so that a state is seen before the event that explains it.
    pub fn pop(&mut self) -> Option<Event> {
        if std::mem::take(&mut self.all_changed) {
            return Some(Event::Changed(None));
        }
        if let Some(session) = self.changed.pop() {
            return Some(Event::Changed(Some(session)));
        }
        (!self.queue.is_empty()).then(|| self.queue.remove(0))
    }
}
