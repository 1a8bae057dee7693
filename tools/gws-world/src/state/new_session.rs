//! Making a session: who is in it and how its log begins.

use serde_json::{Map, Value};

use super::session::{Participant, Session};
use super::users::User;
use super::words::{Kind, Media, Mode, State, Visibility};
use crate::rng::Rng;

/// What is to be known of a session before it begins.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// `id`
    pub id: String,
    /// SMS or chat.
    pub media: Media,
    /// The supervisor and their mode; `None` leaves them out.
    pub own: Option<(User, Mode)>,
    /// The customer's nickname.
    pub customer: String,
    /// The agent's nickname.
    pub agent: String,
    /// How barge-in is spelt among the capabilities.
    pub spelling: &'static str,
    /// Operations the supervisor has no right to.
    pub denied: Vec<String>,
    /// `userData`
    pub user_data: Map<String, Value>,
    /// When it begins, milliseconds since 1970.
    pub at_ms: u64,
}

impl NewSession {
    /// The session, with the entries of its participants' joining and no announcement.
    pub fn build(self) -> Session {
        let mut session = Session {
            id: self.id,
            media: self.media,
            state: State::Chatting,
            received_ms: self.at_ms,
            participants: Vec::new(),
            capabilities: None,
            spelling: self.spelling,
            denied: self.denied,
            log: Vec::new(),
            next_index: 1,
            user_data: self.user_data,
        };
        let own = self
            .own
            .map(|(user, mode)| supervisor(&session.id, user, mode));
        let people = [
            Some(customer(&session.id, &self.customer)),
            Some(agent(&session.id, &self.agent)),
            own,
        ];
        for (number, person) in people.into_iter().flatten().enumerate() {
            session.participants.push(person.clone());
            let visibility = person.visibility;
            let at_ms = self.at_ms + 400 * number as u64;
            session.append(person, "ParticipantJoined", None, visibility, at_ms);
        }
        // The samples list agents before the customer.
        session.participants.rotate_left(1);
        session
    }
}

/// A customer of a session.
pub fn customer(session: &str, nickname: &str) -> Participant {
    Participant {
        nickname: nickname.to_owned(),
        kind: Kind::Customer,
        user_id: None,
        supervisor: false,
        visibility: Visibility::All,
        participant_id: participant_id(session, nickname),
    }
}

/// An agent of a session; the same name is the same user everywhere.
pub fn agent(session: &str, nickname: &str) -> Participant {
    Participant {
        kind: Kind::Agent,
        user_id: Some(Rng::new(hash(nickname)).hex(32)),
        ..customer(session, nickname)
    }
}

/// Another supervisor: an agent with the visibility of their mode.
pub fn other_supervisor(session: &str, nickname: &str, mode: Mode) -> Participant {
    Participant {
        supervisor: true,
        visibility: mode.visibility(),
        ..agent(session, nickname)
    }
}

/// A user in a session, with the visibility of their mode.
pub fn supervisor(session: &str, user: User, mode: Mode) -> Participant {
    Participant {
        user_id: Some(user.id.to_owned()),
        ..other_supervisor(session, &user.name(), mode)
    }
}

/// In the manner of the samples: `00AF5367D3D0000A`.
fn participant_id(session: &str, nickname: &str) -> String {
    let mut rng = Rng::new(hash(session) ^ hash(nickname).rotate_left(7));
    format!("00AF{}", rng.text(b"0123456789ABCDEF", 12))
}

/// FNV-1a.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
