//! A session as a plain object, with the server's own field names.

use barge_in::{Participant, Visibility};
use serde::Serialize;
use wasm_bindgen::JsValue;

use crate::detail;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Session<'a> {
    id: &'a str,
    state: &'a str,
    received_date: Option<&'a str>,
    capabilities: &'a [String],
    participants: Vec<Entry<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    nickname: Option<&'a str>,
    r#type: &'a str,
    uri: Option<&'a str>,
    visibility: Option<&'static str>,
    participant_id: Option<&'a str>,
}

/// The session; what the server did not say is `null` or empty.
pub fn plain(session: &barge_in::Session) -> JsValue {
    detail::plain(&Session {
        id: &session.id,
        state: &session.state,
        received_date: session.received_date.as_deref(),
        capabilities: session.capabilities(),
        participants: session.participants().iter().map(entry).collect(),
    })
}

fn entry(one: &Participant) -> Entry<'_> {
    Entry {
        nickname: one.nickname.as_deref(),
        r#type: &one.kind,
        uri: one.uri.as_deref().or(one.path.as_deref()),
        visibility: one.visibility.map(Visibility::as_str),
        participant_id: one.participant_id.as_deref(),
    }
}
