//! What the server's JSON says, read tolerantly.
//!
//! Only the fields named here are ever looked at: `userData`, which carries personal data, is not
//! copied, and nesting in unknown fields is never walked. A field of the wrong type counts as
//! absent and a bad element of a list is skipped, so that one oddity does not lose the rest.
//! The types are read from an already parsed value, through [`loose::Loose`].

mod bodies;
mod date;
mod lenient;
mod log;
mod notification;
mod path;
mod session;
mod text;

pub use bodies::{Me, Reply, read_sessions};
pub use date::parse_date;
pub use log::{LogEntry, Presence};
pub use notification::Notification;
pub(crate) use path::is_path_segment;
pub use path::{last_segment, path_segment};
pub use session::{Participant, Session};
pub use text::strip_java_longs;
