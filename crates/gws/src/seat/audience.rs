//! Who reads a message, and what one may send to whom now.
//!
//! The capabilities alone do not say it: a documented sample lists `SendMessage` while coaching.

use super::Oneself;
use crate::{Participant, Session, Visibility};

/// Who reads a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Agents and supervisors.
    Agents,
    /// These and the customer.
    Everyone,
}

impl Audience {
    /// Both, from the narrower to the wider.
    pub const ALL: [Self; 2] = [Self::Agents, Self::Everyone];

    /// The public word of the widget's contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agents => "agents",
            Self::Everyone => "everyone",
        }
    }

    /// The `operationName` that sends to this audience, which is also the capability.
    pub fn operation(self) -> &'static str {
        match self {
            Self::Agents => "SendToAgents",
            Self::Everyone => "SendMessage",
        }
    }

    /// The visibility of a message in the log that this audience has read.
    pub fn visibility(self) -> Visibility {
        match self {
            Self::Agents => Visibility::Agents,
            Self::Everyone => Visibility::All,
        }
    }
}

/// What the facts of a session allow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rights {
    /// The own visibility; `None` where it is not known.
    pub visibility: Option<Visibility>,
    /// One may send to agents.
    pub agents: bool,
    /// One may send to everyone.
    pub everyone: bool,
}

impl Rights {
    /// Reads the facts. Where the own visibility is not known, nothing is allowed.
    pub fn of(session: &Session, oneself: &Oneself) -> Self {
        let visibility = own_visibility(session, oneself);
        let lists = |audience: Audience| {
            let operation = audience.operation();
            session.capabilities().iter().any(|name| name == operation)
        };
        let is_seen = matches!(visibility, Some(Visibility::Agents | Visibility::All));
        Self {
            visibility,
            agents: is_seen && lists(Audience::Agents),
            everyone: visibility == Some(Visibility::All) && lists(Audience::Everyone),
        }
    }

    /// Whether one may send to this audience.
    pub fn allows(self, audience: Audience) -> bool {
        match audience {
            Audience::Agents => self.agents,
            Audience::Everyone => self.everyone,
        }
    }
}

/// One's own visibility. Of several own participants the one told last counts.
pub fn own_visibility(session: &Session, oneself: &Oneself) -> Option<Visibility> {
    let mut newest: Option<&Participant> = None;
    for one in session.participants() {
        if oneself.is(one) && newest.is_none_or(|newest| newest.told <= one.told) {
            newest = Some(one);
        }
    }
    newest?.visibility
}

/// What decides whether a message may be sent now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Situation {
    /// What the facts allow.
    pub rights: Rights,
    /// Notifications arrive, so the facts are those of now.
    pub connected: bool,
    /// A switch of the mode is pending, so the facts are about to change.
    pub switching: bool,
    /// One has left, or the session has ended.
    pub over: bool,
}

/// Why a message cannot be sent now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hindrance {
    /// One has left, or the session has ended.
    Over,
    /// The facts may be old.
    Disconnected,
    /// The mode is being changed.
    Switching,
    /// The audience is not allowed.
    NotAllowed,
    /// There are no words.
    Empty,
    /// So many UTF-16 units are too many.
    TooLong(usize),
}

impl Situation {
    /// What keeps a message to this audience from being sent; the first that holds.
    pub fn hindrance(&self, audience: Audience) -> Option<Hindrance> {
        if self.over {
            Some(Hindrance::Over)
        } else if !self.connected {
            Some(Hindrance::Disconnected)
        } else if self.switching && audience == Audience::Everyone {
            Some(Hindrance::Switching)
        } else if !self.rights.allows(audience) {
            Some(Hindrance::NotAllowed)
        } else {
            None
        }
    }
}
