//! One notification's `data` object; its `messageType` gives the kind.

use json::Json;

use super::lenient;
use super::log::LogNews;
use super::path::last_segment;
use super::session::Session;
use crate::Media;

/// What a notification says.
#[derive(Clone, Debug, PartialEq)]
pub enum Notification {
    /// A session's state, participants or properties changed. The session has an id.
    Session(Media, Session),
    /// Entries were added to the log of the session with this id. Of these only what is said of presence.
    Log(Media, String, LogNews),
    /// Anything else, to be ignored.
    Other,
}

impl Notification {
    /// Reads a `data` object. Reading never fails: unknown data is [`Self::Other`].
    pub fn read(data: &mut Json) -> Self {
        Self::read_with(data, &mut LogNews::read)
    }

    /// As [`Self::read`], where the caller reads the entries of a log.
    pub fn read_with(data: &mut Json, news: &mut dyn FnMut(&mut Json) -> Option<LogNews>) -> Self {
        let kind = lenient::word(data, "messageType");
        let is = |name: &str| kind.trim_ascii().eq_ignore_ascii_case(name);
        let read = if is("SMSsessionStateChangeMessage") {
            session(Media::SmsSession, data)
        } else if is("ChatStateChangeMessage") {
            session(Media::Chat, data)
        } else if is("MessageLogUpdated") {
            log(data, news)
        } else {
            None
        };
        read.unwrap_or(Self::Other)
    }
}

fn session(media: Media, data: &mut Json) -> Option<Notification> {
    let session = Session::read(lenient::object(data, media.as_str())?)?;
    Some(Notification::Session(media, session))
}

/// Both media share the message type and neither gives the session's id: the key gives the media, and the last segment
/// of its value is the id.
fn log(
    data: &mut Json,
    news: &mut dyn FnMut(&mut Json) -> Option<LogNews>,
) -> Option<Notification> {
    const ADDRESSES: [(&str, Media); 4] = [
        ("smssessionUri", Media::SmsSession),
        ("smssessionPath", Media::SmsSession),
        ("chatUri", Media::Chat),
        ("chatPath", Media::Chat),
    ];
    let address = |(name, media)| Some((lenient::text(data, name)?, media));
    let (address, media) = ADDRESSES.into_iter().find_map(address)?;
    let id = last_segment(&address)?;
    Some(Notification::Log(media, id, news(data)?))
}
