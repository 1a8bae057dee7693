//! Who is in the session, who sees the user, and who reads a message.
//!
//! An unknown fact is `None`, never a guess: a wrong "does not see you" is worse than none.

use super::Oneself;
use super::audience::{Audience, own_visibility};
use crate::{Participant, Session, Visibility};

/// The role of a participant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// An agent; also a supervisor who has barged in, as the wire does not distinguish the two.
    Agent,
    /// The user, or another of the type agent who is not seen by all.
    Supervisor,
    /// The customer.
    Customer,
    /// Anybody else.
    External,
}

/// One participant as a panel shows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Person<'a> {
    /// The participant as the server describes it.
    pub participant: &'a Participant,
    /// The role.
    pub role: Role,
    /// It is the user.
    pub own: bool,
    /// Whether this one sees the user; `None` for the user, and if it is not known.
    pub sees_you: Option<bool>,
}

impl Role {
    /// The public word of the widget's contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Supervisor => "supervisor",
            Self::Customer => "customer",
            Self::External => "external",
        }
    }

    /// The role of a participant other than the user.
    fn of(participant: &Participant) -> Self {
        let is = |kind: &str| participant.kind.trim_ascii().eq_ignore_ascii_case(kind);
        let is_hidden = matches!(
            participant.visibility,
            Some(Visibility::Supervisors | Visibility::Agents)
        );
        match (is("Agent"), is_hidden) {
            (true, true) => Self::Supervisor,
            (true, false) => Self::Agent,
            _ if is("Customer") => Self::Customer,
            _ => Self::External,
        }
    }
}

impl Person<'_> {
    /// Whether this one reads messages to this audience; `None` if it is not known.
    pub fn reads(&self, audience: Audience) -> Option<bool> {
        match (audience, self.role) {
            (Audience::Everyone, _) | (_, Role::Agent | Role::Supervisor) => Some(true),
            (Audience::Agents, Role::Customer) => Some(false),
            (Audience::Agents, Role::External) => None,
        }
    }
}

/// Who is in the session, in the server's order.
pub fn people<'a>(session: &'a Session, oneself: &Oneself) -> Vec<Person<'a>> {
    let own_visibility = own_visibility(session, oneself);
    let person = |participant| {
        let own = oneself.is(participant);
        let role = match own {
            true => Role::Supervisor,
            false => Role::of(participant),
        };
        let sees_you = match own {
            true => None,
            false => sees(participant, role, own_visibility),
        };
        Person {
            participant,
            role,
            own,
            sees_you,
        }
    };
    session.participants().iter().map(person).collect()
}

/// Whether a participant in this role sees one of this visibility.
fn sees(participant: &Participant, role: Role, seen: Option<Visibility>) -> Option<bool> {
    // A participant of an unknown kind, or an agent without a visibility, may be a supervisor.
    let is_plain = participant.visibility == Some(Visibility::All);
    match (seen?, role) {
        (Visibility::All, _) => Some(true),
        (Visibility::Other, _) => None,
        (Visibility::Agents, Role::Agent) | (_, Role::Supervisor) => Some(true),
        (_, Role::Customer) => Some(false),
        (Visibility::Supervisors, Role::Agent) => is_plain.then_some(false),
        (_, Role::External) => None,
    }
}
