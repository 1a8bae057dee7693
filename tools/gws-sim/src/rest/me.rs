//! `GET /api/v2/me`: who the supervisor is, and on demand their sessions with it.

use std::sync::Arc;

use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use serde_json::json;

use super::{headers, reply};
use crate::server::Sim;
use crate::state::words::Media;

/// The signed-in user; `?subresources=*` or a list of names adds collections.
pub async fn read(State(sim): State<Arc<Sim>>, uri: Uri) -> Response {
    let world = sim.lock();
    let mut user = world.me();
    let asked = headers::query(&uri, "subresources").unwrap_or_default();
    for media in [Media::Sms, Media::Chat] {
        let named = |name: &str| name == "*" || name == "%2A" || name == media.collection();
        if asked.split(',').any(named) {
            user[media.collection()] = world.list(media).into();
        }
    }
    reply::ok(json!({ "user": user }))
}
