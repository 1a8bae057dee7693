//! Who reads a message, and to whom the user may send now.
//!
//! The capabilities alone do not decide this: a documented sample lists `SendMessage` while
//! coaching.

use super::Oneself;
use crate::{Participant, Session, Visibility};

/// Who reads a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Agents and supervisors.
    Agents,
    /// Agents, supervisors and the customer.
    Everyone,
}

impl Audience {
    /// Both, the narrower first.
    pub const ALL: [Self; 2] = [Self::Agents, Self::Everyone];

    /// The one of the two that this is not.
    pub fn other(self) -> Self {
        match self {
            Self::Agents => Self::Everyone,
            Self::Everyone => Self::Agents,
        }
    }

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

    /// The log visibility of a message to this audience.
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
    /// The own visibility; `None` if it is not known.
    pub visibility: Option<Visibility>,
    /// Sending to agents is allowed.
    pub agents: bool,
    /// Sending to everyone is allowed.
    pub everyone: bool,
}

impl Rights {
    /// Derives them from the facts. If the own visibility is not known, nothing is allowed.
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

    /// Whether sending to this audience is allowed.
    pub fn allows(self, audience: Audience) -> bool {
        match audience {
            Audience::Agents => self.agents,
            Audience::Everyone => self.everyone,
        }
    }
}

/// The own visibility. Of several own participants the one reported last counts.
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
    /// Notifications arrive, so the facts are current.
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
    /// Notifications do not arrive, so the facts may be out of date.
    Disconnected,
    /// The mode is being changed.
    Switching,
    /// The audience is not allowed.
    NotAllowed,
    /// The text is empty.
    Empty,
    /// It is too long, by its number of UTF-16 units.
    TooLong(usize),
}

impl Situation {
    /// The first reason why a message to this audience cannot be sent now, if any.
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
