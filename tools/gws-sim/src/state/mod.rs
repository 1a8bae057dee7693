//! What the simulated contact centre knows: people, sessions, and how they change.
//!
//! Nothing here does I/O. Each change to a session sends its own notifications, so that no caller
//! can change one and forget to say so.

pub mod capabilities;
pub mod changes;
pub mod http_sessions;
pub mod new_session;
pub mod operations;
pub mod rng;
pub mod session;
pub mod time;
pub mod users;
pub mod words;

use serde_json::{Value, json};

use crate::args::Args;
use crate::cometd::Bayeux;
use crate::control::faults::Faults;
use crate::control::log::RequestLog;
use http_sessions::HttpSessions;
use rng::Rng;
use session::Session;
use users::{DANA, User};
use words::{Media, Mode, Visibility};

/// All that the simulator knows, behind one lock.
#[derive(Debug)]
pub struct World {
    /// Own address, for `uri`s: `http://127.0.0.1:8080`.
    pub base: String,
    /// The user who is signed in: the supervisor.
    pub me: User,
    /// Sessions the supervisor can see.
    pub sessions: Vec<Session>,
    /// Subscribers.
    pub bayeux: Bayeux,
    /// Cookies, sign-in and CSRF tokens.
    pub http: HttpSessions,
    /// What is to go wrong.
    pub faults: Faults,
    /// What was asked.
    pub log: RequestLog,
    /// Ids and tokens made on demand; the scenario has a source of its own.
    pub rng: Rng,
    /// Milliseconds from an accepted operation to its effect.
    pub latency_ms: u64,
    /// Pace of the scenario.
    pub speed: f64,
    /// Whether the scenario stands still.
    pub paused: bool,
    /// Sessions in which the supervisor has just spoken, and to whom; the scenario answers.
    pub spoken: Vec<(String, Visibility)>,
}

impl World {
    /// An empty contact centre.
    pub fn new(args: &Args) -> World {
        World {
            base: String::new(),
            me: DANA,
            sessions: Vec::new(),
            bayeux: Bayeux::new(args),
            http: HttpSessions::new(args.seed, args.login),
            faults: Faults::default(),
            log: RequestLog::default(),
            rng: Rng::new(args.seed ^ 0x5EED),
            latency_ms: args.latency_ms,
            speed: args.speed,
            paused: false,
            spoken: Vec::new(),
        }
    }

    /// The session with this id.
    pub fn session(&self, id: &str) -> Option<&Session> {
        self.sessions.iter().find(|session| session.id == id)
    }

    /// The session with this id, to be changed.
    pub fn session_mut(&mut self, id: &str) -> Option<&mut Session> {
        self.sessions.iter_mut().find(|session| session.id == id)
    }

    /// The supervisor's mode in a session, if they take part in it.
    pub fn mode(&self, id: &str) -> Option<Mode> {
        let own = self.session(id)?.user(self.me.id)?;
        Some(Mode::of(own.visibility))
    }

    /// The sessions of one medium on the wire.
    pub fn list(&self, media: Media) -> Vec<Value> {
        let of_media = self.sessions.iter().filter(|s| s.media == media);
        of_media.map(|s| s.json(&self.base, self.me.id)).collect()
    }

    /// The `user` object of `GET /api/v2/me`.
    pub fn me(&self) -> Value {
        let User { id, first, last } = self.me;
        let mail = format!("{first}.{last}@example.com").to_lowercase();
        json!({
            "id": id,
            "userName": mail,
            "firstName": first,
            "lastName": last,
            "roles": ["ROLE_AGENT", "ROLE_SUPERVISOR"],
            "enabled": true,
            "changePasswordOnFirstLogin": false,
            "uri": format!("{}/api/v2/users/{id}", self.base),
            "path": format!("/users/{id}"),
        })
    }
}
