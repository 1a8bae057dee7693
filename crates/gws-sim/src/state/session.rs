//! One supervised session: its participants, its state, its message log, and what each viewer of
//! the log may see.

use serde_json::{Map, Value, json};

use super::time::gws_date;

/// Which of the twin APIs a session belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// `/api/v2/me/smssessions`
    Sms,
    /// `/api/v2/me/chats`
    Chat,
}

/// Session states of the GWS documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Offered, not accepted yet.
    Invited,
    /// Running.
    Chatting,
    /// The last agent has left; the session waits for its completion.
    LeftChat,
    /// Over.
    Completed,
    /// Over for the supervisor: completed or put back in a queue.
    Revoked,
}

/// Who sees a participant or a log entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// Everybody, the customer included.
    All,
    /// Agents and supervisors.
    Agents,
    /// Supervisors only.
    Supervisors,
}

/// A supervisor's mode, which is nothing but the visibility of their presence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Reads along unseen.
    Monitor,
    /// Heard by the agent.
    Coach,
    /// Heard by all.
    BargeIn,
}

/// `type` of a participant. A supervisor is an `Agent`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An agent or a supervisor.
    Agent,
    /// The customer.
    Customer,
}

/// Someone in a session.
#[derive(Debug, Clone)]
pub struct Participant {
    /// Name shown to the others.
    pub nickname: String,
    /// `type` on the wire.
    pub kind: Kind,
    /// Agents and supervisors have one, customers do not.
    pub user_id: Option<String>,
    /// Whether it is a supervisor; the wire does not tell.
    pub supervisor: bool,
    /// Who sees the participant.
    pub visibility: Visibility,
    /// Key within the session.
    pub participant_id: String,
}

/// One entry of the message log.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Position in the log, from 1; gaps occur.
    pub index: u64,
    /// Who did it, as they were then.
    pub from: Participant,
    /// `type` on the wire: `Text`, `ParticipantJoined`, ...
    pub kind: &'static str,
    /// The words, where the type has any.
    pub text: Option<String>,
    /// Who sees it.
    pub visibility: Visibility,
    /// Milliseconds since 1970.
    pub at_ms: u64,
}

/// A session as the server knows it.
#[derive(Debug, Clone)]
pub struct Session {
    /// `id` on the wire.
    pub id: String,
    /// Which API serves it.
    pub media: Media,
    /// `state` on the wire.
    pub state: State,
    /// When it began, milliseconds since 1970.
    pub received_ms: u64,
    /// In order of joining.
    pub participants: Vec<Participant>,
    /// Replaces the capabilities that follow from the mode.
    pub capabilities: Option<Vec<String>>,
    /// How this session spells the barge-in capability; the documentation has two spellings.
    pub spelling: &'static str,
    /// Operations that the supervisor has no right to.
    pub denied: Vec<String>,
    /// The message log; typing notices take an index but are not kept.
    pub log: Vec<Entry>,
    /// Index of the next entry.
    pub next_index: u64,
    /// `userData` on the wire.
    pub user_data: Map<String, Value>,
}

impl Media {
    /// Reads `smssession` or `chat`.
    pub fn parse(text: &str) -> Option<Media> {
        match text {
            "smssession" | "sms" => Some(Media::Sms),
            "chat" => Some(Media::Chat),
            _ => None,
        }
    }

    /// Key of one session in a body.
    pub fn key(self) -> &'static str {
        match self {
            Media::Sms => "smssession",
            Media::Chat => "chat",
        }
    }

    /// Last path segment of the collection, and key of a list in a body.
    pub fn collection(self) -> &'static str {
        match self {
            Media::Sms => "smssessions",
            Media::Chat => "chats",
        }
    }

    /// `messageType` of a state notification.
    pub fn message_type(self) -> &'static str {
        match self {
            Media::Sms => "SMSsessionStateChangeMessage",
            Media::Chat => "ChatStateChangeMessage",
        }
    }

    /// Bayeux channel of its notifications.
    pub fn channel(self) -> &'static str {
        match self {
            Media::Sms => "/v2/me/smssessions",
            Media::Chat => "/v2/me/chats",
        }
    }
}

impl State {
    /// Word on the wire.
    pub fn name(self) -> &'static str {
        match self {
            State::Invited => "Invited",
            State::Chatting => "Chatting",
            State::LeftChat => "LeftChat",
            State::Completed => "Completed",
            State::Revoked => "Revoked",
        }
    }
}

impl Visibility {
    /// Word on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Visibility::All => "All",
            Visibility::Agents => "Agents",
            Visibility::Supervisors => "Supervisors",
        }
    }
}

impl Mode {
    /// Reads a mode's or a switch operation's name.
    pub fn parse(text: &str) -> Option<Mode> {
        match text {
            "monitor" | "Monitor" | "SwitchToMonitor" => Some(Mode::Monitor),
            "coach" | "Coach" | "SwitchToCoach" => Some(Mode::Coach),
            "barge-in" | "BargeIn" | "SwitchToBargeIn" => Some(Mode::BargeIn),
            _ => None,
        }
    }

    /// Visibility of a supervisor in this mode.
    pub fn visibility(self) -> Visibility {
        match self {
            Mode::Monitor => Visibility::Supervisors,
            Mode::Coach => Visibility::Agents,
            Mode::BargeIn => Visibility::All,
        }
    }

    /// The mode of a supervisor with this visibility.
    pub fn of(visibility: Visibility) -> Mode {
        match visibility {
            Visibility::Supervisors => Mode::Monitor,
            Visibility::Agents => Mode::Coach,
            Visibility::All => Mode::BargeIn,
        }
    }

    /// The words of the widget's contract.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Monitor => "monitor",
            Mode::Coach => "coach",
            Mode::BargeIn => "barge-in",
        }
    }
}

impl Kind {
    /// Word on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Agent => "Agent",
            Kind::Customer => "Customer",
        }
    }
}

impl Participant {
    /// The participant on the wire; `base` is the server's own address.
    pub fn json(&self, base: &str) -> Value {
        let mut json = json!({
            "nickname": self.nickname,
            "type": self.kind.name(),
            "visibility": self.visibility.name(),
            "participantId": self.participant_id,
        });
        if let Some(user) = &self.user_id {
            json["uri"] = format!("{base}/api/v2/users/{user}").into();
        }
        json
    }
}

impl Entry {
    /// The entry on the wire.
    pub fn json(&self, base: &str) -> Value {
        let mut json = json!({
            "index": self.index,
            "from": self.from.json(base),
            "timestamp": gws_date(self.at_ms),
            // Milliseconds, whatever the name says: so it is in every sample.
            "timestampSeconds": self.at_ms,
            "visibility": self.visibility.name(),
            "type": self.kind,
        });
        if let Some(text) = &self.text {
            let key = if self.kind == "PushUrl" {
                "url"
            } else {
                "text"
            };
            json[key] = text.as_str().into();
        }
        json
    }
}

impl Session {
    /// The participant with this user id.
    pub fn user(&self, user_id: &str) -> Option<&Participant> {
        let is_user = |p: &&Participant| p.user_id.as_deref() == Some(user_id);
        self.participants.iter().find(is_user)
    }

    /// The customer, or the first agent who is no supervisor.
    pub fn first(&self, kind: Kind) -> Option<&Participant> {
        self.participants
            .iter()
            .find(|p| p.kind == kind && !p.supervisor)
    }

    /// `uri` on the wire: without `/me`, as in the samples.
    pub fn uri(&self, base: &str) -> String {
        format!("{base}/api/v2/{}/{}", self.media.collection(), self.id)
    }

    /// The session on the wire, as the user `me` is shown it.
    pub fn json(&self, base: &str, me: &str) -> Value {
        let participants: Vec<Value> = self.participants.iter().map(|p| p.json(base)).collect();
        json!({
            "id": self.id,
            "uri": self.uri(base),
            "path": format!("/{}/{}", self.media.collection(), self.id),
            "state": self.state.name(),
            "chatType": "Inbound",
            "receivedDate": gws_date(self.received_ms),
            "participants": participants,
            "capabilities": super::capabilities::of(self, me),
            "userData": self.user_data,
        })
    }

    /// The log as a customer or an agent sees it; a supervisor sees all of it.
    pub fn seen_by(&self, kind: Kind) -> impl Iterator<Item = &Entry> {
        self.log.iter().filter(move |entry| match kind {
            Kind::Customer => entry.visibility == Visibility::All,
            Kind::Agent => entry.visibility != Visibility::Supervisors,
        })
    }
}
