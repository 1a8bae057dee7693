//! What a session's facts say of one's own part in it: in the session or not, in which mode, and
//! whether barge-in is confirmed.

use crate::wire::Session;
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
        let by_capabilities = Mode::by_capabilities(session.capabilities());
        let (mode, capabilities_confirm) = match (own, &session.participants) {
            (Own::Known(id), Some(participants)) => {
                let (mut absent, mut widest) = (true, None);
                for one in participants {
                    if one.is_user(id) {
                        absent = false;
                        // Listed twice (two desktops, or a stale entry): the widest counts.
                        widest = one.visibility.max(widest);
                    }
                }
                if absent {
                    return Self {
                        absent,
                        ..Self::default()
                    };
                }
                match widest {
                    Some(visibility) => {
                        let mode = Mode::of(visibility);
                        return Self {
                            absent: false,
                            mode: Some(mode),
                            joined: mode == Mode::BargeIn,
                        };
                    }
                    None => (by_capabilities, true),
                }
            }
            (own, _) => (by_capabilities, own == Own::Unavailable),
        };
        Self {
            absent: false,
            mode,
            joined: capabilities_confirm && mode == Some(Mode::BargeIn),
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
