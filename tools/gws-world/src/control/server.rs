//! Control calls about the server as a whole: what it knows, and what happens to all of it.

use core::time::Duration;

use serde_json::{Value, json};

use super::body::{flag, known, list, number, text, word};
use super::reply::Done;
use crate::clock::millis;
use crate::cometd::client::Waiting;
use crate::http::{Line, Request};
use crate::outcome::Outcome;
use crate::server::{Server, Wait};
use crate::settings::FASTEST;
use crate::state::users::User;
use crate::state::words::Mode;

/// `GET /control/state`
pub fn state(server: &mut Server) -> Value {
    server.world.bayeux.sweep();
    let world = &server.world;
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
                Waiting::Poll(_) => "poll".into(),
                Waiting::Socket(_) => "socket".into(),
            },
        })
    });
    json!({
        "sessions": sessions.collect::<Vec<_>>(),
        "clients": clients.collect::<Vec<_>>(),
        "polls": server.count(|wait| matches!(wait, Wait::Held(..))),
        "sockets": world.bayeux.sockets(),
        "connections": server.lines.len(),
        "user": world.me.id,
        "httpSessions": server.http.count(),
        "hanging": server.count(|wait| matches!(wait, Wait::Hanging)),
        "faults": server.faults.waiting(),
        "latencyMs": millis(world.latency),
        "speed": world.speed,
        "paused": world.paused,
    })
}

/// `GET /control/log?after=SEQ`
pub fn log(server: &Server, request: &Request) -> Value {
    let after = request.query("after").and_then(|seq| seq.parse().ok());
    json!({ "requests": server.log.after(after.unwrap_or(0)) })
}

/// `POST /control/forget-clients {polls?: "answer"|"hold"}`: as after a failover. Held connects
/// are answered 402 at once, or hang until their time is up as on a real server.
pub fn forget_clients(server: &mut Server, _: &Request, body: &Value) -> Done {
    known(body, &["polls"])?;
    let polls = word(body, "polls", &["answer", "hold"])?;
    let answer = polls != Some("hold");
    Ok(json!({ "forgotten": server.world.bayeux.forget(answer) }))
}

/// `POST /control/drop-connections {what?: "all"|"sockets"}`: resets connections.
pub fn drop_connections(server: &mut Server, request: &Request, body: &Value) -> Done {
    known(body, &["what"])?;
    let only_sockets = word(body, "what", &["all", "sockets"])? == Some("sockets");
    Ok(json!({ "dropped": drop_all(server, request.line, only_sockets) }))
}

/// `POST /control/restart {downMs?, keepSignIn?}`: closes the port and every connection, forgets
/// Bayeux clients and HTTP sessions, and comes back on the same port. Answers once it is down.
pub fn restart(server: &mut Server, request: &Request, body: &Value) -> Done {
    known(body, &["downMs", "keepSignIn"])?;
    let keep = flag(body, "keepSignIn")?.unwrap_or(false);
    let down = Duration::from_millis(number(body, "downMs")?.unwrap_or(0));
    server.down_until = server.now() + down;
    server.outcomes.push_back(Outcome::ClosePort(down));
    let dropped = drop_all(server, request.line, false);
    // After the cutting, so that no held connect is answered on its way out.
    server.world.bayeux.forget(true);
    if !keep {
        server.http.forget();
    }
    Ok(json!({ "dropped": dropped }))
}

fn drop_all(server: &mut Server, own: Line, only_sockets: bool) -> usize {
    let is_socket = |line: Line| server.sockets.iter().any(|socket| socket.line == line);
    let open = server.lines.iter().copied();
    let picked = open.filter(|line| *line != own && (!only_sockets || is_socket(*line)));
    let picked: Vec<Line> = picked.collect();
    for line in &picked {
        server.cut(*line);
    }
    picked.len()
}

/// `POST /control/csrf {rotate?: bool, enabled?: bool}`
pub fn csrf(server: &mut Server, _: &Request, body: &Value) -> Done {
    known(body, &["rotate", "enabled"])?;
    let enabled = flag(body, "enabled")?;
    if flag(body, "rotate")? == Some(true) {
        server.http.rotate();
    }
    if let Some(enabled) = enabled {
        server.http.set_csrf(enabled);
    }
    Ok(json!({}))
}

/// `POST /control/sign-out`: ends the HTTP sessions and, with them, the Bayeux clients.
pub fn sign_out(server: &mut Server, _: &Request, body: &Value) -> Done {
    known(body, &[])?;
    server.http.sign_out();
    server.world.bayeux.forget(true);
    Ok(json!({}))
}

/// `POST /control/sign-in`: from now on everybody is signed in again.
pub fn sign_in(server: &mut Server, _: &Request, body: &Value) -> Done {
    known(body, &[])?;
    server.http.sign_in();
    Ok(json!({}))
}

/// `POST /control/user {user: "dana"|"sam", mode?, clients?: "keep"|"forget"}`: from now on
/// somebody else is signed in with this browser. With `mode` they take part in every session so,
/// as if they had before; `none` takes them out. The old user's Bayeux clients live on and hear
/// nothing of the new one, as on the real server, unless `forget`.
pub fn user(server: &mut Server, _: &Request, body: &Value) -> Done {
    known(body, &["user", "mode", "clients"])?;
    let name = body["user"].as_str().unwrap_or_default();
    let user = User::named(name).ok_or("user is dana or sam")?;
    let clients = word(body, "clients", &["keep", "forget"])?;
    let mode = match text(body, "mode")? {
        None => None,
        Some("none") => Some(None),
        Some(mode) => Some(Some(Mode::parse(mode).ok_or("unknown mode")?)),
    };
    server.world.sign_in(user, mode);
    // With the session the token is another one.
    server.http.rotate();
    if clients == Some("forget") {
        server.world.bayeux.forget(true);
    }
    Ok(json!({ "id": user.id }))
}

/// `POST /control/handshakes {denied: bool}`: whether every handshake is denied from now on.
pub fn handshakes(server: &mut Server, _: &Request, body: &Value) -> Done {
    known(body, &["denied"])?;
    let denied = flag(body, "denied")?.ok_or("denied is missing")?;
    server.world.bayeux.denies = denied;
    Ok(json!({}))
}

/// `POST /control/publish {channel, data|raw, duplicate?, deliver?}`: `raw` is text that stands as
/// `data` in the response as it is, valid JSON or not; `duplicate` is the number of copies;
/// `deliver: true` sends it to all clients, subscribed or not.
pub fn publish(server: &mut Server, _: &Request, body: &Value) -> Done {
    known(body, &["channel", "data", "raw", "duplicate", "deliver"])?;
    let channel = text(body, "channel")?.ok_or("channel is missing")?;
    let copies = number(body, "duplicate")?.unwrap_or(1);
    let deliver = flag(body, "deliver")?.unwrap_or(false);
    let data = match (text(body, "raw")?, body.get("data")) {
        (Some(raw), _) => raw.to_owned(),
        (_, Some(data)) => data.to_string(),
        _ => return Err("data or raw is missing".into()),
    };
    let copies = usize::try_from(copies).unwrap_or(1);
    let bayeux = &mut server.world.bayeux;
    let reached = if deliver {
        bayeux.deliver(channel, &data, copies)
    } else {
        bayeux.publish(channel, &data, copies)
    };
    Ok(json!({ "clients": reached }))
}

/// `POST /control/overlap {channels}`: from now on every notification comes under these names too,
/// once with the same response and once with the next one; none, and it ends.
pub fn overlap(server: &mut Server, _: &Request, body: &Value) -> Done {
    known(body, &["channels"])?;
    server.world.bayeux.overlap = list(body, "channels")?.ok_or("channels is missing")?;
    Ok(json!({}))
}

/// `POST /control/scenario {paused?, speed?}`
pub fn scenario(server: &mut Server, _: &Request, body: &Value) -> Done {
    known(body, &["paused", "speed"])?;
    let paused = flag(body, "paused")?;
    let world = &mut server.world;
    if !body["speed"].is_null() {
        let speed = body["speed"].as_f64();
        let speed = speed.filter(|speed| (0.0..=FASTEST).contains(speed));
        // The number is written out: what formats floating-point numbers is 5 kB of a page's download.
        world.speed = speed.ok_or("speed is a number from 0 to 10000")?;
    }
    if let Some(paused) = paused {
        world.paused = paused;
    }
    Ok(json!({ "paused": world.paused, "speed": world.speed }))
}

/// `POST /control/latency {ms}`: from an accepted operation to its effect.
pub fn latency(server: &mut Server, _: &Request, body: &Value) -> Done {
    known(body, &["ms"])?;
    let ms = number(body, "ms")?.ok_or("ms is missing")?;
    server.world.latency = Duration::from_millis(ms);
    Ok(json!({}))
}
