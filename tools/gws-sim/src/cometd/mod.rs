//! The notification server: Bayeux 1.0 in the dialect of CometD Java 3.1.12, which GWS ships.
//!
//! [`Bayeux`] decides what each message is answered; it neither waits nor sends. The transports
//! ([`long_polling`], [`websocket`]) hold what it says to hold and put replies and events in order.

pub mod channel;
pub mod client;
pub mod long_polling;
pub mod meta;
pub mod websocket;

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::args::Args;
use crate::state::rng::Rng;
use crate::state::users::DANA;
use client::{Client, Waiting, Wake};

/// How the server behaves; CometD's own option names in brackets.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How long a connect is held (`timeout`).
    pub hold: Duration,
    /// How long a client may be silent (`maxInterval`).
    pub max_interval: Duration,
    /// `maxSessionsPerBrowser`
    pub max_sessions_per_browser: i64,
    /// `multiSessionInterval`, milliseconds.
    pub multi_session_interval_ms: i64,
    /// Offer WebSocket.
    pub websocket: bool,
    /// Offer acknowledgements.
    pub ack: bool,
    /// The connect reply before the events.
    pub reply_first: bool,
}

/// All Bayeux clients.
#[derive(Debug)]
pub struct Bayeux {
    /// How the server behaves.
    pub settings: Settings,
    /// Clients known.
    pub clients: Vec<Client>,
    /// Fields under which every notification comes again, as by overlapping subscriptions.
    pub overlap: Vec<String>,
    /// Who is signed in: the user of the clients that shake hands from now on.
    pub user: &'static str,
    /// Whether every handshake is denied, as by a security policy.
    pub denies: bool,
    /// When it was last looked for clients that were silent for too long.
    swept: Instant,
    /// Polls of forgotten clients, left hanging until their time is up, as the real server does.
    orphans: Vec<tokio::sync::oneshot::Sender<Wake>>,
    rng: Rng,
    polls: u64,
}

impl Bayeux {
    /// A server without clients.
    pub fn new(args: &Args) -> Bayeux {
        Bayeux {
            settings: Settings {
                hold: Duration::from_millis(args.hold_ms),
                max_interval: Duration::from_millis(args.max_interval_ms),
                max_sessions_per_browser: args.max_sessions_per_browser,
                multi_session_interval_ms: args.multi_session_interval_ms,
                websocket: args.websocket,
                ack: args.ack,
                reply_first: args.reply_first,
            },
            clients: Vec::new(),
            overlap: Vec::new(),
            user: DANA.id,
            denies: false,
            swept: Instant::now(),
            orphans: Vec::new(),
            rng: Rng::new(args.seed ^ 0xBA7E),
            polls: 0,
        }
    }

    /// Sends `data` (JSON text, laid into the response as it is) to the subscribers of a channel,
    /// `copies` times; says how many clients there were.
    ///
    /// Under the names of [`Bayeux::overlap`] it comes again: once with the same response, and once
    /// with the next one. Nothing that is published later overtakes it.
    pub fn publish(&mut self, channel: &str, data: &str, copies: usize) -> usize {
        self.send(None, channel, data, copies)
    }

    /// Sends what is for one user only, as everything under `/v2/me` is. A client that shook hands
    /// for another user does not get it.
    pub fn tell(&mut self, user: &str, channel: &str, data: &str) -> usize {
        self.send(Some(user), channel, data, 1)
    }

    fn send(&mut self, user: Option<&str>, channel: &str, data: &str, copies: usize) -> usize {
        self.sweep();
        let named = |name: &str| -> Arc<str> {
            format!("{{\"data\":{data},\"channel\":{}}}", json!(name)).into()
        };
        let text = named(channel);
        let again: Vec<_> = self.overlap.iter().map(|name| named(name)).collect();
        let mut reached = 0;
        for client in &mut self.clients {
            // Overlapping subscriptions of one client get one copy.
            let is_theirs = user.is_none_or(|user| client.user == user);
            let mut subscriptions = client.subscriptions.iter();
            if is_theirs && subscriptions.any(|s| channel::covers(s, channel)) {
                reached += 1;
                for _ in 0..copies {
                    client.push(Arc::clone(&text), false);
                }
                for text in &again {
                    client.push(Arc::clone(text), true);
                }
            }
        }
        reached
    }

    /// Forgets every client. `answer` ends their held connects with an unknown-client error;
    /// otherwise they hang until their time is up, as when a real server sweeps a session.
    pub fn forget(&mut self, answer: bool) -> usize {
        self.orphans.retain(|end| !end.is_closed());
        let gone = self.clients.len();
        for mut client in self.clients.drain(..) {
            match client.waiting {
                Waiting::Poll { end, .. } if !answer => self.orphans.push(end),
                _ => client.wake(Wake::Unknown),
            }
        }
        gone
    }

    /// The client with this id, unless its time is up.
    pub fn client(&mut self, id: &str) -> Option<&mut Client> {
        self.sweep();
        self.clients.iter_mut().find(|client| client.id == id)
    }

    /// Held long polls, and open sockets.
    pub fn held(&self) -> (usize, usize) {
        let polls = self.clients.iter().filter(|c| c.is_polling()).count();
        let held = self.clients.iter().filter(|c| c.is_held()).count();
        let orphans = self.orphans.iter().filter(|end| !end.is_closed()).count();
        (polls + orphans, held - polls)
    }

    /// Forgets the clients that were silent for too long.
    ///
    /// CometD looks for them once a second, so that of ten seconds eleven may be made. Here it is a
    /// tenth of that time, which keeps short times short.
    pub fn sweep(&mut self) {
        let period = self.settings.max_interval / 10;
        let since = self.swept.elapsed();
        let rest = match period.as_nanos() {
            0 => Duration::ZERO,
            period => Duration::from_nanos((since.as_nanos() % period) as u64),
        };
        // As if the last look had been in time.
        self.swept += since - rest;
        let looked = self.swept;
        self.clients
            .retain(|client| client.is_held() || client.expires > looked);
    }

    /// The advice of a connect that is held as usual.
    pub fn advice(&self) -> Value {
        json!({
            "interval": 0,
            "timeout": self.settings.hold.as_millis() as u64,
            "reconnect": "retry",
        })
    }
}
