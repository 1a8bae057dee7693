//! The browser's side doors: requests, sockets, headers and the clock.
//!
//! Everything that performs I/O lives under this module; the rest of the crate hands it bytes to send and is handed
//! what came back. Nothing here knows what a session is.

pub mod body;
pub mod clock;
pub mod headers;
pub mod http;
pub mod page;
pub mod socket;
