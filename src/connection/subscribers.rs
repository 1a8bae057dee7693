//! The listeners of a connection.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gws::SessionKey;

use super::signal::Signal;

/// The listeners.
#[derive(Default)]
pub(super) struct Subscribers {
    all: RefCell<Vec<Rc<Subscriber>>>,
    last_id: Cell<u32>,
}

struct Subscriber {
    id: u32,
    session: Option<SessionKey>,
    call: Box<dyn Fn(&Signal)>,
    /// Called when it no longer listens.
    left: Box<dyn Fn()>,
}

/// Keeps a listener subscribed; dropping it unsubscribes.
#[must_use = "dropping a subscription ends it"]
pub struct Subscription {
    subscribers: Weak<Subscribers>,
    id: u32,
}

impl Subscribers {
    /// Calls `call` with the signals about a session (`None`: with all), until the subscription is dropped; then calls
    /// `left`.
    pub(super) fn add(
        self: &Rc<Self>,
        session: Option<SessionKey>,
        call: Box<dyn Fn(&Signal)>,
        left: Box<dyn Fn()>,
    ) -> Subscription {
        let id = self.last_id.get().wrapping_add(1);
        self.last_id.set(id);
        self.all.borrow_mut().push(Rc::new(Subscriber {
            id,
            session,
            call,
            left,
        }));
        Subscription {
            subscribers: Rc::downgrade(self),
            id,
        }
    }

    /// Passes a signal to its listeners, with nothing borrowed.
    pub(super) fn tell(&self, about: Option<&SessionKey>, signal: &Signal) {
        let concerned = |one: &&Rc<Subscriber>| match (&one.session, about) {
            (Some(own), Some(session)) => own == session,
            _ => true,
        };
        let concerned: Vec<_> = self
            .all
            .borrow()
            .iter()
            .filter(concerned)
            .cloned()
            .collect();
        for subscriber in concerned {
            (subscriber.call)(signal);
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let Some(subscribers) = self.subscribers.upgrade() else {
            return;
        };
        let mut all = subscribers.all.borrow_mut();
        let place = all.iter().position(|one| one.id == self.id);
        let gone = place.map(|place| all.remove(place));
        drop(all);
        // Dropped last: its closures may hold the connection itself.
        if let Some(gone) = gone {
            (gone.left)();
        }
    }
}
