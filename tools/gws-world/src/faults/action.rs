//! What a fault does to a request that it strikes.

use core::time::Duration;

use serde_json::{Value, json};

use crate::control::body::{known, number, text};
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
        let unknown = || format!("unknown action {name}");
        let own = members(name).ok_or_else(unknown)?;
        let common: &[&str] = &["match", "times", "action"];
        if body["action"].is_string() {
            known(body, &[common, own].concat())?;
        } else if options.is_object() {
            known(body, common)?;
            known(options, own)?;
        } else {
            return Err(format!("what {name} is given is no object"));
        }
        let ms = number(options, "ms")?.map(Duration::from_millis);
        let time = || ms.ok_or(format!("{name} needs ms"));
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
            "notify-first" => Action::NotifyFirst(ms.unwrap_or(Duration::from_millis(100))),
            "truncate" => Action::Truncate,
            "headers" => Action::Headers(headers(options)?),
            _ => return Err(unknown()),
        })
    }
}

/// What an action may be given.
fn members(action: &str) -> Option<&'static [&'static str]> {
    Some(match action {
        "refuse" | "html" | "empty" | "redirect" => &[
            "httpStatus",
            "statusCode",
            "statusMessage",
            "body",
            "contentType",
            "location",
            "headers",
        ],
        "headers" => &["headers"],
        "delay" | "act-late" | "notify-first" => &["ms"],
        "hang" | "reset-before" | "reset-after" | "accept-silently" | "truncate" => &[],
        _ => return None,
    })
}

impl Canned {
    fn read(name: &str, options: &Value) -> Result<Canned, String> {
        let text = |key: &str| text(options, key);
        let code = number(options, "statusCode")?;
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
                if let Some(words) = text("statusMessage")? {
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
        let status = match number(options, "httpStatus")? {
            None => usual,
            Some(number) => u16::try_from(number)
                .ok()
                .filter(|number| (100..1000).contains(number))
                .ok_or("httpStatus is no HTTP status")?,
        };
        let content_type = text("contentType")?.unwrap_or(content_type);
        let mut answer = Answer::new(status, value("contentType", content_type)?, "");
        answer.body = text("body")?.map_or(body, str::to_owned);
        for (name, value) in headers(options)? {
            answer.set(&name, &value);
        }
        if let Some(to) = text("location")? {
            answer.set("location", value("location", to)?);
        }
        Ok(Canned { name, answer })
    }
}

/// Header lines that a fault adds: `{headers: {"Retry-After": "10"}}`.
fn headers(options: &Value) -> Result<Headers, String> {
    let lines = &options["headers"];
    if !lines.is_object() && !lines.is_null() {
        return Err("headers is no object".to_owned());
    }
    let lines = lines.as_object().into_iter().flatten();
    let lines = lines.map(|(name, text)| {
        let wrong = || format!("{name} is no header");
        let is_token =
            |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if name.is_empty() || !name.bytes().all(is_token) {
            return Err(wrong());
        }
        let text = text.as_str().ok_or_else(wrong)?;
        Ok((name.to_lowercase(), value(name, text)?.to_owned()))
    });
    lines.collect()
}

/// A header's value, which is Latin-1, as a page can carry no other, without control characters.
fn value<'a>(name: &str, text: &'a str) -> Result<&'a str, String> {
    let fits = |c: char| c == '\t' || (c <= 'ÿ' && !c.is_control());
    if text.chars().all(fits) {
        Ok(text)
    } else {
        Err(format!("{name} is no header value, which is Latin-1"))
    }
}
