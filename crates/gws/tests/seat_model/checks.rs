//! Invariants after every step, and at rest.

use std::collections::BTreeSet;

use gws::Visibility;
use gws::seat::Audience;

use crate::step::WORDS;
use crate::world::World;

impl World {
    /// Compares the box with the user's actions. `was` is the box's audience before the step.
    pub fn check(&self, was: Audience, chose: bool) {
        let drafts = self.seat.drafts();
        let is_public = drafts.shown() == Audience::Everyone;
        let turned = is_public && was == Audience::Agents && !chose;
        assert!(!turned || self.may_widen, "the box turned by itself");
        assert!(!turned || drafts.is_empty(), "the box turned over words");
        let words = drafts.text(Audience::Everyone);
        let is_whisper = WORDS[0].contains(&words) && !self.moved.contains(words);
        assert!(!is_whisper, "a whisper in the box for everyone");
    }

    /// At rest each row agrees with the log.
    pub fn check_truth(&self) {
        let rows = self.seat.outbox().rows();
        let mut claimed = BTreeSet::new();
        for (id, receipt) in &self.receipts {
            let index = receipt.index.expect("an index");
            assert!(claimed.insert(index), "one entry for two rows");
            let delivery = self.server.deliveries.iter().find(|one| one.index == index);
            let delivery = delivery.expect("sent what the log does not have");
            assert_eq!(delivery.text, self.captured[id].text);
            let visibility = Some(Visibility::parse(delivery.visibility));
            assert_eq!(receipt.visibility, visibility, "who saw it");
            let is_new = index > self.before[id].max(self.history);
            assert!(is_new, "an old entry as an echo");
        }
        for row in rows {
            assert!(!row.state.goes_on(), "{row:?} is not at rest");
            let posted = self.posted.get(&row.id).copied().unwrap_or_default();
            assert_eq!(posted > 0, row.before().is_some(), "left or not: {row:?}");
            let Some(before) = self.before.get(&row.id) else {
                continue;
            };
            let after = self.floor.map_or(*before, |floor| floor.max(*before));
            let unclaimed = self.server.deliveries.iter().find(|one| {
                one.text == row.message.text && one.index > after && !claimed.contains(&one.index)
            });
            assert!(unclaimed.is_none(), "{row:?} is in the log: {unclaimed:?}");
        }
        for id in self.captured.keys() {
            let ends = [
                self.receipts.contains_key(id),
                self.taken.contains(id),
                rows.iter().any(|row| row.id == *id),
            ];
            let count = ends.into_iter().filter(|end| *end).count();
            assert_eq!(count, 1, "row {id} is lost or doubled: {ends:?}");
        }
        let log = self.server.log.iter().map(|(index, _)| *index);
        let shown = self.seat.transcript().entries();
        let shown = shown.map(|(place, _)| place.index());
        assert!(shown.eq(log), "the log is shown as it is");
    }
}
