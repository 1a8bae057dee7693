//! What each Bayeux message is answered: handshake, connect, subscribe, unsubscribe, disconnect
//! and publish, with the error texts of CometD 3.1.12.

use core::time::Duration;

use serde_json::{Value, json};

use super::bayeux::Bayeux;
use super::channel;
use super::client::{Client, Waiting, Wake};

/// Where a message came from.
#[derive(Debug, Clone, Copy)]
pub struct From<'a> {
    /// `BAYEUX_BROWSER` cookie; over a WebSocket sessions are not bound to it.
    pub browser: Option<&'a str>,
    /// Whether it came over a WebSocket.
    pub socket: bool,
    /// Whether a connect may be held: not when it is batched with other messages.
    pub may_hold: bool,
}

/// What a message is answered.
#[derive(Debug)]
pub struct Answer {
    /// The reply; for a held connect, the one to send when the hold ends.
    pub reply: Value,
    /// The client it belongs to, if it is known.
    pub client: Option<String>,
    /// How long to hold the reply.
    pub hold: Option<Duration>,
}

impl Bayeux {
    /// Answers one message.
    pub fn handle(&mut self, message: &Value, from: From<'_>) -> Answer {
        let name = message.get("channel").and_then(Value::as_str).unwrap_or("");
        let mut answer = match name {
            // Over a WebSocket only; a POST of it is none of Bayeux at all.
            "" => now(json!({ "error": "400::channel_missing" })),
            "/meta/handshake" => self.handshake(message, from),
            _ => match self.known(message, from) {
                None => now(unknown_client(name)),
                Some(id) => {
                    let mut answer = match name {
                        "/meta/connect" => self.connect(&id, message, from),
                        "/meta/subscribe" => self.subscribe(&id, message),
                        "/meta/unsubscribe" => self.unsubscribe(&id, message),
                        "/meta/disconnect" => self.disconnect(&id),
                        _ if name.starts_with("/meta/") => {
                            now(json!({ "error": "403:denied_by_security_policy:create denied" }))
                        }
                        _ => self.publication(name, message),
                    };
                    answer.client = Some(id);
                    answer
                }
            },
        };
        let reply = &mut answer.reply;
        let failed = reply.get("error").is_some() || reply["successful"] == false;
        reply["channel"] = name.into();
        reply["successful"] = (!failed).into();
        // Whatever it came as, it goes back as text.
        match message.get("id") {
            None | Some(Value::Null) => {}
            Some(Value::String(id)) => reply["id"] = id.as_str().into(),
            Some(id) => reply["id"] = id.to_string().into(),
        }
        answer
    }

    /// Holds a connect. If it ends early, its number is told by [`Bayeux::take_woken`]; whenever it
    /// ends, the number is for [`Bayeux::release`].
    pub fn hold(&mut self, id: &str) -> u64 {
        self.polls += 1;
        let number = self.polls;
        if let Some(client) = self.client(id) {
            client.waiting = Waiting::Poll(number);
        }
        number
    }

    /// The hold is over: the client is on its own until its next connect.
    pub fn release(&mut self, id: &str, poll: u64) {
        let now = self.now;
        // Looked up without a sweep: a client whose poll was held has not been silent.
        if let Some(client) = self.clients.iter_mut().find(|client| client.id == id) {
            if client.waiting == Waiting::Poll(poll) {
                client.waiting = Waiting::Nothing;
            }
            client.renew(now);
        }
    }

    fn known(&mut self, message: &Value, from: From<'_>) -> Option<String> {
        let id = message.get("clientId").and_then(Value::as_str)?;
        let now = self.now;
        let client = self.client(id)?;
        // A session belongs to the browser that shook hands (trustClientSession is off).
        if !from.socket && from.browser != Some(client.browser.as_str()) {
            return None;
        }
        client.renew(now);
        Some(id.to_owned())
    }

    fn handshake(&mut self, message: &Value, from: From<'_>) -> Answer {
        if self.denies {
            return now(json!({
                "error": "403::Handshake denied",
                "advice": { "reconnect": "none" },
            }));
        }
        let wants_ack = message.pointer("/ext/ack") == Some(&Value::Bool(true));
        let ack = wants_ack && self.settings.ack;
        let id = self.rng.text(b"0123456789abcdefghijklmnopqrstuvwxyz", 26);
        let browser = from.browser.unwrap_or_default().to_owned();
        let silence = self.settings.max_interval;
        let client = Client::new(id.clone(), browser, self.user, ack, silence, self.now);
        self.clients.push(client);
        let mut types = vec!["long-polling", "callback-polling"];
        if self.settings.websocket {
            types.insert(0, "websocket");
        }
        let mut reply = json!({
            "version": "1.0",
            "minimumVersion": "1.0",
            "supportedConnectionTypes": types,
            "clientId": id,
            "advice": self.advice(),
        });
        if ack {
            reply["ext"] = json!({ "ack": true });
        }
        Answer {
            reply,
            client: Some(id),
            hold: None,
        }
    }

    fn connect(&mut self, id: &str, message: &Value, from: From<'_>) -> Answer {
        let settings = self.settings.clone();
        let mut full = self.advice();
        let rivals =
            |c: &&Client| c.id != id && c.is_polling() && Some(c.browser.as_str()) == from.browser;
        let rivals = self.clients.iter().filter(rivals).count() as i64;
        let Some(client) = self.client(id) else {
            return now(unknown_client("/meta/connect"));
        };
        let mut reply = json!({});
        if let Some(batch) = message.pointer("/ext/ack").and_then(Value::as_i64) {
            client.acknowledge(batch);
        }
        client.wake(Wake::Superseded);
        let mut timeout = settings.hold;
        if let Some(asked) = message.pointer("/advice/timeout").and_then(Value::as_u64) {
            timeout = Duration::from_millis(asked);
        }
        if let Some(own) = message.get("advice").filter(|own| own.is_object()) {
            client.advise = true;
            if let Some(interval) = own.get("interval").filter(|interval| interval.is_u64()) {
                full["interval"] = interval.clone();
            }
        }
        // Nobody counts the polls for an answer that goes at once.
        let may_hold = from.may_hold && client.queued() == 0;
        let surplus = may_hold
            && !from.socket
            && settings.max_sessions_per_browser >= 0
            && rivals >= settings.max_sessions_per_browser;
        let first = !std::mem::replace(&mut client.connected, true);
        // The usual advice is given again once it is alone.
        let was_surplus = std::mem::replace(&mut client.surplus, surplus);
        if std::mem::take(&mut client.advise) || surplus != was_surplus {
            reply["advice"] = full;
        }
        if surplus {
            let advice = &mut reply["advice"];
            advice["multiple-clients"] = true.into();
            if settings.multi_session_interval_ms > 0 {
                advice["reconnect"] = "retry".into();
                advice["interval"] = settings.multi_session_interval_ms.into();
            } else {
                advice["reconnect"] = "none".into();
                reply["successful"] = false.into();
            }
            return now(reply);
        }
        let hold = may_hold && !first && !timeout.is_zero();
        Answer {
            reply,
            client: None,
            hold: hold.then_some(timeout),
        }
    }

    fn subscribe(&mut self, id: &str, message: &Value) -> Answer {
        let subscription = message.get("subscription").cloned().unwrap_or(Value::Null);
        let names = names(&subscription);
        if names.is_empty() {
            return now(json!({ "error": "403::subscription_missing" }));
        }
        let denied = !names.iter().all(|name| channel::may_subscribe(name));
        if denied {
            return now(json!({
                "error": "403:denied_by_security_policy:subscribe_denied",
                "subscription": subscription,
            }));
        }
        let mut reply = json!({ "subscription": subscription });
        if let Some(client) = self.client(id) {
            for name in names {
                if !client.subscriptions.contains(&name) {
                    client.subscriptions.push(name);
                }
            }
            // Of the acknowledgement extension, which has nothing to say here.
            if client.ack {
                reply["ext"] = json!({});
            }
        }
        now(reply)
    }

    fn unsubscribe(&mut self, id: &str, message: &Value) -> Answer {
        let subscription = message.get("subscription").cloned().unwrap_or(Value::Null);
        let names = names(&subscription);
        if names.is_empty() {
            return now(json!({ "error": "403::subscription_missing" }));
        }
        let exists = |name: &String| self.clients.iter().any(|c| c.subscriptions.contains(name));
        if !names.iter().all(exists) {
            return now(json!({ "error": "400::channel_missing", "subscription": subscription }));
        }
        if let Some(client) = self.client(id) {
            client.subscriptions.retain(|name| !names.contains(name));
        }
        now(json!({ "subscription": subscription }))
    }

    fn disconnect(&mut self, id: &str) -> Answer {
        self.remove(id);
        now(json!({}))
    }

    fn publication(&mut self, name: &str, message: &Value) -> Answer {
        // `/service/` channels are for the server alone and are never broadcast.
        if let Some(data) = message
            .get("data")
            .filter(|_| !name.starts_with("/service/"))
        {
            self.publish(name, &data.to_string(), 1);
        }
        now(json!({}))
    }
}

/// The reply to a client the server does not know; only a connect is advised what to do.
fn unknown_client(channel: &str) -> Value {
    let mut reply = json!({ "error": "402::Unknown client" });
    if channel == "/meta/connect" {
        reply["advice"] = json!({ "interval": 0, "reconnect": "handshake" });
    }
    reply
}

/// Makes of the reply to a held connect that of a client the server does not know any more.
pub fn refuse_unknown(reply: &mut Value) {
    reply["successful"] = false.into();
    let refusal = unknown_client("/meta/connect");
    for (key, value) in refusal.as_object().into_iter().flatten() {
        reply[key] = value.clone();
    }
}

fn now(reply: Value) -> Answer {
    Answer {
        reply,
        client: None,
        hold: None,
    }
}

/// Whether a message is one at all. What has no channel, and a subscription that names none, is
/// beyond what CometD answers with words: it throws.
pub fn is_message(message: &Value) -> bool {
    let channel = message.get("channel").and_then(Value::as_str);
    let subscribes = matches!(channel, Some("/meta/subscribe" | "/meta/unsubscribe"));
    let name = |name: &Value| name.as_str().is_some_and(|name| name.starts_with('/'));
    let named = match message.get("subscription") {
        None | Some(Value::Null) => true,
        Some(Value::Array(list)) => list.iter().all(name),
        Some(one) => name(one),
    };
    channel.is_some_and(|channel| channel.starts_with('/')) && (named || !subscribes)
}

/// One subscription or an array of them.
fn names(subscription: &Value) -> Vec<String> {
    match subscription {
        Value::String(name) => vec![name.clone()],
        Value::Array(list) => list
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        _ => Vec::new(),
    }
}
