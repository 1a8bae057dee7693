//! A session and its participants, as a notification or the list of sessions tells them.

use std::borrow::Cow;
use std::rc::Rc;

use loose::Loose;

use super::lenient;
use super::path::last_segment;
use crate::Visibility;

/// One SMS or chat session. A body may be partial: what it does not say is `None` or empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Session {
    /// The session's id.
    pub id: String,
    /// `Chatting`, `Invited`, `Completed`, `Revoked` and others; empty if not said.
    pub state: String,
    /// The names of the operations that may be asked for now.
    pub capabilities: Option<Rc<[String]>>,
    /// Who is in the session, as far as the server lets one see.
    pub participants: Option<Vec<Participant>>,
    /// The address with the server's own idea of its host; only its last segment is of use.
    pub uri: Option<String>,
    /// The address without host, `/smssessions/{id}`.
    pub path: Option<String>,
    /// When the session came in, in the server's own form; see [`super::parse_date`].
    pub received_date: Option<String>,
}

/// One participant of a session.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Participant {
    /// The name shown to others. Not a key: two participants may bear the same.
    pub nickname: Option<String>,
    /// `Agent` (a supervisor is one, too), `Customer` or `External`; empty if not said.
    pub kind: String,
    /// The user's address; a customer has none.
    pub uri: Option<String>,
    /// The user's address without host, `/users/{id}`.
    pub path: Option<String>,
    /// Who can see the participant; `None` if not said or an unknown word.
    pub visibility: Option<Visibility>,
    /// The id within the session (`participantId`, or `id` in later samples).
    pub participant_id: Option<String>,
}

impl Session {
    /// Reads a session's object; `None` for a body that names no session, by `id`, `uri` or `path`.
    pub fn read(value: &impl Loose) -> Option<Self> {
        let participants = lenient::objects(value, "participants");
        let session = Self {
            id: lenient::word(value, "id"),
            state: lenient::word(value, "state"),
            capabilities: lenient::words(value, "capabilities"),
            participants: participants.map(|all| all.map(|one| Participant::read(&one)).collect()),
            uri: lenient::text(value, "uri"),
            path: lenient::text(value, "path"),
            received_date: lenient::text(value, "receivedDate"),
        };
        session.identified()
    }

    /// With its id filled in, from `uri` or `path` if need be.
    fn identified(mut self) -> Option<Self> {
        if self.id.is_empty() {
            self.id = first_id(&self.uri, &self.path)?.into_owned();
        }
        Some(self)
    }

    /// Whether the session is over: exactly `Completed` and `Revoked` are final.
    pub fn is_over(&self) -> bool {
        matches!(self.state.trim(), "Completed" | "Revoked")
    }

    /// The newest capabilities list; empty if none was ever said.
    pub fn capabilities(&self) -> &[String] {
        self.capabilities.as_deref().unwrap_or_default()
    }

    /// The participants; empty if they were never said.
    pub fn participants(&self) -> &[Participant] {
        self.participants.as_deref().unwrap_or_default()
    }

    /// Fills what this body does not say from an earlier one of the same session.
    pub(crate) fn completed_by(mut self, earlier: &Self) -> Self {
        if self.state.is_empty() {
            self.state.clone_from(&earlier.state);
        }
        or_earlier(&mut self.capabilities, &earlier.capabilities);
        or_earlier(&mut self.participants, &earlier.participants);
        or_earlier(&mut self.uri, &earlier.uri);
        or_earlier(&mut self.path, &earlier.path);
        or_earlier(&mut self.received_date, &earlier.received_date);
        self
    }
}

/// The id that the first of the addresses to have one ends in.
fn first_id<'a>(uri: &'a Option<String>, path: &'a Option<String>) -> Option<Cow<'a, str>> {
    [uri, path]
        .into_iter()
        .flatten()
        .find_map(|address| last_segment(address))
}

fn or_earlier<T: Clone>(field: &mut Option<T>, earlier: &Option<T>) {
    if field.is_none() {
        field.clone_from(earlier);
    }
}

impl Participant {
    /// Reads a participant's object.
    pub fn read(value: &impl Loose) -> Self {
        let text = |key| lenient::text(value, key);
        Self {
            nickname: text("nickname"),
            kind: lenient::word(value, "type"),
            uri: text("uri"),
            path: text("path"),
            visibility: lenient::visibility(value, "visibility"),
            participant_id: text("participantId").or_else(|| text("id")),
        }
    }

    /// The user's id: the last segment of `uri` or `path`. A customer has none.
    pub fn user_id(&self) -> Option<Cow<'_, str>> {
        first_id(&self.uri, &self.path)
    }

    /// Whether `uri` or `path` ends in this user id. There is no other sign of oneself.
    pub fn is_user(&self, user_id: &str) -> bool {
        [&self.uri, &self.path]
            .into_iter()
            .flatten()
            .any(|address| last_segment(address).is_some_and(|segment| segment == user_id))
    }

    /// Whether both are the same participant: by participant id where both have one, else by user.
    pub(crate) fn is(&self, other: &Self) -> bool {
        match (&self.participant_id, &other.participant_id) {
            (Some(mine), Some(theirs)) => mine == theirs,
            _ => other.user_id().is_some_and(|user| self.is_user(&user)),
        }
    }
}
