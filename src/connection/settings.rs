//! The settings that identify a connection of a page.

/// How notifications arrive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Transport {
    /// Bayeux over HTTP long-polling; what GWS offers.
    #[default]
    LongPolling,
    /// Bayeux over a WebSocket, falling back to long-polling.
    WebSocket,
    /// The page feeds notifications itself; no notification connection is opened.
    Host,
}

impl Transport {
    /// The transport of this name; anything else is long-polling.
    pub fn from_name(name: &str) -> Self {
        match name {
            "websocket" => Self::WebSocket,
            "host" => Self::Host,
            _ => Self::LongPolling,
        }
    }

    /// The name in attributes and events.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LongPolling => "long-polling",
            Self::WebSocket => "websocket",
            Self::Host => "host",
        }
    }
}

/// Components with equal settings share one connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The root under which `/api/v2` lives; empty for the page's own origin.
    pub base_url: String,
    /// How notifications arrive.
    pub transport: Transport,
    /// The Bayeux channel to subscribe to.
    pub channel: String,
}

/// The channel that carries every notification of the signed-in user, for any topic.
pub const DEFAULT_CHANNEL: &str = "/v2/me/*";

impl Default for Settings {
    fn default() -> Self {
        Self {
            base_url: String::new(),
            transport: Transport::default(),
            channel: DEFAULT_CHANNEL.to_owned(),
        }
    }
}
