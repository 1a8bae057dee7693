//! A minimal server: the user's visibility and the log.

use gws::Failure;
use serde_json::{Value, json};

use crate::support::{SUPERVISOR, answer, person};

/// A message in the log, in one or more entries.
#[derive(Clone, Debug)]
pub struct Delivery {
    pub text: &'static str,
    /// The index of its first entry.
    pub index: i64,
    pub visibility: &'static str,
}

/// A published notification.
#[derive(Clone, Debug)]
pub enum Fact {
    Body(Body),
    Entry(Value),
}

/// The session in a body.
#[derive(Clone, Debug)]
pub struct Body {
    pub visibility: &'static str,
    pub capabilities: Vec<&'static str>,
    participant: String,
    over: bool,
}

impl Body {
    pub fn json(&self) -> Value {
        json!({
            "id": "s",
            "state": if self.over { "Completed" } else { "Chatting" },
            "capabilities": self.capabilities,
            "participants": [
                person("agent", "P-agent", "All"),
                person(SUPERVISOR, &self.participant, self.visibility),
                customer(),
            ],
        })
    }
}

fn customer() -> Value {
    json!({"nickname": "Mia", "type": "Customer", "participantId": "P-customer", "visibility": "All"})
}

/// How a message is written to the log.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    /// One entry for each word.
    pub parts: bool,
    /// The number of preceding entries that the user may not see.
    pub hidden: i64,
    /// The entry has the author's uri.
    pub uri: bool,
}

#[derive(Debug)]
pub struct Server {
    pub visibility: &'static str,
    /// `SendMessage` is listed while coaching, too, as a documented sample does.
    pub lists_too_much: bool,
    /// The number of own participants so far; each rejoin may bring a new id.
    rejoined: u32,
    pub over: bool,
    next: i64,
    pub log: Vec<(i64, Value)>,
    pub deliveries: Vec<Delivery>,
    pub outbox: Vec<Fact>,
}

impl Server {
    pub fn new() -> Self {
        Self {
            visibility: "Agents",
            lists_too_much: true,
            rejoined: 0,
            over: false,
            next: 1,
            log: Vec::new(),
            deliveries: Vec::new(),
            outbox: Vec::new(),
        }
    }

    pub fn body(&self) -> Body {
        let mut capabilities = vec!["Leave"];
        if self.visibility != "Supervisors" {
            capabilities.push("SendToAgents");
        }
        if self.visibility == "All" || self.lists_too_much {
            capabilities.push("SendMessage");
        }
        Body {
            visibility: self.visibility,
            capabilities,
            participant: self.own(),
            over: self.over,
        }
    }

    fn own(&self) -> String {
        format!("P-own-{}", self.rejoined)
    }

    pub fn switch(&mut self, visibility: &'static str, rejoins: bool) {
        self.visibility = visibility;
        self.rejoined += u32::from(rejoins);
        // The documented entry has the uri, which links the id to the user if no body did.
        let from = person(SUPERVISOR, &self.own(), visibility);
        self.write(&from, "ParticipantRejoined", "", visibility);
        self.publish();
    }

    pub fn publish(&mut self) {
        self.outbox.push(Fact::Body(self.body()));
    }

    /// The user's message arrives, from this page or another.
    pub fn operate(
        &mut self,
        operation: &str,
        text: &'static str,
        manner: Manner,
    ) -> Result<(), Failure> {
        let visibility = match (operation, self.visibility) {
            _ if self.over => return Err(answer(404, 6)),
            ("SendMessage", "All") => "All",
            ("SendToAgents", "All" | "Agents") => "Agents",
            _ => return Err(answer(409, 2)),
        };
        self.next += manner.hidden;
        self.deliveries.push(Delivery {
            text,
            index: self.next,
            visibility,
        });
        let author = self.own();
        let mut from = person(SUPERVISOR, &author, visibility);
        if !manner.uri {
            from = json!({"nickname": "me", "type": "Agent", "participantId": author});
        }
        let words: Vec<&str> = match manner.parts {
            true => text.split(' ').collect(),
            false => vec![text],
        };
        for part in words {
            self.write(&from, "Text", part, visibility);
        }
        Ok(())
    }

    /// The customer writes, possibly with the same text as the user.
    pub fn say(&mut self, text: &str) {
        self.write(&customer(), "Text", text, "All");
    }

    fn write(&mut self, from: &Value, kind: &str, text: &str, visibility: &str) {
        let index = self.next;
        self.next += 1;
        let entry = json!({
            "index": index, "type": kind, "text": text, "visibility": visibility, "from": from,
        });
        self.log.push((index, entry.clone()));
        self.outbox.push(Fact::Entry(entry));
    }

    /// The log from this index on.
    pub fn read(&self, start: i64) -> Vec<Value> {
        let log = self.log.iter().filter(|(index, _)| *index >= start);
        log.map(|(_, entry)| entry.clone()).collect()
    }
}
