//! Control calls about one session: what others than the supervisor do to it.

use serde_json::{Value, json};

use super::reply::{Done, Refused};
use crate::http::Request;
use crate::server::Server;
use crate::state::capabilities::BARGE_IN_SPELLINGS;
use crate::state::new_session::{NewSession, agent, other_supervisor};
use crate::state::words::{Kind, Media, Mode, State};
use crate::state::world::World;

/// `POST /control/sessions {media?, mode?, id?, customer?, agent?, capabilities?, denied?,
/// spelling?}`: `mode` is `monitor` (usual), `coach`, `barge-in` or `none` (not supervising).
pub fn create(world: &mut World, body: &Value) -> Done {
    let id = begin(world, body)?;
    Ok(json!({ "id": id }))
}

/// `GET /control/sessions/{id}/view?as=customer|agent`: the log as they see it.
pub fn view(server: &Server, id: &str, request: &Request) -> Done {
    let world = &server.world;
    let session = world.session(id).ok_or_else(no_such)?;
    let kind = match request.query("as") {
        Some("customer") => Kind::Customer,
        Some("agent") => Kind::Agent,
        _ => return Err("as is customer or agent".into()),
    };
    let seen = session.seen_by(kind).map(|entry| entry.json(&world.base));
    Ok(json!({ "messages": seen.collect::<Vec<_>>() }))
}

/// `POST /control/sessions/{id}/{action}`
pub fn change(world: &mut World, id: &str, action: &str, body: &Value) -> Done {
    world.session(id).ok_or_else(no_such)?;
    act(world, id, action, body)?;
    Ok(json!({}))
}

fn no_such() -> Refused {
    Refused::not_found("no such session")
}

fn begin(world: &mut World, body: &Value) -> Result<String, String> {
    let id = match &body["id"] {
        Value::String(id) => id.clone(),
        _ => world.rng.session_id(),
    };
    if world.session(&id).is_some() {
        return Err(format!("there is a session {id} already"));
    }
    let text = |key: &str, usual: &str| body[key].as_str().unwrap_or(usual).to_owned();
    let mode = match body["mode"].as_str().unwrap_or("monitor") {
        "none" => None,
        mode => Some(Mode::parse(mode).ok_or("unknown mode")?),
    };
    let spelling = text("spelling", BARGE_IN_SPELLINGS[0]);
    let spelling = BARGE_IN_SPELLINGS
        .into_iter()
        .find(|known| *known == spelling);
    let mut session = NewSession {
        id: id.clone(),
        media: Media::parse(&text("media", "smssession")).ok_or("unknown media")?,
        own: mode.map(|mode| (world.me, mode)),
        customer: text("customer", "Casey Morgan"),
        agent: text("agent", "Jordan Blake"),
        spelling: spelling.ok_or("unknown spelling")?,
        denied: list(&body["denied"])?.unwrap_or_default(),
        user_data: serde_json::Map::new(),
        at_ms: world.clock.wall_ms(),
    }
    .build();
    session.capabilities = list(&body["capabilities"])?;
    world.start(session);
    Ok(id)
}

fn act(world: &mut World, id: &str, action: &str, body: &Value) -> Result<(), String> {
    let text = |key: &str, usual: &str| body[key].as_str().unwrap_or(usual).to_owned();
    let keep = body["keep"] == true;
    match action {
        "revoke" => world.end(id, State::Revoked, keep),
        "complete" => world.end(id, State::Completed, keep),
        "remove" => world.sessions.retain(|session| session.id != id),
        "agent-leaves" => {
            let agent = world.session(id).and_then(|s| s.first(Kind::Agent));
            let agent = agent
                .map(|p| p.participant_id.clone())
                .ok_or("no agent is left")?;
            world.part(id, &agent);
        }
        "transfer" => world.transfer(id, agent(id, &text("agent", "Robin Hale"))),
        "second-supervisor" => {
            let mode = Mode::parse(&text("mode", "barge-in")).ok_or("unknown mode")?;
            world.join(
                id,
                other_supervisor(id, &text("nickname", "Marcus Lindqvist"), mode),
            );
        }
        "switch" => {
            let mode = Mode::parse(&text("operation", "SwitchToBargeIn"));
            world.switch(id, mode.ok_or("unknown operation")?);
        }
        "capabilities" => {
            let capabilities = list(&body["list"])?;
            if let Some(session) = world.session_mut(id) {
                session.capabilities = capabilities;
            }
            world.notify_session(id, "StatusChange");
        }
        "say" => {
            let kind = match body["from"].as_str() {
                Some("customer") => Kind::Customer,
                Some("agent") => Kind::Agent,
                _ => return Err("from is customer or agent".to_owned()),
            };
            if !world.say(id, kind, body["text"].as_str().ok_or("text is missing")?) {
                return Err("nobody is there to say it".to_owned());
            }
        }
        "rename" => {
            let nickname = body["nickname"].as_str().ok_or("nickname is missing")?;
            rename(world, id, &text("who", "customer"), nickname)?;
        }
        _ => return Err(format!("unknown action {action}")),
    }
    Ok(())
}

/// `rename {nickname, who?: "customer"|"agent"|"supervisor"}`
fn rename(world: &mut World, id: &str, who: &str, nickname: &str) -> Result<(), String> {
    let me = world.me.id;
    let session = world.session_mut(id).ok_or("no such session")?;
    let person = session.participants.iter_mut().find(|p| {
        let own = p.user_id.as_deref() == Some(me);
        match who {
            "supervisor" => own,
            "agent" => p.kind == Kind::Agent && !own,
            _ => p.kind == Kind::Customer,
        }
    });
    person.ok_or("nobody to rename")?.nickname = nickname.to_owned();
    world.notify_session(id, "ParticipantsUpdated");
    Ok(())
}

/// An array of strings, or nothing.
fn list(value: &Value) -> Result<Option<Vec<String>>, String> {
    match value {
        Value::Null => Ok(None),
        Value::Array(items) => {
            let texts = items.iter().map(|item| item.as_str().map(str::to_owned));
            texts
                .collect::<Option<_>>()
                .map(Some)
                .ok_or("not a list of names".to_owned())
        }
        _ => Err("not a list of names".to_owned()),
    }
}
