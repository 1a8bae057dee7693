//! One notification's `data` object, told apart by its `messageType`.

use serde::{Deserialize, Deserializer};

use super::lenient;
use super::log::LogEntry;
use super::path::last_segment;
use super::session::Session;
use crate::Media;

/// What a notification says. Decoding never fails: what is not understood is [`Self::Other`].
#[derive(Clone, Debug, PartialEq)]
pub enum Notification {
    /// A session's state, participants or properties changed. The session has an id.
    Session(Media, Session),
    /// Entries were added to the log of the session with this id.
    Log(Media, String, Vec<LogEntry>),
    /// Anything else, to be ignored.
    Other,
}

impl<'de> Deserialize<'de> for Notification {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let read = Envelope::deserialize(from).ok().and_then(Envelope::read);
        Ok(read.unwrap_or(Self::Other))
    }
}

/// All fields of all known kinds. A tagged enum would make serde buffer the whole value.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Envelope {
    #[serde(default, deserialize_with = "lenient::word")]
    message_type: String,
    #[serde(default, deserialize_with = "lenient::object")]
    smssession: Option<Session>,
    #[serde(default, deserialize_with = "lenient::object")]
    chat: Option<Session>,
    #[serde(default, deserialize_with = "lenient::list")]
    messages: Option<Vec<LogEntry>>,
    #[serde(default, deserialize_with = "lenient::text")]
    smssession_uri: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    smssession_path: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    chat_uri: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    chat_path: Option<String>,
}

impl Envelope {
    fn read(self) -> Option<Notification> {
        let kind = self.message_type.trim();
        let is = |name: &str| kind.eq_ignore_ascii_case(name);
        if is("SMSsessionStateChangeMessage") {
            Self::session(Media::SmsSession, self.smssession)
        } else if is("ChatStateChangeMessage") {
            Self::session(Media::Chat, self.chat)
        } else if is("MessageLogUpdated") {
            self.log()
        } else {
            None
        }
    }

    fn session(media: Media, session: Option<Session>) -> Option<Notification> {
        Some(Notification::Session(media, session?.identified()?))
    }

    /// Both media share the message type and neither gives the session's id: the key tells the
    /// media, and the last segment of its value is the id.
    fn log(self) -> Option<Notification> {
        let (media, address) = match (
            self.smssession_uri.or(self.smssession_path),
            self.chat_uri.or(self.chat_path),
        ) {
            (Some(address), _) => (Media::SmsSession, address),
            (None, Some(address)) => (Media::Chat, address),
            (None, None) => return None,
        };
        let id = last_segment(&address)?.into_owned();
        Some(Notification::Log(media, id, self.messages?))
    }
}
