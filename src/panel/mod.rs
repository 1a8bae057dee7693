//! The supervisor's seat for one session: who is here, what is said, in which mode one is, and a message box whose
//! readers are unmistakable.
//!
//! The rules are those of [`gws::seat`]; the components here show its facts and turn gestures into its inputs. Each
//! part of the panel is a component or function in a file of its own.

mod options;
mod people;
pub mod strings;
mod transcript;

pub use self::options::{Announce, Links, PanelOptions};
pub use self::strings::PanelText;

/// The stylesheet of the panel, beside [`crate::STYLESHEET`].
pub const STYLESHEET: &str = concat!(
    include_str!("panel.css"),
    include_str!("transcript/transcript.css")
);
