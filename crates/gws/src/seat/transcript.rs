//! The message log of one session as it is shown: each entry once, in the order of the log,
//! whatever the order of arrival.
//!
//! Indexes have gaps for ever, since entries that one may not see are not sent. So a gap is asked
//! about once and never shown. A read gives everything from an index on, so it is enough to know up
//! to where all is known or was asked for.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;

use crate::LogEntry;

/// How many entries are kept; then the first ones go.
pub const MOST_ENTRIES: usize = 20_000;
/// How many bytes of words are kept; then the first entries go.
pub const MOST_BYTES: usize = 8 << 20;
/// Among so many entries without an index a double is looked for.
const MOST_UNNUMBERED: usize = 200;
/// GWS counts entries from 1, in a Java int. Another index counts as none: one that is huge would
/// hide all that follows.
const INDEXES: std::ops::RangeInclusive<i64> = 1..=i32::MAX as i64;
/// The last moment that a JavaScript date can show, in ms from 1970.
const LAST_MOMENT: f64 = 8.64e15;

/// Where an entry stands. One without an index stands after the newest one of its arrival.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    index: i64,
    after: u32,
}

impl Place {
    /// The last one before the entry with the next index.
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

/// What became of an entry that was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is the newest, at the end.
    Appended(Place),
    /// It came late and stands among the others.
    Inserted(Place),
    /// It took the place of another entry with the same index.
    Replaced(Place),
}

impl Change {
    /// Where the entry stands now.
    pub fn place(self) -> Place {
        let (Self::Appended(place) | Self::Inserted(place) | Self::Replaced(place)) = self;
        place
    }
}

/// The entries of one session's log that are known. Typing is no entry to show and is not kept.
#[derive(Debug)]
pub struct Transcript {
    entries: BTreeMap<Place, Rc<LogEntry>>,
    /// Where the newest entry stands, typing included.
    newest: Place,
    unnumbered: VecDeque<Place>,
    bytes: usize,
    dropped: usize,
    /// All indexes up to here are known or were asked for.
    covered: i64,
    /// What is known beyond that.
    ahead: BTreeSet<i64>,
    /// A read from this index on is wanted.
    wanted: Option<i64>,
    /// A read from this index on is out.
    reading: Option<i64>,
    begun: u32,
}

impl Default for Transcript {
    fn default() -> Self {
        Self {
            entries: BTreeMap::new(),
            newest: Place::default(),
            unnumbered: VecDeque::new(),
            bytes: 0,
            dropped: 0,
            covered: 0,
            ahead: BTreeSet::new(),
            wanted: Some(1),
            reading: None,
            begun: 0,
        }
    }
}

impl Transcript {
    /// The log tells of these entries. What is known already changes nothing and is not among the
    /// changes, which are in the order of the log.
    pub fn told(&mut self, mut entries: Vec<LogEntry>) -> Vec<Change> {
        // An entry without an index stays behind the one that it came after.
        let mut last = self.newest.index;
        let mut order = Vec::new();
        for (at, entry) in entries.iter().enumerate() {
            last = index_of(entry).unwrap_or(last);
            order.push((last, at));
        }
        order.sort_unstable();
        let mut changes = Vec::new();
        for (_, at) in order {
            changes.extend(self.apply(std::mem::take(&mut entries[at])));
        }
        while self.entries.len() > MOST_ENTRIES || self.bytes > MOST_BYTES {
            let Some((_, first)) = self.entries.pop_first() else {
                break;
            };
            self.bytes -= size(&first);
            self.dropped += 1;
        }
        changes.retain(|change| self.entries.contains_key(&change.place()));
        changes
    }

    /// The index from which on the log is to be read, if it is to be read now. Answered by
    /// [`Self::read_answered`] or [`Self::read_failed`]; until then no other read is asked for.
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

    /// The read has given these entries: what is not among them up to the last is not to be had.
    pub fn read_answered(&mut self, entries: Vec<LogEntry>) -> Vec<Change> {
        self.reading = None;
        let last = entries.iter().filter_map(index_of).max();
        self.covered = self.covered.max(last.unwrap_or(0));
        self.ahead = self.ahead.split_off(&(self.covered + 1));
        self.close_up();
        self.told(entries)
    }

    /// The read has failed and is wanted still, after a while that is the caller's.
    pub fn read_failed(&mut self) {
        self.wanted = sooner(self.wanted, self.reading.take());
    }

    /// Notifications may have been missed: what is newer is to be read.
    pub fn missed(&mut self) {
        self.read_from(self.covered.max(1));
    }

    /// Asks for a read from this index on, and says which number that read will have.
    pub fn read_from(&mut self, index: i64) -> u32 {
        self.wanted = sooner(self.wanted, Some(index.max(1)));
        self.begun.wrapping_add(1)
    }

    /// Up to this index all is known that can be had.
    pub fn known_to(&self) -> i64 {
        let missing = sooner(self.wanted, self.reading);
        missing.map_or(self.covered, |start| self.covered.min(start - 1))
    }

    /// The number of the newest read that is over, whether it brought anything or not.
    pub fn concluded(&self) -> u32 {
        self.begun.wrapping_sub(u32::from(self.reading.is_some()))
    }

    /// Where the newest entry stands; what is told later stands after it, but for what comes late.
    pub fn newest(&self) -> Place {
        self.newest
    }

    /// The entry at this place.
    pub fn get(&self, place: Place) -> Option<&Rc<LogEntry>> {
        self.entries.get(&place)
    }

    /// All entries that are kept, in the order of the log; from both ends.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = (Place, &Rc<LogEntry>)> {
        self.entries.iter().map(|(place, entry)| (*place, entry))
    }

    /// The entries before this one; the nearest is the last.
    pub fn before(&self, place: Place) -> impl DoubleEndedIterator<Item = (Place, &Rc<LogEntry>)> {
        let range = self.entries.range(..place);
        range.map(|(place, entry)| (*place, entry))
    }

    /// The entries after this one.
    pub fn after(&self, place: Place) -> impl DoubleEndedIterator<Item = (Place, &Rc<LogEntry>)> {
        use std::ops::Bound::{Excluded, Unbounded};
        let range = self.entries.range((Excluded(place), Unbounded));
        range.map(|(place, entry)| (*place, entry))
    }

    /// How many of the first entries were too many to keep, to be said where the list begins.
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
        let first = self.entries.keys().next();
        let is_too_old = self.dropped > 0 && first.is_some_and(|first| place < *first);
        if is_typing(&entry) || is_too_old {
            return None;
        }
        let known = self.entries.get(&place);
        if known.is_some_and(|known| **known == entry) {
            return None;
        }
        if place.after > 0 {
            self.unnumbered.push_back(place);
            if self.unnumbered.len() > MOST_UNNUMBERED {
                self.unnumbered.pop_front();
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

    /// The index of this place is known.
    fn note(&mut self, place: Place) {
        if place.after == 0 && place.index > self.covered {
            self.ahead.insert(place.index);
            self.close_up();
        }
    }

    /// Takes what follows without a gap.
    fn close_up(&mut self) {
        while self.ahead.remove(&(self.covered + 1)) {
            self.covered += 1;
        }
    }

    /// Without an index, an entry is the same only if all that it says is, the time included.
    fn is_double(&self, entry: &LogEntry) -> bool {
        let is_it = |place: &Place| {
            let known = self.entries.get(place);
            known.is_some_and(|known| **known == *entry)
        };
        entry.time().is_some() && self.unnumbered.iter().any(is_it)
    }
}

/// Whether the entry tells of somebody who writes, and not of something that was said or happened.
pub fn is_typing(entry: &LogEntry) -> bool {
    matches!(entry.kind.as_str(), "TypingStarted" | "TypingStopped")
}

/// When the entry was written, in ms since 1970-01-01 UTC: the number, else the date as it can be
/// read. `None` if neither is a moment that can be shown.
pub fn time_of(entry: &LogEntry) -> Option<f64> {
    let is_moment = |ms: &f64| ms.abs() <= LAST_MOMENT;
    let date = || crate::wire::parse_date(entry.timestamp.as_deref()?);
    let number = entry.timestamp_seconds.filter(is_moment);
    number.or_else(|| date().filter(is_moment))
}

fn index_of(entry: &LogEntry) -> Option<i64> {
    entry.index.filter(|index| INDEXES.contains(index))
}

fn size(entry: &LogEntry) -> usize {
    let words = [&entry.text, &entry.url, &entry.notice_text];
    words.into_iter().flatten().map(String::len).sum()
}

fn sooner(one: Option<i64>, other: Option<i64>) -> Option<i64> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        _ => one.or(other),
    }
}
