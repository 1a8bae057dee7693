//! The WebSocket transport: arrays of messages as text frames, events pushed at once.

use core::time::Duration;

use serde_json::{Value, json};

use super::bayeux::Bayeux;
use super::client::Waiting;
use super::meta::{From, refuse_unknown};
use crate::http::Line;

/// One open socket.
#[derive(Debug)]
pub struct Socket {
    /// The connection that it is.
    pub line: Line,
    client: Option<String>,
    held: Option<Held>,
}

/// A connect that waits on a socket.
#[derive(Debug)]
struct Held {
    reply: Value,
    until: Duration,
}

/// The text frame that goes out after an input, if any.
pub type Frame = Option<String>;

impl Socket {
    /// A connection that has just become a socket.
    pub fn new(line: Line) -> Socket {
        Socket {
            line,
            client: None,
            held: None,
        }
    }

    /// When its connect has waited long enough.
    pub fn due(&self) -> Option<Duration> {
        self.held.as_ref().map(|held| held.until)
    }

    /// Takes a text frame.
    ///
    /// # Errors
    /// For what is no JSON; the socket is to be closed.
    pub fn receive(&mut self, bayeux: &mut Bayeux, text: &str) -> serde_json::Result<Frame> {
        let messages = match serde_json::from_str(text)? {
            Value::Array(messages) => messages,
            message => vec![message],
        };
        let from = From {
            browser: None,
            socket: true,
            may_hold: messages.len() == 1,
        };
        let mut out = Vec::new();
        for message in &messages {
            let answer = bayeux.handle(message, from);
            let connect = answer.reply["channel"] == "/meta/connect";
            let failed = answer.reply["successful"] == false;
            if let Some(id) = answer.client {
                if let Some(known) = bayeux.clients.iter_mut().find(|c| c.id == id) {
                    known.waiting = Waiting::Socket(self.line);
                }
                self.client = Some(id);
            }
            match answer.hold {
                Some(time) => {
                    self.held = Some(Held {
                        reply: answer.reply,
                        until: bayeux.now + time,
                    });
                }
                None if connect && !failed => {
                    self.reply_to_connect(bayeux, answer.reply, &mut out);
                }
                None => out.push(answer.reply.to_string()),
            }
        }
        Ok(frame(&out))
    }

    /// Something happened to the client: events came, or it is gone.
    pub fn ring(&mut self, bayeux: &mut Bayeux) -> Frame {
        let mut out = Vec::new();
        let id = self.client.as_deref()?;
        let Some(known) = bayeux.clients.iter_mut().find(|c| c.id == id) else {
            if let Some(Held { mut reply, .. }) = self.held.take() {
                refuse_unknown(&mut reply);
                out.push(reply.to_string());
            }
            return frame(&out);
        };
        if !known.ack {
            let (events, _) = known.take(false);
            out.extend(events.iter().map(|event| event.to_string()));
        } else if known.queued() > 0
            && let Some(held) = self.held.take()
        {
            self.reply_to_connect(bayeux, held.reply, &mut out);
        }
        frame(&out)
    }

    /// Its connect has waited long enough.
    pub fn release(&mut self, bayeux: &mut Bayeux) -> Frame {
        let held = self.held.take()?;
        let mut out = Vec::new();
        self.reply_to_connect(bayeux, held.reply, &mut out);
        frame(&out)
    }

    /// It is closed.
    pub fn close(self, bayeux: &mut Bayeux) {
        let client = self.client;
        let client = client.and_then(|id| bayeux.clients.iter_mut().find(|c| c.id == id));
        // Another socket of the same client may have taken over already.
        if let Some(client) = client.filter(|c| c.waiting == Waiting::Socket(self.line)) {
            client.waiting = Waiting::Nothing;
        }
    }

    fn reply_to_connect(&self, bayeux: &mut Bayeux, mut reply: Value, out: &mut Vec<String>) {
        let id = self.client.as_deref();
        let known = id.and_then(|id| bayeux.clients.iter_mut().find(|c| c.id == id));
        if let Some(known) = known {
            let (events, batch) = known.take(true);
            out.extend(events.iter().map(|event| event.to_string()));
            if let Some(batch) = batch {
                reply["ext"] = json!({ "ack": batch });
            }
        }
        out.push(reply.to_string());
    }
}

fn frame(messages: &[String]) -> Frame {
    (!messages.is_empty()).then(|| format!("[{}]", messages.join(",")))
}
