//! Events as the page gets them: a name and a plain object.

use barge_in::components::Report;
use barge_in::{Failure, Mode, Operation, Reason};
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::JsValue;

/// A plain object of these entries.
pub fn object(entries: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in entries {
        // Setting a property of a fresh plain object cannot fail.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object.into()
}

/// The value, or `null`.
pub fn or_null<T: Into<JsValue>>(value: Option<T>) -> JsValue {
    value.map_or(JsValue::NULL, Into::into)
}

/// Texts as an array.
pub fn texts(texts: &[String]) -> JsValue {
    texts.iter().map(|text| JsValue::from_str(text)).collect::<Array>().into()
}

/// Asks the page whether a request may go out; only a clear `false` stops it.
pub fn request(emit: &Function, session_id: &str, operation: Operation) -> bool {
    let detail = object(&[("sessionId", session_id.into()), ("operation", operation.as_str().into())]);
    !matches!(emit.call2(&JsValue::UNDEFINED, &"barge-in-request".into(), &detail), Ok(answer) if answer.is_falsy())
}

/// Tells the page what happened.
pub fn tell(emit: &Function, report: Report) {
    let (name, detail) = match report {
        Report::Change { session_id, view } => ("barge-in-change", object(&[
            ("sessionId", session_id.as_str().into()),
            ("state", view.state.as_str().into()),
            ("mode", or_null(view.mode.map(Mode::as_str))),
            ("reason", or_null(view.reason.map(Reason::as_str))),
            ("capabilities", texts(&view.capabilities)),
        ])),
        Report::Joined { session_id, request_ms, confirm_ms } => ("barge-in-joined", object(&[
            ("sessionId", session_id.as_str().into()),
            ("requestMs", or_null(request_ms.map(|ms| ms as f64))),
            ("confirmMs", or_null(confirm_ms.map(|ms| ms as f64))),
        ])),
        Report::Error { session_id, operation, failure } => ("barge-in-error", error(&session_id, operation, &failure)),
        Report::Connection { status, transport, multiple_clients } => ("barge-in-connection", object(&[
            ("status", status.as_str().into()),
            ("transport", transport.into()),
            ("multipleClients", multiple_clients.into()),
        ])),
    };
    // What a listener of the page throws is reported by the browser and is none of ours.
    let _ = emit.call2(&JsValue::UNDEFINED, &name.into(), &detail);
}

fn error(session_id: &str, operation: Option<Operation>, failure: &Failure) -> JsValue {
    object(&[
        ("sessionId", session_id.into()),
        ("operation", or_null(operation.map(Operation::as_str))),
        ("kind", failure.kind.as_str().into()),
        ("httpStatus", or_null(failure.http_status)),
        ("statusCode", or_null(failure.status_code.map(|code| code as f64))),
        ("message", failure.message.as_str().into()),
    ])
}
