//! What is to go wrong with which of the next requests.

use axum::http::{Method, Uri};
use serde_json::Value;
use tokio::sync::watch;

use super::action::Action;

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

    /// Fields of the faults that still wait.
    pub fn waiting(&self) -> Vec<&'static str> {
        self.list.iter().map(|fault| fault.action.name()).collect()
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
