//! The words of the wire for what a session, a participant and a supervisor can be.

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
