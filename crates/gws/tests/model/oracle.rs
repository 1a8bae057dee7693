//! What the client has been told, in the simplest form: all facts in their order; the result is recomputed each time.

use gws::{Mode, Operation};

use crate::server::{Body, Entry, Fact, Person, SESSIONS};

/// One session as reported to the client.
#[derive(Clone, Debug, Default)]
pub struct Told {
    facts: Vec<Given>,
    pub known: bool,
    pub ended: bool,
    /// What is pending: the operation, and who pressed.
    pub pending: Option<(Operation, u32)>,
    /// An attempt failed or was refused, and its message may still be shown.
    pub words: bool,
    /// The operation that the server refused last, and when.
    pub refused: Option<(Operation, u32)>,
    /// How often it became joined.
    pub joins: u32,
    was_joined: bool,
    index: i64,
    touched: u32,
    body_notified: bool,
    logged: bool,
}

#[derive(Clone, Debug)]
enum Given {
    Body(Body),
    Entry(Entry),
}

/// A report about a participant, and whether its visibility is from an earlier one.
#[derive(Clone, Copy, Debug)]
struct Seen {
    person: Person,
    before: bool,
    /// The log has named this place.
    logged: bool,
}

#[derive(Debug)]
pub struct Oracle {
    pub sessions: Vec<Told>,
    /// The own id.
    pub me: &'static str,
    time: u32,
}

impl Oracle {
    pub fn new(me: &'static str, list: Vec<(usize, Body)>) -> Self {
        let mut oracle = Self {
            sessions: vec![Told::default(); SESSIONS.len()],
            me,
            time: 0,
        };
        let began = oracle.read_begins();
        oracle.read(began, &list);
        oracle
    }

    /// A read begins; returns the sequence number of its start.
    pub fn read_begins(&mut self) -> u32 {
        self.time += 1;
        self.time
    }

    /// Another user is signed in: all facts belong to the former user.
    pub fn another_user(&mut self, me: &'static str) {
        self.me = me;
        for told in &mut self.sessions {
            let joins = told.joins;
            // The log goes on, and its old entries may come again.
            *told = Told {
                index: told.index,
                joins,
                ..Told::default()
            };
        }
    }

    /// An attempt failed, by the server's decision or otherwise.
    pub fn failed(&mut self, at: usize, operation: Operation, refused: bool) {
        self.sessions[at].refused = refused.then_some((operation, self.time));
    }

    pub fn notified(&mut self, fact: &Fact) {
        self.time += 1;
        let (time, me) = (self.time, self.me);
        match fact {
            Fact::Body(at, body) => {
                let told = &mut self.sessions[*at];
                told.touched = time;
                told.body(body, time, me);
                told.body_notified = true;
            }
            Fact::Log(at, entries) => {
                let told = &mut self.sessions[*at];
                let is_history = told.body_notified && !told.logged && entries.len() > 1;
                let before = told.clone();
                told.logged |= entries.iter().any(|entry| entry.person.is_some());
                let mut changed = false;
                let seen = told.index;
                for entry in entries {
                    if entry.person.is_none() || entry.index <= seen {
                        continue;
                    }
                    told.index = told.index.max(entry.index);
                    // Only a participant who is present can leave.
                    let people = told.people().len();
                    if !is_history {
                        told.facts.push(Given::Entry(*entry));
                        changed |= entry.here || told.people().len() < people;
                    }
                }
                if !told.known && told.own(me).is_none() {
                    // A log alone makes a session known only if the user is in it.
                    *told = before;
                } else if changed {
                    told.known = true;
                    told.touched = time;
                    told.review(me);
                }
            }
            Fact::Touched(at) => {
                let told = &mut self.sessions[*at];
                told.touched = time;
                told.body_notified = true;
                told.begins_anew();
                told.known = true;
                told.ended = false;
                told.review(me);
            }
        }
    }

    pub fn read(&mut self, began: u32, list: &[(usize, Body)]) {
        for at in 0..SESSIONS.len() {
            let (told, me) = (&mut self.sessions[at], self.me);
            if told.touched > began {
                continue;
            }
            match list.iter().find(|(listed, _)| *listed == at) {
                Some((_, body)) => told.body(body, began, me),
                None if told.known => {
                    told.ended = true;
                    told.review(me);
                }
                None => {}
            }
        }
    }
}

impl Told {
    /// The newest list of capabilities.
    pub fn capabilities(&self) -> Vec<&'static str> {
        let body = |fact: &Given| match fact {
            Given::Body(body) => Some(body.capabilities.clone()),
            Given::Entry(_) => None,
        };
        self.facts.iter().rev().find_map(body).unwrap_or_default()
    }

    pub fn is_joined(&self, me: &str) -> bool {
        !self.ended && self.own(me).is_some() && self.mode(me) == Some(Mode::BargeIn)
    }

    pub fn is_capable(&self) -> bool {
        let names = self.capabilities();
        names.contains(&"SwitchToBargeIn") || names.contains(&"SwitchBargeIn")
    }

    /// The mode by own visibility, else by the only switch that is not offered.
    pub fn mode(&self, me: &str) -> Option<Mode> {
        let visibility = self.own(me).map(|own| own.person.visibility);
        match visibility {
            Some("Supervisors") => Some(Mode::Monitor),
            Some("Agents") => Some(Mode::Coach),
            Some("All") => Some(Mode::BargeIn),
            Some("") => self.mode_by_capabilities(),
            // No participants have been reported.
            None if !self.has_body() => self.mode_by_capabilities(),
            _ => None,
        }
    }

    fn mode_by_capabilities(&self) -> Option<Mode> {
        let names = self.capabilities();
        let lacks = |operation: &Operation| !names.iter().any(|name| operation.allowed_by(name));
        let lacking: Vec<_> = Operation::SWITCHES.into_iter().filter(lacks).collect();
        match lacking[..] {
            [one] => one.mode(),
            _ => None,
        }
    }

    fn has_body(&self) -> bool {
        self.facts.iter().any(|fact| matches!(fact, Given::Body(_)))
    }

    /// The user's own place that was reported last.
    fn own(&self, me: &str) -> Option<Seen> {
        self.people().into_iter().rfind(|one| one.person.user == me)
    }

    /// Who is present, in the order of the reports.
    fn people(&self) -> Vec<Seen> {
        let mut people: Vec<Seen> = Vec::new();
        for fact in &self.facts {
            let before = people.clone();
            let last = |of: &Person| {
                let theirs = before.iter().rfind(|one| one.person.user == of.user);
                theirs.map_or("", |one| one.person.visibility)
            };
            let seen = |person: &Person| Seen {
                person: Person {
                    visibility: match person.visibility {
                        "" => last(person),
                        said => said,
                    },
                    ..*person
                },
                before: person.visibility.is_empty(),
                logged: before.iter().any(|one| {
                    one.logged && one.person.place == person.place && one.person.user == person.user
                }),
            };
            match fact {
                Given::Body(body) => {
                    people = body.people.iter().map(seen).collect();
                    let names = &body.capabilities;
                    if names.contains(&"SwitchToBargeIn") || names.contains(&"SwitchBargeIn") {
                        for one in people.iter_mut().filter(|one| one.before) {
                            one.person.visibility = "";
                        }
                    }
                }
                Given::Entry(entry) => {
                    let Some(person) = entry.person else { continue };
                    let is_it = |one: &Seen| {
                        one.person.user == person.user && one.person.place == person.place
                    };
                    let known = people.iter().any(is_it);
                    if entry.here {
                        people.retain(|one| !is_it(one));
                        people.push(Seen {
                            logged: true,
                            ..seen(&person)
                        });
                    } else if known {
                        people.retain(|one| !is_it(one));
                    } else {
                        people.retain(|one| one.logged || one.person.user != person.user);
                    }
                }
            }
        }
        people
    }

    fn body(&mut self, body: &Body, time: u32, me: &str) {
        // A refusal ends when a later list has the refused operation, or barge-in.
        let again = |(operation, since): &mut (Operation, u32)| {
            let barge_in = Operation::SwitchToBargeIn;
            let listed = |name: &&str| operation.allowed_by(name) || barge_in.allowed_by(name);
            *since < time && body.capabilities.iter().any(listed)
        };
        self.refused.take_if(again);
        self.begins_anew();
        self.known = true;
        self.facts.push(Given::Body(body.clone()));
        self.ended = body.over;
        self.review(me);
    }

    /// A session that comes back sends its history again.
    fn begins_anew(&mut self) {
        self.logged &= !self.ended;
    }

    fn review(&mut self, me: &str) {
        let joined = self.is_joined(me);
        if joined && !self.was_joined {
            self.joins += 1;
            self.words = false;
            self.refused = None;
        }
        self.was_joined = joined;
        let mode = self.mode(me);
        let reached = |&mut (operation, _): &mut (Operation, u32)| match operation {
            Operation::SwitchToBargeIn => joined,
            _ => mode == operation.mode(),
        };
        self.pending.take_if(reached);
        if self.ended {
            self.pending = None;
            self.words = false;
            self.refused = None;
        }
    }
}
