//! What a connection tells those who listen to it.

use std::rc::{Rc, Weak};

use gws::{ConnectionStatus, Failure, LogEntry, Media, Operation};
use json::Json;

use super::shared::Shared;

/// One thing that happened.
pub enum Signal {
    /// What is to be shown of a session may have changed.
    Changed,
    /// A session was joined, as the server confirms.
    Joined {
        /// Who pressed for it; `None` where the join came from elsewhere.
        presser: Option<u32>,
        /// Ms from the request's sending to its response; `None` where the confirmation came first.
        request_ms: Option<u64>,
        /// Ms from the request's sending to the confirmation.
        confirm_ms: Option<u64>,
    },
    /// An intent failed or was refused.
    Failed {
        /// Who pressed for it.
        presser: u32,
        /// What was asked.
        operation: Operation,
        /// Why it did not happen.
        failure: Rc<Failure>,
    },
    /// Entries of a session's message log, as notified or read; the same entry may come more than once.
    Messages(Log),
    /// Something went wrong that no intent met: nobody is signed in, or the page's own headers cannot be had.
    Trouble(Rc<Failure>),
    /// The notification connection changed.
    Status {
        /// How it is.
        status: ConnectionStatus,
        /// The transport in use.
        transport: &'static str,
        /// Another session of this browser holds the long poll.
        multiple_clients: bool,
    },
}

/// Entries of a message log as they came. Read only by those who follow it, so that nobody else downloads the reading.
pub struct Log(pub(super) Json);

impl Log {
    /// The entries.
    pub fn entries(&self) -> Vec<LogEntry> {
        LogEntry::read_all(&mut self.0.clone()).unwrap_or_default()
    }
}

/// One who listens.
pub(super) struct Subscriber {
    pub(super) id: u32,
    pub(super) session: Option<(Media, String)>,
    pub(super) call: Box<dyn Fn(&Signal)>,
}

impl Subscriber {
    /// Whether something about `session` (`None`: about all) concerns this one.
    pub(super) fn concerns(&self, session: Option<&(Media, Rc<str>)>) -> bool {
        match (&self.session, session) {
            (Some((own_media, own)), Some((media, id))) => own_media == media && **own == **id,
            _ => true,
        }
    }
}

/// Keeps a listener listening; dropping it ends that.
#[must_use = "dropping a subscription ends it"]
pub struct Subscription {
    pub(super) shared: Weak<Shared>,
    pub(super) id: u32,
}

impl Drop for Subscription {
    fn drop(&mut self) {
        if let Some(shared) = self.shared.upgrade() {
            shared.unsubscribe(self.id);
        }
    }
}
