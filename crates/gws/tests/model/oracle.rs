//! What the client has been told, kept in the plainest way: facts by arrival, but for a read that
//! began before a notification.

use gws::{Mode, Operation};

use crate::server::{Body, Fact, SESSIONS};

/// One session as it was last told.
#[derive(Clone, Debug)]
pub struct Told {
    pub body: Body,
    pub ended: bool,
    /// What is pending: the operation, and who pressed.
    pub pending: Option<(Operation, u32)>,
    /// An attempt failed or was refused, and its words may still stand.
    pub words: bool,
    /// The operation that the server's last word refused, and when.
    pub refused: Option<(Operation, u32)>,
    /// How often it became joined.
    pub joins: u32,
    index: i64,
    touched: u32,
}

#[derive(Debug)]
pub struct Oracle {
    pub sessions: Vec<Told>,
    time: u32,
}

impl Oracle {
    pub fn new(list: Vec<(usize, Body)>) -> Self {
        let told = |(_, body)| Told {
            body,
            ended: false,
            pending: None,
            words: false,
            refused: None,
            joins: 0,
            index: 0,
            touched: 0,
        };
        Self {
            sessions: list.into_iter().map(told).collect(),
            time: 0,
        }
    }

    /// A read begins; gives what names its beginning.
    pub fn read_begins(&mut self) -> u32 {
        self.time += 1;
        self.time
    }

    /// An attempt came to nothing: by the server's decision, or not.
    pub fn failed(&mut self, at: usize, operation: Operation, refused: bool) {
        self.sessions[at].refused = refused.then_some((operation, self.time));
    }

    pub fn notified(&mut self, fact: &Fact) {
        self.time += 1;
        let time = self.time;
        match fact {
            Fact::Body(at, body) => {
                let told = &mut self.sessions[*at];
                told.touched = time;
                told.lists(body, time);
                told.set(body.clone(), body.over);
            }
            Fact::Log(at, index, visibility) => {
                let told = &mut self.sessions[*at];
                // One who is not there cannot leave.
                let is_news = !visibility.is_empty() || told.body.own.is_some();
                if *index > told.index && is_news {
                    told.index = *index;
                    told.touched = time;
                    let mut body = told.body.clone();
                    body.own = (!visibility.is_empty()).then_some(visibility);
                    // A log does not bring a session back.
                    told.set(body, told.ended);
                }
            }
            Fact::Words(..) => {}
            Fact::Touched(at) => {
                let told = &mut self.sessions[*at];
                told.touched = time;
                let body = Body {
                    over: false,
                    ..told.body.clone()
                };
                told.set(body, false);
            }
        }
    }

    pub fn read(&mut self, began: u32, list: &[(usize, Body)]) {
        for at in 0..SESSIONS.len() {
            let told = &mut self.sessions[at];
            if told.touched > began {
                continue;
            }
            match list.iter().find(|(listed, _)| *listed == at) {
                Some((_, body)) => {
                    told.lists(body, began);
                    told.set(body.clone(), body.over);
                }
                None => told.set(told.body.clone(), true),
            }
        }
    }
}

impl Told {
    pub fn is_joined(&self) -> bool {
        !self.ended && self.body.own == Some("All")
    }

    pub fn is_capable(&self) -> bool {
        let names = &self.body.capabilities;
        names.contains(&"SwitchToBargeIn") || names.contains(&"SwitchBargeIn")
    }

    pub fn mode(&self) -> Option<Mode> {
        match self.body.own? {
            "Supervisors" => Some(Mode::Monitor),
            "Agents" => Some(Mode::Coach),
            _ => Some(Mode::BargeIn),
        }
    }

    /// A refusal is over when a later list has what was refused, or barge-in.
    fn lists(&mut self, body: &Body, time: u32) {
        let again = |(operation, since): &mut (Operation, u32)| {
            let barge_in = Operation::SwitchToBargeIn;
            let listed = |name: &&str| operation.allowed_by(name) || barge_in.allowed_by(name);
            *since < time && body.capabilities.iter().any(listed)
        };
        self.refused.take_if(again);
    }

    fn set(&mut self, body: Body, ended: bool) {
        let was_joined = self.is_joined();
        self.ended = ended;
        self.body = body;
        if self.is_joined() && !was_joined {
            self.joins += 1;
            self.words = false;
            self.refused = None;
        }
        let reached = self.pending.map(|(operation, _)| operation.mode());
        if reached.is_some() && reached == self.mode() {
            self.pending = None;
        }
        if ended {
            self.pending = None;
            self.words = false;
            self.refused = None;
        }
    }
}
