//! The messages of one session that were pressed and are not seen in the log yet.
//!
//! One POST at a time, in the order of the presses. A press gives a turn, a POST takes it: so no
//! press sends twice, and nothing leaves without one. When a message ends badly the turns of all
//! behind it are taken back.

use std::rc::Rc;

use super::audience::{Audience, Hindrance, Situation};
use super::drafts::Message;
use super::echo::Echoes;
use super::row::{Doubt, Receipt, Row, RowState, Timeouts};
use super::{Place, Transcript};
use crate::{Failure, Kind, LogEntry, Millis};

/// A message that is to be sent: `POST /api/v2/me/{media}/{id}` with its audience's operation and
/// its text; answered by [`Outbox::answered`]. Never to be repeated, but for a CSRF token found
/// out of date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// Names the POST in its answer.
    pub attempt: u32,
    /// The row.
    pub id: u32,
    /// What the press captured.
    pub message: Message,
    /// The deadline of the answer, in ms.
    pub timeout: Millis,
}

/// A row is in another state than before.
#[derive(Clone, Debug, PartialEq)]
pub struct RowChange {
    /// The row.
    pub id: u32,
    /// For whom it was meant.
    pub audience: Audience,
    /// How far it is now.
    pub state: RowState,
}

/// The rows of one session.
#[derive(Debug, Default)]
pub struct Outbox {
    rows: Vec<Row>,
    ids: u32,
    turns: u32,
    /// The POST that is out.
    out: Option<u32>,
    echoes: Echoes,
    changes: Vec<RowChange>,
}

impl Outbox {
    /// The rows, in the order of their first press.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The id of the next message.
    pub fn next_id(&self) -> u32 {
        self.ids + 1
    }

    /// A person has pressed Send. Gives the row's id.
    pub fn press(&mut self, message: Message, timeouts: Timeouts) -> u32 {
        self.ids += 1;
        let turn = self.next_turn();
        self.add(
            self.ids,
            message,
            timeouts,
            RowState::Waiting { turn },
            None,
        );
        self.ids
    }

    /// A person has pressed "Send again", or Send for one that waits for a press. It keeps its
    /// audience. What is hindered, or goes on by itself, stays as it is.
    pub fn resend(
        &mut self,
        id: u32,
        situation: &Situation,
        timeouts: Timeouts,
    ) -> Result<(), Hindrance> {
        let Some(at) = self.find(id).filter(|at| !self.rows[*at].state.goes_on()) else {
            return Ok(());
        };
        if let Some(hindrance) = situation.hindrance(self.rows[at].message.audience) {
            return Err(hindrance);
        }
        let turn = self.next_turn();
        self.rows[at].timeouts = timeouts;
        self.set(at, RowState::Waiting { turn });
        Ok(())
    }

    /// Takes a row out, to be dropped or edited. One that may be on its way stays.
    pub fn take(&mut self, id: u32) -> Option<Message> {
        let at = self.find(id)?;
        let stays = matches!(self.rows[at].state, RowState::Sending | RowState::Accepted);
        let message = (!stays).then(|| self.rows.remove(at).message);
        self.forget();
        message
    }

    /// Brings a row back after the instance was started anew. One that had left is unconfirmed, any
    /// other waits for a press.
    pub fn restore(&mut self, id: u32, message: Message, before: Option<i64>, timeouts: Timeouts) {
        let state = match before {
            Some(_) => RowState::Unconfirmed,
            None => RowState::Waiting { turn: None },
        };
        self.ids = self.ids.max(id);
        self.add(id, message, timeouts, state, before.map(Place::at));
    }

    /// The message to send now, if any. The audience is asked about here once more: the facts may
    /// have changed since the press. `newest` is where the log ends.
    pub fn poll_post(&mut self, situation: &Situation, newest: Place, now: Millis) -> Option<Post> {
        if situation.over || !situation.connected {
            self.hold();
        }
        let is_sending = |row: &Row| row.state == RowState::Sending;
        if self.out.is_some() || self.rows.iter().any(is_sending) {
            return None;
        }
        let (turn, at) = self.next_in_turn()?;
        match situation.hindrance(self.rows[at].message.audience) {
            Some(Hindrance::NotAllowed) => self.conclude(at, RowState::NotAllowed),
            Some(_) => self.hold(),
            None => {
                self.out = Some(turn);
                let row = &mut self.rows[at];
                row.attempt = Some(turn);
                row.left = now;
                row.responded = None;
                // A late echo of an earlier POST of the same words counts as well.
                row.before.get_or_insert(newest);
                let post = Post {
                    attempt: turn,
                    id: row.id,
                    message: row.message.clone(),
                    timeout: row.timeouts.request,
                };
                self.set(at, RowState::Sending);
                return Some(post);
            }
        }
        None
    }

    /// Whether the POST of this number may leave now: the page's headers may have taken a while, and the facts may
    /// have changed meanwhile. If not, it is taken back: nothing has been sent, and its answer is ignored.
    pub fn may_send(&mut self, attempt: u32, situation: &Situation) -> bool {
        let at = self
            .rows
            .iter()
            .position(|row| row.attempt == Some(attempt));
        let Some(at) = at.filter(|_| self.out == Some(attempt)) else {
            return false;
        };
        let Some(hindrance) = situation.hindrance(self.rows[at].message.audience) else {
            return true;
        };
        self.out = None;
        self.conclude(
            at,
            match hindrance {
                Hindrance::NotAllowed => RowState::NotAllowed,
                _ => RowState::Waiting { turn: None },
            },
        );
        false
    }

    /// The answer to a POST, or that there was none.
    pub fn answered(&mut self, attempt: u32, answer: Result<(), Failure>, now: Millis) {
        if self.out != Some(attempt) {
            return;
        }
        self.out = None;
        let is_it = |row: &Row| row.attempt == Some(attempt);
        // The log may have had it first. Then the answer says nothing more.
        let Some(at) = self.rows.iter().position(is_it) else {
            return;
        };
        let row = &mut self.rows[at];
        match answer {
            Ok(()) => {
                row.responded = Some(now);
                let until = now.saturating_add(row.timeouts.confirm);
                self.set(at, RowState::Accepted);
                self.rows[at].doubt = Doubt::Echo { until };
            }
            Err(failure) if failure.refused => {
                self.conclude(at, RowState::Refused(Rc::new(failure)));
            }
            Err(failure) if was_not_acted_on(&failure) => {
                self.conclude(at, RowState::Failed(Rc::new(failure)));
            }
            Err(failure) => row.doubt(RowState::Failed(Rc::new(failure)), now),
        }
    }

    /// An entry of one's own stands in the log. It may be told again. [`Self::settle`] is to follow
    /// once all that came together is told.
    pub fn told(&mut self, place: Place, entry: &LogEntry) {
        if self.watches().is_some_and(|before| place > before) {
            self.echoes.told(place, entry);
        }
    }

    /// Gives the entries to the rows whose words they are; `known` is [`Transcript::known_to`]. A row
    /// that is under way goes before one that ended badly, and before that: a row whose audience saw
    /// the entry goes before another.
    pub fn settle(&mut self, known: i64, now: Millis) {
        self.echoes.known = known;
        for (any_audience, any_state) in
            [(false, false), (false, true), (true, false), (true, true)]
        {
            let mut at = 0;
            while at < self.rows.len() {
                let is_tried = any_state || self.rows[at].state.goes_on();
                if !is_tried || !self.claim(at, any_audience, now) {
                    at += 1;
                }
            }
        }
        self.forget();
    }

    /// The log was read for the first time, up to this place, after something had left. What is in
    /// it may be older than that, so nothing in it is an echo.
    pub fn history(&mut self, newest: Place) {
        for before in self.rows.iter_mut().filter_map(|row| row.before.as_mut()) {
            *before = newest.max(*before);
        }
        self.forget();
    }

    /// Entries after this may be echoes; `None` if none is awaited.
    pub fn watches(&self) -> Option<Place> {
        self.rows.iter().filter_map(|row| row.before).min()
    }

    /// Asks for the reads that messages in doubt need, each for one read that begins from now on.
    pub fn look(&mut self, transcript: &mut Transcript) {
        for row in &mut self.rows {
            if let Doubt::Read { number, .. } = &mut row.doubt {
                let before = row.before.unwrap_or_default();
                number.get_or_insert_with(|| transcript.read_from(before.index() + 1));
            }
        }
    }

    /// The reads up to this number are over, and what they gave was told.
    pub fn looked(&mut self, concluded: u32) {
        self.conclude_each(&|row| match &row.doubt {
            Doubt::Read {
                number: Some(number),
                verdict,
                ..
            } if *number <= concluded => Some(verdict.clone()),
            _ => None,
        });
    }

    /// When [`Self::handle_timeout`] is to be called, at the latest.
    pub fn poll_timeout(&self) -> Option<Millis> {
        self.rows.iter().filter_map(Row::until).min()
    }

    /// The time is this.
    pub fn handle_timeout(&mut self, now: Millis) {
        self.conclude_each(&|row| match &row.doubt {
            Doubt::Read { until, verdict, .. } if *until <= now => Some(verdict.clone()),
            _ => None,
        });
        for row in &mut self.rows {
            if matches!(row.doubt, Doubt::Echo { until } if until <= now) {
                row.doubt(RowState::Unconfirmed, now);
            }
        }
    }

    /// The next change of a row, if any; to be called until it gives `None`.
    pub fn poll_change(&mut self) -> Option<RowChange> {
        (!self.changes.is_empty()).then(|| self.changes.remove(0))
    }

    /// Whether the log has this row's words. Then the row is gone.
    fn claim(&mut self, at: usize, any_audience: bool, now: Millis) -> bool {
        let row = &self.rows[at];
        let meant = row.message.audience.visibility();
        let visibility = (!any_audience).then_some(meant);
        let found = row
            .before
            .and_then(|before| self.echoes.claim(&row.message.text, before, visibility));
        let Some(parts) = found else {
            return false;
        };
        let others_saw = parts.iter().find(|part| part.visibility != Some(meant));
        let seen = others_saw.or(parts.first());
        let receipt = Receipt {
            index: parts.first().and_then(|part| part.index),
            visibility: seen.and_then(|part| part.visibility),
            request_ms: row.responded.map(|then| then.saturating_sub(row.left)),
            confirm_ms: now.saturating_sub(row.left),
        };
        self.set(at, RowState::Sent(receipt));
        self.rows.remove(at);
        true
    }

    /// Forgets what no row waits for.
    fn forget(&mut self) {
        self.echoes.forget(self.watches());
    }

    fn conclude_each(&mut self, verdict: &dyn Fn(&Row) -> Option<RowState>) {
        for at in 0..self.rows.len() {
            if let Some(verdict) = verdict(&self.rows[at]) {
                self.conclude(at, verdict);
            }
        }
    }

    /// A message has ended badly: what is behind it waits for a press.
    fn conclude(&mut self, at: usize, verdict: RowState) {
        self.set(at, verdict);
        self.hold();
    }

    /// What is in the queue waits for a press.
    fn hold(&mut self) {
        for at in 0..self.rows.len() {
            if matches!(self.rows[at].state, RowState::Waiting { turn: Some(_) }) {
                self.set(at, RowState::Waiting { turn: None });
            }
        }
    }

    fn set(&mut self, at: usize, state: RowState) {
        let row = &mut self.rows[at];
        row.doubt = Doubt::None;
        row.state = state.clone();
        self.changes.push(RowChange {
            id: row.id,
            audience: row.message.audience,
            state,
        });
    }

    fn add(
        &mut self,
        id: u32,
        message: Message,
        timeouts: Timeouts,
        state: RowState,
        before: Option<Place>,
    ) {
        self.rows.push(Row {
            id,
            message,
            state: state.clone(),
            timeouts,
            attempt: None,
            left: 0,
            responded: None,
            before,
            doubt: Doubt::None,
        });
        self.set(self.rows.len() - 1, state);
    }

    fn next_turn(&mut self) -> Option<u32> {
        self.turns += 1;
        Some(self.turns)
    }

    fn next_in_turn(&self) -> Option<(u32, usize)> {
        let turns = self.rows.iter().enumerate().filter_map(|(at, row)| {
            let RowState::Waiting { turn } = row.state else {
                return None;
            };
            Some((turn?, at))
        });
        turns.min()
    }

    fn find(&self, id: u32) -> Option<usize> {
        self.rows.iter().position(|row| row.id == id)
    }
}

/// Whether the server certainly did not do what was asked.
fn was_not_acted_on(failure: &Failure) -> bool {
    matches!(
        failure.kind,
        Kind::Unauthenticated | Kind::Csrf | Kind::Headers
    )
}
