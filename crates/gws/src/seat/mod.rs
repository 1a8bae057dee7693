//! The supervisor's seat for one session: what a panel shows and sends beside the button.
//!
//! Sans-I/O like the store: the caller hands in what happened with the time, then drains
//! [`Seat::poll_post`] and [`Seat::poll_read`], and sets one timer to [`Seat::poll_timeout`]. The
//! parts know nothing of one another; [`Seat`] takes each fact to those that it concerns.
//!
//! | module | its one idea |
//! |---|---|
//! | [`leaving`] | what one's own Leave means, and whether it is confirmed |
//! | [`notices`] | telling the others that one is writing |
//! | [`oneself`] | how one's own entries are known |
//! | [`audience`] | who reads a message, and what one may send now |
//! | [`drafts`] | what is being written, one draft for each audience |
//! | [`outbox`], `row`, `echo` | one POST at a time, one message's state, finding it in the log |
//! | [`mod@people`] | who sees oneself, and who reads a message |
//! | [`transcript`], `by_place` | the message log, each entry once and in order |
//! | [`typing`] | who else is writing |

pub mod audience;
mod by_place;
pub mod drafts;
mod echo;
pub mod leaving;
pub mod notices;
pub mod oneself;
pub mod outbox;
pub mod people;
mod row;
mod sending;
pub mod transcript;
pub mod typing;

pub use audience::{Audience, Hindrance, Rights, Situation};
pub use by_place::ByPlace;
pub use drafts::{Drafts, Message};
pub use leaving::{Leaving, Left};
pub use notices::Notices;
pub use oneself::Oneself;
pub use outbox::{Outbox, Post, RowChange};
pub use people::{Person, Role, people};
pub use row::{Receipt, Row, RowState, Timeouts};
pub use transcript::{Change, Place, Transcript};
pub use typing::{Typing, Typist};

use std::rc::Rc;

use crate::{LogEntry, Millis, Session, sooner};

/// What a panel knows of one session.
#[derive(Debug, Default)]
pub struct Seat {
    oneself: Oneself,
    session: Option<Rc<Session>>,
    connected: bool,
    switching: bool,
    transcript: Transcript,
    /// The log has been read.
    was_read: bool,
    drafts: Drafts,
    outbox: Outbox,
    typing: Typing,
    notices: Notices,
    leaving: Leaving,
}

impl Seat {
    /// The own user id is this; `None` while it is not known.
    pub fn signed_in(&mut self, user_id: Option<&str>, now: Millis) {
        self.oneself.signed_in(user_id);
        if let Some(session) = self.session.clone() {
            self.session(&session, now);
        }
        self.tell_own();
        self.outbox.settle(self.transcript.known_to(), now);
    }

    /// Notifications arrive, or not. Once they have been missed, `missed` is to be called.
    pub fn connected(&mut self, connected: bool) {
        self.connected = connected;
        if !connected {
            self.typing.clear();
        }
    }

    /// Notifications may have been missed: what is newer in the log is to be read.
    pub fn missed(&mut self) {
        self.transcript.missed();
    }

    /// A switch of the mode is pending, or no longer.
    pub fn switching(&mut self, switching: bool) {
        self.switching = switching;
    }

    /// The facts of the session are these now.
    pub fn session(&mut self, session: &Rc<Session>, now: Millis) {
        let mut learned = false;
        for one in session.participants() {
            learned |= self.oneself.learn(one);
        }
        if learned {
            self.tell_own();
            self.outbox.settle(self.transcript.known_to(), now);
        }
        self.leaving.follow(session, &self.oneself);
        self.typing.follow(session);
        self.session = Some(Rc::clone(session));
        self.drafts.follow(self.rights());
    }

    /// The session is no longer among one's own.
    pub fn gone(&mut self) {
        self.leaving.gone();
    }

    /// A barge-in that was pressed on this page is confirmed.
    pub fn barge_in_confirmed(&mut self) {
        self.drafts.barge_in_confirmed(self.rights());
    }

    /// A notification tells of these entries.
    pub fn logged(&mut self, entries: Vec<LogEntry>, now: Millis) -> Vec<Change> {
        for entry in &entries {
            let newest = self.transcript.newest().index();
            let is_new = entry.index.is_none_or(|index| index > newest);
            let is_own = entry
                .from
                .as_ref()
                .is_some_and(|from| self.oneself.is(from));
            if is_new && !is_own {
                self.typing.told(entry, now);
            }
        }
        let changes = self.transcript.told(entries);
        self.learn_from(&changes);
        self.tell(&changes, now);
        changes
    }

    /// The index from which on `GET /api/v2/me/{media}/{id}/messages?startIndex=` is to be asked
    /// for, if it is; answered by [`Self::log_read`] or [`Self::log_failed`].
    pub fn poll_read(&mut self) -> Option<i64> {
        self.outbox.look(&mut self.transcript);
        self.transcript.poll_read()
    }

    /// The read gave these entries.
    pub fn log_read(&mut self, entries: Vec<LogEntry>, now: Millis) -> Vec<Change> {
        let changes = self.transcript.read_answered(entries);
        let is_history = !std::mem::replace(&mut self.was_read, true);
        if is_history {
            self.outbox.history(self.transcript.newest());
        }
        self.learn_from(&changes);
        self.tell(&changes, now);
        self.outbox.looked(self.transcript.concluded());
        changes
    }

    /// The read failed; it is wanted still, after a while that is the caller's.
    pub fn log_failed(&mut self) {
        self.transcript.read_failed();
        self.outbox.looked(self.transcript.concluded());
    }

    /// The POST of Leave leaves.
    pub fn leave_asked(&mut self) {
        self.notices.stop();
        self.leaving.asked(self.transcript.newest());
    }

    /// Leave had no effect; see [`Leaving::denied`].
    pub fn leave_denied(&mut self) {
        self.leaving.denied();
    }

    /// When [`Self::handle_timeout`] is to be called, at the latest.
    pub fn poll_timeout(&self) -> Option<Millis> {
        let others = sooner(self.typing.poll_timeout(), self.notices.poll_timeout());
        sooner(self.outbox.poll_timeout(), others)
    }

    /// The time is this.
    pub fn handle_timeout(&mut self, now: Millis) {
        self.outbox.handle_timeout(now);
        self.typing.handle_timeout(now);
        self.notices.handle_timeout(now);
    }

    /// What the facts allow.
    pub fn rights(&self) -> Rights {
        let session = self.session.as_ref();
        session.map_or_else(Rights::default, |session| {
            Rights::of(session, &self.oneself)
        })
    }

    /// What decides whether a message may be sent now. Before the log has been asked for, an old
    /// entry could be taken for an echo.
    pub fn situation(&self) -> Situation {
        Situation {
            rights: self.rights(),
            connected: self.connected && self.transcript.concluded() > 0,
            switching: self.switching,
            over: self.leaving.left().is_some() || self.is_over(),
        }
    }

    /// The session is over for the user, by its state.
    pub fn is_over(&self) -> bool {
        self.session
            .as_ref()
            .is_some_and(|session| leaving::is_over(session))
    }

    /// The facts of the session, as far as they are known.
    pub fn facts(&self) -> Option<&Rc<Session>> {
        self.session.as_ref()
    }

    /// Who is in the session, in the server's order; see [`mod@people`].
    pub fn people(&self) -> Vec<Person<'_>> {
        let session = self.session.as_deref();
        session.map_or_else(Vec::new, |session| people(session, &self.oneself))
    }

    /// Whether something is unsent: a draft, or a message that is not in the log yet.
    pub fn is_dirty(&self) -> bool {
        !self.drafts.is_empty() || !self.outbox.rows().is_empty()
    }

    /// The log has been read at least once.
    pub fn was_read(&self) -> bool {
        self.was_read
    }

    /// Whether the entry is one's own.
    pub fn is_own(&self, entry: &LogEntry) -> bool {
        entry
            .from
            .as_ref()
            .is_some_and(|from| self.oneself.is(from))
    }

    /// Who one is.
    pub fn oneself(&self) -> &Oneself {
        &self.oneself
    }

    /// The log.
    pub fn transcript(&self) -> &Transcript {
        &self.transcript
    }

    /// What is being written.
    pub fn drafts(&self) -> &Drafts {
        &self.drafts
    }

    /// What was sent and is not in the log yet.
    pub fn outbox(&self) -> &Outbox {
        &self.outbox
    }

    /// Who else is writing.
    pub fn typing(&self) -> &Typing {
        &self.typing
    }

    /// Whether one has left.
    pub fn left(&self) -> Option<Left> {
        self.leaving.left()
    }

    /// Entries with a uri tell participant ids of one's own.
    fn learn_from(&mut self, changes: &[Change]) {
        let mut learned = false;
        for change in changes {
            let entry = self.transcript.get(change.place());
            let from = entry.and_then(|entry| entry.from.as_ref());
            learned |= from.is_some_and(|from| self.oneself.learn(from));
        }
        if learned {
            self.tell_own();
        }
    }

    /// Takes these entries to those whom they concern.
    fn tell(&mut self, changes: &[Change], now: Millis) {
        for change in changes {
            let place = change.place();
            let Some(entry) = self.transcript.get(place).map(Rc::clone) else {
                continue;
            };
            if self.is_own(&entry) {
                self.outbox.told(place, &entry);
                self.leaving.told(place, &entry, &self.oneself);
            }
        }
        self.outbox.settle(self.transcript.known_to(), now);
    }

    /// More entries may have turned out to be one's own.
    fn tell_own(&mut self) {
        let Some(before) = self.outbox.watches() else {
            return;
        };
        for (place, entry) in self.transcript.after(before) {
            if entry
                .from
                .as_ref()
                .is_some_and(|from| self.oneself.is(from))
            {
                self.outbox.told(place, entry);
            }
        }
    }
}
