//! What of a request a fault or the log looks at.

use serde_json::Value;

use crate::http::Request;

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

impl Seen {
    /// Looks at a request.
    pub fn new(request: &Request) -> Seen {
        let mut seen = Seen {
            method: request.method.clone(),
            path: request.target.clone(),
            operation: None,
            channels: Vec::new(),
            subscriptions: Vec::new(),
        };
        let json = serde_json::from_slice(&request.body).unwrap_or(Value::Null);
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
