//! A minimal Bayeux client over long-polling.

use serde_json::{Value, json};

use crate::support::*;

/// A Bayeux client over long-polling, one message at a time.
pub struct Bayeux {
    pub browser: Browser,
    pub id: String,
}

impl Bayeux {
    /// Sends a handshake, a subscription and the first connect, which is never held.
    pub fn subscribed(sim: &Sim, channel: &str) -> Bayeux {
        Bayeux::ready(sim.browser(), channel, json!({}))
    }

    /// The same with the acknowledgement extension.
    pub fn acknowledged(sim: &Sim, channel: &str) -> Bayeux {
        Bayeux::ready(sim.browser(), channel, json!({ "ack": true }))
    }

    pub fn ready(mut browser: Browser, channel: &str, ext: Value) -> Bayeux {
        let shaken = handshake(&mut browser, ext);
        let id = shaken["clientId"].as_str().unwrap().to_owned();
        let mut client = Bayeux { browser, id };
        let subscribe = json!({ "channel": "/meta/subscribe", "subscription": channel });
        assert_eq!(client.one(subscribe)["successful"], true);
        assert_eq!(
            client.one(json!({ "channel": "/meta/connect" }))["successful"],
            true
        );
        client
    }

    /// Posts one message with the client's id; returns the answers, events included.
    pub fn send(&mut self, message: Value) -> Vec<Value> {
        let body = self.with_id(message);
        self.browser.post("/api/v2/notifications", &body).messages()
    }

    /// Posts one message that gets one answer.
    pub fn one(&mut self, message: Value) -> Value {
        let mut messages = self.send(message);
        assert_eq!(messages.len(), 1, "{messages:?}");
        messages.remove(0)
    }

    /// Sends a connect and does not wait for its answer.
    pub fn begin_connect(&self, more: Value) -> Pending {
        let mut message = json!({ "channel": "/meta/connect", "connectionType": "long-polling" });
        for (key, value) in more.as_object().unwrap() {
            message[key] = value.clone();
        }
        self.browser
            .begin_post("/api/v2/notifications/connect", &self.with_id(message))
    }

    /// Sends a connect and returns once the server holds it.
    pub fn hold(&self, sim: &Sim) -> Pending {
        let polls = sim.state()["polls"].as_u64().unwrap();
        let pending = self.begin_connect(json!({}));
        sim.until(|state| state["polls"].as_u64().unwrap() > polls);
        pending
    }

    fn with_id(&self, mut message: Value) -> String {
        message["clientId"] = self.id.as_str().into();
        json!([message]).to_string()
    }
}

pub fn handshake(browser: &mut Browser, ext: Value) -> Value {
    let message = json!([{
        "channel": "/meta/handshake",
        "version": "1.0",
        "supportedConnectionTypes": ["long-polling"],
        "id": "1",
        "ext": ext,
    }]);
    let reply = browser.post("/api/v2/notifications/handshake", &message.to_string());
    reply.messages().remove(0)
}

/// The events among the messages of a response.
pub fn events(messages: &[Value]) -> Vec<&Value> {
    messages
        .iter()
        .filter(|m| !m["channel"].as_str().unwrap().starts_with("/meta/"))
        .collect()
}
