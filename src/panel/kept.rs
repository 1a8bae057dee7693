//! What is unsent in a session, as plain values: so it survives a restart of the instance, and the removal of all
//! panels. Kept in memory only.

use std::cell::RefCell;
use std::rc::Rc;

use gws::seat::{Audience, Message, Seat, Timeouts};
use gws::{SessionKey, seat};

use crate::connection::{Connection, Settings};

/// The drafts and the messages of one session that are not in the log yet.
#[derive(Debug, Default, PartialEq)]
pub struct Kept {
    /// Whose it is; `None` if that was not known.
    pub user: Option<String>,
    /// The words for agents.
    pub agents: String,
    /// The words for everyone.
    pub everyone: String,
    /// The message box shows those for everyone.
    pub shows_everyone: bool,
    /// The messages.
    pub rows: Vec<KeptRow>,
}

/// A message that is not in the log yet.
#[derive(Debug, PartialEq)]
pub struct KeptRow {
    /// Identifies it within its session.
    pub id: u32,
    /// For whom it is meant.
    pub audience: Audience,
    /// The words.
    pub text: String,
    /// Its entry comes after this index of the log; `None` if it was never sent.
    pub before: Option<i64>,
}

impl Kept {
    /// What is unsent at a seat.
    pub(super) fn of(seat: &Seat, user: Option<String>) -> Self {
        let drafts = seat.drafts();
        let row = |row: &seat::Row| KeptRow {
            id: row.id,
            audience: row.message.audience,
            text: row.message.text.clone(),
            before: row.before(),
        };
        Self {
            user,
            agents: drafts.text(Audience::Agents).to_owned(),
            everyone: drafts.text(Audience::Everyone).to_owned(),
            shows_everyone: drafts.shown() == Audience::Everyone,
            rows: seat.outbox().rows().iter().map(row).collect(),
        }
    }

    /// Whether nothing is unsent.
    pub fn is_empty(&self) -> bool {
        self.agents.is_empty() && self.everyone.is_empty() && self.rows.is_empty()
    }

    fn restore(&self, seat: &mut Seat, timeouts: Timeouts) {
        let message = |audience: Audience, text: &str| Message {
            audience,
            text: text.to_owned(),
        };
        seat.restore_draft(&message(Audience::Agents, &self.agents));
        seat.restore_draft(&message(Audience::Everyone, &self.everyone));
        if self.shows_everyone {
            seat.choose(Audience::Everyone);
        }
        for row in &self.rows {
            let message = message(row.audience, &row.text);
            seat.restore_row(row.id, message, row.before, timeouts);
        }
    }
}

thread_local! {
    /// What this instance knows to be unsent, also after the connection was closed.
    static ALL: RefCell<Vec<(Settings, SessionKey, Rc<Kept>)>> = const { RefCell::new(Vec::new()) };
}

/// Records what is unsent at the seat of a session; returns it if it has changed.
pub(super) fn keep(connection: &Connection, session: &SessionKey) -> Option<Rc<Kept>> {
    let user = connection.user_id();
    let kept = Rc::new(connection.seat(session, |seat| Kept::of(seat, user))?);
    let settings = connection.settings();
    ALL.with_borrow_mut(|all| {
        let known = all
            .iter_mut()
            .find(|(one, key, _)| one == settings && key == session);
        match known {
            Some((_, _, known)) if *known == kept => return None,
            Some((_, _, known)) => known.clone_from(&kept),
            None if kept.is_empty() => return None,
            None => all.push((settings.clone(), session.clone(), kept.clone())),
        }
        Some(kept)
    })
}

/// A panel shows this session: its seat is opened. A new seat gets back what is unsent: what this instance knows, else
/// `given`. So does one that the page has opened before its panel. Returns whether it was the latter.
pub(super) fn open(
    connection: &Connection,
    session: &SessionKey,
    notices: bool,
    given: Option<&Rc<Kept>>,
    timeouts: Timeouts,
) -> bool {
    let is_unused = |seat: &Seat| seat.drafts().is_empty() && seat.outbox().next_id() == 1;
    let was_unused = connection.seat(session, is_unused);
    connection.sit(session, notices);
    if was_unused == Some(false) {
        return false;
    }
    let settings = connection.settings();
    let known = ALL.with_borrow(|all| {
        let found = all
            .iter()
            .find(|(one, key, _)| one == settings && key == session);
        found.map(|(_, _, kept)| kept.clone())
    });
    let is_given = known.is_none() && given.is_some();
    let kept = known.or_else(|| given.cloned());
    if let Some(kept) = kept.filter(|kept| was_unused.is_none() || !kept.is_empty()) {
        connection.belongs_to(session, kept.user.clone());
        connection.act(session, |seat, _| kept.restore(seat, timeouts));
    }
    is_given
}
