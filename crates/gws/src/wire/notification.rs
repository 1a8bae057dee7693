//! One notification's `data` object, told apart by its `messageType`.

use loose::Loose;

use super::lenient;
use super::log::LogEntry;
use super::path::last_segment;
use super::session::Session;
use crate::Media;

/// What a notification says.
#[derive(Clone, Debug, PartialEq)]
pub enum Notification {
    /// A session's state, participants or properties changed. The session has an id.
    Session(Media, Session),
    /// Entries were added to the log of the session with this id.
    Log(Media, String, Vec<LogEntry>),
    /// Anything else, to be ignored.
    Other,
}

impl Notification {
    /// Reads a `data` object. Reading never fails: what is not understood is [`Self::Other`].
    pub fn read(data: &impl Loose) -> Self {
        let kind = lenient::word(data, "messageType");
        let is = |name: &str| kind.trim().eq_ignore_ascii_case(name);
        let read = if is("SMSsessionStateChangeMessage") {
            session(Media::SmsSession, data)
        } else if is("ChatStateChangeMessage") {
            session(Media::Chat, data)
        } else if is("MessageLogUpdated") {
            log(data)
        } else {
            None
        };
        read.unwrap_or(Self::Other)
    }
}

fn session(media: Media, data: &impl Loose) -> Option<Notification> {
    let session = Session::read(&lenient::object(data, media.as_str())?)?;
    Some(Notification::Session(media, session))
}

/// Both media share the message type and neither gives the session's id: the key tells the
/// media, and the last segment of its value is the id.
fn log(data: &impl Loose) -> Option<Notification> {
    let address = |uri, path| lenient::text(data, uri).or_else(|| lenient::text(data, path));
    let (media, address) = match address("smssessionUri", "smssessionPath") {
        Some(address) => (Media::SmsSession, address),
        None => (Media::Chat, address("chatUri", "chatPath")?),
    };
    let id = last_segment(&address)?.into_owned();
    Some(Notification::Log(media, id, LogEntry::read_all(data)?))
}
