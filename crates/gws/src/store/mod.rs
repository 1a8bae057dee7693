//! The state of each session over time, and the one intent that may be under way for it.
//!
//! Sans-I/O: the caller hands in what happened (`start`, `link`, `notification`, `sessions_read`,
//! `press`, `answered`, ...) with the time, then drains [`Store::poll_command`] and
//! [`Store::poll_event`] and sets one timer to [`Store::poll_timeout`]. Every command but
//! [`Command::Connect`] is answered by exactly one call: `me_read`, `sessions_read` or `answered`.
//! A read that is asked for while the same read is out takes its place, and the old one is not answered any more;
//! deadlines of requests are the caller's, who reports one that passed as
//! [`Kind::Timeout`](crate::Kind::Timeout).
//!
//! Facts count in the order of arrival. The exception is a read: it shows the server as it was when the read began, so
//! it does not overwrite facts notified meanwhile.

mod attempt;
mod events;
mod identity;
mod intent;
mod life;
mod list;
mod order;
mod reader;
mod record;
mod seat;
mod sessions;
mod view;

use std::rc::Rc;

pub use attempt::Press;
use retry::Jitter;

pub use events::Event;
pub(crate) use order::sorted;
pub use seat::{SeatEnd, SeatFacts};
pub use view::{Operations, View};

use crate::wire::Capabilities;
use crate::{Failure, Media, Millis, Operation, Session, SessionKey};
use events::Events;
use identity::Identity;
use list::{Lists, sooner};
use reader::Reader;

/// The settings of a store.
#[derive(Clone, Copy, Debug)]
pub struct StoreConfig {
    /// The page feeds the notifications itself (`transport="host"`): no link is opened, and the
    /// first notification of a session counts as its read.
    pub host: bool,
    /// The deadline of reads; see [`Store::request_timeout`].
    pub request_timeout: Millis,
    /// The seed of the jitter of retries.
    pub seed: u64,
}

/// What the caller is asked to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// `GET /api/v2/me`; answered by [`Store::me_read`].
    ReadMe,
    /// Open the notification link, or close and reopen it; reported by [`Store::link`].
    Connect,
    /// `GET /api/v2/me/{media}?fields=*`; answered by [`Store::sessions_read`].
    ReadSessions(Media),
    /// `POST /api/v2/me/{media}/{id}`; answered by [`Store::answered`]. Never to be repeated, except with a new CSRF
    /// token after a rejection of the old one.
    Post {
        /// Identifies the attempt in the answer.
        attempt: u32,
        /// The session. Its id is not yet encoded; [`crate::path_segment`] of it is never `None`.
        session: SessionKey,
        /// The operation.
        operation: Operation,
        /// The deadline of the answer.
        timeout: Millis,
    },
}

/// The state of the notification connection. With `host` it is that of the reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConnectionStatus {
    /// The first attempt, or a new one, is under way.
    Connecting,
    /// Notifications arrive.
    Connected,
    /// A request and its immediate retry failed; retries go on.
    Broken,
    /// Ended, and not retried automatically.
    Closed,
}

impl ConnectionStatus {
    /// The public word of the widget's contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Connecting => "connecting",
            Self::Connected => "connected",
            Self::Broken => "broken",
            Self::Closed => "closed",
        }
    }
}

/// The Bayeux client's state of the notification connection.
pub type Link = ConnectionStatus;

/// The sessions of one page and server.
#[derive(Debug)]
pub struct Store {
    host: bool,
    request_timeout: Millis,
    jitter: Jitter,
    identity: Identity,
    me: Reader,
    /// When `/me` last confirmed that somebody is signed in.
    me_told: Option<Millis>,
    /// `/me` has been answered: the lists that wait for it are read before `/me` is read again.
    lists_turn: bool,
    link: Link,
    /// The link has been requested and not given up since.
    linked: bool,
    /// Notifications are subscribed to, and none can have been missed since.
    subscribed: bool,
    /// Regular reads of the lists have begun.
    reading: bool,
    unauthenticated: Option<Rc<Failure>>,
    /// Orders reads and facts: each gets the next number.
    sequence: u64,
    attempts: u32,
    lists: Lists,
    /// The capabilities of the newest notification, shared if the next one has the same.
    capabilities: Option<Capabilities>,
    connect: bool,
    /// Two at most, as a rule, so a plain vector serves as the queue.
    posts: Vec<Command>,
    events: Events,
    status: ConnectionStatus,
}

impl Store {
    /// An empty store; nothing happens before [`Store::start`].
    pub fn new(config: StoreConfig) -> Self {
        Self {
            host: config.host,
            request_timeout: config.request_timeout,
            jitter: Jitter::new(config.seed),
            identity: Identity::default(),
            me: Reader::default(),
            me_told: None,
            lists_turn: false,
            // A page that does not report its connection counts as connected.
            link: match config.host {
                true => Link::Connected,
                false => Link::Connecting,
            },
            linked: false,
            subscribed: false,
            reading: false,
            unauthenticated: None,
            sequence: 0,
            attempts: 0,
            lists: Lists::default(),
            capabilities: None,
            connect: false,
            posts: Vec::new(),
            events: Events::default(),
            status: ConnectionStatus::Connecting,
        }
    }

    /// The next thing to do, if any; to be called until it gives `None`.
    pub fn poll_command(&mut self) -> Option<Command> {
        // A person is waiting for the POST, so it comes first.
        if !self.posts.is_empty() {
            return Some(self.posts.remove(0));
        }
        if !self.lists_turn && self.me.begin() {
            return Some(Command::ReadMe);
        }
        if std::mem::take(&mut self.connect) {
            return Some(Command::Connect);
        }
        // `/me` is read first: it says whose sessions the lists hold.
        if !self.lists_turn && self.me.is_busy() {
            return None;
        }
        let sequence = self.next_sequence();
        let fresh = self.subscribed;
        for media in Media::ALL {
            if self.lists.get_mut(media).begin_read(sequence, fresh) {
                return Some(Command::ReadSessions(media));
            }
        }
        let asks = std::mem::take(&mut self.lists_turn) && self.me.begin();
        asks.then_some(Command::ReadMe)
    }

    /// When [`Store::handle_timeout`] is to be called, at the latest.
    pub fn poll_timeout(&self) -> Option<Millis> {
        let [sms, chat] = self.lists.both();
        sooner(self.me.due(), sooner(sms.due(), chat.due()))
    }

    /// The next thing that happened, if any; to be called until it gives `None`.
    pub fn poll_event(&mut self) -> Option<Event> {
        self.events.pop()
    }

    /// Whether all queued events are changes, which may be drawn together with later ones.
    pub fn has_changes_only(&self) -> bool {
        self.events.are_changes()
    }

    /// Whether no events are queued.
    pub fn is_quiet(&self) -> bool {
        self.events.is_empty()
    }

    /// The own user id: the given one, else that of `/me`.
    pub fn user_id(&self) -> Option<&str> {
        self.identity.id()
    }

    /// The state of the notification connection.
    pub fn status(&self) -> ConnectionStatus {
        self.status
    }

    /// The deadline for `ReadMe` and `ReadSessions`, which the caller keeps.
    pub fn request_timeout(&self) -> Millis {
        self.request_timeout
    }

    /// The sessions of one media that are not over, in the server's order; those known only by
    /// notification come last.
    pub fn sessions(&self, media: Media) -> impl Iterator<Item = &Rc<Session>> {
        self.lists.get(media).alive()
    }

    fn next_sequence(&mut self) -> u64 {
        self.sequence += 1;
        self.sequence
    }
}
