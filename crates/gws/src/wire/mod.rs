//! The server's JSON, read leniently.
//!
//! Only the fields of [`FIELDS`] are ever read: `userData`, which carries personal data, is not
//! copied, and unknown fields are never descended into. A field of the wrong type counts as absent
//! and a bad element of a list is skipped, so that one bad value does not lose the rest. Reading
//! moves values out of the parsed JSON instead of copying them.

mod bodies;
mod date;
mod lenient;
mod log;
mod notification;
mod path;
mod session;

pub use bodies::{Me, Reply, Sessions};
pub use date::parse_date;
pub use log::{LogEntry, LogNews, Presence};
pub use notification::Notification;
pub(crate) use path::is_path_segment;
pub use path::{last_segment, path_segment};
pub use session::{Capabilities, Participant, Session};

/// The fields that are read, for the parser of a body or a notification.
pub const FIELDS: &[&str] = &[
    "capabilities",
    "chat",
    "chatPath",
    "chatUri",
    "chats",
    "from",
    "id",
    "index",
    "messageType",
    "messages",
    "nickname",
    "noticeText",
    "participantId",
    "participants",
    "path",
    "receivedDate",
    "smssession",
    "smssessionPath",
    "smssessionUri",
    "smssessions",
    "state",
    "statusCode",
    "statusMessage",
    "text",
    "timestamp",
    "timestampSeconds",
    "type",
    "uri",
    "url",
    "user",
    "visibility",
];
