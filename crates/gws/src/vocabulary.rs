//! GWS's terms as enums, so that each spelling is written once and the compiler checks each match.

use std::rc::Rc;

/// Identifies one session: ids are unique only within a media.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionKey {
    /// The kind of session.
    pub media: Media,
    /// The server's id of it.
    pub id: Rc<str>,
}

impl SessionKey {
    /// The key of this session.
    pub fn new(media: Media, id: impl Into<Rc<str>>) -> Self {
        Self {
            media,
            id: id.into(),
        }
    }
}

/// The two kinds of session with the same API; they differ in the path and in the body's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// An SMS session, `smssession`.
    SmsSession,
    /// A chat session, `chat`.
    Chat,
}

impl Media {
    /// Both, in the order in which the store keeps them.
    pub const ALL: [Self; 2] = [Self::SmsSession, Self::Chat];

    /// The word for one session: the attribute's value and the key in a notification's body.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SmsSession => "smssession",
            Self::Chat => "chat",
        }
    }

    /// The word for the collection: the path segment after `/api/v2/me/` and the list's key.
    pub fn segment(self) -> &'static str {
        match self {
            Self::SmsSession => "smssessions",
            Self::Chat => "chats",
        }
    }

    /// Parses the word that [`Media::as_str`] gives.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|media| media.as_str() == text)
    }
}

/// What a supervisor may request for a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Read along, unseen by agent and customer.
    SwitchToMonitor,
    /// Write to the agent only.
    SwitchToCoach,
    /// Write to the agent and the customer.
    SwitchToBargeIn,
    /// Leave the session; only a panel asks for it.
    Leave,
}

impl Operation {
    /// The switches of the mode, from the narrowest visibility to the widest.
    pub const SWITCHES: [Self; 3] = [
        Self::SwitchToMonitor,
        Self::SwitchToCoach,
        Self::SwitchToBargeIn,
    ];

    /// The `operationName` that goes over the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SwitchToMonitor => "SwitchToMonitor",
            Self::SwitchToCoach => "SwitchToCoach",
            Self::SwitchToBargeIn => "SwitchToBargeIn",
            Self::Leave => "Leave",
        }
    }

    /// The mode that the operation leads to once it is confirmed; `None` for Leave.
    pub fn mode(self) -> Option<Mode> {
        match self {
            Self::SwitchToMonitor => Some(Mode::Monitor),
            Self::SwitchToCoach => Some(Mode::Coach),
            Self::SwitchToBargeIn => Some(Mode::BargeIn),
            Self::Leave => None,
        }
    }

    /// Whether a capability of this name allows the operation. Genesys's own samples print the
    /// capability as `SwitchBargeIn` while the operation is `SwitchToBargeIn`; both count.
    pub fn allowed_by(self, capability: &str) -> bool {
        capability == self.as_str()
            || (self == Self::SwitchToBargeIn && capability == "SwitchBargeIn")
    }

    /// Whether a capabilities list allows the operation.
    pub fn is_in(self, capabilities: &[String]) -> bool {
        capabilities.iter().any(|name| self.allowed_by(name))
    }
}

/// Who can see a participant, from the narrowest to the widest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Visibility {
    /// Other supervisors only.
    Supervisors,
    /// Agents and supervisors.
    Agents,
    /// Everybody, the customer included.
    All,
    /// Any other value: none of the three, and not the same as an absent one.
    Other,
}

impl Visibility {
    /// The server's word; `None` for [`Visibility::Other`].
    pub fn as_str(self) -> Option<&'static str> {
        match self {
            Self::Supervisors => Some("Supervisors"),
            Self::Agents => Some("Agents"),
            Self::All => Some("All"),
            Self::Other => None,
        }
    }

    /// Parses the server's word; the singular spellings of the newer API count as well.
    pub fn parse(text: &str) -> Self {
        let text = text.trim_ascii();
        let is = |word: &str| text.eq_ignore_ascii_case(word);
        if is("All") {
            Self::All
        } else if is("Agents") || is("Agent") {
            Self::Agents
        } else if is("Supervisors") || is("Supervisor") {
            Self::Supervisors
        } else {
            Self::Other
        }
    }
}

/// The supervisor's part in a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Reads along, unseen.
    Monitor,
    /// Writes to the agent.
    Coach,
    /// Writes to the agent and the customer.
    BargeIn,
}

impl Mode {
    /// The public word of the widget's contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Monitor => "monitor",
            Self::Coach => "coach",
            Self::BargeIn => "barge-in",
        }
    }

    /// The mode that one's own visibility means; `None` for an unknown one.
    pub fn of(visibility: Visibility) -> Option<Self> {
        match visibility {
            Visibility::Supervisors => Some(Self::Monitor),
            Visibility::Agents => Some(Self::Coach),
            Visibility::All => Some(Self::BargeIn),
            Visibility::Other => None,
        }
    }

    /// The mode derived from the capabilities: the one `Switch*` that is absent while the two
    /// others are present; `None` if two or more or none are absent.
    pub fn by_capabilities(capabilities: &[String]) -> Option<Self> {
        let mut absent = None;
        for operation in Operation::SWITCHES {
            if !operation.is_in(capabilities) && absent.replace(operation).is_some() {
                return None;
            }
        }
        absent.and_then(Operation::mode)
    }
}
