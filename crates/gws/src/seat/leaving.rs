//! The effect of the user's own Leave, and whether it is confirmed.
//!
//! The last agent to leave ends the session for the customer. An agent who leaves while others stay
//! is told `Completed`, although the session goes on.

use super::{Oneself, Place};
use crate::{LogEntry, Participant, Session, Visibility};

/// The user has left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    /// The conversation has ended for the customer, too; `None` if that is not known.
    pub ended_for_customer: Option<bool>,
}

/// The user's own Leave in one session.
#[derive(Debug, Default)]
pub struct Leaving {
    /// Where the log ended when Leave was requested.
    asked: Option<Place>,
    /// [`leaves_alone`], as of when the user was last in the session.
    alone: Option<bool>,
    left: Option<Left>,
}

impl Leaving {
    /// The POST of Leave is sent. `newest` is where the log ends.
    pub fn asked(&mut self, newest: Place) {
        self.asked = Some(newest);
    }

    /// It was refused, or it failed and a later read still lists the user: it had no effect.
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

    /// The session is no longer among the user's sessions.
    pub fn gone(&mut self) {
        self.confirm(self.alone);
    }

    /// The log has this entry.
    pub fn told(&mut self, place: Place, entry: &LogEntry, oneself: &Oneself) {
        let is_new = self.asked.is_some_and(|asked| place > asked);
        let is_own = entry.from.as_ref().is_some_and(|from| oneself.is(from));
        if is_new && is_own && entry.kind == "ParticipantLeft" {
            self.confirm(self.alone);
        }
    }

    /// Whether the user has left, by an own Leave that is confirmed.
    pub fn left(&self) -> Option<Left> {
        self.left
    }

    fn confirm(&mut self, ended_for_customer: Option<bool>) {
        if self.asked.take().is_some() {
            self.left = Some(Left { ended_for_customer });
        }
    }
}

/// Whether the session is over for the user.
pub fn is_over(session: &Session) -> bool {
    session.is_over() || session.state.trim_ascii() == "LeftChat"
}

/// Which agents stay when the user leaves. A supervisor who only monitors does not count.
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
/// known, which is confirmed in the same way.
pub fn leaves_alone(session: &Session, oneself: &Oneself) -> Option<bool> {
    let is_here = session.participants().iter().any(|one| oneself.is(one));
    let is_known = is_here && !session.partial;
    is_known.then(|| staying(session, oneself).next().is_none())
}
