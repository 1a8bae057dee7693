//! The control interface under `/control`: what a test or a demo may do to the server.
//!
//! JSON both ways. A body that cannot be read is answered 400 with `{"error": "..."}`.

pub mod reply;
pub mod route;
pub mod server;
pub mod sessions;
