//! The sessions of one media: the schedule of their read, and what a read changes.

use std::rc::Rc;

use super::reader::Reader;
use super::record::Record;
use crate::{Media, Millis, Session};

/// More ended sessions than this are forgotten, those that ended first.
const MOST_ENDED: usize = 200;

/// More sessions than this no supervisor watches: those of which nothing was heard for longest are forgotten, so that no
/// server and no page can fill the memory.
const MOST_KNOWN: usize = 2_000;

/// The lists of both media.
#[derive(Debug, Default)]
pub(super) struct Lists([List; 2]);

/// The records of one media.
#[derive(Debug, Default)]
pub(super) struct List {
    /// An element of this media exists.
    pub watched: bool,
    pub reader: Reader,
    /// A read has succeeded at least once.
    pub was_read: bool,
    /// Notifications may have been missed since the last read.
    pub stale: bool,
    pub records: Vec<Record>,
    flight: Flight,
}

/// The read under way.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Flight {
    /// What arrived with a higher number arrived after the read began.
    pub began: u64,
    /// The read began while nothing could be missed, and nothing was since.
    fresh: bool,
}

impl Lists {
    pub fn get(&self, media: Media) -> &List {
        &self.0[media as usize]
    }

    pub fn get_mut(&mut self, media: Media) -> &mut List {
        &mut self.0[media as usize]
    }

    pub fn both(&self) -> &[List; 2] {
        &self.0
    }

    pub fn both_mut(&mut self) -> &mut [List; 2] {
        &mut self.0
    }
}

impl List {
    /// Whether a read is to be sent now; if so it counts as sent.
    pub fn begin_read(&mut self, sequence: u64, fresh: bool) -> bool {
        let begins = self.reader.begin();
        if begins {
            self.flight = Flight {
                began: sequence,
                fresh,
            };
        }
        begins
    }

    /// The answer to the read is here.
    pub fn end_read(&mut self) -> Flight {
        self.reader.answered();
        self.flight
    }

    /// A read under way will not make the list fresh.
    pub fn missed_something(&mut self) {
        self.flight.fresh = false;
    }

    /// Takes over a read: its order, its bodies, and who is gone. What a notification said after
    /// the read began stays; the answer is whether that happened.
    pub fn apply(&mut self, flight: Flight, sessions: Vec<Session>) -> bool {
        let mut overtaken = false;
        let mut listed = 0;
        for session in sessions {
            let at = self.find_from(listed, &session.id).unwrap_or_else(|| {
                self.records.push(Record::new(&session.id));
                self.records.len() - 1
            });
            if let Some(record) = self.records.get_mut(at) {
                if record.touched > flight.began {
                    overtaken = true;
                } else {
                    record.apply_body(session, flight.began);
                }
            }
            // A session that is listed twice is already in its place.
            if at >= listed {
                let record = self.records.remove(at);
                self.records.insert(listed, record);
                listed += 1;
            }
        }
        for record in self.records.iter_mut().skip(listed) {
            if record.touched > flight.began {
                overtaken = true;
            } else {
                record.gone = true;
            }
        }
        self.was_read = true;
        self.stale &= !flight.fresh;
        overtaken
    }

    pub fn find(&self, id: &str) -> Option<&Record> {
        self.records.iter().find(|record| &*record.id == id)
    }

    pub fn find_mut(&mut self, id: &str) -> Option<&mut Record> {
        self.records.iter_mut().find(|record| &*record.id == id)
    }

    /// The record of this id; a new one, at the end, if there is none.
    pub fn get_or_insert(&mut self, id: &str) -> &mut Record {
        let known = self.records.iter().position(|record| &*record.id == id);
        match known {
            Some(at) => &mut self.records[at],
            None => self.records.push_mut(Record::new(id)),
        }
    }

    /// Forgets the sessions that are too many: the ended ones first, and never one with an attempt under way.
    pub fn prune(&mut self) {
        self.keep(MOST_KNOWN, &|record| {
            record.attempt.is_none().then_some(record.touched)
        });
        self.keep(MOST_ENDED, &|record| {
            record.ended().then_some(record.ended_at)
        });
    }

    pub fn alive(&self) -> impl Iterator<Item = &Rc<Session>> {
        let alive = self.records.iter().filter(|record| !record.ended());
        alive.map(|record| &record.session)
    }

    /// When the next retry or deadline is due.
    pub fn due(&self) -> Option<Millis> {
        let mut due = self.reader.due();
        for record in &self.records {
            let deadline = record.attempt.as_ref().and_then(|one| one.deadline());
            due = sooner(due, deadline);
        }
        due
    }

    /// Looks from the place where it most likely is, as the server's order rarely changes.
    fn find_from(&self, start: usize, id: &str) -> Option<usize> {
        let (before, after) = self.records.split_at_checked(start)?;
        let is_it = |record: &Record| &*record.id == id;
        let found = after.iter().position(is_it).map(|at| at + start);
        found.or_else(|| before.iter().position(is_it))
    }

    /// Of the records that have a rank, keeps so many; those of the lowest rank go.
    fn keep(&mut self, most: usize, rank: &dyn Fn(&Record) -> Option<u64>) {
        loop {
            let (mut ranked, mut lowest, mut place) = (0, u64::MAX, 0);
            for (at, record) in self.records.iter().enumerate() {
                let Some(rank) = rank(record) else { continue };
                ranked += 1;
                if rank < lowest {
                    (lowest, place) = (rank, at);
                }
            }
            if ranked <= most {
                return;
            }
            self.records.remove(place);
        }
    }
}

/// The earlier of two times that may never come.
pub(super) fn sooner(one: Option<Millis>, other: Option<Millis>) -> Option<Millis> {
    match (one, other) {
        (Some(a), Some(b)) => Some(a.min(b)),
        _ => one.or(other),
    }
}
