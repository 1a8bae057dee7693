//! The contact centre: who is signed in, which sessions there are, and whom to tell.

use core::time::Duration;

use serde_json::{Value, json};

use super::operation::Later;
use super::session::Session;
use super::users::{DANA, User};
use super::words::{Media, Mode, Visibility};
use crate::clock::Clock;
use crate::cometd::bayeux::Bayeux;
use crate::rng::Rng;
use crate::settings::Settings;

/// All that the contact centre knows.
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
    /// Ids and tokens made on demand; the scenario has a source of its own.
    pub rng: Rng,
    /// From an accepted operation to its effect.
    pub latency: Duration,
    /// Pace of the scenario.
    pub speed: f64,
    /// Whether the scenario stands still.
    pub paused: bool,
    /// Sessions in which the supervisor has just spoken, and to whom; the scenario answers.
    pub spoken: Vec<(String, Visibility)>,
    /// The time of the present input.
    pub clock: Clock,
    /// Operations that are accepted and not done yet.
    pub later: Vec<Later>,
}

impl World {
    /// An empty contact centre.
    pub fn new(settings: impl Into<Settings>) -> World {
        let settings = settings.into();
        World {
            base: settings.base.clone(),
            me: DANA,
            sessions: Vec::new(),
            bayeux: Bayeux::new(&settings, DANA.id),
            rng: Rng::new(settings.seed ^ 0x5EED),
            latency: settings.latency,
            speed: settings.speed,
            paused: false,
            spoken: Vec::new(),
            clock: Clock {
                epoch_ms: settings.epoch_ms,
                now: Duration::ZERO,
            },
            later: Vec::new(),
        }
    }

    /// Tells the time.
    pub fn set_time(&mut self, now: Duration) {
        self.clock.now = now;
        self.bayeux.now = now;
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
