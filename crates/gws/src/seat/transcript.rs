//! The message log of one session as shown: each entry once, in the order of the log, for any order
//! of arrival.
//!
//! Indexes have permanent gaps, since entries that the user may not see are not sent. So a gap is
//! requested once and never shown. A read gives everything from an index on, so it is enough to
//! know up to which index all is known or was requested.

use std::rc::Rc;

use super::by_place::ByPlace;
use crate::store::sorted;
use crate::{LogEntry, sooner};

/// The most entries that are kept; beyond it the first are dropped.
pub const MOST_ENTRIES: usize = 20_000;
/// The most bytes of text that are kept; beyond it the first entries are dropped.
pub const MOST_BYTES: usize = 8 << 20;
/// Duplicates are looked for among this many entries without an index.
const MOST_UNNUMBERED: usize = 200;
/// GWS counts entries from 1, in a Java int. Any other index counts as none: a huge one would hide
/// all later entries.
const INDEXES: std::ops::RangeInclusive<i64> = 1..=i32::MAX as i64;

/// The position of an entry. An entry without an index comes after the newest one at its arrival.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    index: i64,
    after: u32,
}

impl Place {
    /// The last place before the entry with the next index.
    pub fn at(index: i64) -> Self {
        Self {
            index,
            after: u32::MAX,
        }
    }

    /// The index; of an entry without one, that of the entry before it.
    pub fn index(self) -> i64 {
        self.index
    }
}

/// The effect of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Added as the newest, at the end.
    Appended(Place),
    /// Arrived late and was inserted among the others.
    Inserted(Place),
    /// Replaced another entry with the same index.
    Replaced(Place),
}

impl Change {
    /// The position of the entry.
    pub fn place(self) -> Place {
        let (Self::Appended(place) | Self::Inserted(place) | Self::Replaced(place)) = self;
        place
    }
}

/// The known entries of one session's log. Typing entries are not shown and not kept.
#[derive(Debug)]
pub struct Transcript {
    entries: ByPlace<Rc<LogEntry>>,
    /// The position of the newest entry, typing included.
    newest: Place,
    unnumbered: Vec<Place>,
    bytes: usize,
    dropped: usize,
    /// All indexes up to this one are known or were requested.
    covered: i64,
    /// Known indexes beyond it, in order.
    ahead: Vec<i64>,
    /// A read from this index on is wanted.
    wanted: Option<i64>,
    /// A read from this index on is outstanding.
    reading: Option<i64>,
    begun: u32,
}

impl Default for Transcript {
    fn default() -> Self {
        Self {
            entries: ByPlace::default(),
            newest: Place::default(),
            unnumbered: Vec::new(),
            bytes: 0,
            dropped: 0,
            covered: 0,
            ahead: Vec::new(),
            wanted: Some(1),
            reading: None,
            begun: 0,
        }
    }
}

impl Transcript {
    /// Adds these entries. Returns the changes in the order of the log; known entries change
    /// nothing.
    pub fn told(&mut self, mut entries: Vec<LogEntry>) -> Vec<Change> {
        // An entry without an index stays behind the entry before it.
        let mut last = self.newest.index;
        let indexes = entries.iter().map(|entry| {
            last = index_of(entry).unwrap_or(last);
            last.unsigned_abs()
        });
        let mut changes = Vec::new();
        for (_, at) in sorted(indexes) {
            changes.extend(self.apply(std::mem::take(&mut entries[at])));
        }
        self.drop_first();
        changes.retain(|change| self.entries.get(change.place()).is_some());
        changes
    }

    /// The index from which the log is to be read now, if any. Answered by [`Self::read_answered`]
    /// or [`Self::read_failed`]; until then no other read is requested.
    pub fn poll_read(&mut self) -> Option<i64> {
        if self.reading.is_some() {
            return None;
        }
        let gap = self.ahead.last().copied().map(|last| {
            let first = self.covered + 1;
            self.covered = last;
            first
        });
        self.ahead.clear();
        let start = sooner(self.wanted.take(), gap)?;
        self.reading = Some(start);
        self.begun = self.begun.wrapping_add(1);
        Some(start)
    }

    /// The read returned these entries: missing ones up to the last are not available.
    pub fn read_answered(&mut self, entries: Vec<LogEntry>) -> Vec<Change> {
        self.reading = None;
        let last = entries.iter().filter_map(index_of).max();
        self.covered = self.covered.max(last.unwrap_or(0));
        self.ahead.retain(|index| *index > self.covered);
        self.close_up();
        self.told(entries)
    }

    /// The read failed; it is still wanted, after a delay that the caller chooses.
    pub fn read_failed(&mut self) {
        self.wanted = sooner(self.wanted, self.reading.take());
    }

    /// Notifications may have been missed: requests a read of newer entries.
    pub fn missed(&mut self) {
        self.read_from(self.covered.max(1));
    }

    /// Requests a read from this index on; returns the number that it will have.
    pub fn read_from(&mut self, index: i64) -> u32 {
        self.wanted = sooner(self.wanted, Some(index.max(1)));
        self.begun.wrapping_add(1)
    }

    /// Up to this index, all available entries are known.
    pub fn known_to(&self) -> i64 {
        let missing = sooner(self.wanted, self.reading);
        missing.map_or(self.covered, |start| self.covered.min(start - 1))
    }

    /// The number of the newest finished read, successful or not.
    pub fn concluded(&self) -> u32 {
        self.begun.wrapping_sub(u32::from(self.reading.is_some()))
    }

    /// The position of the newest entry. Later entries come after it, except late ones.
    pub fn newest(&self) -> Place {
        self.newest
    }

    /// The entry at this place.
    pub fn get(&self, place: Place) -> Option<&Rc<LogEntry>> {
        self.entries.get(place)
    }

    /// All kept entries in the order of the log.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = (Place, &Rc<LogEntry>)> {
        in_order(self.entries.all())
    }

    /// The entries before this one; the nearest is the last.
    pub fn before(&self, place: Place) -> impl DoubleEndedIterator<Item = (Place, &Rc<LogEntry>)> {
        in_order(self.entries.before(place))
    }

    /// The entries after this one.
    pub fn after(&self, place: Place) -> impl DoubleEndedIterator<Item = (Place, &Rc<LogEntry>)> {
        in_order(self.entries.after(place))
    }

    /// How many of the first entries were dropped, to be shown at the start of the list.
    pub fn dropped(&self) -> usize {
        self.dropped
    }

    fn apply(&mut self, entry: LogEntry) -> Option<Change> {
        let place = match index_of(&entry) {
            Some(index) => Place { index, after: 0 },
            None if self.is_double(&entry) => return None,
            None => Place {
                index: self.newest.index,
                after: self.newest.after + 1,
            },
        };
        self.note(place);
        let is_newest = place > self.newest;
        self.newest = self.newest.max(place);
        let first = self.entries.all().first();
        let is_too_old = self.dropped > 0 && first.is_some_and(|(first, _)| place < *first);
        if is_typing(&entry) || is_too_old {
            return None;
        }
        let known = self.entries.get(place);
        if known.is_some_and(|known| **known == entry) {
            return None;
        }
        if place.after > 0 {
            self.unnumbered.push(place);
            if self.unnumbered.len() > MOST_UNNUMBERED {
                self.unnumbered.remove(0);
            }
        }
        self.bytes += size(&entry);
        let replaced = self.entries.insert(place, Rc::new(entry));
        if let Some(replaced) = replaced {
            self.bytes -= size(&replaced);
            return Some(Change::Replaced(place));
        }
        Some(match is_newest {
            true => Change::Appended(place),
            false => Change::Inserted(place),
        })
    }

    /// Drops the first entries of a log that is too long.
    fn drop_first(&mut self) {
        let mut count = 0;
        let mut left = self.bytes;
        for (at, (_, entry)) in self.entries.all().iter().enumerate() {
            if self.entries.all().len() - at <= MOST_ENTRIES && left <= MOST_BYTES {
                break;
            }
            left -= size(entry);
            count += 1;
        }
        self.bytes = left;
        self.dropped += count;
        self.entries.remove_first(count).for_each(drop);
    }

    /// Records that the index of this place is known.
    fn note(&mut self, place: Place) {
        if place.after == 0 && place.index > self.covered {
            let at = self.ahead.partition_point(|index| *index < place.index);
            if self.ahead.get(at) != Some(&place.index) {
                self.ahead.insert(at, place.index);
            }
            self.close_up();
        }
    }

    /// Advances `covered` over known indexes that follow without a gap.
    fn close_up(&mut self) {
        let mut count = 0;
        while self.ahead.get(count) == Some(&(self.covered + 1)) {
            self.covered += 1;
            count += 1;
        }
        self.ahead.drain(..count);
    }

    /// Entries without an index are the same only if everything in them is equal, the time
    /// included.
    fn is_double(&self, entry: &LogEntry) -> bool {
        let is_it = |place: &Place| {
            let known = self.entries.get(*place);
            known.is_some_and(|known| **known == *entry)
        };
        entry.time().is_some() && self.unnumbered.iter().any(is_it)
    }
}

/// Whether the entry is about typing, not about a message or an event.
pub fn is_typing(entry: &LogEntry) -> bool {
    matches!(entry.kind.as_str(), "TypingStarted" | "TypingStopped")
}

fn in_order(
    entries: &[(Place, Rc<LogEntry>)],
) -> impl DoubleEndedIterator<Item = (Place, &Rc<LogEntry>)> {
    entries.iter().map(|(place, entry)| (*place, entry))
}

fn index_of(entry: &LogEntry) -> Option<i64> {
    entry.index.filter(|index| INDEXES.contains(index))
}

fn size(entry: &LogEntry) -> usize {
    let length = |words: &Option<String>| words.as_ref().map_or(0, String::len);
    length(&entry.text) + length(&entry.url) + length(&entry.notice_text)
}
