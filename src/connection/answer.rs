//! The meaning of an answer. A refusal is parsed once, on arrival; a success by the code that requested it.

use gws::{Answer, Failure, Kind, Me, Media, Reply, Session, Sessions};
use json::{Fields, Json};

use crate::net::http::{NoAnswer, Received};

/// All fields that are read. The data of a notification is an object; any other data is not kept.
pub(super) static NAMES: Fields =
    Fields::new(&[bayeux::FIELDS, gws::FIELDS]).with_objects(&["data"]);

/// An answer to a request.
pub(super) struct Arrived {
    pub(super) received: Received,
    /// Why the server did not act on the request, if its status says so.
    refusal: Option<Failure>,
}

/// An answer, or why there is none.
pub(super) type Outcome = Result<Arrived, Failure>;

/// The outcome of a request.
pub(super) fn outcome_of(result: Result<Received, NoAnswer>) -> Outcome {
    let received = result.map_err(|none| match none {
        NoAnswer::Network(words) => Failure::new(Kind::Network, &words),
        NoAnswer::Headers(words) => Failure::new(Kind::Headers, words),
        NoAnswer::Withheld => Failure::new(Kind::Network, ""),
    })?;
    let mut arrived = Arrived {
        received,
        refusal: None,
    };
    if !arrived.received.redirected && !matches!(arrived.received.status, 200..=299) {
        arrived.refusal = arrived.read().0.outcome().err();
    }
    Ok(arrived)
}

impl Arrived {
    /// Parses the body: the server's answer, and the rest of the body.
    fn read(&self) -> (Answer, Option<Json>) {
        self.judge(self.received.body.json(&NAMES))
    }

    fn judge(&self, mut body: Option<Json>) -> (Answer, Option<Json>) {
        let answer = Answer {
            http_status: self.received.status,
            reply: body.as_mut().and_then(Reply::read),
            text: match body {
                Some(_) => String::new(),
                None => self.received.body.beginning(),
            },
            retry_after: self.received.retry_after,
        };
        (answer, body)
    }

    /// The server's verdict on an operation. A redirect is no verdict.
    pub(super) fn verdict(&self) -> Result<(), Failure> {
        match &self.refusal {
            _ if self.received.redirected => Err(Failure::redirected()),
            Some(refusal) => Err(refusal.clone()),
            None => self.read().0.outcome(),
        }
    }

    /// Why there is no body to read, if so: the server's refusal, or a redirect, which leads to a login.
    fn obstacle(&self) -> Option<Failure> {
        if self.received.redirected {
            return Some(Failure::new(Kind::Unauthenticated, ""));
        }
        self.refusal.clone()
    }

    /// Reads an answer of `/me`.
    pub(super) fn me(&self) -> Result<Me, Failure> {
        if let Some(obstacle) = self.obstacle() {
            return Err(obstacle);
        }
        let (answer, mut body) = self.read();
        answer.me(body.as_mut().map(Me::read))
    }

    /// Reads the listed sessions, with pauses for the page.
    pub(super) async fn sessions(&self, media: Media) -> Result<Vec<Session>, Failure> {
        if let Some(obstacle) = self.obstacle() {
            return Err(obstacle);
        }
        let mut sessions = Sessions::default();
        let push = &mut |mut element| sessions.push(&mut element);
        let body = &self.received.body;
        let body = body.json_giving(&NAMES, media.segment(), push).await;
        let (answer, body) = self.judge(body);
        answer.sessions(body.and_then(|body| sessions.listed_by(&body, media)))
    }

    /// Reads the entries of a session's log.
    #[cfg(feature = "panel")]
    pub(super) fn log(&self) -> Result<Vec<gws::LogEntry>, Failure> {
        if let Some(obstacle) = self.obstacle() {
            return Err(obstacle);
        }
        let (answer, body) = self.read();
        answer.outcome()?;
        let entries = body.and_then(|mut body| gws::LogEntry::read_all(&mut body));
        entries.ok_or_else(|| Failure::new(Kind::Malformed, ""))
    }

    /// Whether the server rejected the request for its CSRF token, before acting on it.
    pub(super) fn is_csrf_rejection(&self) -> bool {
        let refusal = self.refusal.as_ref();
        refusal.is_some_and(|failure| failure.kind == Kind::Csrf)
    }

    /// The missing login that an answer to a notification request reports, if it does. There a 403 means a missing
    /// login, unless it is about the CSRF token.
    pub(super) fn missing_login(&self) -> Option<Failure> {
        let refused = matches!(self.received.status, 401 | 403) && !self.is_csrf_rejection();
        if !refused && !self.received.redirected {
            return None;
        }
        let failure = self.refusal.clone();
        let failure = failure.unwrap_or_else(|| Failure::new(Kind::Unauthenticated, ""));
        Some(Failure {
            kind: Kind::Unauthenticated,
            ..failure
        })
    }
}
