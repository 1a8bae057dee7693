//! A small server: sessions change by operations or from elsewhere, and each change is published in one of many forms.

use std::collections::VecDeque;

use gws::{Failure, Operation};
use serde_json::{Value, json};

use crate::support::{SUPERVISOR, answer, person};

/// The ids of the sessions.
pub const SESSIONS: [&str; 3] = ["s-0", "s-1", "s-2"];

/// The users who may be signed in.
pub const USERS: [&str; 2] = [SUPERVISOR, "second"];

/// Where the users are in a session: the first one at two desktops, the second one at one.
pub const PLACES: [(&str, &str); 3] =
    [(USERS[0], "P-own"), (USERS[0], "P-desk"), (USERS[1], "P-2")];

/// What may happen to a session from elsewhere.
#[derive(Clone, Copy, Debug)]
pub enum Change {
    Switch(usize, Operation),
    /// Two switches that are reported in one log.
    SwitchTwice(usize, Operation, Operation),
    Leave(usize),
    Complete,
    Return,
    Permit(bool),
    Say,
    /// A change that only a partial body reports.
    Touch,
    /// An entry of somebody else with the participant id of an own place.
    Forge,
    /// A body, and then the whole log.
    History,
}

/// How a visibility is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Manner {
    Plainly,
    /// Without one.
    Not,
    /// With an unknown word.
    Oddly,
}

/// A participant in a body or an entry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Person {
    pub user: &'static str,
    pub place: &'static str,
    /// `""` for none.
    pub visibility: &'static str,
}

impl Person {
    pub fn json(self) -> Value {
        person(self.user, self.place, self.visibility)
    }

    fn said(mut self, manner: Manner) -> Self {
        match manner {
            Manner::Plainly => {}
            Manner::Not => self.visibility = "",
            Manner::Oddly => self.visibility = "Nobody",
        }
        self
    }
}

/// An entry of a log.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    pub index: i64,
    /// The participant it is about; `None` for a message.
    pub person: Option<Person>,
    pub here: bool,
}

impl Entry {
    pub fn json(self) -> Value {
        let kind = match (self.person, self.here) {
            (None, _) => "Text",
            (_, true) => "ParticipantRejoined",
            (_, false) => "ParticipantLeft",
        };
        let from = self.person.map(Person::json);
        json!({"index": self.index, "type": kind, "from": from})
    }
}

/// The state of a session in a body.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// The users, in the order in which they changed.
    pub people: Vec<Person>,
    pub capabilities: Vec<&'static str>,
    pub over: bool,
}

impl Body {
    pub fn json(&self, at: usize) -> Value {
        let mut people = vec![person("agent", "P-agent", "All")];
        people.extend(self.people.iter().map(|one| one.json()));
        let state = if self.over { "Completed" } else { "Chatting" };
        json!({
            "id": SESSIONS[at], "state": state,
            "capabilities": self.capabilities, "participants": people,
        })
    }
}

/// A published notification.
#[derive(Clone, Debug)]
pub enum Fact {
    Body(usize, Body),
    Log(usize, Vec<Entry>),
    /// A body that says only that the session goes on.
    Touched(usize),
}

impl Fact {
    /// The session that it is about.
    pub fn session(&self) -> usize {
        let (Self::Body(at, _) | Self::Log(at, _) | Self::Touched(at)) = self;
        *at
    }

    /// Whether it is ambiguous: it lacks a plain visibility, describes the past, or reports others under the user's own
    /// id.
    pub fn is_murky(&self) -> bool {
        let is_odd = |one: &Person| matches!(one.visibility, "" | "Nobody");
        match self {
            Self::Body(_, body) => body.people.iter().any(is_odd),
            Self::Log(_, entries) => {
                let people = || entries.iter().filter_map(|entry| entry.person.as_ref());
                entries.len() > 1 || entries.iter().any(|one| !one.here) || people().any(is_odd)
            }
            Self::Touched(_) => false,
        }
    }
}

#[derive(Debug)]
struct Session {
    people: Vec<Person>,
    may_barge_in: bool,
    over: bool,
    log: Vec<Entry>,
}

impl Session {
    fn write(&mut self, person: Option<Person>, here: bool) -> Entry {
        let index = self.log.last().map_or(1, |last| last.index + 1);
        let entry = Entry {
            index,
            person,
            here,
        };
        self.log.push(entry);
        entry
    }

    /// The user's place that changed last.
    fn newest(&self, user: &str) -> Option<&Person> {
        self.people.iter().rfind(|one| one.user == user)
    }

    fn switch(&mut self, place: usize, operation: Operation) -> Entry {
        let (user, place) = PLACES[place];
        let person = Person {
            user,
            place,
            visibility: visibility(operation),
        };
        self.people.retain(|one| one.place != place);
        self.people.push(person);
        self.write(Some(person), true)
    }
}

#[derive(Debug)]
pub struct Server {
    sessions: Vec<Session>,
    /// Who is signed in.
    pub user: &'static str,
    pub signed_in: bool,
    /// A client is subscribed; otherwise published notifications are lost.
    pub subscribed: bool,
    pub outbox: VecDeque<Fact>,
}

impl Server {
    pub fn new() -> Self {
        let session = |_| {
            let mut session = Session {
                people: Vec::new(),
                may_barge_in: true,
                over: false,
                log: Vec::new(),
            };
            session.switch(0, Operation::SwitchToMonitor);
            session
        };
        Self {
            sessions: SESSIONS.into_iter().map(session).collect(),
            user: USERS[0],
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

    /// An operation arrives. Success means only that it was accepted.
    pub fn operate(&mut self, at: usize, operation: Operation) -> Result<(), Failure> {
        if !self.signed_in {
            return Err(answer(403, 20));
        }
        let body = self.body(at);
        let listed = |name: &&str| operation.allowed_by(name);
        let newest = self.sessions[at].newest(self.user);
        let place = PLACES
            .iter()
            .position(|(_, place)| newest.is_some_and(|one| one.place == *place));
        match place {
            _ if body.over => Err(answer(404, 6)),
            Some(place) if body.capabilities.iter().any(listed) => {
                self.change(at, Change::Switch(place, operation), Manner::Plainly);
                Ok(())
            }
            _ => Err(answer(409, 2)),
        }
    }

    /// Something happens, and is published in this manner.
    pub fn change(&mut self, at: usize, change: Change, manner: Manner) {
        let session = &mut self.sessions[at];
        if session.over && !matches!(change, Change::Return) {
            return;
        }
        let mut entries = Vec::new();
        match change {
            Change::Switch(place, operation) => entries.push(session.switch(place, operation)),
            Change::SwitchTwice(place, first, second) => {
                entries.push(session.switch(place, first));
                entries.push(session.switch(place, second));
            }
            Change::Leave(place) => {
                let is_it = |one: &&Person| one.place == PLACES[place].1;
                if let Some(person) = session.people.iter().find(is_it).copied() {
                    session.people.retain(|one| one.place != person.place);
                    entries.push(session.write(Some(person), false));
                }
            }
            Change::Complete => session.over = true,
            Change::Return => session.over = false,
            Change::Permit(may) => session.may_barge_in = may,
            Change::Say => {
                let entry = session.write(None, true);
                return self.publish(Fact::Log(at, vec![entry]));
            }
            Change::Forge => {
                let forged = Person {
                    user: "stranger",
                    place: PLACES[0].1,
                    visibility: "All",
                };
                let entry = session.write(Some(forged), true);
                return self.publish(Fact::Log(at, vec![entry]));
            }
            Change::Touch => return self.publish(Fact::Touched(at)),
            Change::History => {
                let log = session.log.clone();
                let body = self.body(at);
                self.publish(Fact::Body(at, body));
                return self.publish(Fact::Log(at, log));
            }
        }
        let said = |mut entry: Entry| {
            entry.person = entry.person.map(|one| one.said(manner));
            entry
        };
        let log =
            (!entries.is_empty()).then(|| Fact::Log(at, entries.into_iter().map(said).collect()));
        let length = session.log.len();
        let mut body = self.body(at);
        for one in &mut body.people {
            *one = one.said(manner);
        }
        let body = Fact::Body(at, body);
        // The real server's order of the two is not known.
        let body_first = length.is_multiple_of(2);
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

    /// The session as sent to the signed-in user.
    pub fn body(&self, at: usize) -> Body {
        let session = &self.sessions[at];
        let own = session.newest(self.user);
        let mut capabilities = vec!["Leave"];
        let switches = Operation::SWITCHES.into_iter().filter(|operation| {
            let is_there = own.is_some_and(|own| own.visibility == visibility(*operation));
            let may = *operation != Operation::SwitchToBargeIn || session.may_barge_in;
            own.is_some() && may && !is_there
        });
        capabilities.extend(switches.map(|operation| match operation {
            // Both spellings occur.
            Operation::SwitchToBargeIn if at == 0 => "SwitchBargeIn",
            operation => operation.as_str(),
        }));
        Body {
            people: session.people.clone(),
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
        Operation::Leave => unreachable!("only switches"),
    }
}
