//! What the simulated contact centre knows: people, sessions, and how they change.
//!
//! Each change to a session sends its own notifications, so that no caller can change one and
//! forget to say so.

pub mod capabilities;
pub mod changes;
pub mod http_sessions;
pub mod new_session;
pub mod operation;
pub mod operations;
pub mod session;
pub mod users;
pub mod wire;
pub mod words;
pub mod world;

pub use world::World;
