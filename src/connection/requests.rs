//! The requests of a connection: how each is made, and the list of those that are out.

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

/// Who is told what comes of requests.
pub(super) trait Asker {
    /// A request was answered, or failed.
    fn answered(self: Rc<Self>, purpose: Purpose, outcome: Outcome);
    /// A list of sessions was read to its end.
    fn sessions_read(self: Rc<Self>, media: Media, sessions: Result<Vec<Session>, Failure>);
    /// `/me` was read on the way to a new CSRF token.
    fn me_seen(self: Rc<Self>, me: Me);
}

/// The requests that are out.
pub(super) struct Requests {
    http: Rc<Http>,
    out: RefCell<Vec<Outgoing>>,
    last_id: Cell<u32>,
}

/// A request that is out; dropping it aborts it.
struct Outgoing {
    id: u32,
    purpose: Purpose,
    abort: Abort,
    /// Set once the request is on its way: nothing is to hold a press up.
    deadline: Option<Timer>,
}

impl Requests {
    /// No requests yet, of this server.
    pub(super) fn new(http: Rc<Http>) -> Self {
        Self {
            http,
            out: RefCell::default(),
            last_id: Cell::new(0),
        }
    }

    /// Sends a request. Without a timeout, whoever asks watches the time.
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
        // It may be over already.
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

    /// Gives up the request with such a purpose, if it is out.
    pub(super) fn abort(&self, is_it: impl Fn(&Purpose) -> bool) {
        let mut out = self.out.borrow_mut();
        let at = out.iter().position(|one| is_it(&one.purpose));
        let gone = at.map(|at| out.swap_remove(at));
        // What listens to an abort is the page's, so nothing is borrowed while it is ended.
        drop(out);
        drop(gone);
    }

    /// Gives all of them up, but for a list that is in use: after a panic nothing may be touched that may be half changed.
    pub(super) fn abandon(&self) {
        let out = self
            .out
            .try_borrow_mut()
            .map(|mut out| std::mem::take(&mut *out));
        drop(out);
    }

    /// Takes a request off the list, unless it has been answered, aborted or given up.
    fn take(&self, id: u32) -> Option<Outgoing> {
        let mut out = self.out.borrow_mut();
        let at = out.iter().position(|one| one.id == id)?;
        Some(out.swap_remove(at))
    }
}

/// Sends a request. One that is rejected for its CSRF token was not acted on, so it is sent once more with a new one, which
/// any answer of `/me` brings along; unless that answer says that nobody is signed in, which then is the answer, as the token
/// is rejected for that as well.
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
