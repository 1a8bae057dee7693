//! How long a retry waits: exponential with full jitter, from 1 s to 60 s, so that thousands of
//! supervisors do not come back to a restarted server all at once.

/// The ceiling of the first wait, in ms.
pub const FIRST: u64 = 1_000;

/// The ceiling of the longest wait, in ms.
pub const LONGEST: u64 = 60_000;

/// A seeded source of jitter (`SplitMix64`).
#[derive(Clone, Debug)]
pub struct Jitter {
    state: u64,
}

impl Jitter {
    /// The same seed gives the same delays.
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The delay before the given retry (counted from 0), in ms: a random time from 1 ms to a
    /// ceiling. The ceiling is 1 s at first and doubles each time up to 60 s.
    pub fn delay(&mut self, retry: u32) -> u64 {
        let ceiling = (FIRST << retry.min(16)).min(LONGEST);
        1 + self.random() % ceiling
    }

    fn random(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}
