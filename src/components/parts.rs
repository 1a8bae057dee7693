//! The buttons of a control: purpose, part and text of each.

use gws::Operation;

use crate::strings::Text;

/// One of the buttons.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Button {
    /// Requests a mode.
    Mode(Operation),
    /// Answers the question with yes.
    Confirm,
    /// Answers the question with no.
    Cancel,
}

impl Button {
    /// All of them.
    const ALL: [Self; 5] = [
        Self::Mode(Operation::SwitchToBargeIn),
        Self::Mode(Operation::SwitchToMonitor),
        Self::Mode(Operation::SwitchToCoach),
        Self::Confirm,
        Self::Cancel,
    ];

    /// Its part and its text.
    pub fn look(self) -> (&'static str, Text) {
        match self {
            Self::Mode(Operation::SwitchToMonitor) => ("monitor", Text::Monitor),
            Self::Mode(Operation::SwitchToCoach) => ("coach", Text::Coach),
            Self::Mode(_) => ("button", Text::BargeIn),
            Self::Confirm => ("confirm", Text::BargeIn),
            Self::Cancel => ("cancel", Text::Cancel),
        }
    }

    /// The button of this part.
    pub fn of_part(part: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|button| button.look().0 == part)
    }

    /// The operation that it requests directly.
    pub fn operation(self) -> Option<Operation> {
        match self {
            Self::Mode(operation) => Some(operation),
            Self::Confirm | Self::Cancel => None,
        }
    }
}
