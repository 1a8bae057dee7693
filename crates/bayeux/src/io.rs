//! The types that pass between the client and its caller, which does the I/O.

use crate::{Error, Messages};

/// Names one request of a client; never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub(crate) i64);

/// One HTTP POST to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Identifies the request in `handle_response` or `handle_failure`.
    pub id: RequestId,
    /// What to append to the URL of the server: `/handshake`, `/connect`, `/disconnect`, or `/`
    /// for anything else.
    pub path: &'static str,
    /// The body, a JSON array, to be sent as `application/json`.
    pub body: String,
    /// The page may be about to close: send it with `keepalive`, so that it outlives the page.
    pub keepalive: bool,
}

/// What the caller is to do, in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Transmit {
    /// Send this request and report its outcome (that of a `/disconnect` need not be reported).
    Send(Request),
    /// Abort this request; its outcome need not be reported.
    Abort(RequestId),
    /// Open a WebSocket to the server. There is at most one at a time.
    OpenSocket,
    /// Send this text over the open WebSocket.
    SendSocket(String),
    /// Close the WebSocket, open or opening, and report nothing more about it.
    CloseSocket,
}

/// What happened to the WebSocket that the client asked for.
#[derive(Debug)]
pub enum SocketEvent {
    /// It is open.
    Opened,
    /// The messages of one frame.
    Messages(Messages),
    /// It was closed by the server or by the network, or could not be opened.
    Closed,
}

/// Why a request has no usable answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestFailure {
    /// No answer, an HTTP status other than 2xx, or a body that is not JSON.
    Transport,
    /// The server wants a login. The caller decides what counts as that.
    Unauthenticated,
}

/// Why an attempt failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailedBy {
    /// No answer in time, or the WebSocket was closed or could not be opened.
    Silence,
    /// What [`Client::handle_failure`](crate::Client::handle_failure) reported.
    Report,
    /// An answer that does not grant the request.
    Answer,
}

/// The state of the connection to the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientStatus {
    /// The first attempt is under way.
    Connecting,
    /// Subscribed, and the last connect was answered.
    Connected,
    /// A request and its immediate retry failed, or the server forbade the retry. The client keeps
    /// trying, except after [`ClientEvent::Unauthenticated`].
    Broken,
    /// Not started, disconnected, or stopped by the server; nothing is sent.
    Closed,
}

/// What the client reports.
#[derive(Clone, Debug, PartialEq)]
pub enum ClientEvent {
    /// The status changed to this.
    Status(ClientStatus),
    /// All subscriptions are acknowledged.
    Subscribed {
        /// Events may have been missed, so the state must be read again: true for each but the
        /// first.
        gap: bool,
    },
    /// `true`: the server says that another session of this browser holds the long poll, so events
    /// come late. `false`: this is over.
    MultipleClients(bool),
    /// The server wants a login. Nothing is sent until `start` or `wake`.
    Unauthenticated,
    /// The server refused for good; the client is closed.
    Failed(Error),
}
