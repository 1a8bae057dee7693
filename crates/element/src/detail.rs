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
    Object(Fields<'a>),
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
                for (name, value) in &fields.0 {
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

/// The fields of an object. Each is added by a call, which takes a fraction of the code of a literal list.
#[derive(Default)]
pub(crate) struct Fields<'a>(Vec<(&'static str, Value<'a>)>);

impl<'a> Fields<'a> {
    /// Those of an event; all tell the session's id, or null instead of an empty one.
    pub fn of(session_id: &'a str) -> Self {
        let mut fields = Self::default();
        let is_known = !session_id.is_empty();
        fields.text("sessionId", is_known.then_some(session_id));
        fields
    }

    /// Adds any value.
    pub fn add(&mut self, name: &'static str, value: Value<'a>) {
        self.0.push((name, value));
    }

    /// Adds a text, or null.
    pub fn text(&mut self, name: &'static str, text: Option<&'a str>) {
        self.add(name, text.map_or(Value::Null, Value::Text));
    }

    /// Adds a word.
    pub fn word(&mut self, name: &'static str, word: &'a str) {
        self.add(name, Value::Text(word));
    }

    /// Adds a number, or null.
    pub fn number(&mut self, name: &'static str, number: Option<f64>) {
        self.add(name, number.map_or(Value::Null, Value::Number));
    }

    /// Adds a flag, or null.
    pub fn flag(&mut self, name: &'static str, flag: Option<bool>) {
        self.add(name, flag.map_or(Value::Null, Value::Flag));
    }

    /// Adds a list of texts.
    fn texts(&mut self, name: &'static str, texts: &'a [String]) {
        let texts = texts.iter().map(|text| Value::Text(text));
        self.add(name, Value::List(texts.collect()));
    }
}

/// Asks the page whether a request may be sent; only `false` stops it.
pub fn request(emit: &Function, session_id: &str, operation: Operation) -> bool {
    let mut fields = Fields::of(session_id);
    fields.word("operation", operation.as_str());
    send(emit, "barge-in-request", fields).is_none_or(|answer| !answer.is_falsy())
}

/// Tells the page what happened.
pub fn tell(emit: &Function, report: Report) {
    let message;
    let (name, fields) = match &report {
        Report::Change { session_id, view } => ("barge-in-change", change_fields(session_id, view)),
        Report::Joined {
            session_id,
            request_ms,
            confirm_ms,
        } => {
            let mut fields = Fields::of(session_id);
            fields.number("requestMs", request_ms.map(|ms| ms as f64));
            fields.number("confirmMs", confirm_ms.map(|ms| ms as f64));
            ("barge-in-joined", fields)
        }
        Report::Error {
            session_id,
            operation,
            failure,
        } => {
            let operation = operation.map(Operation::as_str);
            message = message_of(failure);
            let fields = failure_fields(session_id, operation, Some(failure), &message);
            ("barge-in-error", fields)
        }
        Report::Connection(Status {
            status,
            transport,
            multiple_clients,
            trouble,
        }) => {
            let http_status = trouble.and_then(|one| one.http_status);
            let mut fields = Fields::default();
            fields.word("status", status.as_str());
            fields.word("transport", transport);
            fields.flag("multipleClients", Some(*multiple_clients));
            fields.text("cause", trouble.map(|one| one.cause.as_str()));
            fields.number("httpStatus", http_status.map(f64::from));
            ("barge-in-connection", fields)
        }
    };
    send(emit, name, fields);
}

/// The fields of a change.
pub(crate) fn change_fields<'a>(session_id: &'a str, view: &'a View) -> Fields<'a> {
    let mut fields = Fields::of(session_id);
    fields.word("state", view.state.as_str());
    fields.text("mode", view.mode.map(Mode::as_str));
    fields.text("reason", view.reason.map(Reason::as_str));
    fields.texts("capabilities", view.capabilities());
    fields
}

/// The fields of an error; without a failure it was never sent, as it was no longer allowed.
pub(crate) fn failure_fields<'a>(
    session_id: &'a str,
    operation: Option<&'static str>,
    failure: Option<&Failure>,
    message: &'a str,
) -> Fields<'a> {
    let kind = failure.map_or("not-allowed", |failure| failure.kind.as_str());
    let http_status = failure.and_then(|failure| failure.http_status);
    let status_code = failure.and_then(|failure| failure.status_code);
    let mut fields = Fields::of(session_id);
    fields.text("operation", operation);
    fields.word("kind", kind);
    fields.number("httpStatus", http_status.map(f64::from));
    fields.number("statusCode", status_code.map(|code| code as f64));
    fields.word("message", message);
    fields
}

/// The server's message, or the widget's own in English.
pub(crate) fn message_of(failure: &Failure) -> Cow<'_, str> {
    match &*failure.message {
        "" => Cow::Owned(failure_words(failure, &Strings::default())),
        message => Cow::Borrowed(cut(message, LONGEST_MESSAGE)),
    }
}

/// Errors thrown by the page's listeners are reported by the browser and not handled here.
pub(crate) fn send(emit: &Function, name: &str, detail: Fields<'_>) -> Option<JsValue> {
    let detail = Value::Object(detail).into_js();
    emit.call2(&JsValue::UNDEFINED, &name.into(), &detail).ok()
}

/// A session with the server's own field names; fields that the server did not send are `null` or
/// empty.
pub fn session(session: &Session) -> JsValue {
    let participants = session.participants().iter();
    let participants = participants.map(|one| Value::Object(participant_fields(one)));
    let mut fields = Fields::default();
    fields.word("id", &session.id);
    fields.word("state", &session.state);
    fields.text("receivedDate", session.received_date.as_deref());
    fields.texts("capabilities", session.capabilities());
    fields.add("participants", Value::List(participants.collect()));
    Value::Object(fields).into_js()
}

pub(crate) fn participant_fields(one: &Participant) -> Fields<'_> {
    let mut fields = Fields::default();
    fields.text("nickname", one.nickname.as_deref());
    fields.word("type", &one.kind);
    fields.text("uri", one.uri.as_deref());
    fields.text("visibility", one.visibility.and_then(Visibility::as_str));
    fields.text("participantId", one.participant_id.as_deref());
    fields
}
