//! The sessions on the page: those that the server lists, and some that have ended.
//!
//! The connection forgets an ended session once nothing subscribes to it, but a supervisor should still see it. So rows
//! keep their position and are only marked as ended.

use std::rc::Rc;

use barge_in::panel::seat::{Role, Seat};
use barge_in::{
    Connection, LogEntry, Media, Session, SessionKey, State, Subscription, View, Visibility,
};

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
    /// What a button would show of it.
    pub view: View,
    /// What its log and its participants say.
    pub told: Told,
    /// The newest index of the log that was shown; `None` until the log has been read.
    seen: Option<i64>,
    _subscription: Subscription,
}

/// What the list shows of a session beside its facts.
#[derive(Default)]
pub struct Told {
    /// The customer's name.
    pub customer: Option<String>,
    /// The name of the customer's agent.
    pub agent: Option<String>,
    /// The supervisor's own name.
    pub own: Option<String>,
    /// The newest message: its author unless it is the customer, and its words.
    pub last: Option<(Option<String>, String)>,
    /// Since when the customer has waited for an answer, in ms since 1970.
    pub waiting_since: Option<f64>,
    /// Messages of others that arrived while the session was not shown.
    pub unread: usize,
}

impl Roster {
    /// Updates the rows from the connection: its sessions, and what their seats know.
    pub fn look(&mut self, connection: &Connection, chosen: Option<&SessionKey>) {
        for media in [Media::SmsSession, Media::Chat] {
            for session in connection.sessions(media) {
                self.add(connection, SessionKey::new(media, &*session.id), session);
            }
        }
        for row in &mut self.rows {
            let SessionKey { media, id } = &row.key;
            row.view = connection.view(*media, id, false);
            if let Some(session) = connection.session(*media, id) {
                row.session = session;
            }
            let shown = chosen == Some(&row.key);
            connection.seat(&row.key, |seat| {
                if shown || row.seen.is_none() {
                    let newest = seat.transcript().newest().index();
                    row.seen = seat.was_read().then_some(newest);
                }
                row.told = Told::of(seat, row.seen);
            });
        }
        self.forget(chosen);
    }

    /// Drops the oldest of too many ended sessions.
    fn forget(&mut self, chosen: Option<&SessionKey>) {
        let ended = self.rows.iter().filter(|row| row.is_over()).count();
        let mut surplus = ended.saturating_sub(ENDED_KEPT);
        self.rows.retain(|row| {
            let drop = surplus > 0 && row.is_over() && Some(&row.key) != chosen;
            surplus -= usize::from(drop);
            !drop
        });
    }

    /// Adds a session that is new on the page. Its log is read, so that the list can show its newest message.
    fn add(&mut self, connection: &Connection, key: SessionKey, session: Rc<Session>) {
        if self.row(&key).is_some() {
            return;
        }
        connection.sit(&key, false);
        self.rows.push(Row {
            _subscription: connection.subscribe(Some(key.clone()), |_| {}),
            view: connection.view(key.media, &key.id, false),
            key,
            session,
            told: Told::default(),
            seen: None,
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

    /// The supervisor's own name, as the sessions have it.
    pub fn own_name(&self) -> Option<&str> {
        self.rows.iter().find_map(|row| row.told.own.as_deref())
    }
}

impl Row {
    /// Whether it is over, for everybody or for the supervisor.
    pub fn is_over(&self) -> bool {
        matches!(self.view.state, State::Ended | State::Left)
    }
}

impl Told {
    fn of(seat: &Seat, seen: Option<i64>) -> Self {
        let people = seat.people();
        let name = |role| {
            let person = people.iter().find(|one| !one.own && one.role == role);
            person.map(|one| words::name(one.participant))
        };
        let own = people.iter().find(|one| one.own);
        let messages = || seat.transcript().entries().rev();
        let messages = || messages().filter(|(_, entry)| entry.kind == "Text");
        let is_new = |index: Option<i64>| seen.is_some_and(|seen| index > Some(seen));
        let unread = messages()
            .take_while(|(_, entry)| is_new(entry.index))
            .filter(|(_, entry)| !seat.is_own(entry));
        Self {
            customer: name(Role::Customer),
            agent: name(Role::Agent),
            own: own.and_then(|one| one.participant.nickname.clone()),
            last: messages().next().map(|(_, entry)| {
                let author = entry.from.as_ref().filter(|_| !is_customer(entry));
                (
                    author.map(words::name),
                    entry.text.clone().unwrap_or_default(),
                )
            }),
            waiting_since: messages()
                .filter(|(_, entry)| is_customer(entry) || is_seen_by_customer(entry))
                .take_while(|(_, entry)| is_customer(entry))
                .last()
                .and_then(|(_, entry)| entry.time()),
            unread: unread.count(),
        }
    }
}

fn is_customer(entry: &LogEntry) -> bool {
    let from = entry.from.as_ref();
    from.is_some_and(|from| from.kind == "Customer")
}

fn is_seen_by_customer(entry: &LogEntry) -> bool {
    matches!(entry.visibility, None | Some(Visibility::All))
}
