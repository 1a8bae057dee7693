//! The simulation's interface to a client, and the messages between client and server.

mod ours;
mod plain;

use crate::Millis;

pub(crate) use ours::Ours;
pub(crate) use plain::{Plain, Wait};

/// One client: gets inputs, then is polled for its next request and deadline.
pub(crate) trait Policy {
    fn start(&mut self, now: Millis);
    /// The answer to one of its requests, possibly to one that it has given up.
    fn answered(&mut self, id: u32, answer: Answer, now: Millis);
    /// The time of [`Policy::deadline`] has come.
    fn timed_out(&mut self, now: Millis);
    fn deadline(&self) -> Option<Millis>;
    /// The next request to send, if any.
    fn poll(&mut self) -> Option<Ask>;
}

/// One request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ask {
    /// Unique among the requests of its client.
    pub id: u32,
    pub kind: Kind,
    /// The session of the request; 0 for none.
    pub session: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Handshake,
    Subscribe,
    /// With the advice `timeout: 0`: to be answered at once.
    QuickConnect,
    /// To be held.
    Connect,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// A handshake opened this session.
    Welcome(u32),
    Done,
    /// 402: this session is not known (any more).
    Unknown,
    /// HTTP 503.
    Unavailable,
    /// Refused or reset.
    Lost,
}
