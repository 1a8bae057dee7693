//! What is to go wrong with which of the next requests.

use axum::http::{HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::rest::reply::http_status;

/// The faults waiting for their requests, oldest first.
#[derive(Debug)]
pub struct Faults {
    list: Vec<Fault>,
    released: watch::Sender<()>,
}

#[derive(Debug)]
struct Fault {
    matcher: Matcher,
    /// How many more requests it strikes; `None` means every one.
    left: Option<u64>,
    action: Action,
}

/// Which requests a fault strikes; what is not given fits every request under `/api`.
#[derive(Debug, Default)]
struct Matcher {
    method: Option<String>,
    path: Option<String>,
    operation: Option<String>,
    channel: Option<String>,
}

/// What of a request a fault or the log looks at.
#[derive(Debug)]
pub struct Seen {
    /// `GET`, `POST`, ...
    pub method: String,
    /// Path and query.
    pub path: String,
    /// `operationName` of an operation.
    pub operation: Option<String>,
    /// Channels of Bayeux messages.
    pub channels: Vec<String>,
    /// Channels subscribed to or unsubscribed from.
    pub subscriptions: Vec<Value>,
}

/// What goes wrong.
#[derive(Debug, Clone)]
pub enum Action {
    /// `refuse`, `html`, `empty`, `redirect`: this answer instead of the real one; nothing is done.
    Answer(Canned),
    /// Acts and answers, but later.
    Delay {
        /// How much later.
        ms: u64,
    },
    /// Never answers, does nothing; until the faults are cleared, then the connection is reset.
    Hang,
    /// Resets the connection; nothing is done.
    ResetBefore,
    /// Does it, then resets the connection instead of answering.
    ResetAfter,
    /// Answers an operation with `statusCode` 0 and does nothing.
    AcceptSilently,
    /// Answers an operation at once and does it later.
    ActLate {
        /// How much later.
        ms: u64,
    },
    /// Does an operation and notifies at once, and answers later.
    NotifyFirst {
        /// How much later.
        ms: u64,
    },
    /// Answers half of the body, then closes.
    Truncate,
}

/// An answer given instead of the real one.
#[derive(Debug, Clone)]
pub struct Canned {
    name: &'static str,
    status: StatusCode,
    content_type: HeaderValue,
    location: Option<HeaderValue>,
    body: String,
}

impl Default for Faults {
    fn default() -> Faults {
        Faults {
            list: Vec::new(),
            released: watch::Sender::new(()),
        }
    }
}

impl Faults {
    /// Adds the fault of a control request's body.
    ///
    /// # Errors
    /// What is wrong with the body.
    pub fn add(&mut self, body: &Value) -> Result<(), String> {
        let text = |key: &str| {
            let value = body.get("match").and_then(|m| m.get(key));
            value.and_then(Value::as_str).map(str::to_owned)
        };
        let matcher = Matcher {
            method: text("method"),
            path: text("path"),
            operation: text("operation"),
            channel: text("channel"),
        };
        let left = match body.get("times") {
            None | Some(Value::Null) => Some(1),
            Some(Value::String(word)) if word == "always" => None,
            Some(number) => match number.as_u64() {
                Some(0) => None,
                Some(times) => Some(times),
                None => return Err("times is a number or \"always\"".to_owned()),
            },
        };
        let action = Action::read(body)?;
        self.list.push(Fault {
            matcher,
            left,
            action,
        });
        Ok(())
    }

    /// The action of the first fault that fits this request, which counts as struck.
    pub fn take(&mut self, seen: &Seen) -> Option<Action> {
        let place = self
            .list
            .iter()
            .position(|fault| fault.matcher.fits(seen))?;
        let fault = &mut self.list[place];
        let action = fault.action.clone();
        if let Some(left) = &mut fault.left {
            *left -= 1;
            if *left == 0 {
                self.list.remove(place);
            }
        }
        Some(action)
    }

    /// Clears all faults and ends the requests that hang.
    pub fn clear(&mut self) {
        self.list.clear();
        self.released.send_replace(());
    }

    /// Tells a hanging request when the faults are cleared.
    pub fn released(&self) -> watch::Receiver<()> {
        self.released.subscribe()
    }

    /// How many requests hang.
    pub fn hanging(&self) -> usize {
        self.released.receiver_count()
    }

    /// Names of the faults that still wait.
    pub fn waiting(&self) -> Vec<&'static str> {
        self.list.iter().map(|fault| fault.action.name()).collect()
    }
}

impl Action {
    /// Its name in a control request.
    pub fn name(&self) -> &'static str {
        match self {
            Action::Answer(canned) => canned.name,
            Action::Delay { .. } => "delay",
            Action::Hang => "hang",
            Action::ResetBefore => "reset-before",
            Action::ResetAfter => "reset-after",
            Action::AcceptSilently => "accept-silently",
            Action::ActLate { .. } => "act-late",
            Action::NotifyFirst { .. } => "notify-first",
            Action::Truncate => "truncate",
        }
    }

    /// Reads `{action: "refuse", httpStatus: 403, ...}`, or the same nested as
    /// `{action: {refuse: {httpStatus: 403, ...}}}`.
    fn read(body: &Value) -> Result<Action, String> {
        let (name, options) = match body.get("action") {
            Some(Value::String(name)) => (name.as_str(), body),
            Some(Value::Object(object)) if object.len() == 1 => {
                let (name, options) = object.iter().next().ok_or("action is empty")?;
                (name.as_str(), options)
            }
            _ => return Err("action is a name, or an object of one name".to_owned()),
        };
        let ms = || {
            options
                .get("ms")
                .and_then(Value::as_u64)
                .ok_or(format!("{name} needs ms"))
        };
        Ok(match name {
            "refuse" | "html" | "empty" | "redirect" => {
                Action::Answer(Canned::read(name, options)?)
            }
            "delay" => Action::Delay { ms: ms()? },
            "hang" => Action::Hang,
            "reset-before" => Action::ResetBefore,
            "reset-after" => Action::ResetAfter,
            "accept-silently" => Action::AcceptSilently,
            "act-late" => Action::ActLate { ms: ms()? },
            "notify-first" => Action::NotifyFirst {
                ms: ms().unwrap_or(100),
            },
            "truncate" => Action::Truncate,
            _ => return Err(format!("unknown action {name}")),
        })
    }
}

impl Canned {
    fn read(name: &str, options: &Value) -> Result<Canned, String> {
        let text = |key: &str| options.get(key).and_then(Value::as_str);
        let code = options.get("statusCode").and_then(Value::as_u64);
        let code = code.map(|code| u8::try_from(code).map_err(|_| "statusCode is too large"));
        let code = code.transpose()?;
        let (name, usual, content_type, body) = match name {
            "html" => (
                "html",
                StatusCode::BAD_GATEWAY,
                "text/html",
                "<!DOCTYPE html><title>502 Bad Gateway</title><h1>Bad Gateway</h1>".to_owned(),
            ),
            "empty" => ("empty", StatusCode::OK, "application/json", String::new()),
            "redirect" => ("redirect", StatusCode::FOUND, "text/html", String::new()),
            _ => {
                let status = code.map_or(StatusCode::SERVICE_UNAVAILABLE, http_status);
                let mut body = json!({});
                if let Some(code) = code {
                    body["statusCode"] = code.into();
                }
                if let Some(words) = text("statusMessage") {
                    body["statusMessage"] = words.into();
                }
                (
                    "refuse",
                    status,
                    "application/json;charset=UTF-8",
                    body.to_string(),
                )
            }
        };
        let status = match options.get("httpStatus").and_then(Value::as_u64) {
            None => usual,
            Some(number) => u16::try_from(number)
                .ok()
                .and_then(|number| StatusCode::from_u16(number).ok())
                .ok_or("httpStatus is no HTTP status")?,
        };
        let value = |text: &str| HeaderValue::from_str(text).map_err(|_| "not a header value");
        Ok(Canned {
            name,
            status,
            content_type: value(text("contentType").unwrap_or(content_type))?,
            location: text("location").map(value).transpose()?,
            body: text("body").map_or(body, str::to_owned),
        })
    }

    /// The answer itself.
    pub fn response(&self) -> Response {
        let mut response = (self.status, self.body.clone()).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, self.content_type.clone());
        let location: HeaderName = header::LOCATION;
        if let Some(to) = &self.location {
            headers.insert(location, to.clone());
        }
        response
    }
}

impl Matcher {
    fn fits(&self, seen: &Seen) -> bool {
        let same = |wanted: &Option<String>, is: &str| wanted.as_ref().is_none_or(|w| w == is);
        same(&self.method, &seen.method)
            && self
                .path
                .as_ref()
                .is_none_or(|part| seen.path.contains(part.as_str()))
            && (self.operation.is_none() || self.operation == seen.operation)
            && self
                .channel
                .as_ref()
                .is_none_or(|channel| seen.channels.contains(channel))
    }
}

impl Seen {
    /// Looks at a request.
    pub fn new(method: &Method, uri: &Uri, body: &[u8]) -> Seen {
        let path = uri
            .path_and_query()
            .map_or(uri.path(), |path| path.as_str());
        let mut seen = Seen {
            method: method.as_str().to_owned(),
            path: path.to_owned(),
            operation: None,
            channels: Vec::new(),
            subscriptions: Vec::new(),
        };
        let json = serde_json::from_slice(body).unwrap_or(Value::Null);
        seen.operation = json
            .get("operationName")
            .and_then(Value::as_str)
            .map(str::to_owned);
        let messages = match &json {
            Value::Array(messages) => messages.as_slice(),
            message => std::slice::from_ref(message),
        };
        for message in messages {
            if let Some(channel) = message.get("channel").and_then(Value::as_str) {
                seen.channels.push(channel.to_owned());
                seen.subscriptions
                    .extend(message.get("subscription").cloned());
            }
        }
        seen
    }
}
