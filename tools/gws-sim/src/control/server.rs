//! Control calls about the server as a whole: what it knows, and what happens to all of it.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::Response;
use serde_json::{Value, json};

use super::{done, read, refused};
use crate::cometd::client::Waiting;
use crate::net::Caller;
use crate::rest::headers::query;
use crate::server::Sim;
use crate::state::users::User;
use crate::state::words::Mode;

/// `GET /control/state`
pub async fn state(State(sim): State<Arc<Sim>>) -> Response {
    let connections = sim.lines.open().len();
    let mut world = sim.lock();
    world.bayeux.sweep();
    let sessions = world.sessions.iter().map(|session| {
        let mut json = session.json(&world.base, world.me.id);
        json["media"] = session.media.key().into();
        json["mode"] = world.mode(&session.id).map(|mode| mode.name()).into();
        json["lastIndex"] = (session.next_index - 1).into();
        json
    });
    let clients = world.bayeux.clients.iter().map(|client| {
        json!({
            "subscriptions": client.subscriptions,
            "connected": client.connected,
            "ack": client.ack,
            "queued": client.queued(),
            "waiting": match client.waiting {
                Waiting::Nothing => Value::Null,
                Waiting::Poll { .. } => "poll".into(),
                Waiting::Socket { .. } => "socket".into(),
            },
        })
    });
    let (polls, sockets) = world.bayeux.held();
    let body = json!({
        "sessions": sessions.collect::<Vec<_>>(),
        "clients": clients.collect::<Vec<_>>(),
        "polls": polls,
        "sockets": sockets,
        "connections": connections,
        "user": world.me.id,
        "httpSessions": world.http.count(),
        "hanging": world.faults.hanging(),
        "faults": world.faults.waiting(),
        "latencyMs": world.latency_ms,
        "speed": world.speed,
        "paused": world.paused,
    });
    done(body)
}

/// `GET /control/log?after=SEQ`
pub async fn log(State(sim): State<Arc<Sim>>, uri: Uri) -> Response {
    let after = query(&uri, "after")
        .and_then(|seq| seq.parse().ok())
        .unwrap_or(0);
    done(json!({ "requests": sim.lock().log.after(after) }))
}

/// `DELETE /control/log`
pub async fn clear_log(State(sim): State<Arc<Sim>>) -> Response {
    sim.lock().log.clear();
    done(json!({}))
}

/// `POST /control/forget-clients {polls?: "answer"|"hold"}`: as after a failover. Held connects
/// are answered 402 at once, or hang until their time is up as on a real server.
pub async fn forget_clients(State(sim): State<Arc<Sim>>, body: Bytes) -> Response {
    with(&body, |body| {
        let answer = body["polls"] != "hold";
        Ok(json!({ "forgotten": sim.lock().bayeux.forget(answer) }))
    })
}

/// `POST /control/drop-connections {what?: "all"|"sockets"}`: resets TCP connections.
pub async fn drop_connections(
    State(sim): State<Arc<Sim>>,
    ConnectInfo(Caller(own)): ConnectInfo<Caller>,
    body: Bytes,
) -> Response {
    with(&body, |body| {
        let sockets = body["what"] == "sockets";
        let dropped = sim
            .lines
            .cut(|line| !Arc::ptr_eq(line, &own) && (!sockets || line.is_socket()));
        Ok(json!({ "dropped": dropped }))
    })
}

/// `POST /control/restart {downMs?, keepSignIn?}`: closes the port and every connection, forgets
/// Bayeux clients and HTTP sessions, and comes back on the same port. Answers once it is down.
pub async fn restart(
    State(sim): State<Arc<Sim>>,
    ConnectInfo(Caller(own)): ConnectInfo<Caller>,
    body: Bytes,
) -> Response {
    let body = match read(&body) {
        Ok(body) => body,
        Err(words) => return refused(StatusCode::BAD_REQUEST, &words),
    };
    let down = Duration::from_millis(body["downMs"].as_u64().unwrap_or(0));
    sim.close_port(down).await;
    let dropped = sim.lines.cut(|line| !Arc::ptr_eq(line, &own));
    {
        // After the cutting, so that no held connect is answered on its way out.
        let mut world = sim.lock();
        world.bayeux.forget(true);
        if body["keepSignIn"] != true {
            world.http.forget();
        }
    }
    let mut response = done(json!({ "dropped": dropped }));
    let close = HeaderValue::from_static("close");
    response.headers_mut().insert(header::CONNECTION, close);
    response
}

/// `POST /control/csrf {rotate?: true, enabled?: bool}`
pub async fn csrf(State(sim): State<Arc<Sim>>, body: Bytes) -> Response {
    with(&body, |body| {
        let mut world = sim.lock();
        if body["rotate"] == true {
            world.http.rotate();
        }
        if let Some(enabled) = body["enabled"].as_bool() {
            world.http.set_csrf(enabled);
        }
        Ok(json!({}))
    })
}

/// `POST /control/sign-out`: ends the HTTP sessions and, with them, the Bayeux clients.
pub async fn sign_out(State(sim): State<Arc<Sim>>) -> Response {
    let mut world = sim.lock();
    world.http.sign_out();
    world.bayeux.forget(true);
    done(json!({}))
}

/// `POST /control/sign-in`: from now on everybody is signed in again.
pub async fn sign_in(State(sim): State<Arc<Sim>>) -> Response {
    sim.lock().http.sign_in();
    done(json!({}))
}

/// `POST /control/user {user: "dana"|"sam", mode?, clients?: "keep"|"forget"}`: from now on
/// somebody else is signed in with this browser. With `mode` they take part in every session so,
/// as if they had before; `none` takes them out. The old user's Bayeux clients live on and hear
/// nothing of the new one, as on the real server, unless `forget`.
pub async fn user(State(sim): State<Arc<Sim>>, body: Bytes) -> Response {
    with(&body, |body| {
        let name = body["user"].as_str().unwrap_or_default();
        let user = User::named(name).ok_or("user is dana or sam")?;
        let mode = match body["mode"].as_str() {
            None => None,
            Some("none") => Some(None),
            Some(mode) => Some(Some(Mode::parse(mode).ok_or("unknown mode")?)),
        };
        let mut world = sim.lock();
        world.sign_in(user, mode);
        // With the session the token is another one.
        world.http.rotate();
        if body["clients"] == "forget" {
            world.bayeux.forget(true);
        }
        Ok(json!({ "id": user.id }))
    })
}

/// `POST /control/handshakes {denied: bool}`: whether every handshake is denied from now on.
pub async fn handshakes(State(sim): State<Arc<Sim>>, body: Bytes) -> Response {
    with(&body, |body| {
        let denied = body["denied"].as_bool().ok_or("denied is missing")?;
        sim.lock().bayeux.denies = denied;
        Ok(json!({}))
    })
}

/// `POST /control/publish {channel, data|raw, duplicate?}`: `raw` is text that stands as `data` in
/// the response as it is, valid JSON or not; `duplicate` is the number of copies.
pub async fn publish(State(sim): State<Arc<Sim>>, body: Bytes) -> Response {
    with(&body, |body| {
        let channel = body["channel"].as_str().ok_or("channel is missing")?;
        let copies = match &body["duplicate"] {
            Value::Null => 1,
            number => number.as_u64().ok_or("duplicate is a number")?,
        };
        let data = match (&body["raw"], body.get("data")) {
            (Value::String(raw), _) => raw.clone(),
            (_, Some(data)) => data.to_string(),
            _ => return Err("data or raw is missing".to_owned()),
        };
        let copies = usize::try_from(copies).unwrap_or(1);
        let reached = sim.lock().bayeux.publish(channel, &data, copies);
        Ok(json!({ "clients": reached }))
    })
}

/// `POST /control/overlap {channels}`: from now on every notification comes under these names too,
/// once with the same response and once with the next one; none, and it ends.
pub async fn overlap(State(sim): State<Arc<Sim>>, body: Bytes) -> Response {
    with(&body, |body| {
        let names = body["channels"].as_array().ok_or("channels is missing")?;
        let names = names.iter().map(|name| name.as_str().map(str::to_owned));
        let names: Option<_> = names.collect();
        sim.lock().bayeux.overlap = names.ok_or("a channel is a name")?;
        Ok(json!({}))
    })
}

/// `POST /control/scenario {paused?, speed?}`
pub async fn scenario(State(sim): State<Arc<Sim>>, body: Bytes) -> Response {
    with(&body, |body| {
        let mut world = sim.lock();
        if let Some(paused) = body["paused"].as_bool() {
            world.paused = paused;
        }
        if let Some(speed) = body["speed"].as_f64() {
            if !(speed.is_finite() && speed >= 0.0) {
                return Err("speed must not be negative".to_owned());
            }
            world.speed = speed;
        }
        Ok(json!({ "paused": world.paused, "speed": world.speed }))
    })
}

/// `POST /control/latency {ms}`: from an accepted operation to its effect.
pub async fn latency(State(sim): State<Arc<Sim>>, body: Bytes) -> Response {
    with(&body, |body| {
        sim.lock().latency_ms = body["ms"].as_u64().ok_or("ms is missing")?;
        Ok(json!({}))
    })
}

fn with(body: &[u8], act: impl FnOnce(&Value) -> Result<Value, String>) -> Response {
    match read(body).and_then(|body| act(&body)) {
        Ok(body) => done(body),
        Err(words) => refused(StatusCode::BAD_REQUEST, &words),
    }
}
