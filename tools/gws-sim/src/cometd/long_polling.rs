//! The long-polling transport: one POST, one JSON array back, and the held `/meta/connect`.
//!
//! A held poll lives in a task of its own, because the real server does not notice that a browser
//! has gone: the poll of a closed tab is held until its time is up, and the next page of that
//! browser is the surplus one until then.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::sync::oneshot;

use super::client::Wake;
use super::meta::{Answer, From, is_message, refuse_unknown};
use crate::rest::headers::cookie;
use crate::server::Sim;
use crate::state::World;

/// Cookie that binds Bayeux clients to a browser.
pub const BROWSER_COOKIE: &str = "BAYEUX_BROWSER";

/// Answers one POST.
pub async fn post(sim: Arc<Sim>, headers: &HeaderMap, body: Bytes) -> Response {
    if body.is_empty() {
        return StatusCode::OK.into_response();
    }
    let messages = match serde_json::from_slice(&body) {
        Ok(Value::Array(messages)) => messages,
        Ok(message @ Value::Object(_)) => vec![message],
        _ => return StatusCode::BAD_REQUEST.into_response(),
    };
    let handshake = messages.iter().any(|m| m["channel"] == "/meta/handshake");
    let sound = messages.iter().all(is_message);
    if messages.is_empty() || !sound || (handshake && messages.len() > 1) {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let known = cookie(headers, BROWSER_COOKIE);
    let made = (handshake && known.is_none()).then(|| sim.lock().rng.hex(26));
    let browser = known.or(made.as_deref());
    let from = From {
        browser,
        socket: false,
        may_hold: messages.len() == 1,
    };

    let (id, reply, time, number, ended) = {
        let mut world = sim.lock();
        let answers: Vec<Answer> = messages
            .iter()
            .map(|m| world.bayeux.handle(m, from))
            .collect();
        match held(answers) {
            Err(answers) => {
                let mut response = write(&mut world, answers);
                if let Some(browser) = made {
                    let cookie = format!("{BROWSER_COOKIE}={browser}; Path=/; HttpOnly");
                    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
                        response.headers_mut().append(header::SET_COOKIE, cookie);
                    }
                }
                return response;
            }
            Ok((id, reply, time)) => {
                let (end, ended) = oneshot::channel();
                let number = world.bayeux.hold(&id, end);
                (id, reply, time, number, ended)
            }
        }
    };
    let holder = tokio::spawn(async move {
        let why = tokio::select! {
            why = ended => why.ok(),
            () = tokio::time::sleep(time) => None,
        };
        finish(&sim, &id, reply, number, why)
    });
    holder
        .await
        .unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// Ends a held connect.
fn finish(sim: &Sim, id: &str, mut reply: Value, number: u64, why: Option<Wake>) -> Response {
    match why {
        Some(Wake::Superseded) => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Some(Wake::Disconnected) => reply["advice"] = json!({ "reconnect": "none" }),
        Some(Wake::Unknown) => {
            refuse_unknown(&mut reply);
        }
        Some(Wake::Events) | None => {}
    }
    let mut world = sim.lock();
    world.bayeux.release(id, number);
    write(
        &mut world,
        vec![Answer {
            reply,
            client: Some(id.to_owned()),
            hold: None,
        }],
    )
}

/// Puts replies and waiting events in order: a handshake reply first; then the events; then the
/// other replies (Faye: the connect reply before the events).
fn write(world: &mut World, answers: Vec<Answer>) -> Response {
    let reply_first = world.bayeux.settings.reply_first;
    let mut before = Vec::new();
    let mut after = Vec::new();
    let mut events = Vec::new();
    for Answer {
        mut reply, client, ..
    } in answers
    {
        let is = |channel: &str| reply["channel"] == channel;
        let (handshake, connect) = (is("/meta/handshake"), is("/meta/connect"));
        // A client just disconnected, or unknown, has no queue any more.
        let client = client.and_then(|id| world.bayeux.clients.iter_mut().find(|c| c.id == id));
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
    let mut text = String::from("[");
    let all = before.iter().map(String::as_str);
    let all = all
        .chain(events.iter().map(|e| &**e))
        .chain(after.iter().map(String::as_str));
    for (number, message) in all.enumerate() {
        if number > 0 {
            text.push(',');
        }
        text.push_str(message);
    }
    text.push(']');
    let json = (header::CONTENT_TYPE, "application/json;charset=UTF-8");
    ([json], Body::from(text)).into_response()
}

/// The one answer that is to be held, or else all of them, to be sent now.
fn held(mut answers: Vec<Answer>) -> Result<(String, Value, Duration), Vec<Answer>> {
    if let [
        Answer {
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
