//! The two state machines, and what they pass to each other and to the page.
//!
//! No I/O happens here: [`Machines::next_work`] gives the work to do, [`Machines::next_signal`] the signals to report.

use std::rc::Rc;

use bayeux::{Client, Messages, Millis, RequestId, SocketEvent, Transmit};
use gws::{
    Command, ConnectionStatus, Event, Failure, Kind, Media, Notification, Session, SessionKey,
    Store,
};
use json::Json;

use super::answer::{Arrived, NAMES, Outcome};
use super::purpose::Purpose;
use super::settings::Transport;
use super::signal::{Cause, Signal, Status, Trouble};
use crate::net::body::Body;
#[cfg(feature = "panel")]
use crate::net::clock::time_of_day;

/// The machines and what belongs to them.
pub(super) struct Machines {
    pub(super) store: Store,
    pub(super) client: Option<Client>,
    transport: Transport,
    multiple_clients: bool,
    /// The newest reason why notifications did not arrive.
    trouble: Option<Trouble>,
    status_changed: bool,
    /// The status that was reported last.
    told: Option<Status>,
    /// The page's own headers were not available at the last request.
    headers_failed: bool,
    /// That failure, if it is still to be reported.
    headers_trouble: Option<Rc<Failure>>,
    #[cfg(feature = "panel")]
    pub(super) seats: gws::Seats,
    /// When notifications last came, or could have come, in ms since 1970.
    #[cfg(feature = "panel")]
    pub(super) heard_at: Option<f64>,
}

/// Work for the caller.
pub(super) enum Work {
    Transmit(Transmit),
    Command(Command),
    #[cfg(feature = "panel")]
    Seat(gws::SeatCommand),
}

impl Machines {
    /// Machines that have not started.
    pub(super) fn new(transport: Transport, seed: u64) -> Self {
        let host = transport == Transport::Host;
        Self {
            store: Store::new(gws::StoreConfig {
                host,
                request_timeout: 10_000,
                seed,
            }),
            client: None,
            transport,
            multiple_clients: false,
            trouble: None,
            status_changed: false,
            told: None,
            headers_failed: false,
            headers_trouble: None,
            #[cfg(feature = "panel")]
            seats: gws::Seats::new(!host, seed),
            #[cfg(feature = "panel")]
            heard_at: None,
        }
    }

    /// Moves the client's events to the store.
    pub(super) fn digest(&mut self, now: Millis) {
        while let Some(event) = self.client.as_mut().and_then(Client::poll_event) {
            match event {
                bayeux::ClientEvent::Status(status) => {
                    if status == bayeux::ClientStatus::Broken {
                        self.note_broken();
                    }
                    self.store.link(link_of(status));
                }
                bayeux::ClientEvent::Subscribed { .. } => {
                    self.store.subscribed(now);
                    #[cfg(feature = "panel")]
                    self.seats.missed();
                }
                bayeux::ClientEvent::MultipleClients(multiple) => {
                    self.multiple_clients = multiple;
                    self.status_changed = true;
                }
                bayeux::ClientEvent::Failed(_) => {
                    self.trouble = Some(Trouble::unanswered(Cause::Refused));
                }
                // Reported by the request that met it, with the server's message.
                bayeux::ClientEvent::Unauthenticated => {}
            }
            // When the answer that connects arrived, it was not connected yet.
            #[cfg(feature = "panel")]
            self.hear();
        }
        #[cfg(feature = "panel")]
        self.seats.follow(&mut self.store, now);
    }

    /// The page's own connection changed; it counts only if the page feeds the notifications.
    pub(super) fn link(&mut self, link: gws::Link) {
        if self.transport == Transport::Host {
            self.trouble = Some(Trouble::unanswered(Cause::Network));
            self.store.link(link);
            #[cfg(feature = "panel")]
            {
                self.seats.heard();
                self.hear();
            }
        }
    }

    /// Notes the time, if notifications arrive now.
    #[cfg(feature = "panel")]
    fn hear(&mut self) {
        if self.status().status == gws::ConnectionStatus::Connected {
            self.heard_at = Some(time_of_day());
        }
    }

    /// The page is shown or online again, or the machine has slept.
    pub(super) fn wake(&mut self, now: Millis) {
        self.client.iter_mut().for_each(|client| client.wake(now));
        self.store.wake(now);
        #[cfg(feature = "panel")]
        self.seats.wake();
    }

    /// The time of the next deadline has come. After this, no deadline is in the past.
    pub(super) fn handle_timeout(&mut self, now: Millis) {
        self.store.handle_timeout(now);
        self.client
            .iter_mut()
            .for_each(|client| client.handle_timeout(now));
        #[cfg(feature = "panel")]
        self.seats.handle_timeout(now);
    }

    /// The next deadline of the machines.
    pub(super) fn poll_timeout(&self) -> Option<Millis> {
        let client = self.client.as_ref().and_then(Client::poll_timeout);
        let due = gws::sooner(client, self.store.poll_timeout());
        #[cfg(feature = "panel")]
        let due = gws::sooner(due, self.seats.poll_timeout());
        due
    }

    /// The next work for the caller.
    #[cfg_attr(not(feature = "panel"), allow(unused_variables))]
    pub(super) fn next_work(&mut self, now: Millis) -> Option<Work> {
        if let Some(transmit) = self.client.as_mut().and_then(Client::poll_transmit) {
            return Some(Work::Transmit(transmit));
        }
        let command = self.store.poll_command().map(Work::Command);
        #[cfg(feature = "panel")]
        let command = command.or_else(|| self.seats.poll_command(now).map(Work::Seat));
        command
    }

    /// One notification's `data` object, from the page.
    pub(super) fn fed(&mut self, data: Json, now: Millis) {
        self.notification(data, now);
        #[cfg(feature = "panel")]
        self.hear();
    }

    /// One notification's `data` object.
    fn notification(&mut self, mut data: Json, now: Millis) {
        #[cfg(not(feature = "panel"))]
        let notification = Notification::read(&mut data);
        #[cfg(feature = "panel")]
        let notification = self.read_whole(&mut data, now);
        self.store.notification(notification, now);
    }

    /// Reads the entries of a log in full, and hands them to the seat of their session.
    #[cfg(feature = "panel")]
    fn read_whole(&mut self, data: &mut Json, now: Millis) -> Notification {
        let mut entries = Vec::new();
        let notification = Notification::read_with(data, &mut |data| {
            entries = gws::LogEntry::read_all(data)?;
            Some(gws::LogNews::of(&entries))
        });
        self.seats.heard();
        if let Notification::Log(media, id, _) = &notification {
            let key = SessionKey::new(*media, id.as_str());
            self.seats.logged(&key, entries, now);
        }
        notification
    }

    /// Handles the answer to a request, or the reason why there is none.
    pub(super) fn answered(&mut self, purpose: Purpose, outcome: Outcome, now: Millis) {
        let is_intent = matches!(purpose, Purpose::Operation(_));
        #[cfg(feature = "panel")]
        let is_intent = is_intent || matches!(purpose, Purpose::Message(..));
        self.note_headers(is_intent, outcome.as_ref().err());
        match purpose {
            Purpose::Me => {
                let me = outcome.and_then(|arrived| arrived.me());
                self.note_trouble(me.as_ref().err());
                self.store.me_read(me, now);
            }
            // A list that arrives is read by `requests`; here it did not arrive.
            Purpose::Sessions(media) => {
                let failure = outcome.err();
                let failure = failure.unwrap_or_else(|| Failure::new(Kind::Malformed, ""));
                self.sessions_read(media, Err(failure), now);
            }
            Purpose::Operation(attempt) => {
                let answer = self.verdict(outcome, now);
                self.store.answered(attempt, answer, now);
            }
            Purpose::Bayeux(id) => self.bayeux_answered(id, outcome, now),
            #[cfg(feature = "panel")]
            Purpose::Log(session, sitting) => {
                let log = outcome.and_then(|arrived| arrived.log());
                self.seats.log_read(&session, sitting, log, now);
            }
            #[cfg(feature = "panel")]
            Purpose::Message(session, sitting, attempt) => {
                let answer = self.verdict(outcome, now);
                let signed_out = answer.as_ref().err();
                let signed_out = signed_out.filter(|one| one.kind == Kind::Unauthenticated);
                if let Some(failure) = signed_out.cloned() {
                    self.store.signed_out(failure);
                }
                self.seats.answered(&session, sitting, attempt, answer, now);
            }
        }
    }

    /// The server's verdict on what a person has asked for.
    fn verdict(&mut self, outcome: Outcome, now: Millis) -> Result<(), Failure> {
        let lost = outcome.is_err();
        let answer = outcome.and_then(|arrived| arrived.verdict());
        let signed_out = answer.as_ref().err();
        self.note_trouble(signed_out.filter(|one| one.kind == Kind::Unauthenticated));
        // A held poll on the same dead line would notice only after its whole hold.
        if lost && let Some(client) = &mut self.client {
            client.wake(now);
        }
        answer
    }

    /// A failure of the page's own headers is reported once, until a request has been sent again. For an intent, the
    /// store reports it.
    fn note_headers(&mut self, is_intent: bool, failure: Option<&Failure>) {
        match failure {
            Some(failure) if failure.kind == Kind::Headers => {
                let told = std::mem::replace(&mut self.headers_failed, true);
                if !told && !is_intent {
                    self.headers_trouble = Some(Rc::new(failure.clone()));
                }
            }
            _ => self.headers_failed = false,
        }
    }

    /// Records why notifications do not arrive.
    fn note_trouble(&mut self, failure: Option<&Failure>) {
        self.trouble = failure.map(Trouble::of).or(self.trouble);
    }

    /// Records what broke the link. A reported failure has already been recorded.
    fn note_broken(&mut self) {
        let trouble = match self.client.as_ref().map(Client::failed_by) {
            Some(bayeux::FailedBy::Silence) => Trouble::unanswered(Cause::Network),
            Some(bayeux::FailedBy::Answer) => Trouble {
                cause: Cause::Http,
                http_status: Some(200),
            },
            _ => return,
        };
        self.trouble = Some(trouble);
    }

    /// The answer to a read of sessions.
    pub(super) fn sessions_read(
        &mut self,
        media: Media,
        sessions: Result<Vec<Session>, Failure>,
        now: Millis,
    ) {
        let failure = sessions.as_ref().err();
        self.note_headers(false, failure);
        // It says nothing about notifications, unless the page feeds them.
        if self.transport == Transport::Host {
            self.note_trouble(failure);
        }
        self.store.sessions_read(media, sessions, now);
    }

    fn bayeux_answered(&mut self, id: RequestId, outcome: Outcome, now: Millis) {
        let messages = match &outcome {
            Ok(arrived) if arrived.received.status == 200 => {
                self.take_messages(&arrived.received.body, now)
            }
            _ => None,
        };
        if let (Some(client), Some(messages)) = (&mut self.client, messages) {
            return client.handle_response(id, &messages, now);
        }
        let arrived = outcome.as_ref().ok();
        let login = arrived.and_then(Arrived::missing_login);
        let failure = match login {
            Some(_) => bayeux::RequestFailure::Unauthenticated,
            None => bayeux::RequestFailure::Transport,
        };
        self.trouble = Some(match (&login, &outcome) {
            (Some(failure), _) | (None, Err(failure)) => Trouble::of(failure),
            (None, Ok(arrived)) => Trouble {
                cause: Cause::Http,
                http_status: Some(arrived.received.status),
            },
        });
        if let Some(login) = login {
            self.store.link_unauthenticated(login);
        }
        let retry_after = arrived.and_then(|arrived| arrived.received.retry_after);
        if let Some(client) = &mut self.client {
            client.handle_failure(id, failure, now, retry_after);
        }
    }

    /// A frame arrived on the socket.
    pub(super) fn socket_said(&mut self, body: &Body, now: Millis) {
        // A frame that is not JSON is no answer; the client's deadline then applies.
        let messages = self.take_messages(body, now).unwrap_or_default();
        if let Some(client) = &mut self.client {
            client.handle_socket(SocketEvent::Messages(messages), now);
        }
    }

    /// Handles the notifications of a body and returns the messages for the client; `None` if the body was not complete
    /// JSON.
    fn take_messages(&mut self, body: &Body, now: Millis) -> Option<Messages> {
        let mut messages = Messages::default();
        let is_whole = body.each(&NAMES, &mut |element| {
            if let Some(data) = messages.push(element) {
                self.notification(data, now);
            }
        });
        #[cfg(feature = "panel")]
        self.hear();
        is_whole.then_some(messages)
    }

    /// Whether there are only changes to report.
    pub(super) fn has_changes_only(&self) -> bool {
        let others = self.headers_trouble.is_some() || self.status_changed;
        #[cfg(feature = "panel")]
        let others = others || !self.seats.is_quiet();
        !others && self.store.has_changes_only()
    }

    /// The next signal for the listeners, and the session that it is about.
    pub(super) fn next_signal(&mut self) -> Option<(Option<SessionKey>, Signal)> {
        // What a seat says of a session comes after the session's own news, so that a row is never ahead of its state.
        #[cfg(feature = "panel")]
        if self.store.is_quiet()
            && !self.status_changed
            && let Some((session, event)) = self.seats.poll_event()
        {
            return Some((Some(session), Signal::Seat(event)));
        }
        if let Some(failure) = self.headers_trouble.take() {
            return Some((None, Signal::HeadersFailed(failure)));
        }
        loop {
            let event = match std::mem::take(&mut self.status_changed) {
                true => Event::Status(self.store.status()),
                false => self.store.poll_event()?,
            };
            // A link that is closed and reopened at once is not reported as closed.
            if !matches!(event, Event::Status(_)) || self.is_news() {
                return Some((event.session().cloned(), Signal::Event(event)));
            }
        }
    }

    /// Whether the status differs from the last reported one; records it as reported.
    fn is_news(&mut self) -> bool {
        let now = self.status();
        self.told.replace(now) != Some(now)
    }

    /// The status of the notification connection.
    pub(super) fn status(&self) -> Status {
        let client = self.client.as_ref();
        Status {
            status: self.store.status(),
            transport: client.map_or(self.transport.as_str(), Client::transport),
            multiple_clients: self.multiple_clients,
            trouble: match self.store.status() {
                ConnectionStatus::Broken => self.trouble,
                // If not closed by the server, it was closed by the page.
                ConnectionStatus::Closed => self.trouble.filter(|one| one.cause == Cause::Refused),
                _ => None,
            },
        }
    }
}

fn link_of(status: bayeux::ClientStatus) -> gws::Link {
    match status {
        bayeux::ClientStatus::Connecting => gws::Link::Connecting,
        bayeux::ClientStatus::Connected => gws::Link::Connected,
        bayeux::ClientStatus::Broken => gws::Link::Broken,
        bayeux::ClientStatus::Closed => gws::Link::Closed,
    }
}
