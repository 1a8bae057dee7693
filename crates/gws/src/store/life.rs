//! The life cycle of a store: `/me`, then the notification link, then the lists; recovery when one of these fails, and
//! signing out.

use std::rc::Rc;

use super::{ConnectionStatus, Event, Link, Store};
use crate::wire::Me;
use crate::{Failure, Kind, Millis};

/// How long an answer of `/me` counts as new, in ms.
const RECENTLY: Millis = 2_000;

impl Store {
    /// Starts with `/me`, which says whether anybody is signed in.
    pub fn start(&mut self) {
        self.me.ask();
    }

    /// Sets the own user id, which outranks that of `/me`; with `None`, that of `/me` counts again.
    pub fn set_user_id(&mut self, id: Option<String>, now: Millis) {
        self.identity.given = id.filter(|id| !id.is_empty());
        self.review_all(now);
        self.finish();
    }

    /// Sets the value of [`Store::request_timeout`].
    pub fn set_request_timeout(&mut self, timeout: Millis) {
        self.request_timeout = timeout;
    }

    /// The notification link changed; if the page feeds notifications (`host`), the page's own connection did.
    pub fn link(&mut self, link: Link) {
        match link {
            Link::Broken | Link::Closed => {
                self.subscribed = false;
                for list in self.lists.both_mut() {
                    list.stale = true;
                    list.missed_something();
                }
            }
            // The link recovered without a new subscription; notifications may have been missed.
            Link::Connected if self.reading && !self.subscribed => {
                self.subscribed = true;
                self.me.give_up();
                self.me.ask();
                for list in self.lists.both_mut() {
                    list.reader.give_up();
                }
                self.read_lists();
            }
            Link::Connecting => self.subscribed &= !self.host,
            Link::Connected => {}
        }
        self.link = link;
        self.events.all_changed();
        self.finish();
    }

    /// The server answered a request that is not the store's with this: nobody is signed in.
    pub fn signed_out(&mut self, failure: Failure) {
        self.sign_out(failure.into(), false);
        self.finish();
    }

    /// The server refused the notification link because nobody is signed in.
    pub fn link_unauthenticated(&mut self, failure: Failure) {
        self.sign_out(failure.into(), true);
        self.finish();
    }

    /// All subscriptions are acknowledged, for the first time or after a gap: earlier notifications may have been
    /// missed, so the lists are read.
    pub fn subscribed(&mut self, now: Millis) {
        if self.unauthenticated.is_some() {
            return;
        }
        // Another user may have signed in since `/me` was read, if this is a new subscription or the first one took
        // long.
        let is_old = |told: Millis| now.saturating_sub(told) > RECENTLY;
        if self.reading || self.me_told.is_some_and(is_old) {
            self.me.give_up();
            self.me.ask();
        }
        self.subscribed = true;
        self.reading = true;
        for list in self.lists.both_mut() {
            list.missed_something();
            list.reader.give_up();
        }
        self.read_lists();
    }

    /// The answer to [`super::Command::ReadMe`].
    pub fn me_read(&mut self, result: Result<Me, Failure>, now: Millis) {
        self.me.answered();
        self.lists_turn = true;
        match result {
            Ok(me) => {
                self.me.succeeded();
                self.conclude_redirected(None);
                self.signed_in(me, now);
            }
            Err(failure) if failure.kind == Kind::Unauthenticated => {
                let failure = Rc::new(failure);
                let told = self.conclude_redirected(Some(&failure));
                self.sign_out(failure, !told);
            }
            Err(failure) => {
                self.me.failed(&failure, now, &mut self.jitter);
                self.conclude_redirected(None);
                // A server that answers at all is reachable: continue without the own id.
                if self.me.is_failing() && failure.was_answered() {
                    self.settle(now);
                }
            }
        }
        self.events.all_changed();
        self.finish();
    }

    /// `/me` was read for another purpose, for example for a new CSRF token.
    pub fn me_seen(&mut self, me: Me, now: Millis) {
        self.signed_in(me, now);
        self.events.all_changed();
        self.finish();
    }

    /// Somebody is signed in. A known own id stays until an answer gives another one; an answer without an id does not
    /// change it.
    fn signed_in(&mut self, me: Me, now: Millis) {
        if let Some(id) = me.user_id
            && self.identity.me.as_ref() != Some(&id)
            && self.identity.me.replace(id).is_some()
        {
            self.forget_user();
        }
        self.unauthenticated = None;
        self.me_told = Some(now);
        self.settle(now);
    }

    /// Another user is signed in. All facts and the notification link belong to the former user; the outcome of the
    /// former user's attempts is not known.
    fn forget_user(&mut self) {
        let failure = Failure::new(Kind::Unauthenticated, "Another user has signed in.");
        self.fail_all(&Rc::new(failure));
        for list in self.lists.both_mut() {
            list.forget_all();
        }
        self.linked = false;
        self.subscribed = false;
        self.reading = false;
    }

    /// Reads `/me` and the sessions again. Also restarts the store after a sign-out and a closed link.
    pub fn refresh(&mut self) {
        self.me.ask();
        if self.reading {
            self.read_lists();
        }
    }

    /// The page is shown or online again: waiting retries are made at once, and `/me` is read, as another user may have
    /// signed in.
    pub fn wake(&mut self, now: Millis) {
        if self.identity.settled || self.unauthenticated.is_some() {
            self.me.ask_soon(now);
        } else {
            self.me.hurry(now);
        }
        for list in self.lists.both_mut() {
            list.reader.hurry(now);
        }
        if self.unauthenticated.is_none() && self.identity.settled {
            self.open();
        }
        self.finish();
    }

    /// The time that [`Store::poll_timeout`] gave has come.
    pub fn handle_timeout(&mut self, now: Millis) {
        self.me.handle_timeout(now);
        for list in self.lists.both_mut() {
            list.reader.handle_timeout(now);
        }
        self.expire_attempts(now);
        self.finish();
    }

    /// The server says that nobody is signed in. A retry would not change that, so nothing is retried; after the next
    /// sign-in the link is opened again, as it belonged to the old login.
    pub(super) fn sign_out(&mut self, failure: Rc<Failure>, announce: bool) {
        let was_known = self.unauthenticated.is_some();
        if announce && !was_known {
            self.events.push(Event::Unauthenticated {
                failure: Rc::clone(&failure),
            });
        }
        self.unauthenticated = Some(failure);
        // A refresh may be waiting for a read that began before the user signed in again.
        self.me.stop_retries();
        for list in self.lists.both_mut() {
            list.reader.stop();
            list.stale |= list.was_read;
            list.missed_something();
        }
        self.linked = false;
        self.connect = false;
        self.subscribed = false;
        self.reading = false;
        self.events.all_changed();
    }

    /// The common end of every input.
    pub(super) fn finish(&mut self) {
        let status = self.status_now();
        if self.status != status {
            self.status = status;
            self.events.push(Event::Status(status));
            self.events.all_changed();
        }
    }

    /// The own id is known, or known to be unavailable.
    fn settle(&mut self, now: Millis) {
        self.identity.settled = true;
        self.review_all(now);
        if self.unauthenticated.is_none() {
            self.open();
        }
    }

    /// Asks for the notification link, unless it is open.
    fn open(&mut self) {
        if self.host {
            if !self.reading {
                self.reading = true;
                self.subscribed = self.link == Link::Connected;
                if self.subscribed {
                    self.read_lists();
                }
            }
        } else if !self.linked || self.link == Link::Closed {
            self.linked = true;
            self.connect = true;
            self.subscribed = false;
            self.link = Link::Connecting;
        }
    }

    /// Reads the watched lists. A list that is not watched cannot be out of date.
    fn read_lists(&mut self) {
        for list in self.lists.both_mut() {
            if list.watched {
                list.reader.ask();
            } else {
                list.stale = false;
            }
        }
    }

    /// Whether notifications do not arrive and the link is not being opened.
    pub(super) fn link_lost(&self) -> bool {
        matches!(self.link, Link::Broken | Link::Closed)
    }

    fn status_now(&self) -> ConnectionStatus {
        let me_lost = !self.identity.settled && self.me.is_failing();
        let lists = self.lists.both();
        if self.unauthenticated.is_some() || me_lost {
            ConnectionStatus::Broken
        } else if !self.host || self.link != Link::Connected {
            self.link
        } else if lists.iter().any(|list| list.reader.is_failing()) {
            ConnectionStatus::Broken
        } else if lists.iter().any(|list| list.was_read) {
            ConnectionStatus::Connected
        } else {
            ConnectionStatus::Connecting
        }
    }
}
