//! The two state machines side by side, and what each has to say to the other and to the page.
//!
//! Nothing here does anything: [`Machines::next_work`] says what is to be done, [`Machines::next_signal`] what is to be told.

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
use super::signal::{Cause, Log, Signal, Status, Trouble};
use crate::net::body::Body;

/// The machines and what belongs to them.
pub(super) struct Machines {
    pub(super) store: Store,
    pub(super) client: Option<Client>,
    transport: Transport,
    multiple_clients: bool,
    /// What kept notifications from coming last.
    trouble: Option<Trouble>,
    status_changed: bool,
    /// The status that was told last.
    told: Option<Status>,
    /// The page's own headers could not be had when they were asked for last.
    headers_failed: bool,
    /// That they could not is to be told.
    headers_trouble: Option<Rc<Failure>>,
    /// Whether somebody follows the message logs.
    pub(super) keeps_logs: bool,
    messages: Vec<(SessionKey, Log)>,
}

/// Something to be done outside.
pub(super) enum Work {
    Transmit(Transmit),
    Command(Command),
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
            keeps_logs: false,
            messages: Vec::new(),
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
                bayeux::ClientEvent::Subscribed { .. } => self.store.subscribed(now),
                bayeux::ClientEvent::MultipleClients(multiple) => {
                    self.multiple_clients = multiple;
                    self.status_changed = true;
                }
                bayeux::ClientEvent::Failed(_) => {
                    self.trouble = Some(Trouble::unanswered(Cause::Refused));
                }
                // Told by the request that met it, with the server's words.
                bayeux::ClientEvent::Unauthenticated => {}
            }
        }
    }

    /// The page's own connection changed, where notifications come from the page.
    pub(super) fn link(&mut self, link: gws::Link) {
        if self.transport == Transport::Host {
            self.trouble = Some(Trouble::unanswered(Cause::Network));
            self.store.link(link);
        }
    }

    /// The page is shown or online again, or the machine has slept.
    pub(super) fn wake(&mut self, now: Millis) {
        self.client.iter_mut().for_each(|client| client.wake(now));
        self.store.wake(now);
    }

    /// The time of the next deadline has come. After this, no deadline is in the past.
    pub(super) fn handle_timeout(&mut self, now: Millis) {
        self.store.handle_timeout(now);
        self.client
            .iter_mut()
            .for_each(|client| client.handle_timeout(now));
    }

    /// The next thing to do outside.
    pub(super) fn next_work(&mut self) -> Option<Work> {
        if let Some(transmit) = self.client.as_mut().and_then(Client::poll_transmit) {
            return Some(Work::Transmit(transmit));
        }
        self.store.poll_command().map(Work::Command)
    }

    /// One notification's `data` object.
    pub(super) fn notification(&mut self, mut data: Json, now: Millis) {
        let kept = self.keeps_logs.then(|| Log(data.clone()));
        let notification = Notification::read(&mut data);
        if let (Some(log), Notification::Log(media, id, _)) = (kept, &notification) {
            self.messages
                .push((SessionKey::new(*media, id.as_str()), log));
        }
        self.store.notification(notification, now);
    }

    /// Takes the answer to a request, or why there is none.
    pub(super) fn answered(&mut self, purpose: Purpose, outcome: Outcome, now: Millis) {
        let is_intent = matches!(purpose, Purpose::Operation(_));
        self.note_headers(is_intent, outcome.as_ref().err());
        match purpose {
            Purpose::Me => {
                let me = outcome.and_then(|arrived| arrived.me());
                self.note_trouble(me.as_ref().err());
                self.store.me_read(me, now);
            }
            // A list that comes is read with pauses, by `requests`; none came.
            Purpose::Sessions(media) => {
                let failure = outcome.err();
                let failure = failure.unwrap_or_else(|| Failure::new(Kind::Malformed, ""));
                self.sessions_read(media, Err(failure), now);
            }
            Purpose::Operation(attempt) => {
                let lost = outcome.is_err();
                let answer = outcome.and_then(|arrived| arrived.verdict());
                let signed_out = answer.as_ref().err();
                self.note_trouble(signed_out.filter(|one| one.kind == Kind::Unauthenticated));
                self.store.answered(attempt, answer, now);
                // A held poll on the same dead line would take its whole hold to tell.
                if lost && let Some(client) = &mut self.client {
                    client.wake(now);
                }
            }
            Purpose::Messages(session) => {
                // They go to the listeners as if they had been notified.
                let body = outcome.ok();
                let body = body.and_then(|arrived| arrived.received.body.json(&NAMES));
                self.messages.extend(body.map(|body| (session, Log(body))));
            }
            Purpose::Bayeux(id) => self.bayeux_answered(id, outcome, now),
        }
    }

    /// What the page's own headers fail with is told once, until a request has gone out again. An intent tells it itself.
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

    /// Takes note of what keeps notifications from coming.
    fn note_trouble(&mut self, failure: Option<&Failure>) {
        self.trouble = failure.map(Trouble::of).or(self.trouble);
    }

    /// Takes note of what broke the link. What was reported was noted when it was.
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
        // Of the notifications it tells nothing, unless they come from the page.
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

    /// What came over the socket.
    pub(super) fn socket_said(&mut self, body: &Body, now: Millis) {
        // A frame that is no JSON answers nothing, and the client's patience ends by itself.
        let messages = self.take_messages(body, now).unwrap_or_default();
        if let Some(client) = &mut self.client {
            client.handle_socket(SocketEvent::Messages(messages), now);
        }
    }

    /// Hands the notifications of a body over and gives what is for the client; `None` if it was not JSON to the end.
    fn take_messages(&mut self, body: &Body, now: Millis) -> Option<Messages> {
        let mut messages = Messages::default();
        let is_whole = body.each(&NAMES, &mut |element| {
            if let Some(data) = messages.push(element) {
                self.notification(data, now);
            }
        });
        is_whole.then_some(messages)
    }

    /// Whether there is nothing to tell but changes.
    pub(super) fn has_changes_only(&self) -> bool {
        let others =
            !self.messages.is_empty() || self.headers_trouble.is_some() || self.status_changed;
        !others && self.store.has_changes_only()
    }

    /// The next thing to tell the listeners, and the session that it is about.
    pub(super) fn next_signal(&mut self) -> Option<(Option<SessionKey>, Signal)> {
        if !self.messages.is_empty() {
            let (session, log) = self.messages.remove(0);
            return Some((Some(session), Signal::Messages(log)));
        }
        if let Some(failure) = self.headers_trouble.take() {
            return Some((None, Signal::HeadersFailed(failure)));
        }
        loop {
            let event = match std::mem::take(&mut self.status_changed) {
                true => Event::Status(self.store.status()),
                false => self.store.poll_event()?,
            };
            // A link that is closed and opened in one go was never seen closed.
            if !matches!(event, Event::Status(_)) || self.is_news() {
                return Some((event.session().cloned(), Signal::Event(event)));
            }
        }
    }

    /// Whether the connection is otherwise than was told last; from now on this is told.
    fn is_news(&mut self) -> bool {
        let now = self.status();
        self.told.replace(now) != Some(now)
    }

    /// How the notification connection is.
    pub(super) fn status(&self) -> Status {
        let client = self.client.as_ref();
        Status {
            status: self.store.status(),
            transport: client.map_or(self.transport.as_str(), Client::transport),
            multiple_clients: self.multiple_clients,
            trouble: match self.store.status() {
                ConnectionStatus::Broken => self.trouble,
                // Where it is not the server's, it is the page's own doing.
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
