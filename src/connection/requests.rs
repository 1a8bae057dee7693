//! The requests of a connection: how each is sent, and the list of outstanding ones.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::task::{Context, Waker};

use bayeux::Millis;
use gws::{Failure, Kind, Me, Media, Session};
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::AbortSignal;

use super::answer::{Arrived, Outcome, outcome_of};
use super::purpose::{ME, Purpose};
use crate::net::clock::Timer;
use crate::net::http::{Abort, Http, Request};

/// Receives the outcomes of requests.
pub(super) trait Asker {
    /// A request was answered, or failed.
    fn answered(self: Rc<Self>, purpose: Purpose, outcome: Outcome);
    /// A list of sessions was read to its end.
    fn sessions_read(self: Rc<Self>, media: Media, sessions: Result<Vec<Session>, Failure>);
    /// `/me` was read to get a new CSRF token.
    fn me_seen(self: Rc<Self>, me: Me);
}

/// The outstanding requests.
pub(super) struct Requests {
    http: Rc<Http>,
    out: RefCell<Vec<Outgoing>>,
    last_id: Cell<u32>,
}

/// An outstanding request; dropping it aborts it.
struct Outgoing {
    id: u32,
    purpose: Purpose,
    abort: Abort,
    /// Set after the request has been sent, so that it does not delay a press.
    deadline: Option<Timer>,
}

impl Requests {
    /// An empty list for this server.
    pub(super) fn new(http: Rc<Http>) -> Self {
        Self {
            http,
            out: RefCell::default(),
            last_id: Cell::new(0),
        }
    }

    /// Sends a request. Without a timeout, the asker keeps the deadline.
    pub(super) fn send<A: Asker + 'static>(
        self: &Rc<Self>,
        asker: &Rc<A>,
        purpose: Purpose,
        request: Request,
        timeout: Option<Millis>,
    ) {
        let Some((abort, signal)) = Abort::new() else {
            return asker
                .clone()
                .answered(purpose, Err(Failure::new(Kind::Network, "")));
        };
        let id = self.last_id.get().wrapping_add(1);
        self.last_id.set(id);
        let is_poll = matches!(purpose, Purpose::Bayeux(_));
        let listing = match purpose {
            Purpose::Sessions(media) => Some(media),
            _ => None,
        };
        self.out.borrow_mut().push(Outgoing {
            id,
            purpose,
            abort,
            deadline: None,
        });
        let (weak, requests) = (Rc::downgrade(asker), Rc::downgrade(self));
        let http = self.http.clone();
        let task = async move {
            let outcome = exchange(&weak, &http, &request, &signal).await;
            let sessions = match (listing, &outcome) {
                (Some(media), Ok(arrived)) => Some((media, arrived.sessions(media).await)),
                _ => None,
            };
            let out = requests.upgrade().and_then(|requests| requests.take(id));
            let (Some(asker), Some(out)) = (weak.upgrade(), out) else {
                return; // given up meanwhile
            };
            out.abort.disarm();
            match sessions {
                Some((media, sessions)) => asker.sessions_read(media, sessions),
                None => asker.answered(out.purpose, outcome),
            }
        };
        if is_poll {
            after_drawing(task);
        } else {
            begin(task);
        }
        let Some(timeout) = timeout else { return };
        let (weak, requests) = (Rc::downgrade(asker), Rc::downgrade(self));
        let deadline = Timer::after(timeout, move || {
            let out = requests.upgrade().and_then(|requests| requests.take(id));
            if let (Some(asker), Some(out)) = (weak.upgrade(), out) {
                drop(out.abort);
                asker.answered(out.purpose, Err(Failure::new(Kind::Timeout, "")));
            }
        });
        // It may already have ended.
        if let Some(out) = self.out.borrow_mut().iter_mut().find(|out| out.id == id) {
            out.deadline = Some(deadline);
        }
    }

    /// Sends a request and ignores the answer.
    pub(super) fn send_detached(http: &Rc<Http>, request: Request) {
        if let Some((abort, signal)) = Abort::new() {
            abort.disarm();
            let http = http.clone();
            spawn_local(async move {
                let _ = http.send(&request, &signal).await;
            });
        }
    }

    /// Aborts the request with such a purpose, if it is outstanding.
    pub(super) fn abort(&self, is_it: impl Fn(&Purpose) -> bool) {
        let mut out = self.out.borrow_mut();
        let at = out.iter().position(|one| is_it(&one.purpose));
        let gone = at.map(|at| out.swap_remove(at));
        // The page may listen to the abort, so nothing must be borrowed here.
        drop(out);
        drop(gone);
    }

    /// Aborts all requests, unless the list is borrowed: after a panic, state that may be half changed must not be
    /// touched.
    pub(super) fn abandon(&self) {
        let out = self
            .out
            .try_borrow_mut()
            .map(|mut out| std::mem::take(&mut *out));
        drop(out);
    }

    /// Removes a request from the list, unless it has been answered, aborted or given up.
    fn take(&self, id: u32) -> Option<Outgoing> {
        let mut out = self.out.borrow_mut();
        let at = out.iter().position(|one| one.id == id)?;
        Some(out.swap_remove(at))
    }
}

/// Sends a request. A request rejected for its CSRF token was not acted on, so it is sent once more with a new token
/// from `/me`. If `/me` says that nobody is signed in, that is the outcome, as the token is rejected for that reason,
/// too.
async fn exchange<A: Asker>(
    asker: &Weak<A>,
    http: &Http,
    request: &Request,
    signal: &AbortSignal,
) -> Outcome {
    let first = outcome_of(http.send(request, signal).await);
    if request.body.is_none() || !first.as_ref().is_ok_and(Arrived::is_csrf_rejection) {
        return first;
    }
    let Ok(me) = outcome_of(http.send(&Request::get(ME.to_owned()), signal).await) else {
        return first;
    };
    match (me.me(), asker.upgrade()) {
        (Err(failure), _) if failure.kind == Kind::Unauthenticated => return Ok(me),
        (Ok(who), Some(asker)) => asker.me_seen(who),
        _ => {}
    }
    outcome_of(http.send(request, signal).await)
}

/// Runs a task's first step at once and the others as they become ready, so that a press is sent before anything is
/// drawn.
fn begin(task: impl Future<Output = ()> + 'static) {
    let mut task = Box::pin(task);
    let mut nobody = Context::from_waker(Waker::noop());
    if task.as_mut().poll(&mut nobody).is_pending() {
        spawn_local(task);
    }
}

/// Runs a task after changes have been drawn, as sending a request takes a browser most of a millisecond.
pub(super) fn after_drawing(task: impl Future<Output = ()> + 'static) {
    spawn_local(async move {
        // Rendering is queued in the same task queue, which is emptied before this promise resolves.
        let _ = JsFuture::from(Promise::resolve(&JsValue::UNDEFINED)).await;
        task.await;
    });
}
