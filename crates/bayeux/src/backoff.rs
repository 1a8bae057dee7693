//! When to retry: the first time at once, then with exponential back-off and full jitter.
//!
//! Immediate retries are limited to one a second, counted separately for lost requests and for new
//! handshakes: after a sleep the first is followed by the second. Without that limit, a server that
//! answers one request and fails the next for ever would be asked in a hot loop.

use retry::{FIRST, Jitter};

use crate::Millis;

#[derive(Debug)]
pub(crate) struct Backoff {
    jitter: Jitter,
    failures: u32,
    /// When a lost request may be repeated at once again.
    repetition: Millis,
    /// When a session may be renewed at once again.
    renewal: Millis,
}

impl Backoff {
    pub fn new(seed: u64) -> Self {
        Self {
            jitter: Jitter::new(seed),
            failures: 0,
            repetition: 0,
            renewal: 0,
        }
    }

    /// Counts one more failure in a row and says when to try again.
    pub fn failed(&mut self, now: Millis) -> Millis {
        self.failures = self.failures.saturating_add(1);
        if !self.is_broken() {
            return once_a_second(&mut self.repetition, now);
        }
        self.repetition = 0; // from here on the back-off limits the rate
        now.saturating_add(self.jitter.delay(self.failures - 2))
    }

    /// When a forgotten session may be renewed: at once, if that is allowed.
    pub fn renewed(&mut self, now: Millis) -> Millis {
        once_a_second(&mut self.renewal, now)
    }

    /// Whether the repetition failed as well.
    pub fn is_broken(&self) -> bool {
        self.failures > 1
    }

    /// All is well: the next failure counts as the first.
    pub fn succeeded(&mut self) {
        self.failures = 0;
    }

    /// Something may have improved: starts again from the shortest wait.
    pub fn ease(&mut self) {
        self.failures = self.failures.min(1);
    }
}

fn once_a_second(allowed: &mut Millis, now: Millis) -> Millis {
    // A wait that a wake-up cut short still counts as used; such waits do not add up.
    let at = now.max((*allowed).min(now.saturating_add(FIRST)));
    *allowed = at.saturating_add(FIRST);
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn once_at_once_then_full_jitter_up_to_a_minute() {
        let mut backoff = Backoff::new(7);
        assert_eq!(backoff.failed(5_000), 5_000);
        assert!(!backoff.is_broken());
        for ceiling in [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000] {
            let wait = backoff.failed(5_000) - 5_000;
            assert!((1..=ceiling).contains(&wait), "{wait} of {ceiling}");
            assert!(backoff.is_broken());
        }
    }

    #[test]
    fn at_once_is_allowed_once_a_second() {
        let mut backoff = Backoff::new(0);
        assert_eq!(backoff.failed(10), 10);
        backoff.succeeded();
        assert_eq!(backoff.failed(20), 1_010);
    }

    #[test]
    fn a_renewal_does_not_wait_for_a_repetition() {
        let mut backoff = Backoff::new(0);
        assert_eq!(backoff.failed(10), 10);
        assert_eq!(backoff.renewed(20), 20);
        assert_eq!(backoff.renewed(30), 1_020);
    }

    #[test]
    fn waits_that_were_cut_short_do_not_add_up() {
        let mut backoff = Backoff::new(0);
        for _ in 0..10 {
            assert!(backoff.failed(10) <= 1_010);
            backoff.succeeded();
        }
    }

    #[test]
    fn endless_failures_overflow_nothing() {
        let mut backoff = Backoff::new(u64::MAX);
        for _ in 0..100_000 {
            backoff.failed(u64::MAX);
        }
        assert_eq!(backoff.failed(u64::MAX), u64::MAX);
    }
}
