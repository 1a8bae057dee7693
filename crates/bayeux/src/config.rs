//! What the caller decides once: the channels, the transport and the patience of the client.

/// Milliseconds of a monotone clock that the caller owns; durations are in milliseconds too.
pub type Millis = u64;

/// The settings of a [`Client`](crate::Client).
#[derive(Clone, Debug)]
pub struct ClientConfig {
    /// The channels to listen to. The client owns them: they are sent again, in one request,
    /// after every handshake and before the first connect.
    pub subscriptions: Vec<String>,
    /// Offer WebSocket, and fall back to long-polling where it cannot be had.
    pub websocket: bool,
    /// How long a request may stay unanswered, on top of the time that the server said it holds
    /// a connect.
    pub max_network_delay: Millis,
    /// The shorter patience after [`Client::wake`](crate::Client::wake), or five times the round
    /// trip that was measured last if that is more. A probe that fails is repeated once with the
    /// same patience, so a dead line is known as broken after twice this.
    pub probe_delay: Millis,
    /// How long a WebSocket may take to open.
    pub connect_timeout: Millis,
    /// Where the jitter of the back-off starts. Give every client another one.
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
