//! The event loop of a connection: runs the two state machines.
//!
//! Every input goes through [`Shared::input`]: it is applied, the listeners are called, the machines' work is done, and
//! the timer is set to their next deadline. Nothing is borrowed while a listener runs, so it may press, refresh, or
//! drop the connection.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use bayeux::{Client, Millis, SocketEvent, Transmit};
use gws::{Command, Failure, Me, Media, Session, SessionKey};

use super::answer::Outcome;
use super::machines::{Machines, Work};
use super::purpose::{self, ME, NOTIFICATIONS, Purpose};
use super::requests::{Asker, Requests, after_drawing};
use super::settings::{Settings, Transport};
use super::signal::Signal;
use super::subscribers::{Subscribers, Subscription};
use crate::net::body::Body;
use crate::net::clock::{Clock, Timer};
use crate::net::http::{Http, Request};
use crate::net::page::{self, Listener};
use crate::net::socket::{Happening, Socket};

/// A timer that fires this much late, in ms, means that the machine slept.
const SLEPT: Millis = 5_000;

/// How long changes may wait to be reported together, in ms: two frames, which nobody notices.
const TOGETHER: Millis = 32;

/// How often changes are still reported at once within that time.
const TOLD_AT_ONCE: u32 = 8;

/// One page-wide connection.
pub(super) struct Shared {
    pub(super) settings: Settings,
    pub(super) http: Rc<Http>,
    pub(super) machines: RefCell<Machines>,
    requests: Rc<Requests>,
    subscribers: Rc<Subscribers>,
    socket: RefCell<Option<Socket>>,
    started: Cell<bool>,
    clock: Clock,
    timer: RefCell<Option<(Millis, Timer)>>,
    /// The start of the current period, and how often there were changes to report in it.
    changes: Cell<(Millis, u32)>,
    _page: Vec<Listener>,
}

thread_local! {
    static CONNECTIONS: RefCell<Vec<Weak<Shared>>> = const { RefCell::new(Vec::new()) };
}

/// Aborts every request of the page; called for an instance that panicked.
///
/// It touches nothing that is borrowed and calls no listener, since the state may be half changed.
pub fn abandon_all() {
    CONNECTIONS.with(|connections| {
        for shared in connections
            .try_borrow()
            .iter()
            .flat_map(|all| all.iter())
            .filter_map(Weak::upgrade)
        {
            shared.requests.abandon();
            std::mem::forget(shared);
        }
    });
}

impl Shared {
    /// The existing connection with these settings, or a new one, which is not started yet.
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

    /// Starts to read and connect, unless already started.
    pub(super) fn start(self: &Rc<Self>) {
        if !self.started.replace(true) {
            self.input(|machines, _| machines.store.start());
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
            let http = Rc::new(Http::new(&settings.base_url));
            Self {
                settings: settings.clone(),
                http: http.clone(),
                machines: RefCell::new(Machines::new(settings.transport, seed())),
                requests: Rc::new(Requests::new(http)),
                subscribers: Rc::default(),
                socket: RefCell::default(),
                started: Cell::new(false),
                clock: Clock::new(),
                timer: RefCell::default(),
                changes: Cell::default(),
                _page: page,
            }
        })
    }

    /// Applies one input, then runs the pump.
    pub(super) fn input(self: &Rc<Self>, apply: impl FnOnce(&mut Machines, Millis)) {
        let now = self.now();
        apply(&mut self.machines.borrow_mut(), now);
        self.pump(now);
    }

    pub(super) fn now(&self) -> Millis {
        self.clock.now()
    }

    /// As [`Shared::input`], for the client if there is one.
    pub(super) fn client(self: &Rc<Self>, apply: impl FnOnce(&mut Client, Millis)) {
        self.input(|machines, now| {
            if let Some(client) = &mut machines.client {
                apply(client, now);
            }
        });
    }

    /// Calls listeners before it does work, so that changes are shown before the next poll is sent.
    pub(super) fn pump(self: &Rc<Self>, now: Millis) {
        loop {
            self.machines.borrow_mut().digest(now);
            self.tell(now);
            let work = self.machines.borrow_mut().next_work(now);
            match work {
                Some(Work::Transmit(transmit)) => self.transmit(transmit),
                Some(Work::Command(command)) => self.carry_out(command),
                #[cfg(feature = "panel")]
                Some(Work::Seat(command)) => self.carry_out_for_seat(command),
                None => break,
            }
        }
        self.set_timer();
    }

    fn transmit(self: &Rc<Self>, transmit: Transmit) {
        match transmit {
            // Nobody waits for the answer to `/meta/disconnect`.
            Transmit::Send(request) if request.keepalive => {
                Requests::send_detached(&self.http, purpose::bayeux(request));
            }
            Transmit::Send(request) => {
                let purpose = Purpose::Bayeux(request.id);
                self.send(purpose, purpose::bayeux(request), None);
            }
            Transmit::Abort(id) => {
                let is_it = |one: &Purpose| matches!(one, Purpose::Bayeux(other) if *other == id);
                self.requests.abort(is_it);
            }
            Transmit::OpenSocket => self.open_socket(),
            Transmit::SendSocket(text) => {
                if let Some(socket) = &*self.socket.borrow() {
                    socket.send(&text);
                }
            }
            Transmit::CloseSocket => drop(self.socket.take()),
        }
    }

    /// Carries out a command of the store.
    fn carry_out(self: &Rc<Self>, command: Command) {
        let timeout = Some(self.machines.borrow().store.request_timeout());
        match command {
            Command::ReadMe => {
                // One that is still outstanding has been given up.
                self.requests.abort(|one| matches!(one, Purpose::Me));
                self.send(Purpose::Me, Request::get(ME.to_owned()), timeout);
            }
            Command::ReadSessions(media) => {
                let is_it =
                    |one: &Purpose| matches!(one, Purpose::Sessions(other) if *other == media);
                self.requests.abort(is_it);
                self.send(Purpose::Sessions(media), purpose::sessions(media), timeout);
            }
            Command::Post {
                attempt,
                session,
                operation,
                timeout,
            } => {
                let Some(mut request) = purpose::operation(&session, operation) else {
                    return;
                };
                let (hearing, sending) = (Rc::downgrade(self), Rc::downgrade(self));
                request.heard = Some(Box::new(move || {
                    if let Some(shared) = hearing.upgrade() {
                        shared.input(|machines, now| machines.store.responding(attempt, now));
                    }
                }));
                request.may_send = Some(Box::new(move || {
                    let shared = sending.upgrade();
                    shared.is_some_and(|shared| shared.machines.borrow().store.may_send(attempt))
                }));
                self.send(Purpose::Operation(attempt), request, Some(timeout));
            }
            Command::Connect => self.connect(),
        }
    }

    /// Carries out a command of a seat.
    #[cfg(feature = "panel")]
    fn carry_out_for_seat(self: &Rc<Self>, command: gws::SeatCommand) {
        match command {
            gws::SeatCommand::ReadLog {
                session,
                sitting,
                start,
            } => {
                let timeout = Some(self.machines.borrow().store.request_timeout());
                if let Some(request) = purpose::messages(&session, start) {
                    self.send(Purpose::Log(session, sitting), request, timeout);
                }
            }
            gws::SeatCommand::Send {
                session,
                sitting,
                attempt,
                audience,
                text,
                timeout,
            } => {
                let Some(mut request) = purpose::say(&session, audience.operation(), Some(&text))
                else {
                    return;
                };
                let (weak, key) = (Rc::downgrade(self), session.clone());
                request.may_send = Some(Box::new(move || {
                    let shared = weak.upgrade();
                    shared.is_some_and(|shared| {
                        shared
                            .machines
                            .borrow_mut()
                            .seats
                            .may_send(&key, sitting, attempt)
                    })
                }));
                self.send(
                    Purpose::Message(session, sitting, attempt),
                    request,
                    Some(timeout),
                );
            }
            gws::SeatCommand::Notify { session, operation } => {
                if let Some(request) = purpose::say(&session, &operation, None) {
                    Requests::send_detached(&self.http, request);
                }
            }
        }
    }

    fn send(self: &Rc<Self>, purpose: Purpose, request: Request, timeout: Option<Millis>) {
        self.requests.send(self, purpose, request, timeout);
    }

    /// Opens the notification connection. An open one belongs to an old login and is closed first.
    fn connect(&self) {
        let now = self.clock.now();
        let mut machines = self.machines.borrow_mut();
        let client = machines.client.get_or_insert_with(|| {
            Client::new(bayeux::ClientConfig {
                subscriptions: vec![self.settings.channel.clone()],
                websocket: self.settings.transport == Transport::WebSocket,
                seed: seed(),
                ..bayeux::ClientConfig::default()
            })
        });
        client.disconnect();
        client.start(now);
    }

    fn open_socket(self: &Rc<Self>) {
        let weak = Rc::downgrade(self);
        let socket = Socket::open(&self.http.url(NOTIFICATIONS), move |happening| {
            let Some(shared) = weak.upgrade() else { return };
            let event = match happening {
                Happening::Opened => SocketEvent::Opened,
                Happening::Text(text) => {
                    let body = Body::of_text(&text);
                    return shared.input(|machines, now| machines.socket_said(&body, now));
                }
                Happening::Closed => SocketEvent::Closed,
            };
            shared.client(|client, now| client.handle_socket(event, now));
        });
        match socket {
            Some(socket) => *self.socket.borrow_mut() = Some(socket),
            None => {
                if let Some(client) = &mut self.machines.borrow_mut().client {
                    client.handle_socket(SocketEvent::Closed, self.clock.now());
                }
            }
        }
    }

    /// Sets the timer to the next deadline. If it is set too early, it is moved after changes have been drawn.
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
        let machines = self.machines.borrow();
        let together = machines
            .has_changes_only()
            .then(|| self.changes.get().0.saturating_add(TOGETHER));
        gws::sooner(machines.poll_timeout(), together)
    }

    fn fire(self: &Rc<Self>) {
        self.timer.take();
        let due = self.deadline().unwrap_or(Millis::MAX);
        self.input(|machines, now| {
            if now > due.saturating_add(SLEPT) {
                machines.wake(now);
            }
            machines.handle_timeout(now);
        });
    }

    fn wake(self: &Rc<Self>) {
        self.input(|machines, now| {
            machines.wake(now);
            // Also handle timers that are overdue because of the sleep.
            machines.handle_timeout(now);
        });
    }

    fn leave(self: &Rc<Self>) {
        self.client(|client, _| client.disconnect());
    }

    /// Passes all signals to the listeners, with nothing borrowed. If there are only changes, they may wait for others;
    /// then all are passed together.
    fn tell(self: &Rc<Self>, now: Millis) {
        let mut goes_on = false;
        loop {
            if !goes_on && self.machines.borrow().has_changes_only() {
                goes_on = self.may_tell_changes(now);
                if !goes_on {
                    break;
                }
            }
            let Some((session, signal)) = self.machines.borrow_mut().next_signal() else {
                break;
            };
            self.subscribers.tell(session.as_ref(), &signal);
        }
    }

    /// Whether changes are reported now, or later together with others. In a hidden page they do not wait, as a timer
    /// may take a minute there.
    fn may_tell_changes(&self, now: Millis) -> bool {
        let (since, told) = self.changes.get();
        if now >= since.saturating_add(TOGETHER) {
            self.changes.set((now, 1));
            return true;
        }
        self.changes.set((since, told.saturating_add(1)));
        told < TOLD_AT_ONCE || page::is_hidden()
    }

    /// Calls `call` with the signals about a session, or with all. The session is not dropped meanwhile.
    pub(super) fn subscribe(
        self: &Rc<Self>,
        session: Option<SessionKey>,
        call: Box<dyn Fn(&Signal)>,
    ) -> Subscription {
        let shown = session.clone();
        if let Some(SessionKey { media, id }) = &shown {
            self.input(|machines, _| machines.store.show(*media, id));
        }
        let weak = Rc::downgrade(self);
        let left = move || {
            if let (Some(shared), Some(SessionKey { media, id })) = (weak.upgrade(), &shown) {
                shared.machines.borrow_mut().store.hide(*media, id);
            }
        };
        self.subscribers.add(session, call, Box::new(left))
    }
}

impl Asker for Shared {
    fn answered(self: Rc<Self>, purpose: Purpose, outcome: Outcome) {
        self.input(|machines, now| machines.answered(purpose, outcome, now));
    }

    fn sessions_read(self: Rc<Self>, media: Media, sessions: Result<Vec<Session>, Failure>) {
        self.input(|machines, now| machines.sessions_read(media, sessions, now));
    }

    fn me_seen(self: Rc<Self>, me: Me) {
        self.input(|machines, now| machines.store.me_seen(me, now));
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        let machines = self.machines.get_mut();
        let Some(client) = &mut machines.client else {
            return;
        };
        client.disconnect();
        while let Some(transmit) = client.poll_transmit() {
            if let Transmit::Send(request) = transmit {
                Requests::send_detached(&self.http, purpose::bayeux(request));
            }
        }
    }
}

/// A seed for jitter.
fn seed() -> u64 {
    js_sys::Math::random().to_bits()
}
