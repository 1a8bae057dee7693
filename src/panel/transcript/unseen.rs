//! Which messages of others have not been seen. They come in runs: a run ends when its last message is seen, and the
//! divider stands before its first.

use gws::seat::Place;

use super::Unread;

/// The messages that have not been seen.
#[derive(Default)]
pub(super) struct Unseen {
    count: Unread,
    /// The number that was reported last.
    reported: Unread,
    first: Option<Place>,
    /// The run has its divider.
    divided: bool,
}

impl Unseen {
    /// A message of somebody else has come.
    pub fn add(&mut self, place: Place, is_from_customer: bool) {
        self.count.unread += 1;
        self.count.from_customer += u32::from(is_from_customer);
        self.first.get_or_insert(place);
    }

    /// All have been seen.
    pub fn seen(&mut self) {
        self.count = Unread::default();
        self.first = None;
        self.divided = false;
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.count.unread as usize
    }

    /// The first one.
    pub fn first(&self) -> Option<Place> {
        self.first
    }

    /// Where the divider is to be put; told once in a run.
    pub fn divide(&mut self) -> Option<Place> {
        let first = self.first.filter(|_| !self.divided)?;
        self.divided = true;
        Some(first)
    }

    /// The number to report, if it has changed.
    pub fn report(&mut self) -> Option<Unread> {
        let former = std::mem::replace(&mut self.reported, self.count);
        (self.count != former).then_some(self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_divider_stays_until_its_run_has_been_seen() {
        let mut unseen = Unseen::default();
        unseen.add(Place::at(7), true);
        unseen.add(Place::at(8), false);
        assert_eq!(unseen.divide(), Some(Place::at(7)));
        unseen.add(Place::at(9), false);
        assert_eq!(unseen.divide(), None);
        unseen.seen();
        assert_eq!(unseen.divide(), None);
        unseen.add(Place::at(10), false);
        assert_eq!(unseen.divide(), Some(Place::at(10)));
    }

    #[test]
    fn a_number_is_reported_when_it_has_changed() {
        let mut unseen = Unseen::default();
        assert_eq!(unseen.report(), None);
        unseen.add(Place::at(7), true);
        let one = Unread {
            unread: 1,
            from_customer: 1,
        };
        assert_eq!(unseen.report(), Some(one));
        assert_eq!(unseen.report(), None);
        // Seen at once: nobody needs to hear of it.
        unseen.seen();
        assert_eq!(unseen.report(), Some(Unread::default()));
        unseen.add(Place::at(8), false);
        unseen.seen();
        assert_eq!(unseen.report(), None);
    }
}
