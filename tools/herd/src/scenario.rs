//! The scenarios of server failures and the retry rules that are compared.

use crate::Millis;

/// How a client reconnects after a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The widget's own client: once at once, then exponential with full jitter, 1 s to 60 s.
    Ours,
    /// That of the official JavaScript client: 1 s, 2 s, 3 s and so on up to 60 s, no jitter.
    Official,
    /// No back-off: again 50 ms after every failure.
    Eager,
}

/// How the server fails. At the fault it always loses every held poll.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scenario {
    /// Connections are refused for 30 s; then it is back, quick as before, and knows nobody.
    Restart,
    /// The same, but it comes back slow: it answers a tenth of a request per client and second.
    Slow,
    /// A proxy answers 503 for 60 s; the server behind it expires silent clients as usual.
    Unavailable,
    /// One of several nodes is lost: the next request reaches another node, which knows nobody.
    Failover,
}

impl Rule {
    /// All of them, in the order of tables and legends.
    pub const ALL: [Self; 3] = [Self::Ours, Self::Official, Self::Eager];

    /// Its name for tables and legends.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Official => "official",
            Self::Eager => "none",
        }
    }
}

impl Scenario {
    /// All of them, in the order of tables and pictures.
    pub const ALL: [Self; 4] = [Self::Restart, Self::Slow, Self::Unavailable, Self::Failover];

    /// Its name for tables and files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Restart => "restart",
            Self::Slow => "slow",
            Self::Unavailable => "503",
            Self::Failover => "failover",
        }
    }

    /// A line that says what happens.
    pub fn title(self) -> &'static str {
        match self {
            Self::Restart => "Restart: refused for 30 s, then all forgotten",
            Self::Slow => "Slow: the same, then little capacity",
            Self::Unavailable => "503 for 60 s",
            Self::Failover => "Failover: another node, all forgotten",
        }
    }

    /// How long the server is unavailable after the fault.
    pub fn outage(self) -> Millis {
        match self {
            Self::Restart | Self::Slow => 30_000,
            Self::Unavailable => 60_000,
            Self::Failover => 0,
        }
    }

    /// How many requests it can answer in a second once it is back; `None` for any number.
    pub fn capacity(self, clients: u32) -> Option<u32> {
        (self == Self::Slow).then(|| (clients / 10).max(1))
    }
}
