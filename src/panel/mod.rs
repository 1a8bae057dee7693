//! The supervisor's seat for one session: who is here, what is said, in which mode one is, and a message box whose
//! readers are unmistakable.
//!
//! The rules are those of [`gws::seat`]; the components here show its facts and turn gestures into its inputs. Each
//! part of the panel is a component or function in a file of its own.

mod acts;
mod composer;
mod counter;
mod gestures;
mod handle;
mod header;
mod kept;
mod leave;
mod looks;
mod news;
mod options;
mod outbox;
#[expect(
    clippy::module_inception,
    reason = "the component that the folder is about"
)]
mod panel;
mod people;
mod phrases;
mod report;
mod session_panel;
pub mod strings;
mod transcript;

pub use gws::seat;

pub use self::handle::PanelHandle;
pub use self::kept::{Kept, KeptRow};
pub use self::options::{Announce, Canned, Links, PanelOptions};
pub use self::panel::{Panel, PanelProps};
pub use self::report::{PanelReport, Sending};
pub use self::session_panel::{SessionPanel, SessionPanelProps};
pub use self::strings::PanelText;
pub use self::transcript::Unread;

/// The stylesheet of the panel, beside [`crate::STYLESHEET`].
pub const STYLESHEET: &str = concat!(
    include_str!("panel.css"),
    include_str!("transcript/transcript.css")
);
