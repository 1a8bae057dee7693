//! Access to the browser: requests, sockets, headers, page events and the clock.
//!
//! All I/O is in this module; the rest of the crate passes it bytes to send and gets back what arrives. Nothing here
//! knows what a session is.

pub mod body;
pub mod clock;
pub mod headers;
pub mod http;
pub mod page;
pub mod socket;
