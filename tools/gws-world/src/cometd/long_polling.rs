//! The long-polling transport: one POST, one JSON array back, and the held `/meta/connect`.
//!
//! The real server does not notice that a browser has gone: the poll of a closed tab is held until
//! its time is up, and the next page of that browser is the surplus one until then.

use core::time::Duration;

use serde_json::{Value, json};

use super::bayeux::Bayeux;
use super::client::Wake;
use super::meta::{self, From, is_message, refuse_unknown};
use crate::http::{Answer, Request};
use crate::rng::Rng;

/// Cookie that binds Bayeux clients to a browser.
pub const BROWSER_COOKIE: &str = "BAYEUX_BROWSER";

/// What becomes of a POST.
#[derive(Debug)]
pub enum Posted {
    /// It is answered now.
    Now(Answer),
    /// It is held for this long, or until it is woken.
    Held(Poll, Duration),
}

/// A held connect.
#[derive(Debug)]
pub struct Poll {
    /// Tells it from the next.
    pub number: u64,
    client: String,
    reply: Value,
}

/// Takes one POST; `rng` makes the browser's cookie.
pub fn post(bayeux: &mut Bayeux, rng: &mut Rng, request: &Request) -> Posted {
    let empty = |status| Posted::Now(Answer::empty(status));
    if request.body.is_empty() {
        return empty(200);
    }
    let messages = match serde_json::from_slice(&request.body) {
        Ok(Value::Array(messages)) => messages,
        Ok(message @ Value::Object(_)) => vec![message],
        _ => return empty(400),
    };
    let handshake = messages.iter().any(|m| m["channel"] == "/meta/handshake");
    let sound = messages.iter().all(is_message);
    if messages.is_empty() || !sound || (handshake && messages.len() > 1) {
        return empty(500);
    }
    let known = request.cookie(BROWSER_COOKIE);
    let made = (handshake && known.is_none()).then(|| rng.hex(26));
    let from = From {
        browser: known.or(made.as_deref()),
        socket: false,
        may_hold: messages.len() == 1,
    };
    let answers = messages.iter().map(|m| bayeux.handle(m, from)).collect();
    match held(answers) {
        Ok((client, reply, time)) => {
            let number = bayeux.hold(&client);
            let poll = Poll {
                number,
                client,
                reply,
            };
            Posted::Held(poll, time)
        }
        Err(answers) => {
            let mut answer = write(bayeux, answers);
            if let Some(browser) = made {
                let cookie = format!("{BROWSER_COOKIE}={browser}; Path=/; HttpOnly");
                answer.add("set-cookie", &cookie);
            }
            Posted::Now(answer)
        }
    }
}

impl Poll {
    /// Ends it: woken, or because its time is up.
    pub fn finish(mut self, bayeux: &mut Bayeux, why: Option<Wake>) -> Answer {
        match why {
            Some(Wake::Superseded) => return Answer::empty(500),
            Some(Wake::Disconnected) => self.reply["advice"] = json!({ "reconnect": "none" }),
            Some(Wake::Unknown) => refuse_unknown(&mut self.reply),
            Some(Wake::Events) | None => {}
        }
        bayeux.release(&self.client, self.number);
        let answer = meta::Answer {
            reply: self.reply,
            client: Some(self.client),
            hold: None,
        };
        write(bayeux, vec![answer])
    }
}

/// Puts replies and waiting events in order: a handshake reply first; then the events; then the
/// other replies (Faye: the connect reply before the events).
fn write(bayeux: &mut Bayeux, answers: Vec<meta::Answer>) -> Answer {
    let reply_first = bayeux.settings.reply_first;
    let mut before = Vec::new();
    let mut after = Vec::new();
    let mut events = Vec::new();
    for meta::Answer {
        mut reply, client, ..
    } in answers
    {
        let is = |channel: &str| reply["channel"] == channel;
        let (handshake, connect) = (is("/meta/handshake"), is("/meta/connect"));
        // A client just disconnected, or unknown, has no queue any more.
        let client = client.and_then(|id| bayeux.clients.iter_mut().find(|c| c.id == id));
        if let Some(client) = client {
            let (texts, batch) = client.take(connect);
            events.extend(texts);
            if let Some(batch) = batch {
                reply["ext"] = json!({ "ack": batch });
            }
        }
        let place = if handshake || (reply_first && connect) {
            &mut before
        } else {
            &mut after
        };
        place.push(reply.to_string());
    }
    let before = before.iter().map(String::as_str);
    let events = events.iter().map(|event| &**event);
    let after = after.iter().map(String::as_str);
    let all: Vec<&str> = before.chain(events).chain(after).collect();
    let body = format!("[{}]", all.join(","));
    Answer::new(200, "application/json;charset=UTF-8", body)
}

/// The one answer that is to be held, or else all of them, to be sent now.
fn held(mut answers: Vec<meta::Answer>) -> Result<(String, Value, Duration), Vec<meta::Answer>> {
    if let [
        meta::Answer {
            client: Some(id),
            hold: Some(time),
            reply,
        },
    ] = &mut answers[..]
    {
        return Ok((std::mem::take(id), reply.take(), *time));
    }
    Err(answers)
}
