//! The virtual clock: a ring of milliseconds, each with what is to happen then.
//!
//! A binary heap would do as well. But nothing here lies further ahead than the longest wait of a
//! client, and time is whole milliseconds, so a ring orders events without comparing any: with a
//! hundred thousand clients that retry at once, there are hundreds of millions.

use crate::Millis;

/// How far ahead an event may lie: two minutes.
const SPAN: usize = 1 << 17;

/// Events in the order of their time; those of one time in the order they were put in.
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

    /// Puts in an event for `time`, which is neither past nor [`SPAN`] away.
    pub fn at(&mut self, time: Millis, event: E) {
        assert!(time >= self.now && time - self.now < SPAN as Millis);
        self.slots[time as usize % SPAN].push(event);
        self.waiting += 1;
    }

    /// Turns to the next time at which something happens, and hands it over. What is put in for
    /// the time just handed over comes next. The slot's memory goes along, lest a busy stretch
    /// leave every slot at its greatest size.
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
