//! The purposes of requests, and how each request is built.

use bayeux::RequestId;
use gws::{Media, Operation, SessionKey};

use crate::net::http::Request;

/// The path of notifications under the base URL.
pub(super) const NOTIFICATIONS: &str = "/api/v2/notifications";

/// The path of the signed-in user; any answer carries the CSRF token.
pub(super) const ME: &str = "/api/v2/me";

/// The purpose of a request, which decides who handles its answer.
pub(super) enum Purpose {
    Me,
    Sessions(Media),
    /// The attempt with this number.
    Operation(u32),
    Bayeux(RequestId),
    /// The log of a session, for this sitting of its seat.
    #[cfg(feature = "panel")]
    Log(SessionKey, u32),
    /// A message, by the sitting of its seat and the number of its attempt.
    #[cfg(feature = "panel")]
    Message(SessionKey, u32, u32),
}

/// `GET` of the sessions of one media.
pub(super) fn sessions(media: Media) -> Request {
    Request::get([ME, "/", media.segment(), "?fields=*"].concat())
}

/// `POST` of an operation; `None` for an id that cannot be part of an address.
pub(super) fn operation(session: &SessionKey, operation: Operation) -> Option<Request> {
    Some(Request {
        body: Some(["{\"operationName\":\"", operation.as_str(), "\"}"].concat()),
        ..Request::get(path_of(session, "")?)
    })
}

/// `POST` of a typing notice, or of a message with its text; `None` for an id that cannot be part of an address.
#[cfg(feature = "panel")]
pub(super) fn say(session: &SessionKey, operation: &str, text: Option<&str>) -> Option<Request> {
    let quoted =
        |text: &str| String::from(js_sys::JSON::stringify(&text.into()).unwrap_or_default());
    let mut body = ["{\"operationName\":", &quoted(operation)].concat();
    if let Some(text) = text {
        body.push_str(",\"text\":");
        body.push_str(&quoted(text));
    }
    body.push('}');
    Some(Request {
        body: Some(body),
        ..Request::get(path_of(session, "")?)
    })
}

/// `GET` of a session's message log, from an index on; `None` for an id that cannot be part of an address.
#[cfg(feature = "panel")]
pub(super) fn messages(session: &SessionKey, start_index: i64) -> Option<Request> {
    let rest = ["/messages?startIndex=", &json::digits(start_index)].concat();
    path_of(session, &rest).map(Request::get)
}

/// `POST` of a Bayeux message.
pub(super) fn bayeux(request: bayeux::Request) -> Request {
    Request {
        body: Some(request.body),
        farewell: request.keepalive,
        ..Request::get([NOTIFICATIONS, request.path].concat())
    }
}

fn path_of(session: &SessionKey, rest: &str) -> Option<String> {
    let id = gws::path_segment(&session.id)?;
    Some([ME, "/", session.media.segment(), "/", &id, rest].concat())
}
