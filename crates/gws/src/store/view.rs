//! What an element shows of one session: the facts and the result of [`decide`].

use std::rc::Rc;

use super::record::Record;
use super::seat::SeatEnd;
use super::{Link, Store};
use crate::button::{Facts, Reason, State, decide};
use crate::standing::Standing;
use crate::wire::{Capabilities, is_path_segment};
use crate::{Failure, Media, Mode, Operation, Session, SessionKey};

/// One session as an element shows it. It can only be created here, so that states are decided in
/// one place.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct View {
    /// The button's state.
    pub state: State,
    /// Why, if the state is [`State::Unavailable`].
    pub reason: Option<Reason>,
    /// The mode last confirmed.
    pub mode: Option<Mode>,
    /// Its newest capabilities list, as [`Session::capabilities`].
    pub capabilities: Option<Capabilities>,
    /// Why the last attempt was refused or failed, or the answer that says that nobody is signed
    /// in.
    pub failure: Option<Rc<Failure>>,
    /// The server ended the notifications: there are no retries until a refresh.
    pub closed: bool,
    /// The pending operation, of any element.
    pub pending: Option<Operation>,
    /// The operations that may be pressed now.
    pub operations: Operations,
}

/// The operations that may be asked for now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Operations {
    /// `SwitchToMonitor`.
    pub monitor: bool,
    /// `SwitchToCoach`.
    pub coach: bool,
    /// `SwitchToBargeIn`.
    pub barge_in: bool,
    /// `Leave`.
    pub leave: bool,
}

impl Operations {
    /// Whether this one may be asked for.
    pub fn allows(self, operation: Operation) -> bool {
        match operation {
            Operation::SwitchToMonitor => self.monitor,
            Operation::SwitchToCoach => self.coach,
            Operation::SwitchToBargeIn => self.barge_in,
            Operation::Leave => self.leave,
        }
    }
}

impl View {
    /// What an element shows before it has a connection.
    pub fn initial(session_id: &str) -> Self {
        let facts = Facts {
            unnamed: session_id.is_empty(),
            connecting: true,
            ..Facts::default()
        };
        let (state, reason) = decide(&facts);
        Self {
            state,
            reason,
            mode: None,
            capabilities: None,
            failure: None,
            closed: false,
            pending: None,
            operations: Operations::default(),
        }
    }

    /// The newest capabilities list; empty if the session is not known.
    pub fn capabilities(&self) -> &[String] {
        self.capabilities.as_ref().map_or(&[], |names| names)
    }
}

impl Store {
    /// A session, if it is or was known.
    pub fn session(&self, media: Media, session_id: &str) -> Option<&Rc<Session>> {
        let record = self.lists.get(media).find(session_id);
        record.map(|record| &record.session)
    }

    /// The view of one session; an empty id names none.
    pub fn view(&self, media: Media, session_id: &str) -> View {
        self.view_confirming(media, session_id, false)
    }

    /// As [`Store::view`], for an element that may be asking for confirmation. If barge-in is no
    /// longer possible, the state is as if the question were closed.
    pub fn view_confirming(&self, media: Media, session_id: &str, confirming: bool) -> View {
        let record = self.lists.get(media).find(session_id);
        let standing = record.map_or_else(Standing::default, |record| {
            Standing::of(&record.session, self.identity.own())
        });
        let mut facts = self.facts(media, session_id, record, &standing);
        let (mut state, mut reason) = decide(&facts);
        let barge_in = matches!(state, State::Ready | State::Failed);
        if confirming && barge_in {
            facts.confirming = true;
            (state, reason) = decide(&facts);
        }
        let switch = |operation| {
            record.is_some_and(|record| may_switch(&facts, record, &standing, operation))
        };
        let last = record.and_then(|record| record.outcome.as_ref());
        let failure = match reason {
            Some(Reason::Unauthenticated) => self.unauthenticated.as_ref(),
            _ => last.map(|last| &last.failure),
        };
        let session = record.map(|record| &record.session);
        View {
            state,
            reason,
            mode: standing.mode,
            capabilities: session.and_then(|session| session.capabilities.clone()),
            failure: failure.cloned(),
            closed: self.link == Link::Closed,
            pending: record.and_then(|record| Some(record.attempt.as_ref()?.operation())),
            operations: Operations {
                monitor: switch(Operation::SwitchToMonitor),
                coach: switch(Operation::SwitchToCoach),
                barge_in,
                leave: switch(Operation::Leave),
            },
        }
    }

    /// Whether a known session has been read, and nothing says that it may be out of date.
    pub(super) fn is_read(&self, key: &SessionKey) -> bool {
        let record = self.lists.get(key.media).find(&key.id);
        let facts = self.facts(key.media, &key.id, record, &Standing::default());
        !(facts.unknown || facts.connecting || facts.disconnected || facts.unauthenticated)
    }

    fn facts(
        &self,
        media: Media,
        session_id: &str,
        record: Option<&Record>,
        standing: &Standing,
    ) -> Facts {
        // No request can be made for such an id, so the server's facts do not matter.
        if !is_path_segment(session_id) {
            return Facts {
                unnamed: session_id.is_empty(),
                unknown: true,
                ..Facts::default()
            };
        }
        let list = self.lists.get(media);
        let told_by_host = self.host && record.is_some_and(|record| record.notified);
        let me_lost = !self.identity.settled && self.me.is_failing();
        let waits_in_vain = self.me.is_failing() && list.reader.is_busy();
        let list_lost = list.stale || list.reader.is_failing() || waits_in_vain;
        let last = record.and_then(|record| record.outcome.as_ref());
        // The outcome of a Leave does not change what the mode says.
        let last = last.filter(|last| last.attempt.operation() != Operation::Leave);
        let refused = last.is_some_and(|last| last.failure.refused);
        let seat_end = record.and_then(|record| record.seat_end);
        Facts {
            left: seat_end == Some(SeatEnd::Left),
            ended: seat_end.is_some() || record.is_some_and(Record::ended),
            pending: record.is_some_and(|record| record.attempt.is_some()),
            joined: standing.joined,
            unauthenticated: self.unauthenticated.is_some(),
            disconnected: self.link_lost() || !told_by_host && (me_lost || list_lost),
            connecting: self.host && self.link == Link::Connecting
                || !told_by_host && (!list.was_read || list.may_be_forgotten(session_id)),
            unknown: record.is_none(),
            refused,
            capable: record.is_some_and(|record| record.capable(Operation::SwitchToBargeIn)),
            absent: standing.absent,
            failed: last.is_some() && !refused,
            ..Facts::default()
        }
    }
}

/// Whether monitoring or coaching may be requested. Being joined does not prevent it. Being in that
/// mode already does, as nothing would confirm the request.
fn may_switch(facts: &Facts, record: &Record, standing: &Standing, operation: Operation) -> bool {
    let off = facts.unnamed
        || facts.ended
        || facts.pending
        || facts.unauthenticated
        || facts.disconnected
        || facts.connecting;
    let was_refused = record
        .refused()
        .is_some_and(|last| last.attempt.operation() == operation && operation != Operation::Leave);
    !off && !was_refused && record.capable(operation) && !standing.confirms(operation)
}
