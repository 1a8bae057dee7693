//! One message from the press until the log has it.

use std::rc::Rc;

use super::Place;
use super::audience::Audience;
use super::drafts::Message;
use crate::{Failure, Millis, Visibility};

/// The state of a message.
#[derive(Clone, Debug, PartialEq)]
pub enum RowState {
    /// Not sent. With a turn it will be sent automatically; without one it waits for a press.
    Waiting {
        /// Its position in the queue: the lowest is sent first.
        turn: Option<u32>,
    },
    /// Its POST is outstanding, or was not answered and the log is being read.
    Sending,
    /// The server has accepted it, and the log does not have it yet.
    Accepted,
    /// The log has it. Its row is gone.
    Sent(Receipt),
    /// The server decided no.
    Refused(Rc<Failure>),
    /// It ended without the server's decision and may have been delivered.
    Failed(Rc<Failure>),
    /// The server accepted it, but the log does not have it.
    Unconfirmed,
    /// Its audience was no longer allowed when it was to be sent. It was not sent.
    NotAllowed,
}

/// What the log says about a sent message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The index of its entry, or of its first part.
    pub index: Option<i64>,
    /// Who saw it according to the log; `None` if the log does not say.
    pub visibility: Option<Visibility>,
    /// From the POST to its answer; `None` if the log had it first.
    pub request_ms: Option<Millis>,
    /// From the POST until the log had it.
    pub confirm_ms: Millis,
}

/// How long to wait, in ms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// For an answer.
    pub request: Millis,
    /// From the server's acceptance until the log is read for the entry.
    pub confirm: Millis,
}

/// One message that the user has sent.
#[derive(Clone, Debug)]
pub struct Row {
    /// Identifies it within its session.
    pub id: u32,
    /// What the press captured.
    pub message: Message,
    /// Its state.
    pub state: RowState,
    pub(super) timeouts: Timeouts,
    /// The number of its newest POST.
    pub(super) attempt: Option<u32>,
    pub(super) left: Millis,
    pub(super) responded: Option<Millis>,
    /// Its echo comes after this place. `None` if it was never sent.
    pub(super) before: Option<Place>,
    pub(super) doubt: Doubt,
}

/// What a message waits for, and until when.
#[derive(Clone, Debug)]
pub(super) enum Doubt {
    None,
    /// The log should have it by the deadline.
    Echo {
        until: Millis,
    },
    /// The log is read for it; if the read does not contain it or takes too long, this is the
    /// verdict.
    Read {
        /// The number of the read; `None` if it has not been requested.
        number: Option<u32>,
        until: Millis,
        verdict: RowState,
    },
}

impl Receipt {
    /// Whether the message was seen by others than intended.
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

    /// Whether it proceeds without a press: in the queue, or under way.
    pub fn goes_on(&self) -> bool {
        matches!(
            self,
            Self::Waiting { turn: Some(_) } | Self::Sending | Self::Accepted
        )
    }
}

impl Row {
    /// The index after which its entry comes in the log, to be kept for [`super::Outbox::restore`].
    /// `None` if it was never sent.
    pub fn before(&self) -> Option<i64> {
        self.before.map(Place::index)
    }

    pub(super) fn until(&self) -> Option<Millis> {
        match self.doubt {
            Doubt::None => None,
            Doubt::Echo { until } | Doubt::Read { until, .. } => Some(until),
        }
    }

    /// Has the log read for it before this becomes its verdict.
    pub(super) fn doubt(&mut self, verdict: RowState, now: Millis) {
        self.doubt = Doubt::Read {
            number: None,
            until: now.saturating_add(self.timeouts.request),
            verdict,
        };
    }
}
