//! The client's settings: channels, transport and deadlines.

/// Milliseconds of the caller's monotonic clock; durations are in milliseconds too.
pub type Millis = u64;

/// The settings of a [`Client`](crate::Client).
#[derive(Clone, Debug)]
pub struct ClientConfig {
    /// The channels to subscribe to, in one request after every handshake and before the first
    /// connect.
    pub subscriptions: Vec<String>,
    /// Offer WebSocket, and fall back to long-polling if it is not available.
    pub websocket: bool,
    /// The deadline of a request; for a connect, the server's hold is added.
    pub max_network_delay: Millis,
    /// The shorter deadline after [`Client::wake`](crate::Client::wake), or five times the last
    /// measured round trip if that is more. A failed probe is repeated once with the same deadline,
    /// so a dead line is reported as broken after twice this time.
    pub probe_delay: Millis,
    /// How long a WebSocket may take to open.
    pub connect_timeout: Millis,
    /// The seed of the back-off's jitter; it should differ between clients.
    pub seed: u64,
}

impl Default for ClientConfig {
    fn default() -> Self {
        Self {
            subscriptions: Vec::new(),
            websocket: false,
            max_network_delay: 10_000,
            probe_delay: 1_000,
            connect_timeout: 5_000,
            seed: 0,
        }
    }
}
