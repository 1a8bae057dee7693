//! The Yew components: the provider that owns the connection, and the button that shows its state.

mod button;
mod confirm;
mod control;
mod gestures;
mod gws;
mod news;
mod parts;
mod press;
mod report;
mod words;

pub use self::button::{BargeInButton, BargeInButtonProps};
pub use self::confirm::Confirm;
pub use self::control::{Control, ControlProps};
pub use self::gws::{Gws, GwsProps};
pub use self::report::Report;
pub use self::words::failure_words;
#[cfg(feature = "panel")]
pub(crate) use self::{
    control::next_presser,
    gestures::{has_focus, hold_of},
    press::{Hold, Presses},
};
