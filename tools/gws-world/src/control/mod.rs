//! The control interface under `/control`: what a test or a demo may do to the server.
//!
//! JSON both ways. A body that cannot be read, or has a member that is not known, is answered 400 with `{"error": "..."}`.

pub mod body;
pub mod reply;
pub mod route;
pub mod server;
pub mod sessions;
