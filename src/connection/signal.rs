//! What a connection reports to its listeners.

use std::rc::Rc;

use gws::{ConnectionStatus, Event, Failure, Kind};

/// One report.
pub enum Signal {
    /// An event of the store. At [`Event::Status`] the transport or `multiple_clients` may have changed, too: see
    /// [`Connection::status`](super::Connection::status).
    Event(Event),
    /// Something happened at a panel's seat.
    #[cfg(feature = "panel")]
    Seat(gws::SeatEvent),
    /// The page's own headers are not available, for a request without an intent.
    HeadersFailed(Rc<Failure>),
}

/// The status of the notification connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status {
    /// The connection's status.
    pub status: ConnectionStatus,
    /// The transport in use.
    pub transport: &'static str,
    /// Another session of this browser holds the long poll.
    pub multiple_clients: bool,
    /// What broke or closed it; `None` while it is neither, and if the page itself closed it.
    pub trouble: Option<Trouble>,
}

/// Why notifications do not arrive, from the last failed request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// The kind of trouble.
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
    /// The server refuses notifications to this page.
    Refused,
    /// The page's own `requestHeaders` failed.
    Headers,
}

impl Trouble {
    /// Trouble without an HTTP status.
    pub(super) const fn unanswered(cause: Cause) -> Self {
        Self {
            cause,
            http_status: None,
        }
    }

    /// Derives it from a failed request.
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
