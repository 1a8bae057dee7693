//! The engine room: the pump that moves what the two state machines say.
//!
//! Every input goes through [`Shared::input`]: it is applied, then the listeners are told, everything that the machines
//! want done is done, and the timer is set to their next deadline. Nothing is borrowed while a listener is called, so it
//! may press, refresh, or drop the connection.

use std::cell::{Cell, RefCell};
use std::mem::take;
use std::rc::{Rc, Weak};

use bayeux::{Client, Millis, SocketEvent, Transmit};
use gws::Media;

use super::requests::{Outgoing, after_drawing};
use super::settings::{Settings, Transport};
use super::signal::{Signal, Subscriber, Subscription};
use super::state::{State, Work, seed};
use crate::net::body::Body;
use crate::net::clock::{Clock, Timer};
use crate::net::http::Http;
use crate::net::page::{self, Listener};
use crate::net::socket::{Happening, Socket};

/// A timer that fires this much late, in ms, tells of a machine that slept.
const SLEPT: Millis = 5_000;

/// How long changes may wait to be told together, in ms: two frames, which nobody can see.
const TOGETHER: Millis = 32;

/// How many are told at once all the same before that.
const TOLD_AT_ONCE: u32 = 8;

/// One page-wide connection.
pub(super) struct Shared {
    pub(super) settings: Settings,
    pub(super) http: Rc<Http>,
    pub(super) state: RefCell<State>,
    pub(super) requests: RefCell<Vec<Outgoing>>,
    pub(super) next_id: Cell<u32>,
    started: Cell<bool>,
    clock: Clock,
    subscribers: RefCell<Vec<Rc<Subscriber>>>,
    timer: RefCell<Option<(Millis, Timer)>>,
    /// Since when changes are counted, and how many there were.
    changes: Cell<(Millis, u32)>,
    _page: Vec<Listener>,
}

thread_local! {
    static CONNECTIONS: RefCell<Vec<Weak<Shared>>> = const { RefCell::new(Vec::new()) };
}

/// Ends every request of the page at once: the last act of an instance that panicked.
///
/// It takes nothing that is in use and calls nobody, since the state may be half changed.
pub fn abandon_all() {
    CONNECTIONS.with(|connections| {
        for shared in connections
            .try_borrow()
            .iter()
            .flat_map(|all| all.iter())
            .filter_map(Weak::upgrade)
        {
            let requests = shared
                .requests
                .try_borrow_mut()
                .map(|mut requests| take(&mut *requests));
            // What listens to an abort is the page's, so nothing is borrowed while they are ended.
            drop(requests);
            std::mem::forget(shared);
        }
    });
}

impl Shared {
    /// The connection with these settings: the one that lives, or a new one, which waits to be started.
    pub(super) fn open(settings: &Settings) -> Rc<Self> {
        let base_url = settings.base_url.trim_end_matches('/').to_owned();
        let settings = &Settings {
            base_url,
            ..settings.clone()
        };
        let living = CONNECTIONS.with_borrow_mut(|connections| {
            connections.retain(|connection| connection.strong_count() > 0);
            connections
                .iter()
                .filter_map(Weak::upgrade)
                .find(|shared| shared.settings == *settings)
        });
        living.unwrap_or_else(|| {
            let shared = Self::new(settings);
            CONNECTIONS.with_borrow_mut(|connections| connections.push(Rc::downgrade(&shared)));
            shared
        })
    }

    /// Begins to read and to connect, unless that has begun.
    pub(super) fn start(self: &Rc<Self>) {
        if !self.started.replace(true) {
            self.input(|state, now| state.store.start(now));
        }
    }

    fn new(settings: &Settings) -> Rc<Self> {
        Rc::new_cyclic(|weak: &Weak<Self>| {
            let (waking, leaving) = (weak.clone(), weak.clone());
            let page = page::watch(
                move || {
                    waking
                        .upgrade()
                        .into_iter()
                        .for_each(|shared| shared.wake())
                },
                move || {
                    leaving
                        .upgrade()
                        .into_iter()
                        .for_each(|shared| shared.leave())
                },
            );
            Self {
                settings: settings.clone(),
                http: Rc::new(Http::new(&settings.base_url)),
                state: RefCell::new(State::new(settings.transport)),
                requests: RefCell::default(),
                next_id: Cell::new(0),
                started: Cell::new(false),
                clock: Clock::new(),
                subscribers: RefCell::default(),
                timer: RefCell::default(),
                changes: Cell::default(),
                _page: page,
            }
        })
    }

    /// Applies one input and does what follows from it.
    pub(super) fn input(self: &Rc<Self>, apply: impl FnOnce(&mut State, Millis)) {
        let now = self.clock.now();
        apply(&mut self.state.borrow_mut(), now);
        self.pump(now);
    }

    /// As [`Shared::input`], for the client if there is one.
    pub(super) fn client(self: &Rc<Self>, apply: impl FnOnce(&mut Client, Millis)) {
        self.input(|state, now| {
            if let Some(client) = &mut state.client {
                apply(client, now);
            }
        });
    }

    /// Tells before it does: what is shown goes before the next poll.
    fn pump(self: &Rc<Self>, now: Millis) {
        loop {
            self.state.borrow_mut().digest(now);
            self.tell(now);
            let work = self.state.borrow_mut().next_work();
            match work {
                Some(Work::Transmit(transmit)) => self.transmit(transmit),
                Some(Work::Command(command)) => self.carry_out(command),
                None => break,
            }
        }
        self.set_timer();
    }

    fn transmit(self: &Rc<Self>, transmit: Transmit) {
        match transmit {
            Transmit::Send(request) => self.send_bayeux(request),
            Transmit::Abort(id) => self.abort_bayeux(id),
            Transmit::OpenSocket => self.open_socket(),
            Transmit::SendSocket(text) => {
                if let Some(socket) = &self.state.borrow().socket {
                    socket.send(&text);
                }
            }
            Transmit::CloseSocket => drop(self.state.borrow_mut().socket.take()),
        }
    }

    /// Opens the notification connection; one that is open belonged to a login that is over, and is closed first.
    pub(super) fn connect(&self) {
        let now = self.clock.now();
        let mut state = self.state.borrow_mut();
        let client = state.client.get_or_insert_with(|| {
            Client::new(bayeux::Config {
                subscriptions: vec![self.settings.channel.clone()],
                websocket: self.settings.transport == Transport::WebSocket,
                seed: seed(),
                ..bayeux::Config::default()
            })
        });
        client.disconnect(now);
        client.start(now);
    }

    fn open_socket(self: &Rc<Self>) {
        let weak = Rc::downgrade(self);
        let socket = Socket::open(
            &self.http.url(super::requests::NOTIFICATIONS),
            move |happening| {
                let Some(shared) = weak.upgrade() else { return };
                let event = match happening {
                    Happening::Opened => SocketEvent::Opened,
                    Happening::Text(text) => {
                        let body = Body::of_text(&text);
                        return shared.input(|state, now| state.socket_said(&body, now));
                    }
                    Happening::Closed => SocketEvent::Closed,
                };
                shared.client(|client, now| client.handle_socket(event, now));
            },
        );
        match socket {
            Some(socket) => self.state.borrow_mut().socket = Some(socket),
            None => {
                if let Some(client) = &mut self.state.borrow_mut().client {
                    client.handle_socket(SocketEvent::Failed, self.clock.now());
                }
            }
        }
    }

    /// Sets the timer to the next deadline. One that is merely too early is put off once what has changed is drawn.
    fn set_timer(self: &Rc<Self>) {
        let deadline = self.deadline();
        let at = self.timer.borrow().as_ref().map(|(at, _)| *at);
        if at.is_some() && at < deadline {
            let weak = Rc::downgrade(self);
            after_drawing(async move {
                if let Some(shared) = weak.upgrade() {
                    shared.arm(shared.deadline());
                }
            });
        } else if at != deadline {
            self.arm(deadline);
        }
    }

    fn arm(self: &Rc<Self>, deadline: Option<Millis>) {
        let now = self.clock.now();
        *self.timer.borrow_mut() = deadline.map(|deadline| {
            let weak = Rc::downgrade(self);
            let fire = move || weak.upgrade().into_iter().for_each(|shared| shared.fire());
            (deadline, Timer::after(deadline.saturating_sub(now), fire))
        });
    }

    fn deadline(&self) -> Option<Millis> {
        let state = self.state.borrow();
        let client = state.client.as_ref().and_then(Client::poll_timeout);
        let together = state
            .has_changes_only()
            .then(|| self.changes.get().0.saturating_add(TOGETHER));
        [client, state.store.poll_timeout(), together]
            .into_iter()
            .flatten()
            .min()
    }

    fn fire(self: &Rc<Self>) {
        self.timer.take();
        let due = self.deadline().unwrap_or(Millis::MAX);
        self.input(|state, now| {
            if now > due.saturating_add(SLEPT) {
                state.wake(now);
            }
            state.handle_timeout(now);
        });
    }

    fn wake(self: &Rc<Self>) {
        self.input(|state, now| {
            state.wake(now);
            // A timer that was late for the sleep has its turn as well.
            state.handle_timeout(now);
        });
    }

    fn leave(self: &Rc<Self>) {
        self.client(Client::disconnect);
    }

    /// Tells the listeners what there is to say, with nothing borrowed. Changes alone may wait for others.
    fn tell(self: &Rc<Self>, now: Millis) {
        while !self.waits(now) {
            let Some((session, signal)) = self.state.borrow_mut().next_signal() else {
                break;
            };
            let subscribers: Vec<_> = self
                .subscribers
                .borrow()
                .iter()
                .filter(|one| one.concerns(session.as_ref()))
                .cloned()
                .collect();
            for subscriber in subscribers {
                (subscriber.call)(&signal);
            }
        }
    }

    /// Whether what there is to tell waits, to be told together with what follows. It does not in a page that nobody sees, as
    /// there a timer may take a minute.
    fn waits(&self, now: Millis) -> bool {
        if !self.state.borrow().has_changes_only() {
            return false;
        }
        let (since, told) = self.changes.get();
        if now >= since.saturating_add(TOGETHER) {
            self.changes.set((now, 1));
            return false;
        }
        self.changes.set((since, told.saturating_add(1)));
        told >= TOLD_AT_ONCE && !page::is_hidden()
    }

    pub(super) fn subscribe(
        self: &Rc<Self>,
        session: Option<(Media, &str)>,
        call: Box<dyn Fn(&Signal)>,
    ) -> Subscription {
        let id = self.take_id();
        let session = session.map(|(media, id)| (media, id.to_owned()));
        if let Some((media, id)) = &session {
            self.input(|state, _| state.store.show(*media, id));
        }
        self.subscribers
            .borrow_mut()
            .push(Rc::new(Subscriber { id, session, call }));
        Subscription {
            shared: Rc::downgrade(self),
            id,
        }
    }

    pub(super) fn unsubscribe(&self, id: u32) {
        let mut subscribers = self.subscribers.borrow_mut();
        let gone = subscribers
            .iter()
            .position(|one| one.id == id)
            .map(|at| subscribers.remove(at));
        // Dropped last: what its closure holds may be the connection itself.
        drop(subscribers);
        if let Some((media, id)) = gone.as_ref().and_then(|gone| gone.session.as_ref()) {
            self.state.borrow_mut().store.hide(*media, id);
        }
        drop(gone);
    }

    pub(super) fn take_id(&self) -> u32 {
        let id = self.next_id.get().wrapping_add(1);
        self.next_id.set(id);
        id
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        let now = self.clock.now();
        let state = self.state.get_mut();
        let Some(client) = &mut state.client else {
            return;
        };
        client.disconnect(now);
        while let Some(transmit) = client.poll_transmit() {
            if let Transmit::Send(request) = transmit {
                super::requests::send_detached(&self.http, request);
            }
        }
    }
}
