//! When to try again: once at once, then exponentially later with full jitter.
//!
//! "At once" is an allowance of one a second, for the repetition of a lost request and for the
//! renewal of a forgotten session apart: after a sleep the first is followed by the second. Without
//! that bound, a server that answers one request and fails the next for ever would be asked in a
//! hot loop.

use crate::Millis;

const FIRST: Millis = 1_000;
const MAX: Millis = 60_000;

#[derive(Debug)]
pub(crate) struct Backoff {
    random: u64,
    failures: u32,
    /// When the next repetition "at once" may be.
    repetition: Millis,
    /// When the next renewal "at once" may be.
    renewal: Millis,
}

impl Backoff {
    pub fn new(seed: u64) -> Self {
        Self {
            random: seed,
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
        self.repetition = 0; // from here on the waiting bounds the rate
        let ceiling = (FIRST << (self.failures - 2).min(16)).min(MAX);
        now.saturating_add(1 + self.random() % ceiling)
    }

    /// When a forgotten session may be renewed: at once, if that is allowed.
    pub fn renewed(&mut self, now: Millis) -> Millis {
        once_a_second(&mut self.renewal, now)
    }

    /// Whether the repetition failed as well.
    pub fn is_broken(&self) -> bool {
        self.failures > 1
    }

    /// All is well: the next failure is a first one.
    pub fn succeeded(&mut self) {
        self.failures = 0;
    }

    /// Something changed for the better, perhaps: start waiting from the short end again.
    pub fn ease(&mut self) {
        self.failures = self.failures.min(1);
    }

    /// SplitMix64: one addition and a hash, good enough to keep clients apart.
    fn random(&mut self) -> u64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.random;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

fn once_a_second(allowed: &mut Millis, now: Millis) -> Millis {
    // A wait that a wake-up cut short has used its turn; such turns do not add up.
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
    fn the_jitter_uses_the_whole_range() {
        let waits: Vec<_> = (0..1_000)
            .map(|seed| {
                let mut backoff = Backoff::new(seed);
                backoff.failed(0);
                backoff.failed(0)
            })
            .collect();
        for tenth in 0..10 {
            let range: std::ops::Range<u64> = tenth * 100..tenth * 100 + 100;
            let hits = waits.iter().filter(|wait| range.contains(&**wait)).count();
            assert!((60..140).contains(&hits), "{hits} of 1000 in {range:?}");
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
