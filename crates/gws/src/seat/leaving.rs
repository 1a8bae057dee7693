//! What one's own Leave means, and whether it is confirmed.
//!
//! An agent who leaves a session alone ends it for the customer. Who leaves beside others is told
//! `Completed`, although the session goes on.

use super::{Oneself, Place};
use crate::{LogEntry, Participant, Session, Visibility};

/// One has left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    /// The conversation has ended for the customer, too; `None` if that is not known.
    pub ended_for_customer: Option<bool>,
}

/// One's own Leave in one session.
#[derive(Debug, Default)]
pub struct Leaving {
    /// Where the log ended when Leave was asked for.
    asked: Option<Place>,
    /// [`leaves_alone`], as it was when oneself was last in the session.
    alone: Option<bool>,
    left: Option<Left>,
}

impl Leaving {
    /// The POST of Leave leaves. `newest` is where the log ends.
    pub fn asked(&mut self, newest: Place) {
        self.asked = Some(newest);
    }

    /// It was refused; or it failed and a later read still lists oneself. Then it had no effect.
    pub fn denied(&mut self) {
        self.asked = None;
    }

    /// The facts of the session are these now.
    pub fn follow(&mut self, session: &Session, oneself: &Oneself) {
        let is_here = session.participants().iter().any(|one| oneself.is(one));
        let is_over = is_over(session);
        if is_here && !is_over {
            self.alone = leaves_alone(session, oneself);
            self.left = None;
            return;
        }
        let is_listed = session.participants.is_some() && !session.partial;
        let state = session.state.trim_ascii();
        if state == "LeftChat" {
            self.confirm(Some(true));
        } else if state == "Completed" || is_listed && !is_here && !is_over {
            self.confirm(self.alone);
        }
    }

    /// The session is no longer among one's own.
    pub fn gone(&mut self) {
        self.confirm(self.alone);
    }

    /// An entry stands in the log.
    pub fn told(&mut self, place: Place, entry: &LogEntry, oneself: &Oneself) {
        let is_new = self.asked.is_some_and(|asked| place > asked);
        let is_own = entry.from.as_ref().is_some_and(|from| oneself.is(from));
        if is_new && is_own && entry.kind == "ParticipantLeft" {
            self.confirm(self.alone);
        }
    }

    /// Whether one has left, by a Leave of one's own that was confirmed.
    pub fn left(&self) -> Option<Left> {
        self.left
    }

    fn confirm(&mut self, ended_for_customer: Option<bool>) {
        if self.asked.take().is_some() {
            self.left = Some(Left { ended_for_customer });
        }
    }
}

/// Whether the session is over for oneself.
pub fn is_over(session: &Session) -> bool {
    session.is_over() || session.state.trim_ascii() == "LeftChat"
}

/// Who of the staff stays when one leaves. A supervisor who only monitors does not count.
pub fn staying<'a>(
    session: &'a Session,
    oneself: &Oneself,
) -> impl Iterator<Item = &'a Participant> {
    let stays = |one: &&Participant| {
        let is_staff = one.kind.trim_ascii().eq_ignore_ascii_case("Agent");
        let is_apart = matches!(
            one.visibility,
            Some(Visibility::Supervisors | Visibility::Other)
        );
        is_staff && !is_apart && !oneself.is(one)
    };
    session.participants().iter().filter(stays)
}

/// Whether Leave would leave the customer alone, which ends the conversation; `None` if that is not
/// known, which is asked about as if it did.
pub fn leaves_alone(session: &Session, oneself: &Oneself) -> Option<bool> {
    let is_here = session.participants().iter().any(|one| oneself.is(one));
    let is_known = is_here && !session.partial;
    is_known.then(|| staying(session, oneself).next().is_none())
}
