//! A page's connection to a server: the signed-in user, the sessions, and their changes.
//!
//! All components with the same [`Settings`] share it. It owns the two state machines, [`gws::Store`] and
//! [`bayeux::Client`], and does their I/O: it sends their requests, gives them the time, and passes on their events. It
//! decides nothing. It lives as long as anybody holds a [`Connection`].

mod answer;
mod machines;
mod purpose;
mod requests;
mod settings;
mod shared;
mod signal;
mod subscribers;

#[cfg(feature = "panel")]
use std::cell::{Ref, RefMut};
use std::rc::Rc;

use gws::{ConnectionStatus, Media, Press, Session, SessionKey, View};
use js_sys::{JSON, JsString};
use wasm_bindgen::{JsCast, JsValue};

pub use self::settings::{DEFAULT_CHANNEL, Settings, Transport};
use self::shared::Shared;
pub use self::shared::abandon_all;
pub use self::signal::{Cause, Signal, Status, Trouble};
pub use self::subscribers::Subscription;
use crate::net::body::Body;

/// A handle to a shared connection; dropping the last one disconnects.
#[derive(Clone)]
pub struct Connection(Rc<Shared>);

impl PartialEq for Connection {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Connection {
    /// The page's connection with these settings. It starts to read and connect at the first `subscribe` or `watch`, so
    /// that headers, user id and timeouts can be set before the first request.
    pub fn open(settings: &Settings) -> Self {
        Self(Shared::open(settings))
    }

    /// The settings that identify it.
    pub(crate) fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// Sets the page's own headers: an object, or a function returning one or a promise of one.
    pub fn set_request_headers(&self, headers: JsValue) {
        self.0.http.headers.set_page(headers);
    }

    /// Sets the supervisor's own user id, which otherwise comes from `GET /api/v2/me`.
    pub fn set_user_id(&self, user_id: Option<String>) {
        self.0
            .input(|machines, now| machines.store.set_user_id(user_id, now));
    }

    /// Ms until an unanswered read counts as failed.
    pub fn set_request_timeout(&self, timeout: u64) {
        self.0
            .input(|machines, _| machines.store.set_request_timeout(timeout));
    }

    /// Calls `call` with every signal about a session (`None`: with every signal), until the subscription is dropped.
    pub fn subscribe(
        &self,
        session: Option<SessionKey>,
        call: impl Fn(&Signal) + 'static,
    ) -> Subscription {
        let media = session.as_ref().map(|session| session.media);
        let subscription = self.0.subscribe(session, Box::new(call));
        self.0.start();
        if let Some(media) = media {
            self.watch(media);
        }
        subscription
    }

    /// Starts reading the sessions of a kind and keeps them up to date.
    pub fn watch(&self, media: Media) {
        self.0.start();
        self.0.input(|machines, _| machines.store.watch(media));
    }

    /// The current view of a session; `confirming`: for an element whose question is open.
    pub fn view(&self, media: Media, session_id: &str, confirming: bool) -> View {
        self.0
            .machines
            .borrow()
            .store
            .view_confirming(media, session_id, confirming)
    }

    /// Requests an operation, if [`View::operations`] allows it.
    pub fn press(&self, press: Press) {
        self.0
            .input(|machines, now| _ = machines.store.press(press, now));
    }

    /// The page shows this session from now on: its log is read and kept, see [`Self::seat`]. `notices`: the others are
    /// told that the user is writing. A panel does it for its own session.
    #[cfg(feature = "panel")]
    pub fn sit(&self, session: &SessionKey, notices: bool) {
        self.0
            .input(|machines, _| machines.seats.open(session, notices));
    }

    /// What is brought back to the seat of a session is this user's. If another one is signed in, it goes.
    #[cfg(feature = "panel")]
    pub(crate) fn belongs_to(&self, session: &SessionKey, user: Option<String>) {
        let machines = &mut self.0.machines.borrow_mut();
        machines.seats.belongs_to(session, user);
    }

    /// Looks at the seat of a session; `None` before [`Self::sit`].
    #[cfg(feature = "panel")]
    pub fn seat<T>(&self, session: &SessionKey, look: impl FnOnce(&gws::Seat) -> T) -> Option<T> {
        self.seat_of(session).map(|seat| look(&seat))
    }

    /// Does something at the seat of a session, and what follows from it.
    #[cfg(feature = "panel")]
    pub fn act<T>(
        &self,
        session: &SessionKey,
        act: impl FnOnce(&mut gws::Seat, u64) -> T,
    ) -> Option<T> {
        let now = self.0.now();
        let done = self.seat_for(session).map(|mut seat| act(&mut seat, now));
        self.0.pump(now);
        done
    }

    // Each use of `seat` and of `act` has a type of its own; these are what all of them share.

    #[cfg(feature = "panel")]
    pub(crate) fn seat_of(&self, session: &SessionKey) -> Option<Ref<'_, gws::Seat>> {
        let machines = self.0.machines.borrow();
        Ref::filter_map(machines, |machines| machines.seats.get(session)).ok()
    }

    #[cfg(feature = "panel")]
    fn seat_for(&self, session: &SessionKey) -> Option<RefMut<'_, gws::Seat>> {
        let machines = self.0.machines.borrow_mut();
        RefMut::filter_map(machines, |machines| machines.seats.at(session)).ok()
    }

    /// Requests Leave, if [`View::operations`] allows it.
    #[cfg(feature = "panel")]
    pub fn leave(&self, press: Press) {
        self.0.input(|machines, now| {
            machines.seats.leave(&mut machines.store, press, now);
        });
    }

    /// When notifications last came, or could have come, in ms since 1970; `None` before the first time.
    #[cfg(feature = "panel")]
    pub fn heard_at(&self) -> Option<f64> {
        self.0.machines.borrow().heard_at
    }

    /// Whether the log of a session cannot be read, and is tried again.
    #[cfg(feature = "panel")]
    pub fn is_log_failing(&self, session: &SessionKey) -> bool {
        self.0.machines.borrow().seats.is_log_failing(session)
    }

    /// Takes one notification from the page: its `data` object, or that object's JSON text.
    ///
    /// Anything but a notification of a session is ignored.
    pub fn notify(&self, data: JsValue) {
        let text = data.dyn_into::<JsString>();
        let text = text.or_else(|data| JSON::stringify(&data));
        if let Some(data) = text
            .ok()
            .and_then(|text| Body::of_text(&text).json(&answer::NAMES))
        {
            self.0.input(|machines, now| machines.fed(data, now));
        }
    }

    /// Sets the status of the page's own connection, which feeds the notifications with [`Transport::Host`]; ignored
    /// with any other transport. While it is broken or closed no notifications arrive; once it is connected again, the
    /// sessions are read.
    pub fn link(&self, status: ConnectionStatus) {
        self.0.input(|machines, _| machines.link(status));
    }

    /// Reads everything again; also leaves the state `unauthenticated`.
    pub fn refresh(&self) {
        self.0.start();
        self.0.input(|machines, now| {
            machines.store.refresh();
            // A link that waits for its next retry retries now.
            if let Some(client) = &mut machines.client {
                client.wake(now);
            }
        });
    }

    /// The supervisor's own user id, once it is known.
    pub fn user_id(&self) -> Option<String> {
        self.0.machines.borrow().store.user_id().map(str::to_owned)
    }

    /// The status of the notification connection.
    pub fn status(&self) -> Status {
        self.0.machines.borrow().status()
    }

    /// A session, if it is or was known here.
    pub fn session(&self, media: Media, session_id: &str) -> Option<Rc<Session>> {
        let machines = self.0.machines.borrow();
        machines.store.session(media, session_id).cloned()
    }

    /// The known sessions, in the server's order.
    pub fn sessions(&self, media: Media) -> Vec<Rc<Session>> {
        self.0
            .machines
            .borrow()
            .store
            .sessions(media)
            .cloned()
            .collect()
    }
}
