//! A small server: sessions that change by operation or from elsewhere, each change published.

use std::collections::VecDeque;

use gws::{Failure, Operation};
use serde_json::Value;

use crate::support::{answer, body, entry, in_state, own};

/// The ids of the sessions.
pub const SESSIONS: [&str; 3] = ["s-0", "s-1", "s-2"];

/// What may happen to a session from elsewhere.
#[derive(Clone, Copy, Debug)]
pub enum Change {
    Switch(Operation),
    Leave,
    Complete,
    Return,
    Permit(bool),
    Say,
    /// Something changes that only a partial body tells of.
    Touch,
}

impl Change {
    pub const ALL: [Self; 10] = [
        Self::Switch(Operation::SwitchToMonitor),
        Self::Switch(Operation::SwitchToCoach),
        Self::Switch(Operation::SwitchToBargeIn),
        Self::Leave,
        Self::Complete,
        Self::Return,
        Self::Permit(true),
        Self::Permit(false),
        Self::Say,
        Self::Touch,
    ];
}

/// The state of a session, as a body tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// The own visibility; `None` if not in the session.
    pub own: Option<&'static str>,
    pub capabilities: Vec<&'static str>,
    pub over: bool,
}

impl Body {
    pub fn json(&self, at: usize) -> Value {
        let own: Vec<_> = self.own.map(own).into_iter().collect();
        let body = body(SESSIONS[at], &own, &self.capabilities);
        in_state(body, if self.over { "Completed" } else { "Chatting" })
    }
}

/// What is published.
#[derive(Clone, Debug)]
pub enum Fact {
    Body(usize, Body),
    /// A log entry: its index, and the own visibility then; `""` for having left.
    Log(usize, i64, &'static str),
    Words(usize, i64),
    /// A body that says no more than that the session goes on.
    Touched(usize),
}

impl Fact {
    pub fn log_entry(index: i64, visibility: &str) -> Value {
        match visibility {
            "" => entry(index, "ParticipantLeft", "All"),
            _ => entry(index, "ParticipantRejoined", visibility),
        }
    }
}

#[derive(Debug)]
struct Session {
    own: Option<&'static str>,
    may_barge_in: bool,
    over: bool,
    index: i64,
}

#[derive(Debug)]
pub struct Server {
    sessions: Vec<Session>,
    pub signed_in: bool,
    /// A client is subscribed; otherwise what is published is lost.
    pub subscribed: bool,
    pub outbox: VecDeque<Fact>,
}

impl Server {
    pub fn new() -> Self {
        let session = |_| Session {
            own: Some("Supervisors"),
            may_barge_in: true,
            over: false,
            index: 1,
        };
        Self {
            sessions: SESSIONS.into_iter().map(session).collect(),
            signed_in: true,
            subscribed: true,
            outbox: VecDeque::new(),
        }
    }

    /// The sessions that are not over, with their places.
    pub fn list(&self) -> Vec<(usize, Body)> {
        let all = (0..SESSIONS.len()).map(|at| (at, self.body(at)));
        all.filter(|(_, body)| !body.over).collect()
    }

    /// An operation arrives. Success says nothing but that it was accepted.
    pub fn operate(&mut self, at: usize, operation: Operation) -> Result<(), Failure> {
        if !self.signed_in {
            return Err(answer(403, 20));
        }
        let body = self.body(at);
        let listed = |name: &&str| operation.allowed_by(name);
        if body.over {
            Err(answer(404, 6))
        } else if !body.capabilities.iter().any(listed) {
            Err(answer(409, 2))
        } else {
            self.change(at, Change::Switch(operation));
            Ok(())
        }
    }

    pub fn change(&mut self, at: usize, change: Change) {
        let session = &mut self.sessions[at];
        if session.over && !matches!(change, Change::Return) {
            return;
        }
        let before = session.own;
        match change {
            Change::Switch(operation) => session.own = Some(visibility(operation)),
            Change::Leave => session.own = None,
            Change::Complete => session.over = true,
            Change::Return => session.over = false,
            Change::Permit(may) => session.may_barge_in = may,
            Change::Say => {}
            Change::Touch => return self.publish(Fact::Touched(at)),
        }
        session.index += 1;
        let index = session.index;
        let own = session.own;
        if matches!(change, Change::Say) {
            return self.publish(Fact::Words(at, index));
        }
        let log = (before != own).then(|| Fact::Log(at, index, own.unwrap_or_default()));
        let body = Fact::Body(at, self.body(at));
        // The real server's order of the two is not known.
        let body_first = index % 2 == 0;
        if body_first {
            self.publish(body.clone());
        }
        if let Some(log) = log {
            self.publish(log);
        }
        if !body_first {
            self.publish(body);
        }
    }

    fn publish(&mut self, fact: Fact) {
        if self.subscribed {
            self.outbox.push_back(fact);
        }
    }

    pub fn body(&self, at: usize) -> Body {
        let session = &self.sessions[at];
        let mut capabilities = vec!["Leave"];
        let switches = Operation::ALL.into_iter().filter(|operation| {
            let is_there = session.own == Some(visibility(*operation));
            let may = *operation != Operation::SwitchToBargeIn || session.may_barge_in;
            session.own.is_some() && may && !is_there
        });
        capabilities.extend(switches.map(|operation| match operation {
            // Both spellings occur.
            Operation::SwitchToBargeIn if at == 0 => "SwitchBargeIn",
            operation => operation.as_str(),
        }));
        Body {
            own: session.own,
            capabilities,
            over: session.over,
        }
    }
}

fn visibility(operation: Operation) -> &'static str {
    match operation {
        Operation::SwitchToMonitor => "Supervisors",
        Operation::SwitchToCoach => "Agents",
        Operation::SwitchToBargeIn => "All",
    }
}
