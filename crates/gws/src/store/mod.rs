//! The truth per session over time, and the one intent that may be under way for it.
//!
//! Sans-I/O: the caller hands in what happened (`start`, `link`, `notification`, `sessions_read`,
//! `press`, `answered`, ...) with the time, then drains [`Store::poll_command`] and
//! [`Store::poll_event`] and sets one timer to [`Store::poll_timeout`]. Every command but
//! [`Command::Connect`] is answered by exactly one call: `me_read`, `sessions_read` or `answered`.
//! A read that is asked for while the same read is out takes its place, and the old one is not answered any more;
//! deadlines of requests are the caller's, who reports one that passed as
//! [`Kind::Timeout`](crate::Kind::Timeout).
//!
//! Facts count in the order of their arrival. The exception is a read: it shows the server as it
//! was when the read began, so it does not undo what a notification said meanwhile.

mod attempt;
mod events;
mod identity;
mod intent;
mod life;
mod list;
mod order;
mod reader;
mod record;
mod sessions;
mod view;

use std::rc::Rc;

pub use attempt::Press;
use retry::Jitter;

pub use events::Event;
pub use view::{Operations, View};

use crate::wire::Capabilities;
use crate::{Failure, Media, Millis, Operation, Session, SessionKey};
use events::Events;
use identity::Identity;
use list::{Lists, sooner};
use reader::Reader;

/// What a store is made with.
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
    /// Open the notification link, or close and open it anew; told by [`Store::link`].
    Connect,
    /// `GET /api/v2/me/{media}?fields=*`; answered by [`Store::sessions_read`].
    ReadSessions(Media),
    /// `POST /api/v2/me/{media}/{id}`; answered by [`Store::answered`]. Never to be
    /// repeated, but for a CSRF token found out of date.
    Post {
        /// Names the attempt in the answer.
        attempt: u32,
        /// The session. Its id is not yet encoded; [`crate::path_segment`] of it is never `None`.
        session: SessionKey,
        /// The operation.
        operation: Operation,
        /// The deadline of the answer.
        timeout: Millis,
    },
}

/// The state of the notification connection. Without one (`host`) it is that of the reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConnectionStatus {
    /// The first attempt, or a new one, is under way.
    Connecting,
    /// Notifications arrive.
    Connected,
    /// A request and its immediate retry failed; retries go on.
    Broken,
    /// Ended, and not retried by itself.
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

/// What the Bayeux client says of the notification connection.
pub type Link = ConnectionStatus;

/// The sessions of one page and server.
#[derive(Debug)]
pub struct Store {
    host: bool,
    request_timeout: Millis,
    jitter: Jitter,
    identity: Identity,
    me: Reader,
    /// When `/me` last said that somebody is signed in.
    me_told: Option<Millis>,
    /// `/me` has been answered: the lists that wait for it are read before it is asked again.
    lists_turn: bool,
    link: Link,
    /// The link was asked for and not given up since.
    linked: bool,
    /// Notifications have been subscribed to and none can have been missed since.
    subscribed: bool,
    /// Regular reads of the lists have begun.
    reading: bool,
    unauthenticated: Option<Rc<Failure>>,
    /// Orders reads and facts: every fact and every read gets a number of its own.
    sequence: u64,
    attempts: u32,
    lists: Lists,
    /// What the newest notification listed, for the next one to share.
    capabilities: Option<Capabilities>,
    connect: bool,
    /// One or two, if any, so a plain vector serves as the queue.
    posts: Vec<Command>,
    events: Events,
    status: ConnectionStatus,
}

impl Store {
    /// A store that knows nothing; nothing happens before [`Store::start`].
    pub fn new(config: StoreConfig) -> Self {
        Self {
            host: config.host,
            request_timeout: config.request_timeout,
            jitter: Jitter::new(config.seed),
            identity: Identity::default(),
            me: Reader::default(),
            me_told: None,
            lists_turn: false,
            // A page that says nothing of its link has one.
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
        // A person waits for the post.
        if !self.posts.is_empty() {
            return Some(self.posts.remove(0));
        }
        if !self.lists_turn && self.me.begin() {
            return Some(Command::ReadMe);
        }
        if std::mem::take(&mut self.connect) {
            return Some(Command::Connect);
        }
        // Whose sessions they are is asked first.
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

    /// Whether what [`Store::poll_event`] would give are changes alone, which may be drawn together with those that follow.
    pub fn has_changes_only(&self) -> bool {
        self.events.are_changes()
    }

    /// The own user id: the given one, else that of `/me`.
    pub fn user_id(&self) -> Option<&str> {
        self.identity.id()
    }

    /// The state of the notification connection.
    pub fn status(&self) -> ConnectionStatus {
        self.status
    }

    /// The deadline that the caller is to give to `ReadMe` and `ReadSessions`.
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
