//! Reading sessions: the list, one, and the message log from an index on.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::{headers, reply};
use crate::server::Sim;
use crate::state::operations::Refusal;
use crate::state::words::Media;

/// `GET /api/v2/me/smssessions`: only the `uris`, or with `fields=*` the sessions themselves.
pub async fn list(
    State(sim): State<Arc<Sim>>,
    Path(collection): Path<String>,
    uri: Uri,
) -> Response {
    let Some(media) = media(&collection) else {
        return no_such(&collection);
    };
    let world = sim.lock();
    if matches!(headers::query(&uri, "fields"), Some("*" | "%2A")) {
        return reply::ok(json!({ media.collection(): world.list(media) }));
    }
    let of_media = world.sessions.iter().filter(|s| s.media == media);
    let uris: Vec<Value> = of_media.map(|s| s.uri(&world.base).into()).collect();
    reply::ok(json!({ "uris": uris }))
}

/// `GET /api/v2/me/smssessions/{id}`
pub async fn one(
    State(sim): State<Arc<Sim>>,
    Path((collection, id)): Path<(String, String)>,
) -> Response {
    let world = sim.lock();
    let media = media(&collection);
    match world
        .session(&id)
        .filter(|session| Some(session.media) == media)
    {
        Some(session) => {
            reply::ok(json!({ session.media.key(): session.json(&world.base, world.me.id) }))
        }
        None => no_such(&id),
    }
}

/// `GET /api/v2/me/smssessions/{id}/messages?startIndex=&count=`: `startIndex` 0 is the same as
/// 1, `count` 0 is all.
pub async fn messages(
    State(sim): State<Arc<Sim>>,
    Path((collection, id)): Path<(String, String)>,
    uri: Uri,
) -> Response {
    let number = |name, default| match headers::query(&uri, name) {
        None | Some("") => Ok(default),
        Some(text) => text
            .parse::<u64>()
            .map_err(|_| Refusal::new(10, format!("Parameter '{name}' must be a number"))),
    };
    let (start, count) = match (number("startIndex", 1), number("count", 0)) {
        (Ok(start), Ok(count)) => (start, count),
        (Err(refusal), _) | (_, Err(refusal)) => return refusal.into_response(),
    };
    let world = sim.lock();
    let media = media(&collection);
    let Some(session) = world.session(&id).filter(|s| Some(s.media) == media) else {
        return no_such(&id);
    };
    let count = if count == 0 {
        usize::MAX
    } else {
        usize::try_from(count).unwrap_or(usize::MAX)
    };
    let wanted = session
        .log
        .iter()
        .filter(|entry| entry.index >= start)
        .take(count);
    let messages: Vec<Value> = wanted.map(|entry| entry.json(&world.base)).collect();
    reply::ok(json!({ "messages": messages }))
}

/// Reads the collection's name in a path.
pub fn media(collection: &str) -> Option<Media> {
    [Media::Sms, Media::Chat]
        .into_iter()
        .find(|media| media.collection() == collection)
}

fn no_such(what: &str) -> Response {
    Refusal::new(6, format!("Resource '{what}' is not found")).into_response()
}
