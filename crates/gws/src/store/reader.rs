//! The schedule of one repeatable read: at once when asked for, one request at a time. A failed read
//! is retried at once and then with back-off, so that no server can cause a hot loop.

use retry::Jitter;

use crate::{Failure, Millis};

/// No server is left alone for longer than an hour, whatever it says.
const LONGEST_REST: Millis = 3_600_000;

/// The schedule of one repeatable read.
#[derive(Debug, Default)]
pub(super) struct Reader {
    wanted: bool,
    in_flight: bool,
    due: Option<Millis>,
    /// The server named the time that is due, so nothing hurries it.
    fixed: bool,
    /// When a retry may be hurried next.
    hurry_from: Millis,
    failures: u32,
    repeats: u32,
}

impl Reader {
    /// Reads as soon as no read is under way, whatever the back-off: only for what an event from
    /// outside asks for.
    pub fn ask(&mut self) {
        self.wanted = true;
    }

    /// As [`Self::ask`], unless the server has named the time of the next read.
    pub fn ask_politely(&mut self) {
        self.wanted |= !self.fixed || self.due.is_none();
    }

    /// A read under way no longer counts: it may hang on a line that is dead. The next one takes its place.
    pub fn give_up(&mut self) {
        self.wanted |= std::mem::take(&mut self.in_flight);
    }

    /// Reads as soon as that is not more than once a second.
    pub fn ask_soon(&mut self, now: Millis) {
        if !self.fixed || self.due.is_none() {
            self.fixed = false;
            let at = self.hurry_from.max(now);
            self.due = Some(self.due.map_or(at, |due| due.min(at)));
            self.hurry_from = now.saturating_add(1_000);
        }
        self.handle_timeout(now);
    }

    /// Whether a read is to be sent now; if so it counts as sent.
    pub fn begin(&mut self) -> bool {
        let begins = self.wanted && !self.in_flight;
        if begins {
            self.wanted = false;
            self.in_flight = true;
            self.due = None;
        }
        begins
    }

    /// Whether it is being read, or will be as soon as commands are asked for.
    pub fn is_busy(&self) -> bool {
        self.wanted || self.in_flight
    }

    /// Ends the read. One of `succeeded`, `failed`, `overtaken` or `stop` follows.
    pub fn answered(&mut self) {
        self.in_flight = false;
    }

    /// The read succeeded and nothing overtook it.
    pub fn succeeded(&mut self) {
        self.failures = 0;
        self.repeats = 0;
        self.due = None;
    }

    /// The read failed, and another try may help: at once, then later and later, but not before the server wants it.
    pub fn failed(&mut self, failure: &Failure, now: Millis, jitter: &mut Jitter) {
        self.failures = self.failures.saturating_add(1);
        self.fixed = failure.retry_after.is_some();
        if self.fixed {
            // The server itself says that it cannot.
            self.failures = self.failures.max(2);
        }
        self.schedule(self.failures, now, jitter);
        let earliest = |wait: Millis| now.saturating_add(wait.min(LONGEST_REST));
        let earliest = failure.retry_after.map(earliest);
        self.due = self.due.max(earliest);
    }

    /// The read succeeded, but was overtaken by newer facts.
    pub fn overtaken(&mut self, now: Millis, jitter: &mut Jitter) {
        self.fixed = false;
        self.failures = 0;
        self.repeats = self.repeats.saturating_add(1);
        self.schedule(self.repeats, now, jitter);
    }

    /// Nothing is read by itself any more.
    pub fn stop(&mut self) {
        self.wanted = false;
        self.due = None;
    }

    /// A retry that waits is made at once, but not more often than once a second.
    pub fn hurry(&mut self, now: Millis) {
        if self.due.is_some() {
            self.ask_soon(now);
        }
    }

    pub fn handle_timeout(&mut self, now: Millis) {
        if self.due.is_some_and(|due| due <= now) {
            self.due = None;
            self.wanted = true;
        }
    }

    pub fn due(&self) -> Option<Millis> {
        self.due
    }

    /// The first failure may be chance; the second, right after, is not.
    pub fn is_failing(&self) -> bool {
        self.failures >= 2
    }

    /// The first retry at once, the others later and later.
    fn schedule(&mut self, count: u32, now: Millis, jitter: &mut Jitter) {
        match count {
            0 | 1 => self.wanted = true,
            _ => self.due = Some(now.saturating_add(jitter.delay(count - 2))),
        }
    }
}
