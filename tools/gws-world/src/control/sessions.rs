//! Control calls about one session: what others than the supervisor do to it.

use serde_json::{Value, json};

use super::body::{flag, known, list, name, text, word};
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
    known(
        body,
        &[
            "media",
            "mode",
            "id",
            "customer",
            "agent",
            "capabilities",
            "denied",
            "spelling",
        ],
    )?;
    let id = name(body, "id")?;
    if let Some(id) = id.as_ref().filter(|id| world.session(id).is_some()) {
        return Err(format!("there is a session {id} already"));
    }
    let text = |key: &str, usual| text(body, key).map(|text| text.unwrap_or(usual));
    let mode = match text("mode", "monitor")? {
        "none" => None,
        mode => Some(Mode::parse(mode).ok_or("unknown mode")?),
    };
    let media = Media::parse(text("media", "smssession")?).ok_or("unknown media")?;
    let spelling = text("spelling", BARGE_IN_SPELLINGS[0])?;
    let mut spellings = BARGE_IN_SPELLINGS.into_iter();
    let spelling = spellings.find(|known| *known == spelling);
    let spelling = spelling.ok_or("unknown spelling")?;
    let customer = text("customer", "Casey Morgan")?.to_owned();
    let agent = text("agent", "Jordan Blake")?.to_owned();
    let denied = list(body, "denied")?.unwrap_or_default();
    let capabilities = list(body, "capabilities")?;
    // Only now, as what is refused changes nothing.
    let id = id.unwrap_or_else(|| world.rng.session_id());
    let mut session = NewSession {
        id: id.clone(),
        media,
        own: mode.map(|mode| (world.me, mode)),
        customer,
        agent,
        spelling,
        denied,
        user_data: serde_json::Map::new(),
        at_ms: world.clock.wall_ms(),
    }
    .build();
    session.capabilities = capabilities;
    world.start(session);
    Ok(id)
}

fn act(world: &mut World, id: &str, action: &str, body: &Value) -> Result<(), String> {
    let unknown = || format!("unknown action {action}");
    known(body, members(action).ok_or_else(unknown)?)?;
    let usual = |key: &str, usual| text(body, key).map(|text| text.unwrap_or(usual));
    let keep = flag(body, "keep")?.unwrap_or(false);
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
        "transfer" => world.transfer(id, agent(id, usual("agent", "Robin Hale")?)),
        "second-supervisor" => {
            let mode = Mode::parse(usual("mode", "barge-in")?).ok_or("unknown mode")?;
            let nickname = usual("nickname", "Marcus Lindqvist")?;
            world.join(id, other_supervisor(id, nickname, mode));
        }
        "switch" => {
            let mode = Mode::parse(usual("operation", "SwitchToBargeIn")?);
            world.switch(id, mode.ok_or("unknown operation")?);
        }
        "capabilities" => {
            let capabilities = list(body, "list")?;
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
            let words = text(body, "text")?.ok_or("text is missing")?;
            if !world.say(id, kind, words) {
                return Err("nobody is there to say it".to_owned());
            }
        }
        "rename" => {
            let who = word(body, "who", &["customer", "agent", "supervisor"])?;
            let nickname = text(body, "nickname")?.ok_or("nickname is missing")?;
            rename(world, id, who.unwrap_or("customer"), nickname)?;
        }
        _ => return Err(unknown()),
    }
    Ok(())
}

/// What an action may be given.
fn members(action: &str) -> Option<&'static [&'static str]> {
    Some(match action {
        "revoke" | "complete" => &["keep"],
        "transfer" => &["agent"],
        "second-supervisor" => &["mode", "nickname"],
        "switch" => &["operation"],
        "capabilities" => &["list"],
        "say" => &["from", "text"],
        "rename" => &["nickname", "who"],
        "remove" | "agent-leaves" => &[],
        _ => return None,
    })
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
