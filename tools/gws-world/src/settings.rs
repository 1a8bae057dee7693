//! How a simulated server is set up. The defaults of the notifications are CometD 3.1.12's.

use core::time::Duration;

/// Which sessions there are, and whether they move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scenario {
    /// Conversations that play for ever
    Demo,
    /// Fixed sessions with fixed ids; nothing moves by itself
    Still,
    /// No session
    None,
}

/// The fastest pace of the conversations. What is due at once must be played before the next answer,
/// so a pace without a bound would never end.
pub const FASTEST: f64 = 10_000.0;

/// All settings; CometD's own option names in brackets.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Own address, for `uri`s: `http://127.0.0.1:8080`.
    pub base: String,
    /// Milliseconds since 1970 at the beginning.
    pub epoch_ms: u64,
    /// Which sessions there are.
    pub scenario: Scenario,
    /// The same seed plays the same conversations.
    pub seed: u64,
    /// Pace of the conversations; 1 is real time, and 0 to [`FASTEST`] is allowed.
    pub speed: f64,
    /// From an accepted operation to its effect; 0 acts and notifies before it answers.
    pub latency: Duration,
    /// Whether credentials are asked for.
    pub login: bool,
    /// How long a connect is held (`timeout`).
    pub hold: Duration,
    /// How long a client may be silent (`maxInterval`).
    pub max_interval: Duration,
    /// Held long polls per browser, -1 for any number (`maxSessionsPerBrowser`).
    pub max_sessions_per_browser: i64,
    /// `advice.interval` of surplus sessions, milliseconds (`multiSessionInterval`).
    pub multi_session_interval_ms: i64,
    /// Offer WebSocket.
    pub websocket: bool,
    /// Offer acknowledgements.
    pub ack: bool,
    /// The connect reply before the events.
    pub reply_first: bool,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            base: String::new(),
            epoch_ms: 0,
            scenario: Scenario::Demo,
            seed: 1,
            speed: 1.0,
            latency: Duration::from_millis(120),
            login: false,
            hold: Duration::from_secs(30),
            max_interval: Duration::from_secs(10),
            max_sessions_per_browser: 1,
            multi_session_interval_ms: 2_000,
            websocket: false,
            ack: true,
            reply_first: false,
        }
    }
}

impl Settings {
    /// What tests want: the still scenario, and no latency.
    pub fn still() -> Settings {
        Settings {
            scenario: Scenario::Still,
            latency: Duration::ZERO,
            ..Settings::default()
        }
    }
}
