//! A session and its participants, as a notification or the list of sessions tells them.

use std::borrow::Cow;
use std::rc::Rc;

use serde::Deserialize;

use super::lenient;
use super::path::last_segment;
use crate::Visibility;

/// One SMS or chat session. A body may be partial: what it does not say is `None` or empty.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// The session's id; may be empty in a body that names itself by `uri` or `path` only.
    #[serde(default, deserialize_with = "lenient::word")]
    pub id: String,
    /// `Chatting`, `Invited`, `Completed`, `Revoked` and others; empty if not said.
    #[serde(default, deserialize_with = "lenient::word")]
    pub state: String,
    /// The names of the operations that may be asked for now.
    #[serde(default, deserialize_with = "lenient::words")]
    pub capabilities: Option<Rc<[String]>>,
    /// Who is in the session, as far as the server lets one see.
    #[serde(default, deserialize_with = "lenient::list")]
    pub participants: Option<Vec<Participant>>,
    /// The address with the server's own idea of its host; only its last segment is of use.
    #[serde(default, deserialize_with = "lenient::text")]
    pub uri: Option<String>,
    /// The address without host, `/smssessions/{id}`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub path: Option<String>,
    /// When the session came in, in the server's own form; see [`super::parse_date`].
    #[serde(default, deserialize_with = "lenient::text")]
    pub received_date: Option<String>,
}

/// One participant of a session.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(from = "WireParticipant")]
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
    /// The session with its id filled in, from `uri` or `path` if need be; `None` if it has none.
    pub fn identified(mut self) -> Option<Self> {
        if self.id.is_empty() {
            let address = self.uri.as_deref().or(self.path.as_deref())?;
            self.id = last_segment(address)?.into_owned();
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

fn or_earlier<T: Clone>(field: &mut Option<T>, earlier: &Option<T>) {
    if field.is_none() {
        field.clone_from(earlier);
    }
}

impl Participant {
    /// The user's id: the last segment of `uri` or `path`. A customer has none.
    pub fn user_id(&self) -> Option<Cow<'_, str>> {
        last_segment(self.uri.as_deref().or(self.path.as_deref())?)
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

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireParticipant {
    #[serde(default, deserialize_with = "lenient::text")]
    nickname: Option<String>,
    #[serde(default, deserialize_with = "lenient::word")]
    r#type: String,
    #[serde(default, deserialize_with = "lenient::text")]
    uri: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    path: Option<String>,
    #[serde(default, deserialize_with = "lenient::visibility")]
    visibility: Option<Visibility>,
    #[serde(default, deserialize_with = "lenient::text")]
    participant_id: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    id: Option<String>,
}

impl From<WireParticipant> for Participant {
    fn from(wire: WireParticipant) -> Self {
        Self {
            nickname: wire.nickname,
            kind: wire.r#type,
            uri: wire.uri,
            path: wire.path,
            visibility: wire.visibility,
            participant_id: wire.participant_id.or(wire.id),
        }
    }
}
