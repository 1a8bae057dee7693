//! The request log: what was asked of `/api`, in order of arrival, without secrets.
//!
//! Of cookies, credentials and tokens it keeps only whether they were there; of Bayeux messages
//! only their channels, because a `clientId` is a credential too.

use std::sync::Arc;
use std::time::Instant;

use axum::http::request::Parts;
use serde_json::{Value, json};

use super::faults::Seen;
use crate::rest::{gate, headers};
use crate::server::Sim;

/// All requests since the last `DELETE /control/log`.
#[derive(Debug)]
pub struct RequestLog {
    entries: Vec<Line>,
    next: u64,
    start: Instant,
}

#[derive(Debug)]
struct Line {
    number: u64,
    begun: Instant,
    request: Value,
    ended: Option<Ended>,
}

#[derive(Debug)]
struct Ended {
    ms: u64,
    outcome: &'static str,
    status: Option<u16>,
}

/// A request under way; dropped before its end it counts as aborted by the client.
#[derive(Debug)]
pub struct Logged {
    sim: Arc<Sim>,
    number: u64,
    outcome: &'static str,
    status: Option<u16>,
}

/// The oldest entries go when a demo has run for days.
const MOST_ENTRIES: usize = 20_000;

impl Default for RequestLog {
    fn default() -> RequestLog {
        RequestLog {
            entries: Vec::new(),
            next: 1,
            start: Instant::now(),
        }
    }
}

impl RequestLog {
    /// Notes a request's arrival.
    pub fn begin(&mut self, parts: &Parts, seen: Seen, body: &[u8], fault: Option<&str>) -> u64 {
        let number = self.next;
        self.next += 1;
        if self.entries.len() >= MOST_ENTRIES {
            self.entries.drain(..MOST_ENTRIES / 2);
        }
        let header = |name: &str| headers::text(&parts.headers, name);
        let operation = seen.operation.is_some() || seen.path.contains("sessions/");
        let body = operation.then(|| String::from_utf8_lossy(body).into_owned());
        let request = json!({
            "seq": number,
            "atMs": self.start.elapsed().as_millis() as u64,
            "method": seen.method,
            "path": seen.path,
            "operation": seen.operation,
            "body": body.filter(|body| !body.is_empty()),
            "channels": seen.channels,
            "subscriptions": seen.subscriptions,
            "contentType": header("content-type"),
            "origin": header("origin"),
            "csrf": parts.headers.contains_key(gate::TOKEN_HEADER),
            "signedIn": headers::cookie(&parts.headers, gate::SESSION_COOKIE).is_some(),
            "authorization": parts.headers.contains_key("authorization"),
            "fault": fault,
        });
        let begun = Instant::now();
        self.entries.push(Line {
            number,
            begun,
            request,
            ended: None,
        });
        number
    }

    /// The requests after a sequence number.
    pub fn after(&self, seq: u64) -> Vec<Value> {
        let newer = self.entries.iter().filter(|line| line.number > seq);
        newer.map(Line::json).collect()
    }

    /// Empties the log; sequence numbers go on.
    pub fn clear(&mut self) {
        self.entries.clear();
    }

    fn end(&mut self, number: u64, outcome: &'static str, status: Option<u16>) {
        if let Some(line) = self
            .entries
            .iter_mut()
            .rev()
            .find(|line| line.number == number)
        {
            let ms = line.begun.elapsed().as_millis() as u64;
            line.ended = Some(Ended {
                ms,
                outcome,
                status,
            });
        }
    }
}

impl Line {
    fn json(&self) -> Value {
        let mut json = self.request.clone();
        let ended = self.ended.as_ref();
        json["outcome"] = ended.map_or("open", |ended| ended.outcome).into();
        json["status"] = ended.and_then(|ended| ended.status).into();
        json["tookMs"] = ended.map(|ended| ended.ms).into();
        json
    }
}

impl Logged {
    /// Follows the request with this number.
    pub fn new(sim: Arc<Sim>, number: u64) -> Logged {
        Logged {
            sim,
            number,
            outcome: "aborted",
            status: None,
        }
    }

    /// Notes the answer; without a status the connection was reset.
    pub fn finish(mut self, status: Option<u16>) {
        self.outcome = if status.is_some() {
            "answered"
        } else {
            "reset"
        };
        self.status = status;
    }
}

impl Drop for Logged {
    fn drop(&mut self) {
        self.sim
            .lock()
            .log
            .end(self.number, self.outcome, self.status);
    }
}
