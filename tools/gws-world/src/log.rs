//! The request log: what was asked of `/api`, in order of arrival, without secrets.
//!
//! Of cookies, credentials and tokens it keeps only whether they were there; of Bayeux messages
//! only their channels, because a `clientId` is a credential too.

use core::time::Duration;

use serde_json::{Value, json};

use crate::clock::millis;
use crate::faults::seen::Seen;
use crate::http::{Request, SESSION_COOKIE, TOKEN_HEADER};

/// All requests since the last `DELETE /control/log`.
#[derive(Debug)]
pub struct RequestLog {
    entries: Vec<Entry>,
    next: u64,
}

#[derive(Debug)]
struct Entry {
    number: u64,
    begun: Duration,
    request: Value,
    ended: Option<Ended>,
}

#[derive(Debug)]
struct Ended {
    at: Duration,
    how: End,
}

/// How a request ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// By an answer with this status.
    Answered(u16),
    /// By a reset of the connection.
    Reset,
    /// The client gave up.
    Aborted,
}

/// The oldest entries go when a demo has run for days.
const MOST_ENTRIES: usize = 20_000;

impl Default for RequestLog {
    fn default() -> RequestLog {
        RequestLog {
            entries: Vec::new(),
            next: 1,
        }
    }
}

impl RequestLog {
    /// Notes a request's arrival.
    pub fn begin(
        &mut self,
        now: Duration,
        request: &Request,
        seen: Seen,
        fault: Option<&str>,
    ) -> u64 {
        let number = self.next;
        self.next += 1;
        if self.entries.len() >= MOST_ENTRIES {
            self.entries.drain(..MOST_ENTRIES / 2);
        }
        let header = |name: &str| request.header(name);
        let operation = seen.operation.is_some() || seen.path.contains("sessions/");
        let body = operation.then(|| String::from_utf8_lossy(&request.body).into_owned());
        let request = json!({
            "seq": number,
            "atMs": millis(now),
            "method": seen.method,
            "path": seen.path,
            "operation": seen.operation,
            "body": body.filter(|body| !body.is_empty()),
            "channels": seen.channels,
            "subscriptions": seen.subscriptions,
            "contentType": header("content-type"),
            "origin": header("origin"),
            "csrf": header(TOKEN_HEADER).is_some(),
            "signedIn": request.cookie(SESSION_COOKIE).is_some(),
            "authorization": header("authorization").is_some(),
            "fault": fault,
        });
        self.entries.push(Entry {
            number,
            begun: now,
            request,
            ended: None,
        });
        number
    }

    /// The requests after a sequence number.
    pub fn after(&self, seq: u64) -> Vec<Value> {
        let newer = self.entries.iter().filter(|line| line.number > seq);
        newer.map(Entry::json).collect()
    }

    /// Empties the log; sequence numbers go on.
    pub fn clear(&mut self) {
        self.entries.clear();
    }

    /// Notes a request's end.
    pub fn end(&mut self, now: Duration, number: u64, how: End) {
        let mut newest_first = self.entries.iter_mut().rev();
        if let Some(entry) = newest_first.find(|entry| entry.number == number) {
            entry.ended = Some(Ended { at: now, how });
        }
    }
}

impl Entry {
    fn json(&self) -> Value {
        let mut json = self.request.clone();
        let (outcome, status) = match self.ended.as_ref().map(|ended| ended.how) {
            None => ("open", None),
            Some(End::Answered(status)) => ("answered", Some(status)),
            Some(End::Reset) => ("reset", None),
            Some(End::Aborted) => ("aborted", None),
        };
        let took = self.ended.as_ref().map(|ended| ended.at - self.begun);
        json["outcome"] = outcome.into();
        json["status"] = status.into();
        json["tookMs"] = took.map(millis).into();
        json
    }
}
