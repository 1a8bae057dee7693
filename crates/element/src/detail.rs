//! What the page gets: events, each a name and a plain object, and the session as a plain object.

use std::borrow::Cow;

use barge_in::components::{Report, failure_words};
use barge_in::strings::{LONGEST_MESSAGE, cut};
use barge_in::{
    Failure, Mode, Operation, Participant, Reason, Session, Status, Strings, View, Visibility,
};
use js_sys::Function;
use serde::ser::{Serialize, SerializeMap, Serializer};
use wasm_bindgen::JsValue;

/// A value of a detail. One type for all details, because serde's derived code for each would add
/// to the download.
pub(crate) enum Value<'a> {
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
    pub(crate) fn into_js(self) -> JsValue {
        let plain = serde_wasm_bindgen::Serializer::json_compatible();
        // This cannot fail.
        self.serialize(&plain).unwrap_or(JsValue::NULL)
    }
}

pub(crate) fn text(value: Option<&str>) -> Value<'_> {
    value.map_or(Value::Null, Value::Text)
}

/// A session's id; empty becomes null.
pub(crate) fn id(session_id: &str) -> Value<'_> {
    text(Some(session_id).filter(|id| !id.is_empty()))
}

pub(crate) fn number(value: Option<u64>) -> Value<'static> {
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
    let message;
    let (name, detail) = match &report {
        Report::Change { session_id, view } => ("barge-in-change", change_fields(session_id, view)),
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
        } => {
            let operation = operation.map(Operation::as_str);
            message = message_of(failure);
            (
                "barge-in-error",
                failure_fields(session_id, operation, failure, &message),
            )
        }
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

/// The fields of a change.
pub(crate) fn change_fields<'a>(
    session_id: &'a str,
    view: &'a View,
) -> Vec<(&'static str, Value<'a>)> {
    vec![
        ("sessionId", id(session_id)),
        ("state", Value::Text(view.state.as_str())),
        ("mode", text(view.mode.map(Mode::as_str))),
        ("reason", text(view.reason.map(Reason::as_str))),
        ("capabilities", texts(view.capabilities())),
    ]
}

/// The fields of an error.
pub(crate) fn failure_fields<'a>(
    session_id: &'a str,
    operation: Option<&'static str>,
    failure: &Failure,
    message: &'a str,
) -> Vec<(&'static str, Value<'a>)> {
    let code = failure.status_code;
    vec![
        ("sessionId", id(session_id)),
        ("operation", text(operation)),
        ("kind", Value::Text(failure.kind.as_str())),
        ("httpStatus", number(failure.http_status.map(u64::from))),
        (
            "statusCode",
            code.map_or(Value::Null, |code| Value::Number(code as f64)),
        ),
        ("message", Value::Text(message)),
    ]
}

/// The server's message, or the widget's own in English.
pub(crate) fn message_of(failure: &Failure) -> Cow<'_, str> {
    match &*failure.message {
        "" => Cow::Owned(failure_words(failure, &Strings::default())),
        message => Cow::Borrowed(cut(message, LONGEST_MESSAGE)),
    }
}

/// Errors thrown by the page's listeners are reported by the browser and not handled here.
pub(crate) fn send(emit: &Function, name: &str, detail: Value<'_>) -> Option<JsValue> {
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
    Value::Object(participant_fields(one))
}

pub(crate) fn participant_fields(one: &Participant) -> Vec<(&'static str, Value<'_>)> {
    vec![
        ("nickname", text(one.nickname.as_deref())),
        ("type", Value::Text(&one.kind)),
        ("uri", text(one.uri.as_deref())),
        (
            "visibility",
            text(one.visibility.and_then(Visibility::as_str)),
        ),
        ("participantId", text(one.participant_id.as_deref())),
    ]
}
