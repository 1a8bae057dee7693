//! The virtual clock: a timer wheel with one slot per millisecond.
//!
//! A binary heap would also work. But no event is further ahead than the longest wait of a client,
//! and time is in whole milliseconds, so the wheel orders events without comparisons. With a
//! hundred thousand clients that retry at once, there are hundreds of millions of events.

use crate::Millis;

/// How far ahead an event may be: two minutes.
const SPAN: usize = 1 << 17;

/// Events in the order of their time; events of the same time in the order of insertion.
pub(crate) struct Wheel<E> {
    slots: Vec<Vec<E>>,
    now: Millis,
    waiting: usize,
}

impl<E> Wheel<E> {
    pub fn new() -> Self {
        Self {
            slots: (0..SPAN).map(|_| Vec::new()).collect(),
            now: 0,
            waiting: 0,
        }
    }

    /// Inserts an event for `time`, which must be neither past nor [`SPAN`] away.
    pub fn at(&mut self, time: Millis, event: E) {
        assert!(time >= self.now && time - self.now < SPAN as Millis);
        self.slots[time as usize % SPAN].push(event);
        self.waiting += 1;
    }

    /// Advances to the next time with events and returns them. Events inserted for the returned
    /// time come next. The slot's memory is returned, too, so that a busy period does not leave
    /// every slot at its largest size.
    pub fn next(&mut self) -> Option<(Millis, Vec<E>)> {
        if self.waiting == 0 {
            return None;
        }
        loop {
            let slot = &mut self.slots[self.now as usize % SPAN];
            if !slot.is_empty() {
                self.waiting -= slot.len();
                return Some((self.now, std::mem::take(slot)));
            }
            self.now += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_come_by_time_and_then_by_turn() {
        let mut wheel = Wheel::new();
        wheel.at(7, 'c');
        wheel.at(3, 'a');
        wheel.at(7, 'd');
        wheel.at(3, 'b');
        assert_eq!(wheel.next(), Some((3, vec!['a', 'b'])));
        wheel.at(3, 'x');
        wheel.at(3 + SPAN as Millis - 1, 'z');
        assert_eq!(wheel.next(), Some((3, vec!['x'])));
        assert_eq!(wheel.next(), Some((7, vec!['c', 'd'])));
        assert_eq!(wheel.next(), Some((2 + SPAN as Millis, vec!['z'])));
        assert_eq!(wheel.next(), None);
    }
}
