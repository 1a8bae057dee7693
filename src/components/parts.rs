//! The buttons of a control: what each is for, its part and its words.

use gws::Operation;

use crate::strings::Text;

/// One of the buttons.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Button {
    /// Asks for a mode.
    Mode(Operation),
    /// Answers the question with yes.
    Confirm,
    /// Answers the question with no.
    Cancel,
}

const BUTTONS: [(Button, &str, Text); 5] = [
    (
        Button::Mode(Operation::SwitchToBargeIn),
        "button",
        Text::BargeIn,
    ),
    (
        Button::Mode(Operation::SwitchToMonitor),
        "monitor",
        Text::Monitor,
    ),
    (Button::Mode(Operation::SwitchToCoach), "coach", Text::Coach),
    (Button::Confirm, "confirm", Text::BargeIn),
    (Button::Cancel, "cancel", Text::Cancel),
];

impl Button {
    /// Its part and its words.
    pub fn look(self) -> (&'static str, Text) {
        let found = BUTTONS.iter().find(|(button, ..)| *button == self);
        found.map_or(("", Text::Cancel), |(_, part, text)| (part, *text))
    }

    /// The button that is this part.
    pub fn of_part(part: &str) -> Option<Self> {
        let found = BUTTONS.iter().find(|(_, name, _)| *name == part);
        found.map(|(button, ..)| *button)
    }

    /// The operation that it asks for at once.
    pub fn operation(self) -> Option<Operation> {
        match self {
            Self::Mode(operation) => Some(operation),
            Self::Confirm | Self::Cancel => None,
        }
    }
}
