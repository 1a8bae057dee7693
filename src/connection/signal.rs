//! What a connection tells those who listen to it.

use std::rc::Rc;

use gws::{ConnectionStatus, Event, Failure, LogEntry};
use json::Json;

/// One thing that happened.
pub enum Signal {
    /// What the truth tells of a session, or of all. At [`Event::Status`] the transport may have changed, or whether there
    /// are multiple clients: [`Connection::status`](super::Connection::status) says how things are.
    Event(Event),
    /// Entries of a session's message log, as notified or read; the same entry may come more than once.
    Messages(Log),
    /// The page's own headers cannot be had, met by a request that no intent asked for.
    HeadersFailed(Rc<Failure>),
}

/// How the notification connection is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status {
    /// How it is.
    pub status: ConnectionStatus,
    /// The transport in use.
    pub transport: &'static str,
    /// Another session of this browser holds the long poll.
    pub multiple_clients: bool,
}

/// Entries of a message log as they came. Read only by those who follow it, so that nobody else downloads the reading.
pub struct Log(pub(super) Json);

impl Log {
    /// The entries.
    pub fn entries(&self) -> Vec<LogEntry> {
        LogEntry::read_all(&mut self.0.clone()).unwrap_or_default()
    }
}
