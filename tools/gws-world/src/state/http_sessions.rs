//! The HTTP session: cookie `JSESSIONID`, signed in or not, and its CSRF token.
//!
//! GWS ties the token to the HTTP session and answers every GET with both its header's name and
//! its value. Without `--login` a request that brings no session is simply given a signed-in one.

use crate::rng::Rng;

/// All HTTP sessions.
#[derive(Debug)]
pub struct HttpSessions {
    sessions: Vec<HttpSession>,
    rng: Rng,
    sign_in_needed: bool,
    csrf: bool,
}

#[derive(Debug)]
struct HttpSession {
    id: String,
    token: String,
}

/// What the server makes of a request's cookie and credentials.
#[derive(Debug, PartialEq, Eq)]
pub enum Entrance {
    /// The session is known.
    Known,
    /// A session was begun; its id belongs in `Set-Cookie`.
    Begun(String),
    /// Not signed in.
    Refused,
}

impl HttpSessions {
    /// No session; `login` asks for credentials.
    pub fn new(seed: u64, login: bool) -> HttpSessions {
        HttpSessions {
            sessions: Vec::new(),
            rng: Rng::new(seed ^ 0xC00C1E),
            sign_in_needed: login,
            csrf: true,
        }
    }

    /// Lets a request in by its cookie or its Basic credentials (`Authorization`).
    pub fn enter(&mut self, cookie: Option<&str>, authorization: Option<&str>) -> Entrance {
        if cookie.is_some_and(|id| self.find(id).is_some()) {
            return Entrance::Known;
        }
        if self.sign_in_needed && !authorization.is_some_and(|word| word.starts_with("Basic ")) {
            return Entrance::Refused;
        }
        let id = format!(
            "node0{}",
            self.rng.text(b"abcdefghijklmnopqrstuvwxyz0123456789", 24)
        );
        let token = self.rng.uuid();
        self.sessions.push(HttpSession {
            id: id.clone(),
            token,
        });
        Entrance::Begun(id)
    }

    /// The CSRF token of a session; `None` when the protection is off or the session unknown.
    pub fn token(&self, cookie: &str) -> Option<&str> {
        self.find(cookie)
            .filter(|_| self.csrf)
            .map(|session| session.token.as_str())
    }

    /// Whether a changing request may pass with this cookie and token.
    pub fn may_change(&self, cookie: Option<&str>, token: Option<&str>) -> bool {
        if !self.csrf {
            return true;
        }
        let session = cookie.and_then(|id| self.find(id));
        session.is_some_and(|session| Some(session.token.as_str()) == token)
    }

    /// Gives every session a new token, so that those the clients hold are wrong.
    pub fn rotate(&mut self) {
        for session in &mut self.sessions {
            session.token = self.rng.uuid();
        }
    }

    /// Switches the CSRF protection.
    pub fn set_csrf(&mut self, on: bool) {
        self.csrf = on;
    }

    /// Ends all sessions and asks for credentials from now on.
    pub fn sign_out(&mut self) {
        self.sessions.clear();
        self.sign_in_needed = true;
    }

    /// From now on a request without a session is given a signed-in one.
    pub fn sign_in(&mut self) {
        self.sign_in_needed = false;
    }

    /// Forgets all sessions, as a restart does, without asking for credentials.
    pub fn forget(&mut self) {
        self.sessions.clear();
    }

    /// How many sessions there are.
    pub fn count(&self) -> usize {
        self.sessions.len()
    }

    fn find(&self, id: &str) -> Option<&HttpSession> {
        self.sessions.iter().find(|session| session.id == id)
    }
}
