//! The server's advice: whether, when and how to reconnect.

use json::Json;

use crate::Millis;

/// The longest interval that is obeyed: a client that waits longer hears nothing.
const LONGEST_INTERVAL: Millis = 60_000;
/// The longest hold that is waited for: a line that is silent for longer may be dead.
const LONGEST_HOLD: Millis = 600_000;
/// Twelve days: sums of these stay within the 31 bits of a browser's timer.
const FOR_EVER: Millis = 1 << 30;

/// The `advice` of one message.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Advice {
    pub reconnect: Reconnect,
    /// How long the server holds a connect.
    pub timeout: Option<Millis>,
    /// How long to wait before the next connect.
    pub interval: Option<Millis>,
    /// How long, after timeout and interval, the server remembers a silent client.
    pub max_interval: Option<Millis>,
    pub multiple_clients: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Reconnect {
    /// Reconnect, or no advice.
    #[default]
    Retry,
    Handshake,
    /// Do not reconnect; also the meaning of a negative interval.
    None,
}

impl Advice {
    /// Reads an `advice` object. Fields in the section named after the transport in use take precedence over those
    /// outside.
    pub fn read(advice: &Json, transport: &str) -> Self {
        let section = advice.get(transport);
        let field = |name| {
            section
                .and_then(|section| section.get(name))
                .or_else(|| advice.get(name))
        };
        let number = |name| field(name)?.number();
        let interval = number("interval");
        let reconnect = match field("reconnect").and_then(Json::text) {
            _ if interval.is_some_and(|interval| interval < 0.0) => Reconnect::None,
            Some("none") => Reconnect::None,
            Some("handshake") => Reconnect::Handshake,
            _ => Reconnect::Retry,
        };
        Self {
            reconnect,
            timeout: within(number("timeout"), LONGEST_HOLD),
            interval: within(interval, LONGEST_INTERVAL),
            max_interval: within(number("maxInterval"), FOR_EVER).filter(|&max| max > 0),
            multiple_clients: field("multiple-clients").and_then(Json::bool) == Some(true),
        }
    }
}

fn within(number: Option<f64>, most: Millis) -> Option<Millis> {
    let number = number.filter(|&number| number >= 0.0)?;
    Some((number as Millis).min(most))
}
