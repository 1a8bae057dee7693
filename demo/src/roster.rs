//! The sessions on the page: those that the server lists, and some that have ended.
//!
//! The connection forgets an ended session once nothing subscribes to it, but a supervisor should still see it. So rows
//! keep their position and are only marked as ended.

use std::rc::Rc;

use barge_in::{
    Connection, LogEntry, Media, Mode, Participant, Session, SessionKey, State, Subscription,
};

use crate::transcript::{Transcript, name_of};
use crate::words;

/// The most ended sessions that stay in the list.
const ENDED_KEPT: usize = 4;

/// The rows of the list.
#[derive(Default)]
pub struct Roster {
    rows: Vec<Row>,
}

/// One session on the page.
pub struct Row {
    /// The session's key.
    pub key: SessionKey,
    /// The session's facts.
    pub session: Rc<Session>,
    /// The own mode, as last confirmed.
    pub mode: Option<Mode>,
    /// Whether it is over.
    pub ended: bool,
    /// Its transcript.
    pub transcript: Rc<Transcript>,
    /// Messages that arrived while it was not shown.
    pub unread: usize,
    _subscription: Subscription,
}

impl Row {
    /// The customer.
    pub fn customer(&self) -> Option<&Participant> {
        let mut all = self.session.participants().iter();
        all.find(|one| one.kind == "Customer")
    }

    /// The agent of the customer. A supervisor has the same type, but is hidden or the user.
    pub fn agent(&self, me: Option<&str>) -> Option<&Participant> {
        let mut all = self.session.participants().iter();
        all.find(|one| words::role(one, me.is_some_and(|me| one.is_user(me))) == "Agent")
    }
}

impl Roster {
    /// Updates the rows from the connection's sessions; `listen` subscribes to a new one.
    pub fn look(
        &mut self,
        connection: &Connection,
        chosen: Option<&SessionKey>,
        listen: impl Fn(SessionKey) -> Subscription,
    ) {
        for media in [Media::SmsSession, Media::Chat] {
            for session in connection.sessions(media) {
                self.see(media, session, &listen);
            }
        }
        for row in &mut self.rows {
            let view = connection.view(row.key.media, &row.key.id, false);
            row.ended = view.state == State::Ended;
            row.mode = view.mode;
            if let Some(session) = connection.session(row.key.media, &row.key.id) {
                row.session = session;
            }
        }
        let surplus = self
            .rows
            .iter()
            .filter(|row| row.ended)
            .count()
            .saturating_sub(ENDED_KEPT);
        let mut to_drop = surplus;
        self.rows.retain(|row| {
            let drop = to_drop > 0 && row.ended && Some(&row.key) != chosen;
            to_drop -= usize::from(drop);
            !drop
        });
    }

    fn see(
        &mut self,
        media: Media,
        session: Rc<Session>,
        listen: impl Fn(SessionKey) -> Subscription,
    ) {
        if let Some(row) = self
            .rows
            .iter_mut()
            .find(|row| row.key.media == media && *row.key.id == *session.id)
        {
            row.session = session;
            return;
        }
        let key = SessionKey::new(media, session.id.as_str());
        self.rows.push(Row {
            key: key.clone(),
            session,
            mode: None,
            ended: false,
            transcript: Rc::default(),
            unread: 0,
            _subscription: listen(key),
        });
    }

    /// The rows in the order in which they were first seen.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The row of a session.
    pub fn row(&self, key: &SessionKey) -> Option<&Row> {
        self.rows.iter().find(|row| row.key == *key)
    }

    fn row_mut(&mut self, key: &SessionKey) -> Option<&mut Row> {
        self.rows.iter_mut().find(|row| row.key == *key)
    }

    /// Adds log entries of a session. If entries before them are missing, returns the index to read from.
    pub fn take_messages(
        &mut self,
        key: &SessionKey,
        entries: &[LogEntry],
        shown: bool,
        now: f64,
    ) -> Option<u64> {
        let row = self.row_mut(key)?;
        let before = row.transcript.next_index();
        let missing = Rc::make_mut(&mut row.transcript).add(entries, now);
        // The first entries of a session are its history, not new messages.
        if !shown && before > 1 {
            let is_new = |entry: &LogEntry| {
                entry.index.and_then(|index| u64::try_from(index).ok()) >= Some(before)
            };
            row.unread += entries
                .iter()
                .filter(|entry| entry.kind == "Text" && is_new(entry))
                .count();
        }
        missing
    }

    /// Counts a session's messages as seen.
    pub fn mark_read(&mut self, key: &SessionKey) {
        if let Some(row) = self.row_mut(key) {
            row.unread = 0;
        }
    }

    /// The supervisor's own name, as the sessions have it.
    pub fn own_name(&self, me: &str) -> Option<String> {
        let mut people = self.rows.iter().flat_map(|row| row.session.participants());
        people.find(|one| one.is_user(me)).map(name_of)
    }

    /// Removes expired typing; true if there was any.
    pub fn expire(&mut self, now: f64) -> bool {
        let mut changed = false;
        for row in &mut self.rows {
            if !row.transcript.typing().is_empty() {
                changed |= Rc::make_mut(&mut row.transcript).expire(now);
            }
        }
        changed
    }
}
