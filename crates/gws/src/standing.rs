//! What a session's facts say of one's own part in it: in the session or not, in which mode, and
//! whether barge-in is confirmed.

use crate::wire::{Participant, Session};
use crate::{Mode, Operation};

/// Whether the own user id is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Own<'a> {
    /// It has not been asked for, or the answer is still out.
    Unknown,
    /// It cannot be had.
    Unavailable,
    /// It is this.
    Known(&'a str),
}

/// One's own part in a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The participants are known, the own id is known, and it is not among them.
    pub absent: bool,
    /// The own mode; `None` if it cannot be told.
    pub mode: Option<Mode>,
    /// Barge-in is confirmed.
    pub joined: bool,
}

impl Standing {
    /// Reads the facts. Own visibility outranks the capabilities; these confirm barge-in only
    /// where the own participant is listed without a visibility or the own id cannot be had.
    pub fn of(session: &Session, own: Own) -> Self {
        let mut newest: Option<&Participant> = None;
        if let Own::Known(id) = own {
            for one in session.participants() {
                // In the session twice, at two desktops say: the one told of last counts.
                if one.is_user(id) && newest.is_none_or(|newest| newest.told <= one.told) {
                    newest = Some(one);
                }
            }
        }
        let is_listed = session.participants.is_some() && !session.partial;
        let absent = matches!(own, Own::Known(_)) && newest.is_none() && is_listed;
        let visibility = newest.and_then(|newest| newest.visibility);
        let mode = match visibility {
            Some(visibility) => Mode::of(visibility),
            None if absent => None,
            None => Mode::by_capabilities(session.capabilities()),
        };
        let may_confirm = newest.is_some() || own == Own::Unavailable;
        Self {
            absent,
            mode,
            joined: may_confirm && mode == Some(Mode::BargeIn),
        }
    }

    /// Whether this is what the operation was to lead to.
    pub fn confirms(&self, operation: Operation) -> bool {
        match operation {
            Operation::SwitchToBargeIn => self.joined,
            _ => self.mode == Some(operation.mode()),
        }
    }
}
