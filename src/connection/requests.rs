//! The requests of a connection, each with where its answer goes.

use std::rc::Rc;

use bayeux::{Millis, RequestId};
use gws::{Command, Failure, Kind, LogEntry, Me, Media};
use wasm_bindgen_futures::spawn_local;

use super::shared::Shared;
use super::state::{SessionKey, messages_of};
use crate::net::clock::Timer;
use crate::net::http::{Abort, Http, ME, Outcome, Received, Request};

/// Where notifications are had, under the base URL.
pub(super) const NOTIFICATIONS: &str = "/api/v2/notifications";

/// What a request is for, and so where its answer goes.
pub(super) enum Purpose {
    Me,
    Sessions(Media),
    /// The attempt of this number.
    Operation(u32),
    Messages(SessionKey),
    Bayeux(RequestId),
}

/// A request that is out; dropping it aborts it.
pub(super) struct Outgoing {
    id: u32,
    purpose: Purpose,
    abort: Abort,
    _deadline: Option<Timer>,
}

/// Sends a request of the client; one that nobody waits for, if there is no connection to tell.
pub(super) fn send_detached(http: &Rc<Http>, request: bayeux::Request) {
    if let Some((abort, signal)) = Abort::new() {
        abort.disarm();
        let http = http.clone();
        spawn_local(async move {
            let _ = http.send(request_of(request), signal).await;
        });
    }
}

fn request_of(request: bayeux::Request) -> Request {
    Request {
        path: [NOTIFICATIONS, request.path].concat(),
        body: Some(request.body),
        keepalive: request.keepalive,
    }
}

impl Shared {
    /// Sends a request that the store asks for.
    pub(super) fn carry_out(self: &Rc<Self>, command: Command) {
        let (purpose, path, body) = match command {
            Command::ReadMe => (Purpose::Me, ME.to_owned(), None),
            Command::ReadSessions(media) => {
                let path = [ME, "/", media.segment(), "?fields=*"].concat();
                (Purpose::Sessions(media), path, None)
            }
            Command::Post {
                attempt,
                media,
                session_id,
                operation,
                timeout,
            } => {
                let Some(path) = path_of(media, &session_id, "") else {
                    return;
                };
                let body = ["{\"operationName\":\"", operation.as_str(), "\"}"].concat();
                return self.send(Purpose::Operation(attempt), path, Some(body), timeout);
            }
            Command::Connect => return self.connect(),
        };
        let timeout = self.state.borrow().store.request_timeout();
        self.send(purpose, path, body, timeout);
    }

    pub(super) fn read_messages(self: &Rc<Self>, media: Media, id: &str, start_index: u64) {
        let rest = ["/messages?startIndex=", &start_index.to_string()].concat();
        let Some(path) = path_of(media, id, &rest) else {
            return;
        };
        self.state.borrow_mut().follows_logs = true;
        let timeout = self.state.borrow().store.request_timeout();
        self.send(
            Purpose::Messages((media, Rc::from(id))),
            path,
            None,
            timeout,
        );
    }

    fn send(
        self: &Rc<Self>,
        purpose: Purpose,
        path: String,
        body: Option<String>,
        timeout: Millis,
    ) {
        let request = Request {
            path,
            body,
            keepalive: false,
        };
        self.spawn(purpose, request, Some(timeout));
    }

    /// Sends a request of the client, which watches the time itself.
    pub(super) fn send_bayeux(self: &Rc<Self>, request: bayeux::Request) {
        if request.keepalive {
            return send_detached(&self.http, request);
        }
        self.spawn(Purpose::Bayeux(request.id), request_of(request), None);
    }

    /// Gives up a request of the client.
    pub(super) fn abort_bayeux(&self, id: RequestId) {
        let is_it = |out: &Outgoing| matches!(out.purpose, Purpose::Bayeux(other) if other == id);
        self.requests.borrow_mut().retain(|out| !is_it(out));
    }

    fn spawn(self: &Rc<Self>, purpose: Purpose, request: Request, timeout: Option<Millis>) {
        let Some((abort, signal)) = Abort::new() else {
            return self.answered(purpose, Err(Failure::new(Kind::Network, "")));
        };
        let id = self.take_id();
        let deadline = timeout.map(|timeout| {
            let weak = Rc::downgrade(self);
            Timer::after(timeout, move || {
                if let Some(shared) = weak.upgrade()
                    && let Some(out) = shared.take(id)
                {
                    drop(out.abort);
                    shared.answered(out.purpose, Err(Failure::new(Kind::Timeout, "")));
                }
            })
        });
        self.requests.borrow_mut().push(Outgoing {
            id,
            purpose,
            abort,
            _deadline: deadline,
        });
        let (weak, http) = (Rc::downgrade(self), self.http.clone());
        spawn_local(async move {
            let outcome = http.send(request, signal).await;
            if let Some(shared) = weak.upgrade()
                && let Some(out) = shared.take(id)
            {
                out.abort.disarm();
                shared.answered(out.purpose, outcome);
            }
        });
    }

    /// Takes a request off the list, unless it has been answered, aborted or given up.
    fn take(&self, id: u32) -> Option<Outgoing> {
        let mut requests = self.requests.borrow_mut();
        let at = requests.iter().position(|out| out.id == id)?;
        Some(requests.swap_remove(at))
    }

    fn answered(self: &Rc<Self>, purpose: Purpose, outcome: Outcome) {
        match purpose {
            Purpose::Me => {
                let me = outcome.and_then(|received| {
                    received.judge(|answer| answer.me(received.body.as_ref().map(Me::read)))
                });
                self.input(|state, now| state.store.me_read(me, now));
            }
            Purpose::Sessions(media) => {
                let sessions = outcome.and_then(|received| {
                    let body = received.body.as_ref();
                    let sessions = body.and_then(|body| gws::read_sessions(body, media));
                    received.judge(|answer| answer.sessions(sessions))
                });
                self.input(|state, now| state.store.sessions_read(media, sessions, now));
            }
            Purpose::Operation(attempt) => {
                let lost = outcome.is_err();
                let answer = outcome.and_then(|received| received.judge(|answer| answer.outcome()));
                self.input(|state, now| {
                    state.store.answered(attempt, answer, now);
                    // A held poll on the same dead line would take its whole hold to tell.
                    if lost && let Some(client) = &mut state.client {
                        client.wake(now);
                    }
                });
            }
            Purpose::Messages(session) => {
                let body = outcome.ok().and_then(|received| received.body);
                let entries = body.and_then(|body| LogEntry::read_all(&body));
                self.input(|state, _| state.messages_read(session, entries.unwrap_or_default()));
            }
            Purpose::Bayeux(id) => self.bayeux_answered(id, outcome),
        }
    }

    fn bayeux_answered(self: &Rc<Self>, id: RequestId, outcome: Outcome) {
        let failure = match outcome {
            Ok(received) if received.status == 200 && received.body.is_some() => {
                let messages = messages_of(received.body);
                return self.client(|client, now| client.handle_response(id, messages, now));
            }
            Ok(received) if wants_login(&received) => {
                let failure = received.judge(|answer| answer.outcome()).err();
                let mut failure =
                    failure.unwrap_or_else(|| Failure::new(Kind::Unauthenticated, ""));
                failure.kind = Kind::Unauthenticated;
                self.input(|state, now| state.store.link_unauthenticated(failure, now));
                bayeux::Failure::Unauthenticated
            }
            // Rejected again with a new token: no login will help, so it is tried again like any failure.
            Ok(received) if received.status == 403 => bayeux::Failure::Network,
            Ok(received) if received.status == 200 => bayeux::Failure::Malformed,
            Ok(received) => bayeux::Failure::Http(received.status),
            Err(_) => bayeux::Failure::Network,
        };
        self.client(|client, now| client.handle_failure(id, failure, now));
    }
}

/// The address of something of a session; `None` for an id that cannot be part of one.
fn path_of(media: Media, id: &str, rest: &str) -> Option<String> {
    let segment = gws::path_segment(id)?;
    Some([ME, "/", media.segment(), "/", &segment, rest].concat())
}

/// A 403 of the notifications means a missing login, unless it speaks of the CSRF token.
fn wants_login(received: &Received) -> bool {
    received.login_page
        || received.status == 401
        || received.status == 403 && !received.is_csrf_rejection()
}
