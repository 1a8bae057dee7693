//! A session and its participants, from a notification or the list of sessions.

use std::rc::Rc;

use json::Json;

use super::lenient;
use super::path::address;
use crate::Visibility;

/// The names of the allowed operations, shared by sessions with the same list.
pub type Capabilities = Rc<Vec<String>>;

/// One SMS or chat session. A body may be partial: absent fields are `None` or empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Session {
    /// The session's id.
    pub id: String,
    /// `Chatting`, `Invited`, `Completed`, `Revoked` and others; empty if absent.
    pub state: String,
    /// The names of the operations that are allowed now.
    pub capabilities: Option<Capabilities>,
    /// Who is in the session, as far as the server shows it.
    pub participants: Option<Vec<Participant>>,
    /// The participants come only from the log, so there may be others.
    pub(crate) partial: bool,
    /// When the session came in, in the server's own form; see [`super::parse_date`].
    pub received_date: Option<String>,
}

/// One participant of a session.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Participant {
    /// The name shown to others. Not a key: two participants may have the same.
    pub nickname: Option<String>,
    /// `Agent` (also for a supervisor), `Customer` or `External`; empty if absent.
    pub kind: String,
    /// The user's address (`uri`, or `path`, which has no host); a customer has none.
    pub uri: Option<String>,
    /// The user's id, which the address ends in.
    pub user_id: Option<String>,
    /// Who can see the participant; `None` if absent.
    pub visibility: Option<Visibility>,
    /// The id within the session (`participantId`, or `id` in later samples).
    pub participant_id: Option<String>,
    /// Orders the participants by their newest report.
    pub(crate) told: u32,
    /// The visibility is from an earlier report; the newest one had none.
    pub(crate) inherited: bool,
    /// The log has named the participant by this id.
    pub(crate) logged: bool,
}

impl Session {
    /// Reads a session's object; `None` for a body that names no session, by `id`, `uri` or `path`.
    pub fn read(value: &mut Json) -> Option<Self> {
        let id = lenient::text(value, "id");
        let capabilities = value.field("capabilities").and_then(Json::take_words);
        Some(Self {
            id: id.or_else(|| Some(address(value)?.1))?,
            state: lenient::word(value, "state"),
            capabilities: capabilities.map(Rc::new),
            participants: lenient::objects(value, "participants", |one| {
                Some(Participant::read(one))
            }),
            received_date: lenient::text(value, "receivedDate"),
            partial: false,
        })
    }

    /// Shares the list if it equals the last one. Sessions in the same mode have the same list, and it is most of the
    /// memory of a session.
    pub(crate) fn share_capabilities(&mut self, last: &mut Option<Capabilities>) {
        if self.capabilities == *last {
            self.capabilities.clone_from(last);
        } else {
            last.clone_from(&self.capabilities);
        }
    }

    /// Whether the session is over: exactly `Completed` and `Revoked` are final.
    pub fn is_over(&self) -> bool {
        matches!(self.state.trim_ascii(), "Completed" | "Revoked")
    }

    /// The newest capabilities list; empty if there was none.
    pub fn capabilities(&self) -> &[String] {
        self.capabilities.as_ref().map_or(&[], |names| names)
    }

    /// The participants; empty if there was no list.
    pub fn participants(&self) -> &[Participant] {
        self.participants.as_deref().unwrap_or_default()
    }

    /// Fills absent fields from an earlier body of the same session.
    pub(crate) fn complete_by(&mut self, earlier: &Self) {
        if self.state.is_empty() {
            self.state.clone_from(&earlier.state);
        }
        if self.capabilities.is_none() {
            self.capabilities.clone_from(&earlier.capabilities);
        }
        if self.participants.is_none() {
            self.participants.clone_from(&earlier.participants);
            self.partial = earlier.partial;
        }
        if self.received_date.is_none() {
            self.received_date.clone_from(&earlier.received_date);
        }
    }
}

impl Participant {
    /// Reads a participant's object.
    pub fn read(value: &mut Json) -> Self {
        let (uri, user_id) = address(value).unzip();
        let participant_id = lenient::text(value, "participantId");
        Self {
            nickname: lenient::text(value, "nickname"),
            kind: lenient::word(value, "type"),
            uri,
            user_id,
            visibility: lenient::visibility(value, "visibility"),
            participant_id: participant_id.or_else(|| lenient::text(value, "id")),
            told: 0,
            inherited: false,
            logged: false,
        }
    }

    /// Whether this is the user with this id. Nothing else identifies the user's own participant.
    pub fn is_user(&self, user_id: &str) -> bool {
        self.user_id.as_deref() == Some(user_id)
    }

    /// Whether both belong to the same user; `None` if either has no user id.
    pub(crate) fn is_same_user(&self, other: &Self) -> Option<bool> {
        Some(self.user_id.as_ref()? == other.user_id.as_ref()?)
    }

    /// Whether both are the same participant. Participants of different users never are. Otherwise the participant id
    /// decides if both have one, as a user may be in a session twice.
    pub(crate) fn is(&self, other: &Self) -> bool {
        let same_user = self.is_same_user(other);
        match (&self.participant_id, &other.participant_id) {
            (Some(mine), Some(theirs)) => mine == theirs && same_user != Some(false),
            _ => same_user == Some(true),
        }
    }
}
