//! The life of a store: who one is, then the notification link, then the lists; what to do when one
//! of these is lost, and the way out when nobody is signed in.

use std::rc::Rc;

use super::{ConnectionStatus, Event, Link, Store};
use crate::wire::Me;
use crate::{Failure, Kind, Millis};

/// For how long an answer of `/me` counts as new, in ms.
const RECENTLY: Millis = 2_000;

impl Store {
    /// Begins: `/me` first, as it says whether one is signed in at all.
    pub fn start(&mut self) {
        self.me.ask();
    }

    /// Sets the own user id, which then outranks that of `/me`; `None` gives way to it again.
    pub fn set_user_id(&mut self, id: Option<String>, now: Millis) {
        self.identity.given = id.filter(|id| !id.is_empty());
        self.review_all(now);
        self.finish();
    }

    /// Sets what [`Store::request_timeout`] gives.
    pub fn set_request_timeout(&mut self, timeout: Millis) {
        self.request_timeout = timeout;
    }

    /// The notification link changed; where the page feeds notifications (`host`), its own connection did.
    pub fn link(&mut self, link: Link) {
        match link {
            Link::Broken | Link::Closed => {
                self.subscribed = false;
                for list in self.lists.both_mut() {
                    list.stale = true;
                    list.missed_something();
                }
            }
            // Healed without a new subscription; what was missed is not known.
            Link::Connected if self.reading && !self.subscribed => {
                self.subscribed = true;
                self.me.give_up();
                self.me.ask();
                for list in self.lists.both_mut() {
                    list.missed_something();
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

    /// The server refused the notification link because nobody is signed in.
    pub fn link_unauthenticated(&mut self, failure: Failure) {
        self.sign_out(failure.into(), true);
        self.finish();
    }

    /// All subscriptions are acknowledged, for the first time or after a gap: what was said before
    /// may have been missed, so the lists are read.
    pub fn subscribed(&mut self, now: Millis) {
        if self.unauthenticated.is_some() {
            return;
        }
        // Another user may have signed in since `/me` was read: a new subscription, or a first one that took long, says so.
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
                // A server that answers, if only nonsense, is there: go on without the own id.
                if self.me.is_failing() && failure.was_answered() {
                    self.settle(now);
                }
            }
        }
        self.events.all_changed();
        self.finish();
    }

    /// `/me` was read on the way to something else, for a new CSRF token say.
    pub fn me_seen(&mut self, me: Me, now: Millis) {
        self.signed_in(me, now);
        self.events.all_changed();
        self.finish();
    }

    /// Somebody is signed in. One's own id, once had, stays until another one is told: an answer without an id says nothing
    /// of it.
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

    /// Another user is signed in. What is known was told to the one before, and so was the notification link; what that user
    /// asked for is not known to have been done.
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

    /// Reads `/me` and the sessions again; the way out when nobody was signed in, and for a link
    /// that is closed.
    pub fn refresh(&mut self) {
        self.me.ask();
        if self.reading {
            self.read_lists();
        }
    }

    /// The page is shown or online again: retries that wait are made at once, and who is signed in is asked, as that may
    /// have changed meanwhile.
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

    /// The server says that nobody is signed in. Asking again would not change that, so nothing is
    /// retried; the link is opened anew afterwards, as it belonged to a session that is over.
    pub(super) fn sign_out(&mut self, failure: Rc<Failure>, announce: bool) {
        let was_known = self.unauthenticated.is_some();
        if announce && !was_known {
            self.events.push(Event::Unauthenticated {
                failure: Rc::clone(&failure),
            });
        }
        self.unauthenticated = Some(failure);
        self.me.stop();
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

    /// What every input ends with.
    pub(super) fn finish(&mut self) {
        let status = self.status_now();
        if self.status != status {
            self.status = status;
            self.events.push(Event::Status(status));
            self.events.all_changed();
        }
    }

    /// The own id is known or known not to be had.
    fn settle(&mut self, now: Millis) {
        self.identity.settled = true;
        self.review_all(now);
        if self.unauthenticated.is_none() {
            self.open();
        }
    }

    /// Opens the way for notifications, unless it is open.
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

    /// What is not watched has nothing to be out of date.
    fn read_lists(&mut self) {
        for list in self.lists.both_mut() {
            if list.watched {
                list.reader.ask();
            } else {
                list.stale = false;
            }
        }
    }

    /// Whether no notifications come, and none are about to.
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
