//! The outcome of a run: how many requests came when, and when each client was connected again.
//!
//! A client is connected when the *server* says so: when it holds the client's poll.

use crate::Millis;

/// The width of a bin in which requests are counted, in ms.
pub(crate) const BIN: Millis = 100;
const SECOND: usize = (1_000 / BIN) as usize;

/// The outcome of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Requests in each tenth of a second, refused ones included, from the start of the run.
    pub bins: Vec<u32>,
    /// The index of the bin in which the fault happens.
    pub fault: usize,
    /// The most requests in a tenth of a second from the fault on.
    pub peak_tenth: u32,
    /// The most requests in any one-second window (ten bins in a row) from the fault on.
    pub peak_second: u32,
    /// The same, counted only from the return of the server on.
    pub peak_second_back: u32,
    /// Requests from the fault until all are connected, or until the end.
    pub requests: u64,
    /// The time from the server's return until half of the clients are connected; `None` for never.
    pub half: Option<Millis>,
    /// The same for 99 of 100.
    pub most: Option<Millis>,
    /// The same for all.
    pub all: Option<Millis>,
    /// Clients that are not connected at the end.
    pub missing: usize,
}

impl Outcome {
    /// Requests in each whole second, from `lead` seconds before the fault on.
    pub fn seconds(&self, lead: usize) -> Vec<u32> {
        let from = self.fault.saturating_sub(lead * SECOND);
        self.bins[from..]
            .chunks(SECOND)
            .map(|tenths| tenths.iter().sum())
            .collect()
    }
}

/// The counters during a run.
pub(crate) struct Tally {
    bins: Vec<u32>,
    fault: Millis,
    back: Millis,
    /// Per client, the time since which its poll is held.
    since: Vec<Option<Millis>>,
    missing: usize,
    /// When a client last became connected or was lost.
    change: Millis,
}

impl Tally {
    pub fn new(clients: usize, fault: Millis, back: Millis) -> Self {
        Self {
            bins: Vec::new(),
            fault,
            back,
            since: vec![None; clients],
            missing: clients,
            change: 0,
        }
    }

    pub fn request(&mut self, now: Millis) {
        let bin = (now / BIN) as usize;
        if self.bins.len() <= bin {
            self.bins.resize(bin + 1, 0);
        }
        self.bins[bin] += 1;
    }

    pub fn connected(&mut self, client: u32, at: Millis) {
        let since = &mut self.since[client as usize];
        if since.is_none() {
            *since = Some(at);
            self.missing -= 1;
            self.change = self.change.max(at);
        }
    }

    pub fn lost(&mut self, client: u32, at: Millis) {
        if self.since[client as usize].take().is_some() {
            self.missing += 1;
            self.change = self.change.max(at);
        }
    }

    /// Whether, after the server's return, all are connected and nothing changed after `then`.
    pub fn is_quiet_since(&self, then: Millis) -> bool {
        self.missing == 0 && then > self.back.max(self.change)
    }

    /// The outcome of a run that ended at `end`.
    pub fn finish(mut self, end: Millis) -> Outcome {
        let ran = (end / BIN) as usize;
        self.bins.resize(ran.max(self.bins.len()), 0);
        let bin = |at: Millis| ((at / BIN) as usize).min(self.bins.len());
        let (fault, back) = (bin(self.fault), bin(self.back));
        let end = match self.missing {
            0 => (bin(self.change) + 1).min(self.bins.len()),
            _ => self.bins.len(),
        };
        // Lost clients sort last.
        self.since.sort_by_key(|since| since.unwrap_or(Millis::MAX));
        let rank = |percent: usize| {
            let rank = (self.since.len() * percent).div_ceil(100).max(1);
            let since = self.since.get(rank - 1).copied().flatten();
            since.map(|at| at.saturating_sub(self.back))
        };
        Outcome {
            fault,
            peak_tenth: peak(&self.bins[fault..], 1),
            peak_second: peak(&self.bins[fault..], SECOND),
            peak_second_back: peak(&self.bins[back..], SECOND),
            requests: self.bins[fault..end.max(fault)]
                .iter()
                .map(|&n| u64::from(n))
                .sum(),
            half: rank(50),
            most: rank(99),
            all: rank(100),
            missing: self.missing,
            bins: self.bins,
        }
    }
}

/// The largest sum of `width` bins in a row.
fn peak(bins: &[u32], width: usize) -> u32 {
    let sums = (0..bins.len()).map(|from| bins[from..].iter().take(width).sum());
    sums.max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peaks_totals_and_ranks() {
        let mut tally = Tally::new(4, 1_000, 2_000);
        for at in [0, 999, 1_000, 1_050, 1_950, 2_850, 2_999, 9_000] {
            tally.request(at);
        }
        for (client, at) in [(0, 500), (1, 2_300), (2, 2_400), (3, 2_700)] {
            tally.connected(client, at);
        }
        tally.lost(0, 1_000);
        assert!(!tally.is_quiet_since(2_000_000));
        tally.connected(0, 3_000);
        tally.connected(0, 4_000); // held again: no news
        assert!(!tally.is_quiet_since(3_000));
        assert!(tally.is_quiet_since(3_001));

        let outcome = tally.finish(10_000);
        assert_eq!(outcome.fault, 10);
        assert_eq!(outcome.peak_tenth, 2);
        assert_eq!(outcome.peak_second, 3); // 1 000 to 1 999, and 1 950 to 2 949 has only 2
        assert_eq!(outcome.peak_second_back, 2);
        assert_eq!(outcome.requests, 5);
        assert_eq!(outcome.half, Some(400));
        assert_eq!(outcome.all, Some(1_000));
        assert_eq!(outcome.missing, 0);
        assert_eq!(outcome.seconds(1), [2, 3, 2, 0, 0, 0, 0, 0, 0, 1]);
    }

    #[test]
    fn a_missing_client_is_never_back() {
        let mut tally = Tally::new(2, 0, 0);
        tally.connected(1, 10);
        let outcome = tally.finish(10_000);
        assert_eq!((outcome.half, outcome.all), (Some(10), None));
        assert_eq!(outcome.missing, 1);
    }
}
