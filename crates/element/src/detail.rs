//! Events as the page gets them: a name and a plain object.

use barge_in::components::Report;
use barge_in::{Mode, Operation, Reason};
use js_sys::Function;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Request<'a> {
    session_id: &'a str,
    operation: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'a> {
    session_id: &'a str,
    state: &'static str,
    mode: Option<&'static str>,
    reason: Option<&'static str>,
    capabilities: &'a [String],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Joined<'a> {
    session_id: &'a str,
    request_ms: Option<f64>,
    confirm_ms: Option<f64>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Error<'a> {
    session_id: &'a str,
    operation: Option<&'static str>,
    kind: &'static str,
    http_status: Option<u16>,
    status_code: Option<f64>,
    message: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Connection {
    status: &'static str,
    transport: &'static str,
    multiple_clients: bool,
}

/// A value as a plain object, with `null` for what is absent.
pub fn plain(value: &impl Serialize) -> JsValue {
    // These types have nothing in them that could fail.
    value
        .serialize(&Serializer::json_compatible())
        .unwrap_or(JsValue::NULL)
}

/// Asks the page whether a request may go out; only a clear no stops it.
pub fn request(emit: &Function, session_id: &str, operation: Operation) -> bool {
    let detail = plain(&Request {
        session_id,
        operation: operation.as_str(),
    });
    !matches!(emit.call2(&JsValue::UNDEFINED, &"barge-in-request".into(), &detail), Ok(answer) if answer.is_falsy())
}

/// Tells the page what happened.
pub fn tell(emit: &Function, report: Report) {
    let (name, detail) = match &report {
        Report::Change { session_id, view } => (
            "barge-in-change",
            plain(&Change {
                session_id,
                state: view.state.as_str(),
                mode: view.mode.map(Mode::as_str),
                reason: view.reason.map(Reason::as_str),
                capabilities: &view.capabilities,
            }),
        ),
        Report::Joined {
            session_id,
            request_ms,
            confirm_ms,
        } => (
            "barge-in-joined",
            plain(&Joined {
                session_id,
                request_ms: request_ms.map(|ms| ms as f64),
                confirm_ms: confirm_ms.map(|ms| ms as f64),
            }),
        ),
        Report::Error {
            session_id,
            operation,
            failure,
        } => (
            "barge-in-error",
            plain(&Error {
                session_id,
                operation: operation.map(Operation::as_str),
                kind: failure.kind.as_str(),
                http_status: failure.http_status,
                status_code: failure.status_code.map(|code| code as f64),
                message: &failure.message,
            }),
        ),
        Report::Connection {
            status,
            transport,
            multiple_clients,
        } => (
            "barge-in-connection",
            plain(&Connection {
                status: status.as_str(),
                transport,
                multiple_clients: *multiple_clients,
            }),
        ),
    };
    // What a listener of the page throws is reported by the browser and is none of ours.
    let _ = emit.call2(&JsValue::UNDEFINED, &name.into(), &detail);
}
