//! When a thing is read: at once when asked for, one request at a time, and a failed read again at
//! once and then with back-off. So no server's behaviour makes a hot loop.

use crate::Millis;
use crate::backoff::Backoff;

/// The schedule of one repeatable read.
#[derive(Debug, Default)]
pub(super) struct Reader {
    wanted: bool,
    in_flight: bool,
    due: Option<Millis>,
    failures: u32,
    repeats: u32,
}

impl Reader {
    /// Reads as soon as no read is under way, whatever the back-off: only for what an event from
    /// outside asks for.
    pub fn ask(&mut self) {
        self.wanted = true;
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

    /// The answer is here; one of the next four follows.
    pub fn answered(&mut self) {
        self.in_flight = false;
    }

    /// The read succeeded and nothing overtook it.
    pub fn succeeded(&mut self) {
        self.failures = 0;
        self.repeats = 0;
        self.due = None;
    }

    /// The read failed, and another try may help.
    pub fn failed(&mut self, now: Millis, backoff: &mut Backoff) {
        self.failures = self.failures.saturating_add(1);
        self.schedule(self.failures, now, backoff);
    }

    /// The read succeeded, but was overtaken by newer facts.
    pub fn overtaken(&mut self, now: Millis, backoff: &mut Backoff) {
        self.failures = 0;
        self.repeats = self.repeats.saturating_add(1);
        self.schedule(self.repeats, now, backoff);
    }

    /// Nothing is read by itself any more.
    pub fn stop(&mut self) {
        self.wanted = false;
        self.due = None;
    }

    /// A retry that waits is made at once.
    pub fn hurry(&mut self) {
        self.wanted |= self.due.take().is_some();
    }

    pub fn handle_timeout(&mut self, now: Millis) {
        if self.due.is_some_and(|due| due <= now) {
            self.hurry();
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
    fn schedule(&mut self, count: u32, now: Millis, backoff: &mut Backoff) {
        match count {
            0 | 1 => self.wanted = true,
            _ => self.due = Some(now.saturating_add(backoff.delay(count - 2))),
        }
    }
}
