//! The user's own part in a session: in it or not, in which mode, and whether barge-in is
//! confirmed.

use crate::wire::{Participant, Session};
use crate::{Mode, Operation};

/// Whether the own user id is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Own<'a> {
    /// It has not been asked for, or the answer is still out.
    Unknown,
    /// It is not available.
    Unavailable,
    /// It is this.
    Known(&'a str),
}

/// The user's own part in a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The participants are known, the own id is known, and it is not among them.
    pub absent: bool,
    /// The own mode; `None` if it is not known.
    pub mode: Option<Mode>,
    /// Barge-in is confirmed.
    pub joined: bool,
}

impl Standing {
    /// Derives it from the facts. Own visibility outranks the capabilities; these confirm barge-in
    /// only if the own participant is listed without a visibility or the own id is not available.
    pub fn of(session: &Session, own: Own) -> Self {
        let mut newest: Option<&Participant> = None;
        if let Own::Known(id) = own {
            for one in session.participants() {
                // If the user is in the session twice, for example at two desktops, the participant
                // reported last counts.
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

    /// Whether this confirms the operation.
    pub fn confirms(&self, operation: Operation) -> bool {
        match operation {
            Operation::SwitchToBargeIn => self.joined,
            // A seat confirms it.
            Operation::Leave => false,
            _ => self.mode == operation.mode(),
        }
    }
}
