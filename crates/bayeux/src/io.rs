//! The words that pass between the client and the edge that does its I/O.

use crate::{Error, Messages};

/// Names one request of a client; never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub(crate) i64);

/// One HTTP POST to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Under which the outcome is reported, by `handle_response` or `handle_failure`.
    pub id: RequestId,
    /// What to append to the URL of the server: `/handshake`, `/connect`, `/disconnect`, or `/`
    /// for anything else.
    pub path: &'static str,
    /// The body, a JSON array, to be sent as `application/json`.
    pub body: String,
    /// The page may be going away: send it so that it outlives the page.
    pub keepalive: bool,
}

/// What the edge is to do next, in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Transmit {
    /// Send this request and report its outcome (that of a `/disconnect` need not be reported).
    Send(Request),
    /// Give this request up; no outcome is expected of it any more.
    Abort(RequestId),
    /// Open a WebSocket to the server. There is at most one at a time.
    OpenSocket,
    /// Send this text over the open WebSocket.
    SendSocket(String),
    /// Close the WebSocket, be it open or opening, and report nothing further of it.
    CloseSocket,
}

/// What became of the WebSocket that was asked for.
#[derive(Debug)]
pub enum SocketEvent {
    /// It is open.
    Opened,
    /// The messages of one frame.
    Messages(Messages),
    /// It was closed by the server or by the network, or could not be opened.
    Closed,
}

/// Why a request has no answer to work with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestFailure {
    /// No answer, an HTTP status other than 2xx, or a body that is not JSON.
    Transport,
    /// The server wants a login. How it says so is for the caller to know.
    Unauthenticated,
}

/// What an attempt failed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailedBy {
    /// No answer in time, or the WebSocket was closed or could not be opened.
    Silence,
    /// What [`Client::handle_failure`](crate::Client::handle_failure) reported.
    Report,
    /// An answer that does not grant what was asked for.
    Answer,
}

/// How the client stands with the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientStatus {
    /// The first attempt is under way.
    Connecting,
    /// Subscribed, and the last connect was answered.
    Connected,
    /// A request failed and its immediate repetition failed too, or the server forbade that; the
    /// client keeps trying, except after [`ClientEvent::Unauthenticated`].
    Broken,
    /// Nothing is sent: not started, disconnected, or stopped by the server.
    Closed,
}

/// What the client has to say.
#[derive(Clone, Debug, PartialEq)]
pub enum ClientEvent {
    /// The status changed to this.
    Status(ClientStatus),
    /// All subscriptions are acknowledged.
    Subscribed {
        /// Events may have been missed, so the state must be read anew: true for each but the
        /// first.
        gap: bool,
    },
    /// The server says that another session of this browser holds the long poll, so events come
    /// late; or, with `false`, that this is over.
    MultipleClients(bool),
    /// The server wants a login. Nothing is sent until `start` or `wake`.
    Unauthenticated,
    /// The server refused for good; the client is closed.
    Failed(Error),
}
