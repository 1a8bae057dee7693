//! One press and its outcome: sent, accepted, and confirmed or not.

use std::rc::Rc;

use crate::{Failure, Millis, Operation, SessionKey};

/// A join that has just been confirmed, and the attempt that led to it.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Join {
    pub presser: Option<u32>,
    pub request_ms: Option<Millis>,
    pub confirm_ms: Option<Millis>,
}

/// The request that an element makes when it is pressed.
#[derive(Clone, Debug)]
pub struct Press {
    /// The session.
    pub session: SessionKey,
    /// The operation to ask for.
    pub operation: Operation,
    /// The number of the element, by which it recognises the outcome.
    pub presser: u32,
    /// The deadline of the answer, in ms.
    pub request_timeout: Millis,
    /// The time from the server's acceptance until the session is read again, in ms.
    pub confirm_timeout: Millis,
}

/// One press and its progress.
#[derive(Clone, Debug)]
pub(super) struct Attempt {
    pub number: u32,
    pub press: Press,
    pub sent: Millis,
    /// When the answer began to arrive.
    pub responded: Option<Millis>,
    pub phase: Phase,
}

/// How an attempt ended if it was not confirmed.
#[derive(Debug)]
pub(super) struct Outcome {
    pub failure: Rc<Failure>,
    pub attempt: Box<Attempt>,
    /// The sequence number of the newest fact when it ended.
    pub since: u64,
    /// A later read showed that it had no effect, so later changes are not its result.
    pub denied: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Phase {
    /// The POST is out, or about to leave.
    Sent,
    /// The POST was redirected, which is no answer: `/me` is read to see whether anybody is signed
    /// in.
    Redirected {
        deadline: Millis,
        verdict: Rc<Failure>,
    },
    /// Accepted; confirmation is awaited until `confirm_at`.
    Accepted { confirm_at: Millis },
    /// The verdict is final unless a read that begins after `since` contradicts it.
    Verifying {
        since: u64,
        deadline: Millis,
        verdict: Rc<Failure>,
    },
}

impl Attempt {
    pub fn operation(&self) -> Operation {
        self.press.operation
    }

    pub fn deadline(&self) -> Option<Millis> {
        match self.phase {
            Phase::Sent => None,
            Phase::Accepted { confirm_at } => Some(confirm_at),
            Phase::Verifying { deadline, .. } | Phase::Redirected { deadline, .. } => {
                Some(deadline)
            }
        }
    }

    /// The join that resulted from this attempt.
    pub fn joined(&self, now: Millis) -> Join {
        let since_sent = |then: Millis| then.saturating_sub(self.sent);
        Join {
            presser: Some(self.press.presser),
            request_ms: self.responded.map(since_sent),
            confirm_ms: Some(since_sent(now)),
        }
    }

    /// The verdict, if the read that checks it takes too long.
    pub fn overdue(&self, now: Millis) -> Option<&Rc<Failure>> {
        match &self.phase {
            Phase::Verifying {
                deadline, verdict, ..
            }
            | Phase::Redirected { deadline, verdict }
                if *deadline <= now =>
            {
                Some(verdict)
            }
            _ => None,
        }
    }

    /// The verdict, if the read that began with this number checks it.
    pub fn verdict_after(&self, began: u64) -> Option<&Rc<Failure>> {
        match &self.phase {
            Phase::Verifying { since, verdict, .. } if *since < began => Some(verdict),
            _ => None,
        }
    }

    pub fn verify(&mut self, verdict: Failure, since: u64, now: Millis) {
        self.phase = Phase::Verifying {
            since,
            deadline: now.saturating_add(self.press.request_timeout),
            verdict: Rc::new(verdict),
        };
    }
}
