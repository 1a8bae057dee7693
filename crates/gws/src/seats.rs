//! The seats of a page: one for each session that a panel shows or has shown.
//!
//! Sans-I/O, beside the [`Store`]: [`Seats::follow`] takes the facts of each session from the store, and tells it what
//! only a seat knows: that the user has left. The caller also hands in what the log says, then drains
//! [`Seats::poll_command`] and [`Seats::poll_event`], and sets one timer to [`Seats::poll_timeout`].

use std::rc::Rc;

use retry::Jitter;

use crate::seat::{Audience, Change, Left, RowChange, Seat};
use crate::store::SeatEnd;
use crate::{Failure, LogEntry, Millis, Press, SessionKey, Store, sooner};

/// What the caller is asked to do for a seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SeatCommand {
    /// `GET /api/v2/me/{media}/{id}/messages?startIndex=`; answered by [`Seats::log_read`].
    ReadLog {
        /// The session.
        session: SessionKey,
        /// Names the sitting in the answer.
        sitting: u32,
        /// The first index to read.
        start: i64,
    },
    /// `POST /api/v2/me/{media}/{id}` of a message; answered by [`Seats::answered`]. Before it leaves,
    /// [`Seats::may_send`] is asked. Never to be repeated, except with a new CSRF token.
    Send {
        /// The session.
        session: SessionKey,
        /// Names the sitting in the answer.
        sitting: u32,
        /// Names the POST in its answer.
        attempt: u32,
        /// Who is to read it.
        audience: Audience,
        /// The words.
        text: String,
        /// The deadline of the answer.
        timeout: Millis,
    },
    /// `POST /api/v2/me/{media}/{id}` of a typing notice, whose answer does not matter.
    Notify {
        /// The session.
        session: SessionKey,
        /// The operation, as the capabilities spell it.
        operation: String,
    },
}

/// Something that happened at a seat.
#[derive(Clone, Debug)]
pub enum SeatEvent {
    /// What the seat shows may have changed.
    Changed,
    /// Entries of the log were added or replaced, in the order of the log. `true` if they were read, `false` if a
    /// notification told of them.
    Logged(Rc<Vec<Change>>, bool),
    /// A message has another state.
    Row(RowChange),
    /// The user's own Leave is confirmed.
    Left(Left),
}

/// The seats of a page.
#[derive(Debug)]
pub struct Seats {
    all: Vec<Taken>,
    jitter: Jitter,
    /// Notifications arrive, or the page has said that they do. If the page feeds them, nothing is sent before.
    heard: bool,
    events: Vec<(SessionKey, SeatEvent)>,
}

/// One session's seat, and the reading of its log.
#[derive(Debug)]
struct Taken {
    key: SessionKey,
    seat: Seat,
    /// Counts the users of the seat: answers to what a former one has asked are not for the next.
    sitting: u32,
    /// Whose seat it is, also before it is known who is signed in.
    owner: Option<String>,
    /// Who the seat has been told is signed in.
    user: Option<String>,
    connected: bool,
    /// The session is known, with nothing that may be out of date.
    known: bool,
    /// The list that says whether there is such a session is being read: the log may be read beside it.
    awaited: bool,
    /// The log has been asked for beside the list, and no notification can have been missed since.
    ahead: bool,
    /// What the log said before the session was known: only its participants tell who is who.
    held: Option<Vec<LogEntry>>,
    /// Typing notices are sent.
    notices: bool,
    /// How often the read of the log has failed in a row.
    failures: u32,
    /// No read before this.
    read_at: Option<Millis>,
    end: Option<SeatEnd>,
}

impl Seats {
    /// No seats. `heard`: the page does not feed the notifications itself. `seed` is that of the waits of retries.
    pub fn new(heard: bool, seed: u64) -> Self {
        Self {
            all: Vec::new(),
            jitter: Jitter::new(seed),
            heard,
            events: Vec::new(),
        }
    }

    /// A panel shows this session from now on. `notices`: it tells the others that the user is writing.
    pub fn open(&mut self, key: &SessionKey, notices: bool) {
        match self.find_mut(key) {
            Some(taken) => taken.notices = notices,
            None => self.all.push(Taken {
                key: key.clone(),
                seat: Seat::default(),
                sitting: 0,
                owner: None,
                user: None,
                connected: false,
                known: false,
                awaited: false,
                ahead: false,
                held: None,
                notices,
                failures: 0,
                read_at: None,
                end: None,
            }),
        }
    }

    /// What was brought back to this seat is this user's. If another one is signed in, it goes.
    pub fn belongs_to(&mut self, key: &SessionKey, user: Option<String>) {
        if let Some(taken) = self.find_mut(key) {
            taken.owner = user;
            // Asked again at the next look.
            taken.user = None;
        }
    }

    /// The seat of this session.
    pub fn get(&self, key: &SessionKey) -> Option<&Seat> {
        let taken = self.all.iter().find(|taken| taken.key == *key);
        taken.map(|taken| &taken.seat)
    }

    /// The user does something at the seat of this session.
    pub fn act<T>(&mut self, key: &SessionKey, act: impl FnOnce(&mut Seat) -> T) -> Option<T> {
        self.at(key).map(act)
    }

    /// The seat of this session, for the user to do something there.
    pub fn at(&mut self, key: &SessionKey) -> Option<&mut Seat> {
        self.find_mut(key)?;
        self.changed(key);
        Some(&mut self.find_mut(key)?.seat)
    }

    /// The user presses Leave. Does nothing and returns `false` if it is not allowed now.
    pub fn leave(&mut self, store: &mut Store, press: Press, now: Millis) -> bool {
        let key = press.session.clone();
        let Some(taken) = self.find_mut(&key) else {
            return false;
        };
        let goes = store.press(press, now);
        if goes {
            taken.seat.leave_asked();
            self.changed(&key);
        }
        goes
    }

    /// The page feeds the notifications, and one has come, or the page has told of its connection.
    pub fn heard(&mut self) {
        self.heard = true;
    }

    /// Notifications may have been missed.
    pub fn missed(&mut self) {
        self.all.iter_mut().for_each(|taken| taken.seat.missed());
    }

    /// A notification tells of these entries of a session's log.
    pub fn logged(&mut self, key: &SessionKey, entries: Vec<LogEntry>, now: Millis) {
        if let Some(taken) = self.find_mut(key) {
            let changes = taken.seat.logged(entries, now);
            self.told(key, changes, false);
        }
    }

    /// The answer to [`SeatCommand::ReadLog`].
    pub fn log_read(
        &mut self,
        key: &SessionKey,
        sitting: u32,
        result: Result<Vec<LogEntry>, Failure>,
        now: Millis,
    ) {
        let is_it = |taken: &Taken| taken.key == *key && taken.sitting == sitting;
        let Some(at) = self.all.iter().position(is_it) else {
            return;
        };
        let taken = &mut self.all[at];
        let is_ahead = !taken.known && (taken.ahead || taken.seat.facts().is_none());
        match result {
            Ok(entries) if is_ahead => taken.held = Some(entries),
            Ok(entries) => self.log_is(at, entries, now),
            // There may be no such session, which the list will tell. If there is one, the log is asked again.
            Err(failure) if is_ahead => {
                taken.seat.log_failed();
                taken.read_at = failure.retry_after.map(|rest| now.saturating_add(rest));
            }
            Err(failure) => {
                taken.seat.log_failed();
                let wait = self.jitter.delay(taken.failures);
                let wait = failure.retry_after.map_or(wait, |rest| wait.max(rest));
                taken.failures += 1;
                taken.read_at = Some(now.saturating_add(wait));
                self.changed(key);
            }
        }
    }

    /// The log of this seat was read.
    fn log_is(&mut self, at: usize, entries: Vec<LogEntry>, now: Millis) {
        let taken = &mut self.all[at];
        taken.failures = 0;
        let changes = taken.seat.log_read(entries, now);
        let key = taken.key.clone();
        self.told(&key, changes, true);
    }

    /// Whether the log of this session cannot be read, and is tried again.
    pub fn is_log_failing(&self, key: &SessionKey) -> bool {
        let taken = self.all.iter().find(|taken| taken.key == *key);
        taken.is_some_and(|taken| taken.failures > 0)
    }

    /// Whether the POST of a message may be sent. To be asked right before sending, as the page's headers may have
    /// taken a while. If not, the message is not sent and waits for a press, or says that it is not allowed.
    pub fn may_send(&mut self, key: &SessionKey, sitting: u32, attempt: u32) -> bool {
        let taken = self.find_mut(key).filter(|taken| taken.sitting == sitting);
        taken.is_some_and(|taken| taken.seat.may_send(attempt))
    }

    /// The answer to [`SeatCommand::Send`], or that there was none.
    pub fn answered(
        &mut self,
        key: &SessionKey,
        sitting: u32,
        attempt: u32,
        result: Result<(), Failure>,
        now: Millis,
    ) {
        let taken = self.find_mut(key).filter(|taken| taken.sitting == sitting);
        if let Some(taken) = taken {
            taken.seat.answered(attempt, result, now);
            self.changed(key);
        }
    }

    /// Takes the facts of each session from the store. To be called after each input, before events are polled.
    pub fn follow(&mut self, store: &mut Store, now: Millis) {
        for at in 0..self.all.len() {
            self.follow_one(at, store, now);
        }
    }

    fn follow_one(&mut self, at: usize, store: &mut Store, now: Millis) {
        let heard = self.heard;
        let taken = &mut self.all[at];
        let key = taken.key.clone();
        let facts = store.seat_facts(&key);
        if let Some(user) = store
            .user_id()
            .filter(|user| taken.user.as_deref() != Some(*user))
        {
            if taken.owner.as_ref().is_some_and(|owner| owner != user) {
                // What is here belongs to somebody else.
                taken.seat = Seat::default();
                taken.sitting += 1;
                taken.connected = false;
                taken.ahead = false;
                taken.held = None;
            }
            taken.owner = Some(user.to_owned());
            taken.user = Some(user.to_owned());
            taken.seat.signed_in(Some(user), now);
        }
        if !facts.subscribed {
            taken.missed();
        }
        // What was asked for ahead is all that is to be read.
        if facts.connected && !taken.connected && !std::mem::take(&mut taken.ahead) {
            taken.seat.missed();
            taken.read_at = None;
        }
        taken.connected = facts.connected;
        taken.known = facts.read;
        taken.awaited = facts.awaited;
        taken.seat.connected(facts.connected && heard);
        taken.seat.switching(facts.switching);
        if facts.leave_denied {
            taken.seat.leave_denied();
        }
        if let Some(session) = &facts.session {
            taken.seat.session(session, now);
        }
        if facts.gone {
            taken.seat.gone();
        }
        if facts.barge_in_confirmed {
            taken.seat.barge_in_confirmed();
        }
        let end = match taken.seat.left() {
            Some(_) => Some(SeatEnd::Left),
            None => taken.seat.is_over().then_some(SeatEnd::Over),
        };
        if taken.end != end {
            taken.end = end;
            store.set_seat_end(&key, end);
            if let Some(left) = taken.seat.left() {
                self.events.push((key.clone(), SeatEvent::Left(left)));
            }
        }
        if let Some(entries) = taken.held.take_if(|_| facts.read) {
            self.log_is(at, entries, now);
        }
        self.drain(at);
    }

    /// The next thing to do, if any; to be called until it gives `None`.
    pub fn poll_command(&mut self, now: Millis) -> Option<SeatCommand> {
        for at in 0..self.all.len() {
            let command = self.all[at].poll_command(now);
            self.drain(at);
            if command.is_some() {
                return command;
            }
        }
        None
    }

    /// The next thing that happened, if any; to be called until it gives `None`.
    pub fn poll_event(&mut self) -> Option<(SessionKey, SeatEvent)> {
        // There are few: one of a kind for each session, and the changes of messages.
        (!self.events.is_empty()).then(|| self.events.remove(0))
    }

    /// Whether there are no events.
    pub fn is_quiet(&self) -> bool {
        self.events.is_empty()
    }

    /// When [`Self::handle_timeout`] is to be called, at the latest.
    pub fn poll_timeout(&self) -> Option<Millis> {
        self.all.iter().fold(None, |due, taken| {
            let read_at = taken.read_at.filter(|_| taken.connected);
            sooner(due, sooner(taken.seat.poll_timeout(), read_at))
        })
    }

    /// The time is this.
    pub fn handle_timeout(&mut self, now: Millis) {
        for at in 0..self.all.len() {
            let taken = &mut self.all[at];
            taken.read_at.take_if(|due| *due <= now);
            if taken.seat.poll_timeout().is_some_and(|due| due <= now) {
                taken.seat.handle_timeout(now);
                let key = taken.key.clone();
                self.changed(&key);
            }
            self.drain(at);
        }
    }

    /// The page is shown or online again: a read that waits is made at once.
    pub fn wake(&mut self) {
        for taken in &mut self.all {
            taken.read_at = None;
        }
    }

    fn told(&mut self, key: &SessionKey, changes: Vec<Change>, read: bool) {
        if !changes.is_empty() {
            // A burst is told together.
            let last = self
                .events
                .iter_mut()
                .rev()
                .find(|(other, event)| other == key && !matches!(event, SeatEvent::Changed));
            match last {
                Some((_, SeatEvent::Logged(known, also_read))) if *also_read == read => {
                    Rc::make_mut(known).extend(changes);
                }
                _ => {
                    let logged = SeatEvent::Logged(Rc::new(changes), read);
                    self.events.push((key.clone(), logged));
                }
            }
        }
        self.changed(key);
    }

    fn changed(&mut self, key: &SessionKey) {
        let is_told = |(other, event): &(SessionKey, SeatEvent)| {
            other == key && matches!(event, SeatEvent::Changed)
        };
        if !self.events.iter().any(is_told) {
            self.events.push((key.clone(), SeatEvent::Changed));
        }
    }

    /// Queues the changes of messages.
    fn drain(&mut self, at: usize) {
        let mut any = false;
        while let Some(change) = self.all[at].seat.poll_change() {
            let key = self.all[at].key.clone();
            self.events.push((key, SeatEvent::Row(change)));
            any = true;
        }
        if any {
            let key = self.all[at].key.clone();
            self.changed(&key);
        }
    }

    fn find_mut(&mut self, key: &SessionKey) -> Option<&mut Taken> {
        self.all.iter_mut().find(|taken| taken.key == *key)
    }
}

impl Taken {
    /// Notifications may have been missed: what was asked for ahead does not count.
    fn missed(&mut self) {
        self.ahead = false;
        if self.held.take().is_some() {
            self.seat.log_failed();
        }
    }

    fn poll_command(&mut self, now: Millis) -> Option<SeatCommand> {
        let session = || self.key.clone();
        if let Some(post) = self.seat.poll_post(now) {
            return Some(SeatCommand::Send {
                session: session(),
                sitting: self.sitting,
                attempt: post.attempt,
                audience: post.message.audience,
                text: post.message.text,
                timeout: post.timeout,
            });
        }
        if let Some(operation) = self.seat.poll_notice()
            && self.notices
        {
            return Some(SeatCommand::Notify {
                session: session(),
                operation,
            });
        }
        let goes_ahead = !self.connected && self.awaited && !self.ahead;
        if !(self.connected || goes_ahead) || self.read_at.is_some_and(|due| now < due) {
            return None;
        }
        self.read_at = None;
        let start = self.seat.poll_read()?;
        self.ahead = goes_ahead;
        Some(SeatCommand::ReadLog {
            session: session(),
            sitting: self.sitting,
            start,
        })
    }
}
