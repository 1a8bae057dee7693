//! What a connection tells those who listen to it.

use std::rc::Rc;

use gws::{ConnectionStatus, Event, Failure, Kind, LogEntry};
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
    /// What broke or closed it; `None` while it is neither, and where the page itself closed it.
    pub trouble: Option<Trouble>,
}

/// What keeps notifications from coming, by the request that met it last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What kind of trouble it is.
    pub cause: Cause,
    /// The HTTP status of the answer, if there was one.
    pub http_status: Option<u16>,
}

/// The kinds of trouble, as `barge-in-connection` names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// No answer, or none in time.
    Network,
    /// An answer that is an error or cannot be read.
    Http,
    /// Nobody is signed in.
    Login,
    /// The server gives this page no notifications.
    Refused,
    /// The page's own `requestHeaders` failed.
    Headers,
}

impl Trouble {
    /// Trouble of which there is no HTTP status.
    pub(super) const fn unanswered(cause: Cause) -> Self {
        Self {
            cause,
            http_status: None,
        }
    }

    /// What a failed request tells of the connection.
    pub(super) fn of(failure: &Failure) -> Self {
        let cause = match failure.kind {
            Kind::Network | Kind::Timeout => Cause::Network,
            Kind::Unauthenticated => Cause::Login,
            Kind::Headers => Cause::Headers,
            _ => Cause::Http,
        };
        Self {
            cause,
            http_status: failure.http_status,
        }
    }
}

impl Cause {
    /// The public word of the widget's contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::Http => "http",
            Self::Login => "login",
            Self::Refused => "refused",
            Self::Headers => "headers",
        }
    }
}

/// Entries of a message log as they came. Read only by those who follow it, so that nobody else downloads the reading.
pub struct Log(pub(super) Json);

impl Log {
    /// The entries.
    pub fn entries(&self) -> Vec<LogEntry> {
        LogEntry::read_all(&mut self.0.clone()).unwrap_or_default()
    }
}
