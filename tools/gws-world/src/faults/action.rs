//! What a fault does to a request that it strikes.

use core::time::Duration;

use serde_json::{Value, json};

use crate::http::Answer;
use crate::refusal::http_status;

/// What goes wrong.
#[derive(Debug, Clone)]
pub enum Action {
    /// `refuse`, `html`, `empty`, `redirect`: this answer instead of the real one; nothing is done.
    Answer(Canned),
    /// Acts and answers, but later.
    Delay(Duration),
    /// Never answers, does nothing; until the faults are cleared, then the connection is reset.
    Hang,
    /// Resets the connection; nothing is done.
    ResetBefore,
    /// Does it, then resets the connection instead of answering.
    ResetAfter,
    /// Answers an operation with `statusCode` 0 and does nothing.
    AcceptSilently,
    /// Answers an operation at once and does it later.
    ActLate(Duration),
    /// Does an operation and notifies at once, and answers later.
    NotifyFirst(Duration),
    /// Answers half of the body, then closes.
    Truncate,
    /// Acts and answers as usual, with more header lines: `headers`.
    Headers(Headers),
}

/// Header lines, their names in lower case.
pub type Headers = Vec<(String, String)>;

/// An answer given instead of the real one.
#[derive(Debug, Clone)]
pub struct Canned {
    name: &'static str,
    /// The answer itself.
    pub answer: Answer,
}

impl Action {
    /// Its name in a control request.
    pub fn name(&self) -> &'static str {
        match self {
            Action::Answer(canned) => canned.name,
            Action::Delay(_) => "delay",
            Action::Hang => "hang",
            Action::ResetBefore => "reset-before",
            Action::ResetAfter => "reset-after",
            Action::AcceptSilently => "accept-silently",
            Action::ActLate(_) => "act-late",
            Action::NotifyFirst(_) => "notify-first",
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
        let time = || {
            let ms = options.get("ms").and_then(Value::as_u64);
            ms.map(Duration::from_millis)
                .ok_or(format!("{name} needs ms"))
        };
        Ok(match name {
            "refuse" | "html" | "empty" | "redirect" => {
                Action::Answer(Canned::read(name, options)?)
            }
            "delay" => Action::Delay(time()?),
            "hang" => Action::Hang,
            "reset-before" => Action::ResetBefore,
            "reset-after" => Action::ResetAfter,
            "accept-silently" => Action::AcceptSilently,
            "act-late" => Action::ActLate(time()?),
            "notify-first" => Action::NotifyFirst(time().unwrap_or(Duration::from_millis(100))),
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
                502,
                "text/html",
                "<!DOCTYPE html><title>502 Bad Gateway</title><h1>Bad Gateway</h1>".to_owned(),
            ),
            "empty" => ("empty", 200, "application/json", String::new()),
            "redirect" => ("redirect", 302, "text/html", String::new()),
            _ => {
                let status = code.map_or(503, http_status);
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
                .filter(|number| (100..1000).contains(number))
                .ok_or("httpStatus is no HTTP status")?,
        };
        let mut answer = Answer::new(
            status,
            &value(text("contentType").unwrap_or(content_type))?,
            "",
        );
        answer.body = text("body").map_or(body, str::to_owned);
        for (name, value) in headers(options)? {
            answer.set(&name, &value);
        }
        if let Some(to) = text("location") {
            answer.set("location", &value(to)?);
        }
        Ok(Canned { name, answer })
    }
}

/// Header lines that a fault adds: `{headers: {"Retry-After": "10"}}`.
fn headers(options: &Value) -> Result<Headers, String> {
    let lines = options.get("headers").and_then(Value::as_object);
    let lines = lines.into_iter().flatten().map(|(name, text)| {
        let wrong = || format!("{name} is no header");
        let is_token =
            |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if name.is_empty() || !name.bytes().all(is_token) {
            return Err(wrong());
        }
        let text = text.as_str().ok_or_else(wrong)?;
        Ok((name.to_lowercase(), value(text).map_err(|_| wrong())?))
    });
    lines.collect()
}

/// A header's value, which has no control characters.
fn value(text: &str) -> Result<String, &'static str> {
    if text.chars().any(|c| c.is_control() && c != '\t') {
        return Err("not a header value");
    }
    Ok(text.to_owned())
}
