//! The WebSocket transport: arrays of messages as text frames, events pushed at once.

use std::sync::Arc;

use axum::extract::ws::{Message, WebSocket};
use serde_json::{Value, json};
use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};

use super::client::Waiting;
use super::meta::{From, refuse_unknown};
use crate::server::Sim;

/// A connect that waits on a socket.
struct Held {
    reply: Value,
    until: Instant,
}

/// Serves one socket until it closes.
pub async fn serve(sim: Arc<Sim>, mut socket: WebSocket) {
    let bell = Arc::new(Notify::new());
    let mut client: Option<String> = None;
    let mut held: Option<Held> = None;
    loop {
        // Without a held connect the deadline branch is off, whatever the instant says.
        let until = held.as_ref().map_or_else(Instant::now, |held| held.until);
        let text = tokio::select! {
            frame = socket.recv() => match frame {
                Some(Ok(Message::Text(text))) => {
                    let Ok(message) = serde_json::from_str(&text) else { break };
                    receive(&sim, message, &bell, &mut client, &mut held)
                }
                Some(Ok(Message::Close(_)) | Err(_)) | None => break,
                Some(Ok(_)) => continue,
            },
            () = bell.notified() => ring(&sim, client.as_deref(), &mut held),
            () = sleep_until(until), if held.is_some() => {
                let Some(held) = held.take() else { continue };
                let mut out = Vec::new();
                reply_to_connect(&sim, client.as_deref(), held.reply, &mut out);
                out
            }
        };
        if !text.is_empty()
            && socket
                .send(Message::Text(frame(&text).into()))
                .await
                .is_err()
        {
            break;
        }
    }
    let mut world = sim.lock();
    if let Some(client) = client.and_then(|id| world.bayeux.clients.iter_mut().find(|c| c.id == id))
    {
        // Another socket of the same client may have taken over already.
        if matches!(&client.waiting, Waiting::Socket { bell: own } if Arc::ptr_eq(own, &bell)) {
            client.waiting = Waiting::Nothing;
        }
    }
}

fn receive(
    sim: &Sim,
    message: Value,
    bell: &Arc<Notify>,
    client: &mut Option<String>,
    held: &mut Option<Held>,
) -> Vec<String> {
    let messages = match message {
        Value::Array(messages) => messages,
        message => vec![message],
    };
    let from = From {
        browser: None,
        socket: true,
        may_hold: messages.len() == 1,
    };
    let mut out = Vec::new();
    let mut world = sim.lock();
    for message in &messages {
        let answer = world.bayeux.handle(message, from);
        let connect = answer.reply["channel"] == "/meta/connect";
        let failed = answer.reply["successful"] == false;
        if let Some(id) = answer.client {
            if let Some(known) = world.bayeux.clients.iter_mut().find(|c| c.id == id) {
                known.waiting = Waiting::Socket {
                    bell: Arc::clone(bell),
                };
            }
            *client = Some(id);
        }
        match answer.hold {
            Some(time) => {
                *held = Some(Held {
                    reply: answer.reply,
                    until: Instant::now() + time,
                })
            }
            None if connect && !failed => {
                drop(world);
                reply_to_connect(sim, client.as_deref(), answer.reply, &mut out);
                world = sim.lock();
            }
            None => out.push(answer.reply.to_string()),
        }
    }
    out
}

/// Something happened to the client: events came, or it is gone.
fn ring(sim: &Sim, client: Option<&str>, held: &mut Option<Held>) -> Vec<String> {
    let mut out = Vec::new();
    let Some(id) = client else { return out };
    let mut world = sim.lock();
    let Some(known) = world.bayeux.clients.iter_mut().find(|c| c.id == id) else {
        if let Some(Held { mut reply, .. }) = held.take() {
            refuse_unknown(&mut reply);
            out.push(reply.to_string());
        }
        return out;
    };
    if !known.ack {
        let (events, _) = known.take(false);
        out.extend(events.iter().map(|event| event.to_string()));
    } else if known.queued() > 0 && held.is_some() {
        drop(world);
        if let Some(held) = held.take() {
            reply_to_connect(sim, client, held.reply, &mut out);
        }
    }
    out
}

fn reply_to_connect(sim: &Sim, client: Option<&str>, mut reply: Value, out: &mut Vec<String>) {
    let mut world = sim.lock();
    let known = client.and_then(|id| world.bayeux.clients.iter_mut().find(|c| c.id == id));
    if let Some(known) = known {
        let (events, batch) = known.take(true);
        out.extend(events.iter().map(|event| event.to_string()));
        if let Some(batch) = batch {
            reply["ext"] = json!({ "ack": batch });
        }
    }
    out.push(reply.to_string());
}

fn frame(messages: &[String]) -> String {
    format!("[{}]", messages.join(","))
}
