//! The state machine: what is out, what is known, and what the caller may tell or ask.

mod ask;
mod replies;
mod trouble;

use crate::{
    ClientConfig, ClientEvent, ClientStatus, FailedBy, Messages, Millis, RequestFailure, RequestId,
    SocketEvent, Transmit, backoff::Backoff, session::Session,
};

/// A connect that was out for longer than this was held, not just slow.
const HELD: Millis = 1_000;

/// A longer `Retry-After` is taken for a mistake.
const LONGEST_REST: Millis = 3_600_000;

/// A Bayeux client that does no I/O.
///
/// Every method that takes the time may leave something in [`Client::poll_transmit`] and
/// [`Client::poll_event`] and may change [`Client::poll_timeout`].
#[derive(Debug)]
pub struct Client {
    config: ClientConfig,
    stage: Stage,
    /// When `stage` lasts no longer.
    deadline: Option<Millis>,
    status: ClientStatus,
    failed_by: FailedBy,
    last_id: i64,

    transport: Transport,
    /// The transport in use has carried an answered connect.
    proven: bool,
    socket_open: bool,
    /// A WebSocket has carried an answered connect, and was not tried again since long-polling took over.
    socket_worked: bool,

    session: Option<Session>,
    /// A first acknowledgement of all subscriptions has been reported.
    subscribed_before: bool,
    /// A connect reply may have been lost, and with it events.
    lossy: bool,

    /// The health of the connection is in question: connects are to be answered at once.
    doubt: bool,
    /// The doubt is that of a wake-up, so patience is short.
    probing: bool,
    backoff: Backoff,
    /// The server asked not to be asked again before this.
    not_before: Millis,
    /// When the wait for `stage` began.
    sent: Millis,
    /// How long the last request took that is answered at once.
    round_trip: Millis,
    /// How many connects in a row were neither held nor brought events.
    hasty: u32,
    /// How many in a row were not held, whatever they brought.
    busy: u32,
    /// The first failure since the last answered connect.
    down_since: Option<Millis>,

    // What the server advised last.
    timeout: Millis,
    interval: Millis,
    max_interval: Option<Millis>,
    multiple_clients: bool,

    /// A handful of each at most, so plain vectors serve as queues.
    transmits: Vec<Transmit>,
    events: Vec<ClientEvent>,
}

/// What the client waits for; at most one request is out.
#[derive(Debug)]
enum Stage {
    Closed,
    /// For the time of the next request; without a deadline, for the caller.
    Waiting,
    /// For the WebSocket to open.
    Opening,
    Handshake {
        id: i64,
    },
    /// For the acknowledgements of the messages with these ids, the first of which is `id`.
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
            // Where nothing is known of the line, the probe has the long patience.
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

    /// Begins with a handshake. Does nothing while the client is running; it is the way back
    /// from [`ClientStatus::Closed`] and from [`ClientEvent::Unauthenticated`], and the only way out of a wait
    /// that the server asked for.
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

    /// Ends the session from this side, at once: the request that is out is aborted, the server
    /// is told by a `/meta/disconnect` if it knows this client, and nothing else is sent.
    pub fn disconnect(&mut self) {
        if !matches!(self.stage, Stage::Closed) {
            self.close(true);
        }
    }

    /// The page was shown, resumed or is online again: find out at once, with short patience,
    /// how things stand. A held connect is replaced by one that is answered at once, as soon as it
    /// is a second old: the server may not have met a younger one yet, and would take it for one
    /// of another client. Whatever else is out has its deadline shortened; a wait is cut short,
    /// unless the server asked for it. Calls in a row do not add up.
    pub fn wake(&mut self, now: Millis) {
        if matches!(self.stage, Stage::Closed) {
            return;
        }
        self.backoff.ease();
        self.doubt = true;
        // Once broken there is no truth to hurry for, and slow lines need the longer patience.
        self.probing = self.status != ClientStatus::Broken;
        let until = match self.stage {
            Stage::Waiting => self.not_before,
            Stage::Connect { quick: false, .. } => self.sent.saturating_add(HELD),
            _ => now.saturating_add(self.promptness()),
        };
        // Without a deadline it waits for the caller, who has come.
        self.deadline = Some(self.deadline.map_or(until, |deadline| deadline.min(until)));
        // What is due by now is due: were it left to the timer, a timer that is always late, and
        // so always comes as a wake-up, would leave it for ever.
        self.handle_timeout(now);
    }

    /// One HTTP response, whole: its messages, in their order. A response to a request that is not the
    /// outstanding one is too late to count.
    pub fn handle_response(&mut self, id: RequestId, messages: &Messages, now: Millis) {
        let expected = self.transport == Transport::LongPolling && self.asked() == Some(id.0);
        if !expected {
            return;
        }
        self.receive(messages, now);
        if self.asked() == Some(id.0) {
            // The answer was not in there, or only a part of it.
            self.failed(FailedBy::Answer, now);
        }
    }

    /// A request came to nothing. Ignored unless it is the outstanding one: a server answers a
    /// connect that was superseded with an error.
    ///
    /// With `retry_after` the server asked to be left alone for that long (up to an hour). The next
    /// attempt waits for it, and longer if the back-off says so; [`Client::wake`] does not hurry it.
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

    /// Something happened to the WebSocket that was asked for.
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

    /// The time of [`Client::poll_timeout`] has come. Too early a call does nothing.
    pub fn handle_timeout(&mut self, now: Millis) {
        if self.deadline.is_none_or(|deadline| now < deadline) {
            return;
        }
        match self.stage {
            Stage::Waiting => self.advance(now),
            // A wake-up left it alone because it was young.
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

    /// What the last attempt failed by, where one did.
    pub fn failed_by(&self) -> FailedBy {
        self.failed_by
    }

    /// When to call [`Client::handle_timeout`], if at all.
    pub fn poll_timeout(&self) -> Option<Millis> {
        self.deadline
    }

    /// What there is to tell, if anything.
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

    /// The id of the request that is out.
    fn asked(&self) -> Option<i64> {
        match self.stage {
            Stage::Handshake { id } | Stage::Subscribe { id, .. } | Stage::Connect { id, .. } => {
                Some(id)
            }
            _ => None,
        }
    }
}
