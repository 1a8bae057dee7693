//! What the server advises: whether, when and how to come back.

use json::Json;

use crate::Millis;

/// A client that comes back more rarely than this is deaf, whoever advised it.
const LONGEST_INTERVAL: Millis = 60_000;
/// A line that is silent for longer is not known to be alive, so the client asks anew.
const LONGEST_HOLD: Millis = 600_000;
/// Twelve days: sums of these stay within a browser's timer, which takes 31 bits.
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
    /// Said so, or said nothing.
    #[default]
    Retry,
    Handshake,
    /// Also what a negative interval means.
    None,
}

impl Advice {
    /// Reads an `advice` object. What stands in a section named after the transport in use goes before what stands
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
