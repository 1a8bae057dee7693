//! The requests of a connection, each with where its answer goes.

use std::rc::Rc;

use bayeux::Millis;
use gloo_net::http::Method;
use gws::{Failure, Kind, LogEntry, Me, Media, Operation};
use wasm_bindgen_futures::spawn_local;
use web_sys::AbortController;

use super::shared::Shared;
use super::state::messages_of;
use crate::net::http::{Abort, Exchange, Http, Received, Trouble};

/// Where notifications are had, under the base URL.
pub(super) const NOTIFICATIONS: &str = "/api/v2/notifications";
const ME: &str = "/api/v2/me";

type Answer = Result<Received, Trouble>;
type Then = Box<dyn FnOnce(&Rc<Shared>, Answer)>;

/// A request that owns its parts, so that it can wait.
struct Sending {
    method: Method,
    path: String,
    body: Option<String>,
    timeout: Option<Millis>,
    keepalive: bool,
}

impl Sending {
    fn get(path: String, timeout: Millis) -> Self {
        Self {
            method: Method::GET,
            path,
            body: None,
            timeout: Some(timeout),
            keepalive: false,
        }
    }

    async fn exchange(&self, http: &Http, abort: &AbortController) -> Answer {
        let exchange = Exchange {
            method: self.method.clone(),
            path: &self.path,
            body: self.body.as_deref(),
            timeout: self.timeout,
            keepalive: self.keepalive,
        };
        http.exchange(exchange, abort).await
    }

    /// Sends; a request rejected for its CSRF token was not acted on, so it is sent once more with a new one.
    async fn send(&self, http: &Http, abort: &AbortController) -> Answer {
        let answer = self.exchange(http, abort).await;
        let rejected =
            self.method == Method::POST && answer.as_ref().is_ok_and(Received::is_csrf_rejection);
        if !rejected {
            return answer;
        }
        let token = Self::get(ME.to_owned(), self.timeout.unwrap_or(10_000));
        match token.exchange(http, abort).await {
            Ok(_) => self.exchange(http, abort).await,
            Err(_) => answer,
        }
    }
}

/// Sends a request that nobody waits for.
pub(super) fn send_detached(http: &Rc<Http>, request: bayeux::Request) {
    let Ok(abort) = AbortController::new() else {
        return;
    };
    let (http, sending) = (http.clone(), bayeux_sending(request));
    spawn_local(async move {
        let _ = sending.exchange(&http, &abort).await;
    });
}

fn bayeux_sending(request: bayeux::Request) -> Sending {
    Sending {
        method: Method::POST,
        path: [NOTIFICATIONS, request.path].concat(),
        body: Some(request.body),
        timeout: None,
        keepalive: request.keepalive,
    }
}

impl Shared {
    fn spawn(self: &Rc<Self>, sending: Sending, then: Then) -> u32 {
        let id = self.take_id();
        let Ok(abort) = AbortController::new() else {
            then(self, Err(Trouble::Network(String::new())));
            return id;
        };
        self.requests.borrow_mut().push((id, Abort(abort.clone())));
        let (weak, http) = (Rc::downgrade(self), self.http.clone());
        spawn_local(async move {
            let answer = sending.send(&http, &abort).await;
            let Some(shared) = weak.upgrade() else { return };
            let expected = {
                let mut requests = shared.requests.borrow_mut();
                requests
                    .iter()
                    .position(|(other, _)| *other == id)
                    .map(|at| requests.swap_remove(at))
                    .is_some()
            };
            if expected {
                then(&shared, answer);
            }
        });
        id
    }

    pub(super) fn read_me(self: &Rc<Self>) {
        let timeout = self.state.borrow().store.request_timeout();
        self.spawn(
            Sending::get(ME.to_owned(), timeout),
            Box::new(|shared, answer| {
                let me = answer.map_err(trouble).and_then(|received| {
                    received.judge(|answer| answer.me(received.body.as_ref().map(Me::read)))
                });
                shared.input(|state, now| state.store.me_read(me, now));
            }),
        );
    }

    pub(super) fn read_sessions(self: &Rc<Self>, media: Media) {
        let timeout = self.state.borrow().store.request_timeout();
        let path = [ME, "/", media.segment(), "?fields=*"].concat();
        self.spawn(
            Sending::get(path, timeout),
            Box::new(move |shared, answer| {
                let sessions = answer.map_err(trouble).and_then(|received| {
                    let sessions = received
                        .body
                        .as_ref()
                        .and_then(|body| gws::read_sessions(body, media));
                    received.judge(|answer| answer.sessions(sessions))
                });
                shared.input(|state, now| state.store.sessions_read(media, sessions, now));
            }),
        );
    }

    pub(super) fn post(
        self: &Rc<Self>,
        attempt: u32,
        media: Media,
        id: &str,
        operation: Operation,
        timeout: Millis,
    ) {
        let Some(segment) = gws::path_segment(id) else {
            return;
        };
        let sending = Sending {
            method: Method::POST,
            path: [ME, "/", media.segment(), "/", &segment].concat(),
            body: Some(["{\"operationName\":\"", operation.as_str(), "\"}"].concat()),
            timeout: Some(timeout),
            keepalive: false,
        };
        self.spawn(
            sending,
            Box::new(move |shared, answer| {
                let lost = answer.is_err();
                let answer = answer
                    .map_err(trouble)
                    .and_then(|received| received.judge(|answer| answer.outcome()));
                shared.input(|state, now| {
                    state.store.answered(attempt, answer, now);
                    // A held poll on the same dead line would take its whole hold to tell.
                    if lost && let Some(client) = &mut state.client {
                        client.wake(now);
                    }
                });
            }),
        );
    }

    pub(super) fn read_messages(self: &Rc<Self>, media: Media, id: &str, start_index: u64) {
        let Some(segment) = gws::path_segment(id) else {
            return;
        };
        self.state.borrow_mut().follows_logs = true;
        let timeout = self.state.borrow().store.request_timeout();
        let start = start_index.to_string();
        let path = [
            ME,
            "/",
            media.segment(),
            "/",
            &segment,
            "/messages?startIndex=",
            &start,
        ]
        .concat();
        let key = (media, Rc::from(id));
        self.spawn(
            Sending::get(path, timeout),
            Box::new(move |shared, answer| {
                let entries = answer
                    .ok()
                    .and_then(|received| LogEntry::read_all(&received.body?));
                shared.input(|state, _| state.messages_read(key, entries.unwrap_or_default()));
            }),
        );
    }

    pub(super) fn send_bayeux(self: &Rc<Self>, request: bayeux::Request) {
        let id = request.id;
        if request.keepalive {
            return send_detached(&self.http, request);
        }
        let sent = self.spawn(
            bayeux_sending(request),
            Box::new(move |shared, answer| {
                shared
                    .state
                    .borrow_mut()
                    .polls
                    .retain(|(poll, _)| *poll != id);
                shared.bayeux_answered(id, answer);
            }),
        );
        self.state.borrow_mut().polls.push((id, sent));
    }

    fn bayeux_answered(self: &Rc<Self>, id: bayeux::RequestId, answer: Answer) {
        let failure = match answer {
            Ok(received) if received.status == 200 && received.body.is_some() => {
                let messages = messages_of(received.body);
                return self.client(|client, now| client.handle_response(id, messages, now));
            }
            Ok(received) if wants_login(&received) => {
                let failure = received.judge(|answer| answer.outcome()).err();
                let failure = failure.unwrap_or_else(|| Failure::new(Kind::Unauthenticated, ""));
                self.input(|state, now| {
                    state.store.link_unauthenticated(
                        Failure {
                            kind: Kind::Unauthenticated,
                            ..failure
                        },
                        now,
                    );
                });
                bayeux::Failure::Unauthenticated
            }
            // Rejected again with a new token: no login will help, so it is tried again like any failure.
            Ok(received) if received.status == 403 => bayeux::Failure::Network,
            Ok(received) if received.status == 200 => bayeux::Failure::Malformed,
            Ok(received) => bayeux::Failure::Http(received.status),
            Err(Trouble::Timeout) => bayeux::Failure::Timeout,
            Err(Trouble::Network(_)) => bayeux::Failure::Network,
        };
        self.client(|client, now| client.handle_failure(id, failure, now));
    }
}

fn trouble(trouble: Trouble) -> Failure {
    match trouble {
        Trouble::Network(words) => Failure::new(Kind::Network, &words),
        Trouble::Timeout => Failure::new(Kind::Timeout, ""),
    }
}

/// A 403 of the notifications means a missing login, unless it speaks of the CSRF token.
fn wants_login(received: &Received) -> bool {
    received.login_page
        || received.status == 401
        || received.status == 403 && !received.is_csrf_rejection()
}
