//! `GET /api/v2/me`: who the supervisor is, and on demand their sessions with it.

use serde_json::json;

use crate::http::{Answer, Request};
use crate::state::words::Media;
use crate::state::world::World;

/// The signed-in user; `?subresources=*` or a list of names adds collections.
pub fn read(world: &World, request: &Request) -> Answer {
    let mut user = world.me();
    let asked = request.query("subresources").unwrap_or_default();
    for media in [Media::Sms, Media::Chat] {
        let named = |name: &str| name == "*" || name == "%2A" || name == media.collection();
        if asked.split(',').any(named) {
            user[media.collection()] = world.list(media).into();
        }
    }
    Answer::ok(json!({ "user": user }))
}
