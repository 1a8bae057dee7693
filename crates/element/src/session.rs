//! A session as a plain object, with the server's own field names.

use barge_in::{Participant, Session, Visibility};
use js_sys::Array;
use wasm_bindgen::JsValue;

use crate::detail::{object, texts};

/// The session; fields that the server did not give are absent or `null`.
pub fn plain(session: &Session) -> JsValue {
    let participants: Array = session.participants().iter().map(participant).collect();
    object(&[
        ("id", session.id.as_str().into()),
        ("state", session.state.as_str().into()),
        ("receivedDate", text(session.received_date.as_deref())),
        ("capabilities", texts(session.capabilities())),
        ("participants", participants.into()),
    ])
}

fn participant(one: &Participant) -> JsValue {
    object(&[
        ("nickname", text(one.nickname.as_deref())),
        ("type", one.kind.as_str().into()),
        ("uri", text(one.uri.as_deref().or(one.path.as_deref()))),
        ("visibility", text(one.visibility.map(Visibility::as_str))),
        ("participantId", text(one.participant_id.as_deref())),
    ])
}

fn text(text: Option<&str>) -> JsValue {
    text.map_or(JsValue::NULL, JsValue::from_str)
}
