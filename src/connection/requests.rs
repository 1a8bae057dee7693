//! The requests of a connection: how each is made, and the list of those that are out.

use std::rc::{Rc, Weak};
use std::task::{Context, Waker};

use bayeux::{Millis, RequestId};
use gws::{Command, Failure, Kind, Media, Session, Sessions};
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::AbortSignal;

use super::shared::Shared;
use super::signal::Log;
use super::state::{SessionKey, read_me};
use crate::net::clock::Timer;
use crate::net::http::{Abort, Http, Outcome, Received, Request};

/// Where notifications are had, under the base URL.
pub(super) const NOTIFICATIONS: &str = "/api/v2/notifications";

/// Who is signed in; any answer carries the CSRF token.
const ME: &str = "/api/v2/me";

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
    /// Set once the request is on its way: nothing is to hold a press up.
    deadline: Option<Timer>,
}

/// Sends a request of the client; one that nobody waits for, if there is no connection to tell.
pub(super) fn send_detached(http: &Rc<Http>, request: bayeux::Request) {
    if let Some((abort, signal)) = Abort::new() {
        abort.disarm();
        let http = http.clone();
        spawn_local(async move {
            let _ = http.send(&request_of(request), &signal).await;
        });
    }
}

/// Sends a request. One that is rejected for its CSRF token was not acted on, so it is sent once more with a new one, which
/// any answer of `/me` brings along; unless that answer says that nobody is signed in, which then is the answer, as the token
/// is rejected for that as well.
async fn exchange(
    shared: &Weak<Shared>,
    http: &Http,
    request: &Request,
    signal: &AbortSignal,
) -> Outcome {
    let first = http.send(request, signal).await;
    let rejected = first.as_ref().is_ok_and(Received::is_csrf_rejection);
    if request.body.is_none() || !rejected {
        return first;
    }
    let token = Request {
        path: ME.to_owned(),
        ..Request::default()
    };
    let Ok(me) = http.send(&token, signal).await else {
        return first;
    };
    let who = read_me(&me);
    if me.redirected
        || who
            .as_ref()
            .is_err_and(|failure| failure.kind == Kind::Unauthenticated)
    {
        return Ok(me);
    }
    if let (Some(shared), Ok(who)) = (shared.upgrade(), who) {
        shared.input(|state, now| state.store.me_seen(who, now));
    }
    http.send(request, signal).await
}

/// A request is over: takes it off the list and hands over what came of it, unless it was given up meanwhile.
fn answered(shared: &Weak<Shared>, id: u32, hand_over: impl FnOnce(&Rc<Shared>, Purpose)) {
    if let Some(shared) = shared.upgrade()
        && let Some(out) = shared.take(id)
    {
        out.abort.disarm();
        hand_over(&shared, out.purpose);
    }
}

/// What a read of sessions says.
async fn read_sessions(media: Media, outcome: Outcome) -> Result<Vec<Session>, Failure> {
    let received = outcome.and_then(Received::unless_redirected)?;
    let mut sessions = Sessions::default();
    let push = &mut |mut element| sessions.push(&mut element);
    let (answer, body) = received.read_giving(media.segment(), push).await;
    answer.sessions(body.and_then(|body| sessions.listed_by(&body, media)))
}

/// Takes the first step of a task at once, and the others when their time has come: a press is on its way before anything
/// is drawn.
fn begin(task: impl Future<Output = ()> + 'static) {
    let mut task = Box::pin(task);
    let mut nobody = Context::from_waker(Waker::noop());
    if task.as_mut().poll(&mut nobody).is_pending() {
        spawn_local(task);
    }
}

/// Takes up a task once what has changed is drawn: to send a request takes a browser most of a millisecond.
pub(super) fn after_drawing(task: impl Future<Output = ()> + 'static) {
    spawn_local(async move {
        // Drawing waits in the same queue, which is worked off before any promise has its turn.
        let _ = JsFuture::from(Promise::resolve(&JsValue::UNDEFINED)).await;
        task.await;
    });
}

fn request_of(request: bayeux::Request) -> Request {
    Request {
        path: [NOTIFICATIONS, request.path].concat(),
        body: Some(request.body),
        farewell: request.keepalive,
        ..Request::default()
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
        // One that is still out has been given up.
        self.abort(&|out| match (out, &purpose) {
            (Purpose::Me, Purpose::Me) => true,
            (Purpose::Sessions(one), Purpose::Sessions(other)) => one == other,
            _ => false,
        });
        let timeout = self.state.borrow().store.request_timeout();
        self.send(purpose, path, body, timeout);
    }

    pub(super) fn read_messages(self: &Rc<Self>, media: Media, id: &str, start_index: u64) {
        let rest = ["/messages?startIndex=", &start_index.to_string()].concat();
        let Some(path) = path_of(media, id, &rest) else {
            return;
        };
        self.state.borrow_mut().keep_log = Some(|data| Log(data.clone()));
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
        let mut request = Request {
            path,
            body,
            ..Request::default()
        };
        if let Purpose::Operation(attempt) = purpose {
            let (hearing, sending) = (Rc::downgrade(self), Rc::downgrade(self));
            request.heard = Some(Box::new(move || {
                if let Some(shared) = hearing.upgrade() {
                    shared.input(|state, now| state.store.responding(attempt, now));
                }
            }));
            request.may_send = Some(Box::new(move || {
                let shared = sending.upgrade();
                shared.is_some_and(|shared| shared.state.borrow().store.may_send(attempt))
            }));
        }
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
        self.abort(&|purpose| matches!(purpose, Purpose::Bayeux(other) if *other == id));
    }

    /// Gives up the request with such a purpose, if it is out.
    fn abort(&self, is_it: &dyn Fn(&Purpose) -> bool) {
        let mut requests = self.requests.borrow_mut();
        let at = requests.iter().position(|out| is_it(&out.purpose));
        let gone = at.map(|at| requests.swap_remove(at));
        // What listens to an abort is the page's, so nothing is borrowed while it is ended.
        drop(requests);
        drop(gone);
    }

    fn spawn(self: &Rc<Self>, purpose: Purpose, request: Request, timeout: Option<Millis>) {
        let Some((abort, signal)) = Abort::new() else {
            return self.answered(purpose, Err(Failure::new(Kind::Network, "")));
        };
        let id = self.take_id();
        let is_poll = matches!(purpose, Purpose::Bayeux(_));
        let listing = match purpose {
            Purpose::Sessions(media) => Some(media),
            _ => None,
        };
        self.requests.borrow_mut().push(Outgoing {
            id,
            purpose,
            abort,
            deadline: None,
        });
        let (weak, http) = (Rc::downgrade(self), self.http.clone());
        let task = async move {
            let outcome = exchange(&weak, &http, &request, &signal).await;
            let Some(media) = listing else {
                return answered(&weak, id, |shared, purpose| {
                    shared.answered(purpose, outcome)
                });
            };
            let sessions = read_sessions(media, outcome).await;
            answered(&weak, id, |shared, _| {
                shared.input(|state, now| state.sessions_read(media, sessions, now));
            });
        };
        if is_poll {
            after_drawing(task);
        } else {
            begin(task);
        }
        let Some(timeout) = timeout else { return };
        let weak = Rc::downgrade(self);
        let deadline = Timer::after(timeout, move || {
            if let Some(shared) = weak.upgrade()
                && let Some(out) = shared.take(id)
            {
                drop(out.abort);
                shared.answered(out.purpose, Err(Failure::new(Kind::Timeout, "")));
            }
        });
        let mut requests = self.requests.borrow_mut();
        // It may be over already.
        if let Some(out) = requests.iter_mut().find(|out| out.id == id) {
            out.deadline = Some(deadline);
        }
    }

    /// Takes a request off the list, unless it has been answered, aborted or given up.
    fn take(&self, id: u32) -> Option<Outgoing> {
        let mut requests = self.requests.borrow_mut();
        let at = requests.iter().position(|out| out.id == id)?;
        Some(requests.swap_remove(at))
    }

    fn answered(self: &Rc<Self>, purpose: Purpose, outcome: Outcome) {
        self.input(|state, now| state.answered(purpose, outcome, now));
    }
}

/// The address of something of a session; `None` for an id that cannot be part of one.
fn path_of(media: Media, id: &str, rest: &str) -> Option<String> {
    let segment = gws::path_segment(id)?;
    Some([ME, "/", media.segment(), "/", &segment, rest].concat())
}
