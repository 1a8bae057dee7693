//! The one connection of a page to a server: who is signed in, which sessions there are, and what happens to them.
//!
//! All components with the same [`Settings`] share it. It owns the two state machines, [`gws::Store`] and
//! [`bayeux::Client`], and does for them what they cannot do themselves: it carries their requests out, tells them the
//! time, and passes on what they say. It decides nothing. It lives as long as somebody holds a [`Connection`].

mod answer;
mod machines;
mod purpose;
mod requests;
mod settings;
mod shared;
mod signal;
mod subscribers;

use std::rc::Rc;

use gws::{ConnectionStatus, Media, Press, Session, SessionKey, View};
use js_sys::{JSON, JsString};
use wasm_bindgen::{JsCast, JsValue};

pub use self::settings::{DEFAULT_CHANNEL, Settings, Transport};
use self::shared::Shared;
pub use self::shared::abandon_all;
pub use self::signal::{Cause, Log, Signal, Status, Trouble};
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
    /// The page's connection with these settings. It begins to read and to connect when somebody subscribes or watches,
    /// so that headers, user id and timeouts can be set before the first request.
    pub fn open(settings: &Settings) -> Self {
        Self(Shared::open(settings))
    }

    /// What tells it from other connections.
    pub(crate) fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// Sets where the page's own headers come from: an object, or a function returning one or a promise of one.
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

    /// Calls `call` with every signal that concerns a session (`None`: with every signal), until the subscription is
    /// dropped.
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

    /// Has the sessions of a kind read and kept.
    pub fn watch(&self, media: Media) {
        self.0.start();
        self.0.input(|machines, _| machines.store.watch(media));
    }

    /// What is to be shown of a session now; `confirming`: by an element whose question is open.
    pub fn view(&self, media: Media, session_id: &str, confirming: bool) -> View {
        self.0
            .machines
            .borrow()
            .store
            .view_confirming(media, session_id, confirming)
    }

    /// Asks the server for an operation, where [`View::operations`] allows it.
    pub fn press(&self, press: Press) {
        self.0
            .input(|machines, now| _ = machines.store.press(press, now));
    }

    /// Takes one notification from the page: its `data` object, or that object's JSON text.
    ///
    /// What is not a notification of a session is ignored.
    pub fn notify(&self, data: JsValue) {
        let text = data.dyn_into::<JsString>();
        let text = text.or_else(|data| JSON::stringify(&data));
        if let Some(data) = text
            .ok()
            .and_then(|text| Body::of_text(&text).json(&answer::NAMES))
        {
            self.0
                .input(|machines, now| machines.notification(data, now));
        }
    }

    /// How the page's own connection is, by which notifications come with [`Transport::Host`]; with any other transport
    /// nothing happens. While it is broken or closed no notifications come; once it is connected again, the sessions are read.
    pub fn link(&self, status: ConnectionStatus) {
        self.0.input(|machines, _| machines.link(status));
    }

    /// Reads a session's message log from an index on (1 is the first). It comes as [`Signal::Messages`], as do from now
    /// on the entries that are notified.
    ///
    /// A read that fails says nothing: the log goes on with what is notified, and the caller may ask again.
    pub fn read_messages(&self, session: SessionKey, start_index: u64) {
        self.0.read_messages(session, start_index);
    }

    /// Reads everything again; also the way out of `unauthenticated`.
    pub fn refresh(&self) {
        self.0.start();
        self.0.input(|machines, now| {
            machines.store.refresh();
            // A link that waits for its next try need not wait.
            if let Some(client) = &mut machines.client {
                client.wake(now);
            }
        });
    }

    /// The supervisor's own user id, once known.
    pub fn user_id(&self) -> Option<String> {
        self.0.machines.borrow().store.user_id().map(str::to_owned)
    }

    /// How the notification connection is.
    pub fn status(&self) -> Status {
        self.0.machines.borrow().status()
    }

    /// A session, if it is or was known.
    pub fn session(&self, media: Media, session_id: &str) -> Option<Rc<Session>> {
        let machines = self.0.machines.borrow();
        machines.store.session(media, session_id).cloned()
    }

    /// The sessions known, in the server's order.
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
