//! What the page gets: events, each a name and a plain object, and the session as a plain object.

use barge_in::components::{Report, failure_words};
use barge_in::strings::{LONGEST_MESSAGE, cut};
use barge_in::{Mode, Operation, Participant, Reason, Session, Status, Strings, Visibility};
use js_sys::Function;
use serde::ser::{Serialize, SerializeMap, Serializer};
use wasm_bindgen::JsValue;

/// A value of a detail. One type for all details, because serde's derived code for each would add
/// to the download.
enum Value<'a> {
    Null,
    Flag(bool),
    Number(f64),
    Text(&'a str),
    List(Vec<Value<'a>>),
    Object(Vec<(&'static str, Value<'a>)>),
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => to.serialize_unit(),
            Self::Flag(flag) => to.serialize_bool(*flag),
            Self::Number(number) => to.serialize_f64(*number),
            Self::Text(text) => to.serialize_str(text),
            Self::List(values) => to.collect_seq(values),
            Self::Object(fields) => {
                let mut object = to.serialize_map(None)?;
                for (name, value) in fields {
                    object.serialize_entry(name, value)?;
                }
                object.end()
            }
        }
    }
}

impl Value<'_> {
    fn into_js(self) -> JsValue {
        let plain = serde_wasm_bindgen::Serializer::json_compatible();
        // This cannot fail.
        self.serialize(&plain).unwrap_or(JsValue::NULL)
    }
}

fn text(value: Option<&str>) -> Value<'_> {
    value.map_or(Value::Null, Value::Text)
}

/// A session's id; empty becomes null.
fn id(session_id: &str) -> Value<'_> {
    text(Some(session_id).filter(|id| !id.is_empty()))
}

fn number(value: Option<u64>) -> Value<'static> {
    value.map_or(Value::Null, |value| Value::Number(value as f64))
}

fn texts(values: &[String]) -> Value<'_> {
    Value::List(values.iter().map(|value| Value::Text(value)).collect())
}

/// Asks the page whether a request may be sent; only `false` stops it.
pub fn request(emit: &Function, session_id: &str, operation: Operation) -> bool {
    let detail = Value::Object(vec![
        ("sessionId", id(session_id)),
        ("operation", Value::Text(operation.as_str())),
    ]);
    send(emit, "barge-in-request", detail).is_none_or(|answer| !answer.is_falsy())
}

/// Tells the page what happened.
pub fn tell(emit: &Function, report: Report) {
    // The English message of a failure without a server message.
    let own_words;
    let (name, detail) = match &report {
        Report::Change { session_id, view } => (
            "barge-in-change",
            vec![
                ("sessionId", id(session_id)),
                ("state", Value::Text(view.state.as_str())),
                ("mode", text(view.mode.map(Mode::as_str))),
                ("reason", text(view.reason.map(Reason::as_str))),
                ("capabilities", texts(view.capabilities())),
            ],
        ),
        Report::Joined {
            session_id,
            request_ms,
            confirm_ms,
        } => (
            "barge-in-joined",
            vec![
                ("sessionId", id(session_id)),
                ("requestMs", number(*request_ms)),
                ("confirmMs", number(*confirm_ms)),
            ],
        ),
        Report::Error {
            session_id,
            operation,
            failure,
        } => (
            "barge-in-error",
            vec![
                ("sessionId", id(session_id)),
                ("operation", text(operation.map(Operation::as_str))),
                ("kind", Value::Text(failure.kind.as_str())),
                ("httpStatus", number(failure.http_status.map(u64::from))),
                (
                    "statusCode",
                    match failure.status_code {
                        Some(code) => Value::Number(code as f64),
                        None => Value::Null,
                    },
                ),
                (
                    "message",
                    Value::Text(match &*failure.message {
                        "" => {
                            own_words = failure_words(failure, &Strings::default());
                            &own_words
                        }
                        message => cut(message, LONGEST_MESSAGE),
                    }),
                ),
            ],
        ),
        Report::Connection(Status {
            status,
            transport,
            multiple_clients,
            trouble,
        }) => (
            "barge-in-connection",
            vec![
                ("status", Value::Text(status.as_str())),
                ("transport", Value::Text(transport)),
                ("multipleClients", Value::Flag(*multiple_clients)),
                ("cause", text(trouble.map(|one| one.cause.as_str()))),
                (
                    "httpStatus",
                    number(trouble.and_then(|one| one.http_status).map(u64::from)),
                ),
            ],
        ),
    };
    send(emit, name, Value::Object(detail));
}

/// Errors thrown by the page's listeners are reported by the browser and not handled here.
fn send(emit: &Function, name: &str, detail: Value<'_>) -> Option<JsValue> {
    let answer = emit.call2(&JsValue::UNDEFINED, &name.into(), &detail.into_js());
    answer.ok()
}

/// A session with the server's own field names; fields that the server did not send are `null` or
/// empty.
pub fn session(session: &Session) -> JsValue {
    let participants = session.participants().iter().map(participant).collect();
    let object = Value::Object(vec![
        ("id", Value::Text(&session.id)),
        ("state", Value::Text(&session.state)),
        ("receivedDate", text(session.received_date.as_deref())),
        ("capabilities", texts(session.capabilities())),
        ("participants", Value::List(participants)),
    ]);
    object.into_js()
}

fn participant(one: &Participant) -> Value<'_> {
    Value::Object(vec![
        ("nickname", text(one.nickname.as_deref())),
        ("type", Value::Text(&one.kind)),
        ("uri", text(one.uri.as_deref())),
        (
            "visibility",
            text(one.visibility.and_then(Visibility::as_str)),
        ),
        ("participantId", text(one.participant_id.as_deref())),
    ])
}
