//! One message from the press until it is seen in the log.

use std::rc::Rc;

use super::Place;
use super::audience::Audience;
use super::drafts::Message;
use crate::{Failure, Millis, Visibility};

/// How far a message is.
#[derive(Clone, Debug, PartialEq)]
pub enum RowState {
    /// It has not left. With a turn it leaves by itself; without one it waits for a press.
    Waiting {
        /// Its place in the queue: the lowest leaves first.
        turn: Option<u32>,
    },
    /// Its POST is out, or was not answered and the log is asked.
    Sending,
    /// The server has accepted it, and the log does not have it yet.
    Accepted,
    /// It was seen in the log. Its row is gone.
    Sent(Receipt),
    /// The server decided no.
    Refused(Rc<Failure>),
    /// It ended without the server's decision, and may have been delivered all the same.
    Failed(Rc<Failure>),
    /// The server accepted it, and the log does not have it.
    Unconfirmed,
    /// Its audience was no longer allowed when it was to leave. It did not.
    NotAllowed,
}

/// What the log says of a message that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The index of its entry, or of its first part.
    pub index: Option<i64>,
    /// Who really saw it; `None` if the log does not say.
    pub visibility: Option<Visibility>,
    /// From the POST to its answer; `None` where the log had it first.
    pub request_ms: Option<Millis>,
    /// From the POST to its being seen in the log.
    pub confirm_ms: Millis,
}

/// How long to wait, in ms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// For an answer.
    pub request: Millis,
    /// From the server's acceptance for the entry in the log, until it is read for.
    pub confirm: Millis,
}

/// One message that was pressed.
#[derive(Clone, Debug)]
pub struct Row {
    /// Names it within its session.
    pub id: u32,
    /// What the press captured.
    pub message: Message,
    /// How far it is.
    pub state: RowState,
    pub(super) timeouts: Timeouts,
    /// The turn of its newest POST.
    pub(super) attempt: Option<u32>,
    pub(super) left: Millis,
    pub(super) responded: Option<Millis>,
    /// Its echo stands after this. `None` if it never left.
    pub(super) before: Option<Place>,
    pub(super) doubt: Doubt,
}

/// What is not known of a message, and until when it is waited for.
#[derive(Clone, Debug)]
pub(super) enum Doubt {
    None,
    /// The log is to have it by then.
    Echo {
        until: Millis,
    },
    /// The log is read for it: if that read does not have it or takes too long, this is the verdict.
    Read {
        /// The number of the read; `None` if it has not been asked for.
        number: Option<u32>,
        until: Millis,
        verdict: RowState,
    },
}

impl Receipt {
    /// Whether others saw the message than were meant to.
    pub fn differs(&self, audience: Audience) -> bool {
        self.visibility
            .is_some_and(|seen| seen != audience.visibility())
    }
}

impl RowState {
    /// The public word of the widget's contract.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Waiting { .. } => "waiting",
            Self::Sending => "sending",
            Self::Accepted => "accepted",
            Self::Sent(_) => "sent",
            Self::Refused(_) => "refused",
            Self::Failed(_) => "failed",
            Self::Unconfirmed => "unconfirmed",
            Self::NotAllowed => "not-allowed",
        }
    }

    /// Whether it goes on by itself: in the queue, or under way.
    pub fn goes_on(&self) -> bool {
        matches!(
            self,
            Self::Waiting { turn: Some(_) } | Self::Sending | Self::Accepted
        )
    }
}

impl Row {
    /// The index after which its entry stands in the log, to be kept for [`super::Outbox::restore`].
    /// `None` if it never left.
    pub fn before(&self) -> Option<i64> {
        self.before.map(Place::index)
    }

    pub(super) fn until(&self) -> Option<Millis> {
        match self.doubt {
            Doubt::None => None,
            Doubt::Echo { until } | Doubt::Read { until, .. } => Some(until),
        }
    }

    /// The log is to be read for it before this is its verdict.
    pub(super) fn doubt(&mut self, verdict: RowState, now: Millis) {
        self.doubt = Doubt::Read {
            number: None,
            until: now.saturating_add(self.timeouts.request),
            verdict,
        };
    }
}
