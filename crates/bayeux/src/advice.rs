//! What the server advises: whether, when and how to come back.

use crate::{Millis, loose::Loose};

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
    /// Reads an `advice` field; `None` where there is none. What stands in a section named after
    /// the transport in use goes before what stands outside.
    pub fn read(advice: &Loose, transport: &str) -> Option<Self> {
        let Loose::Map(_) = advice else { return None };
        let section = advice.get(transport);
        let field = |key| match section.get(key) {
            Loose::Nothing => advice.get(key),
            value => value,
        };
        let interval = field("interval").number();
        let reconnect = match field("reconnect").text() {
            _ if interval.is_some_and(|interval| interval < 0.0) => Reconnect::None,
            Some("none") => Reconnect::None,
            Some("handshake") => Reconnect::Handshake,
            _ => Reconnect::Retry,
        };
        Some(Self {
            reconnect,
            timeout: millis(field("timeout")),
            interval: interval.map(clamp),
            max_interval: millis(field("maxInterval")).filter(|&max| max > 0),
            multiple_clients: field("multiple-clients").bool() == Some(true),
        })
    }
}

fn millis(value: &Loose) -> Option<Millis> {
    value.number().filter(|&number| number >= 0.0).map(clamp)
}

/// A timer of a browser takes 31 bits and fires at once above them; twelve days are enough.
fn clamp(number: f64) -> Millis {
    (number as Millis).min(1 << 30)
}
