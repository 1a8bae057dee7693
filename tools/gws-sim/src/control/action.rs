//! What a fault does to a request that it strikes.

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::rest::reply::http_status;

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
    /// Acts and answers as usual, with more header lines: `headers`.
    Headers(HeaderMap),
}

/// An answer given instead of the real one.
#[derive(Debug, Clone)]
pub struct Canned {
    name: &'static str,
    status: StatusCode,
    content_type: HeaderValue,
    headers: HeaderMap,
    body: String,
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
            Action::Headers(_) => "headers",
        }
    }

    /// Reads `{action: "refuse", httpStatus: 403, ...}`, or the same nested as
    /// `{action: {refuse: {httpStatus: 403, ...}}}`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(body: &Value) -> Result<Action, String> {
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
            "headers" => Action::Headers(headers(options)?),
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
        let mut more = headers(options)?;
        if let Some(to) = text("location") {
            more.insert(header::LOCATION, value(to)?);
        }
        Ok(Canned {
            name,
            status,
            content_type: value(text("contentType").unwrap_or(content_type))?,
            headers: more,
            body: text("body").map_or(body, str::to_owned),
        })
    }

    /// The answer itself.
    pub fn response(&self) -> Response {
        let mut response = (self.status, self.body.clone()).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, self.content_type.clone());
        headers.extend(self.headers.clone());
        response
    }
}

/// Header lines that a fault adds: `{headers: {"Retry-After": "10"}}`.
fn headers(options: &Value) -> Result<HeaderMap, String> {
    let mut headers = HeaderMap::new();
    let lines = options.get("headers").and_then(Value::as_object);
    for (name, value) in lines.into_iter().flatten() {
        let wrong = || format!("{name} is no header");
        let value = value.as_str().ok_or_else(wrong)?;
        headers.insert(
            name.parse::<HeaderName>().map_err(|_| wrong())?,
            HeaderValue::from_str(value).map_err(|_| wrong())?,
        );
    }
    Ok(headers)
}
