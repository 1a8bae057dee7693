//! A supervisor barge-in button for Genesys Web Services, in Yew.
//!
//! A supervisor who monitors or coaches an SMS or chat session may barge in: join so that agent and customer both see
//! what the supervisor writes. [`BargeInButton`] offers that when, and only when, the server lists the capability, and
//! says *joined* when, and only when, the server confirms it.
//!
//! ```ignore
//! use barge_in::{BargeInButton, Gws};
//!
//! html! { <Gws base_url="https://gws.example.com"><BargeInButton session_id="0001Da9PFC93000S" /></Gws> }
//! ```
//!
//! This crate is the browser side. The crate `gws` decides what a session is and what the button shows; the crate
//! `bayeux` receives the notifications. Neither depends on the web.
#![warn(missing_docs)]

pub mod components;
mod connection;
mod element;
mod net;
#[cfg(feature = "panel")]
pub mod panel;
pub mod strings;

pub use components::{BargeInButton, Confirm, Gws, Report};
pub use connection::{
    Cause, Connection, DEFAULT_CHANNEL, Settings, Signal, Status, Subscription, Transport, Trouble,
    abandon_all,
};
pub use gws::{
    ConnectionStatus, Event, Failure, Kind, LogEntry, Media, Mode, Operation, Operations,
    Participant, Press, Reason, Session, SessionKey, State, View, Visibility,
};
#[cfg(feature = "panel")]
pub use panel::SessionPanel;
pub use strings::Strings;

/// The stylesheet of the components, for pages that render them outside of the custom element.
pub const STYLESHEET: &str = include_str!("components/barge-in.css");
