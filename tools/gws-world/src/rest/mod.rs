//! The REST API under `/api/v2`.

pub mod me;
pub mod operations;
pub mod route;
pub mod sessions;
