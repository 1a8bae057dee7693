//! The schedule of one repeatable read: at once on demand, one request at a time. A failed read is retried at once and
//! then with back-off, so that no server can cause a hot loop.

use retry::Jitter;

use crate::{Failure, Millis};

/// A longer `Retry-After` is cut to an hour.
const LONGEST_REST: Millis = 3_600_000;

/// The schedule of one repeatable read.
#[derive(Debug, Default)]
pub(super) struct Reader {
    wanted: bool,
    in_flight: bool,
    due: Option<Millis>,
    /// The server set the due time, so nothing brings it forward.
    fixed: bool,
    /// When a retry may be brought forward next.
    hurry_from: Millis,
    failures: u32,
    repeats: u32,
}

impl Reader {
    /// Reads as soon as no read is under way, ignoring the back-off. Only for events from outside.
    pub fn ask(&mut self) {
        self.wanted = true;
    }

    /// As [`Self::ask`], unless the server has set the time of the next read.
    pub fn ask_politely(&mut self) {
        self.wanted |= !self.fixed || self.due.is_none();
    }

    /// Gives up a read under way, as it may hang on a dead line. The next one replaces it.
    pub fn give_up(&mut self) {
        self.wanted |= std::mem::take(&mut self.in_flight);
    }

    /// Reads as soon as possible, but at most once a second.
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

    /// Whether a read is under way or will begin at the next poll for commands.
    pub fn is_busy(&self) -> bool {
        self.wanted || self.in_flight
    }

    /// Whether a read is under way.
    pub fn is_out(&self) -> bool {
        self.in_flight
    }

    /// Ends the read. Call one of `succeeded`, `failed`, `overtaken` or `stop` next.
    pub fn answered(&mut self) {
        self.in_flight = false;
    }

    /// The read succeeded and nothing overtook it.
    pub fn succeeded(&mut self) {
        self.failures = 0;
        self.repeats = 0;
        self.due = None;
    }

    /// The read failed and a retry may help: at once, then with back-off, but not before the server allows it.
    pub fn failed(&mut self, failure: &Failure, now: Millis, jitter: &mut Jitter) {
        self.failures = self.failures.saturating_add(1);
        self.fixed = failure.retry_after.is_some();
        if self.fixed {
            // The server itself says that it is not available, so the read counts as failing and is not retried at
            // once.
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

    /// Drops a read that is wanted or waits for its time.
    pub fn stop(&mut self) {
        self.wanted = false;
        self.stop_retries();
    }

    /// Drops a retry that waits for its time; what was asked for stays.
    pub fn stop_retries(&mut self) {
        self.due = None;
    }

    /// Makes a waiting retry at once, but at most once a second.
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

    /// One failure may be chance; a second right after it is not.
    pub fn is_failing(&self) -> bool {
        self.failures >= 2
    }

    /// The first retry is at once, the others with back-off.
    fn schedule(&mut self, count: u32, now: Millis, jitter: &mut Jitter) {
        match count {
            0 | 1 => self.wanted = true,
            _ => self.due = Some(now.saturating_add(jitter.delay(count - 2))),
        }
    }
}
