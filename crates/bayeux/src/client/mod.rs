//! The state machine: its state, its inputs and its outputs.

mod ask;
mod replies;
mod trouble;

use crate::{
    ClientConfig, ClientEvent, ClientStatus, FailedBy, Messages, Millis, RequestFailure, RequestId,
    SocketEvent, Transmit, backoff::Backoff, session::Session,
};

/// A connect that took longer than this was held by the server, not just slow.
const HELD: Millis = 1_000;

/// A longer `Retry-After` is cut to this, as it must be a mistake.
const LONGEST_REST: Millis = 3_600_000;

/// A Bayeux client that does no I/O.
///
/// Every method that takes the time may leave something in [`Client::poll_transmit`] and
/// [`Client::poll_event`] and may change [`Client::poll_timeout`].
#[derive(Debug)]
pub struct Client {
    config: ClientConfig,
    stage: Stage,
    /// When `stage` times out.
    deadline: Option<Millis>,
    status: ClientStatus,
    failed_by: FailedBy,
    last_id: i64,

    transport: Transport,
    /// The transport in use has carried an answered connect.
    proven: bool,
    socket_open: bool,
    /// A WebSocket has carried an answered connect, and has not been retried since the fallback to long-polling.
    socket_worked: bool,

    session: Option<Session>,
    /// A first acknowledgement of all subscriptions has been reported.
    subscribed_before: bool,
    /// A connect reply may have been lost, and with it events.
    lossy: bool,

    /// It is not known whether the connection works, so connects ask to be answered at once.
    doubt: bool,
    /// The doubt comes from a wake-up, so the short deadline applies.
    probing: bool,
    backoff: Backoff,
    /// The server wants no request before this time.
    not_before: Millis,
    /// When the wait for `stage` began.
    sent: Millis,
    /// How long the last request took that is answered at once, in ms.
    round_trip: Millis,
    /// How many connects in a row were not held and brought no events.
    hasty: u32,
    /// How many connects in a row were not held, with or without events.
    busy: u32,
    /// The first failure since the last answered connect.
    down_since: Option<Millis>,

    // The server's newest advice.
    timeout: Millis,
    interval: Millis,
    max_interval: Option<Millis>,
    multiple_clients: bool,

    /// Each holds a few elements at most, so plain vectors serve as queues.
    transmits: Vec<Transmit>,
    events: Vec<ClientEvent>,
}

/// What the client waits for; there is at most one outstanding request.
#[derive(Debug)]
enum Stage {
    Closed,
    /// For the time of the next request; without a deadline, for a call of `start` or `wake`.
    Waiting,
    /// For the WebSocket to open.
    Opening,
    Handshake {
        id: i64,
    },
    /// For the `pending` acknowledgements of a request whose first message has this `id`.
    Subscribe {
        id: i64,
        pending: Vec<i64>,
    },
    Connect {
        id: i64,
        /// It asked to be answered at once.
        quick: bool,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Transport {
    LongPolling,
    WebSocket,
}

impl Transport {
    fn name(self) -> &'static str {
        match self {
            Self::LongPolling => "long-polling",
            Self::WebSocket => "websocket",
        }
    }
}

impl Client {
    /// A client that has not started yet.
    pub fn new(config: ClientConfig) -> Self {
        Self {
            backoff: Backoff::new(config.seed),
            not_before: 0,
            sent: 0,
            // Until a round trip has been measured, probes have the long deadline.
            round_trip: config.max_network_delay,
            hasty: 0,
            busy: 0,
            config,
            stage: Stage::Closed,
            deadline: None,
            status: ClientStatus::Closed,
            failed_by: FailedBy::Silence,
            last_id: 0,
            transport: Transport::LongPolling,
            proven: false,
            socket_open: false,
            socket_worked: false,
            session: None,
            subscribed_before: false,
            lossy: false,
            doubt: true,
            probing: false,
            down_since: None,
            timeout: 60_000,
            interval: 0,
            max_interval: None,
            multiple_clients: false,
            transmits: Vec::new(),
            events: Vec::new(),
        }
    }

    /// Starts with a handshake; does nothing while the client is running. It restarts the client after
    /// [`ClientStatus::Closed`] and [`ClientEvent::Unauthenticated`], and only it ends a wait that the server asked
    /// for.
    pub fn start(&mut self, now: Millis) {
        let stopped = matches!(self.stage, Stage::Waiting)
            && (self.deadline.is_none() || now < self.not_before);
        if !stopped && !matches!(self.stage, Stage::Closed) {
            return;
        }
        self.transport = if self.config.websocket {
            Transport::WebSocket
        } else {
            Transport::LongPolling
        };
        self.proven = false;
        self.socket_worked = false;
        self.session = None;
        self.doubt = true;
        self.probing = false;
        self.backoff.succeeded();
        self.not_before = 0;
        self.down_since = None;
        self.interval = 0;
        self.set_status(ClientStatus::Connecting);
        self.advance(now);
    }

    /// Ends the session at once: aborts the outstanding request, sends `/meta/disconnect` if the server knows this
    /// client, and nothing else.
    pub fn disconnect(&mut self) {
        if !matches!(self.stage, Stage::Closed) {
            self.close(true);
        }
    }

    /// The page was shown, resumed or is online again: probes the connection at once with a short deadline. A held
    /// connect is replaced by one that is answered at once, as soon as it is a second old: a younger one may not have
    /// reached the server yet, which would then see two clients. Any other outstanding request gets a shorter deadline;
    /// a wait is cut short, unless the server asked for it. Several calls in a row have the effect of one.
    pub fn wake(&mut self, now: Millis) {
        if matches!(self.stage, Stage::Closed) {
            return;
        }
        self.backoff.ease();
        self.doubt = true;
        // A broken connection needs no quick probe, and slow lines need the longer deadline.
        self.probing = self.status != ClientStatus::Broken;
        let until = match self.stage {
            Stage::Waiting => self.not_before,
            Stage::Connect { quick: false, .. } => self.sent.saturating_add(HELD),
            _ => now.saturating_add(self.promptness()),
        };
        // Without a deadline the client waits for this call.
        self.deadline = Some(self.deadline.map_or(until, |deadline| deadline.min(until)));
        // Handle what is due here: a timer that is always late always comes as a wake-up, so it would never be handled.
        self.handle_timeout(now);
    }

    /// The messages of one whole HTTP response, in order. A response to any but the outstanding request is too late and
    /// is ignored.
    pub fn handle_response(&mut self, id: RequestId, messages: &Messages, now: Millis) {
        let expected = self.transport == Transport::LongPolling && self.asked() == Some(id.0);
        if !expected {
            return;
        }
        self.receive(messages, now);
        if self.asked() == Some(id.0) {
            // The answer is missing or incomplete.
            self.failed(FailedBy::Answer, now);
        }
    }

    /// A request failed. Ignored unless it is the outstanding one: a server answers a superseded connect with an error.
    ///
    /// With `retry_after` the server wants no request for that long (up to an hour). The next attempt waits at least
    /// that long, or longer if the back-off says so; [`Client::wake`] does not shorten it.
    pub fn handle_failure(
        &mut self,
        id: RequestId,
        failure: RequestFailure,
        now: Millis,
        retry_after: Option<Millis>,
    ) {
        if self.transport != Transport::LongPolling || self.asked() != Some(id.0) {
            return;
        }
        if let Some(wait) = retry_after {
            self.not_before = now.saturating_add(wait.min(LONGEST_REST));
        }
        match failure {
            RequestFailure::Unauthenticated => self.unauthenticated(now),
            RequestFailure::Transport => self.failed(FailedBy::Report, now),
        }
    }

    /// Something happened to the WebSocket that the client asked for.
    pub fn handle_socket(&mut self, event: SocketEvent, now: Millis) {
        let opening = matches!(self.stage, Stage::Opening);
        match event {
            SocketEvent::Opened if opening => {
                self.socket_open = true;
                self.advance(now);
            }
            SocketEvent::Messages(messages) if self.socket_open => {
                self.receive(&messages, now);
            }
            SocketEvent::Closed if opening || self.socket_open => {
                self.note_loss();
                self.socket_open = false;
                self.stage = Stage::Waiting;
                self.failed(FailedBy::Silence, now);
            }
            _ => {}
        }
    }

    /// The time of [`Client::poll_timeout`] has come. A call before it does nothing.
    pub fn handle_timeout(&mut self, now: Millis) {
        if self.deadline.is_none_or(|deadline| now < deadline) {
            return;
        }
        match self.stage {
            Stage::Waiting => self.advance(now),
            // A wake-up did not replace this connect because it was too young.
            Stage::Connect { quick: false, .. } if self.doubt => {
                self.abandon();
                self.advance(now);
            }
            _ => {
                self.abandon();
                self.failed(FailedBy::Silence, now);
            }
        }
    }

    /// What to send next, if anything.
    pub fn poll_transmit(&mut self) -> Option<Transmit> {
        (!self.transmits.is_empty()).then(|| self.transmits.remove(0))
    }

    /// The connection type in use, or to be tried next: `long-polling` or `websocket`.
    pub fn transport(&self) -> &'static str {
        self.transport.name()
    }

    /// Why the last failed attempt failed.
    pub fn failed_by(&self) -> FailedBy {
        self.failed_by
    }

    /// When to call [`Client::handle_timeout`], if at all.
    pub fn poll_timeout(&self) -> Option<Millis> {
        self.deadline
    }

    /// The next event for the caller, if any.
    pub fn poll_event(&mut self) -> Option<ClientEvent> {
        (!self.events.is_empty()).then(|| self.events.remove(0))
    }

    fn set_status(&mut self, status: ClientStatus) {
        if self.status != status {
            self.status = status;
            self.events.push(ClientEvent::Status(status));
        }
    }

    fn set_multiple_clients(&mut self, multiple: bool) {
        if self.multiple_clients != multiple {
            self.multiple_clients = multiple;
            self.events.push(ClientEvent::MultipleClients(multiple));
        }
    }

    /// The id of the outstanding request.
    fn asked(&self) -> Option<i64> {
        match self.stage {
            Stage::Handshake { id } | Stage::Subscribe { id, .. } | Stage::Connect { id, .. } => {
                Some(id)
            }
            _ => None,
        }
    }
}
