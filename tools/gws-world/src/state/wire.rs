//! How sessions, their people and their logs are written.

use serde_json::{Value, json};

use super::capabilities;
use super::session::{Entry, Participant, Session};
use crate::clock::gws_date;

impl Participant {
    /// The participant on the wire; `base` is the server's own address.
    pub fn json(&self, base: &str) -> Value {
        let mut json = json!({
            "nickname": self.nickname,
            "type": self.kind.name(),
            "visibility": self.visibility.name(),
            "participantId": self.participant_id,
        });
        if let Some(user) = &self.user_id {
            json["uri"] = format!("{base}/api/v2/users/{user}").into();
        }
        json
    }
}

impl Entry {
    /// The entry on the wire.
    pub fn json(&self, base: &str) -> Value {
        let mut json = json!({
            "index": self.index,
            "from": self.from.json(base),
            "timestamp": gws_date(self.at_ms),
            // Milliseconds, whatever the name says: so it is in every sample.
            "timestampSeconds": self.at_ms,
            "visibility": self.visibility.name(),
            "type": self.kind,
        });
        if let Some(text) = &self.text {
            let key = if self.kind == "PushUrl" {
                "url"
            } else {
                "text"
            };
            json[key] = text.as_str().into();
        }
        json
    }
}

impl Session {
    /// The session on the wire, as the user `me` is shown it.
    pub fn json(&self, base: &str, me: &str) -> Value {
        let participants: Vec<Value> = self.participants.iter().map(|p| p.json(base)).collect();
        let mut json = json!({
            "id": self.id,
            "uri": self.uri(base),
            "state": self.state.name(),
            "chatType": "Inbound",
            "receivedDate": gws_date(self.received_ms),
            "participants": participants,
            "capabilities": capabilities::of(self, me),
            "userData": self.user_data,
        });
        if let Some(path) = self.path() {
            json["path"] = path.into();
        }
        json
    }
}
