//! Reading sessions: the list, one, and the message log from an index on.

use serde_json::{Value, json};

use crate::http::{Answer, Request};
use crate::refusal::Refusal;
use crate::state::session::Session;
use crate::state::words::Media;
use crate::state::world::World;

/// `GET /api/v2/me/smssessions`: only the `uris`, or with `fields=*` the sessions themselves.
///
/// # Errors
/// For a collection that is none.
pub fn list(world: &World, collection: &str, request: &Request) -> Result<Answer, Refusal> {
    let media = media(collection).ok_or_else(|| Refusal::not_found(collection))?;
    if matches!(request.query("fields"), Some("*" | "%2A")) {
        return Ok(Answer::ok(json!({ media.collection(): world.list(media) })));
    }
    let of_media = world.sessions.iter().filter(|s| s.media == media);
    let uris: Vec<Value> = of_media.map(|s| s.uri(&world.base).into()).collect();
    Ok(Answer::ok(json!({ "uris": uris })))
}

/// `GET /api/v2/me/smssessions/{id}`
///
/// # Errors
/// For a session that is not there.
pub fn one(world: &World, collection: &str, id: &str) -> Result<Answer, Refusal> {
    let session = find(world, collection, id)?;
    let json = session.json(&world.base, world.me.id);
    Ok(Answer::ok(json!({ session.media.key(): json })))
}

/// `GET /api/v2/me/smssessions/{id}/messages?startIndex=&count=`: `startIndex` 0 is the same as
/// 1, `count` 0 is all.
///
/// # Errors
/// For a session that is not there, and for what is no number.
pub fn messages(
    world: &World,
    collection: &str,
    id: &str,
    request: &Request,
) -> Result<Answer, Refusal> {
    let number = |name, default| match request.query(name) {
        None | Some("") => Ok(default),
        Some(text) => text
            .parse::<u64>()
            .map_err(|_| Refusal::new(10, format!("Parameter '{name}' must be a number"))),
    };
    let start = number("startIndex", 1)?;
    let count = match number("count", 0)? {
        0 => usize::MAX,
        count => usize::try_from(count).unwrap_or(usize::MAX),
    };
    let log = find(world, collection, id)?.log.iter();
    let wanted = log.filter(|entry| entry.index >= start).take(count);
    let messages: Vec<Value> = wanted.map(|entry| entry.json(&world.base)).collect();
    Ok(Answer::ok(json!({ "messages": messages })))
}

/// Reads the collection's name in a path.
pub fn media(collection: &str) -> Option<Media> {
    [Media::Sms, Media::Chat]
        .into_iter()
        .find(|media| media.collection() == collection)
}

fn find<'a>(world: &'a World, collection: &str, id: &str) -> Result<&'a Session, Refusal> {
    let session = world.session(id);
    session
        .filter(|session| Some(session.media) == media(collection))
        .ok_or_else(|| Refusal::not_found(id))
}
