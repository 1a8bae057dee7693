//! The sessions of one media: the schedule of their reads, and what a read changes.

use std::rc::Rc;

use super::order::sorted;
use super::reader::Reader;
use super::record::{NO_INDEX, Record};
use crate::standing::Own;
use crate::{Media, Millis, Session};

/// The most ended sessions that are kept; those that ended first are dropped.
const MOST_ENDED: usize = 200;

/// The most sessions that are kept. Beyond it the least recently updated are dropped, so that no server and no page can
/// exhaust the memory. A session that an element shows is never dropped.
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
    /// A read has succeeded during which no notification can have been missed.
    pub was_read: bool,
    /// The sequence number at the start of the last successful read.
    read: u64,
    /// Notifications may have been missed since the last read.
    pub stale: bool,
    pub records: Vec<Record>,
    /// The sessions that elements show.
    shown: Vec<Shown>,
    /// A session was dropped, so the server may have a session that is not known here.
    forgot: bool,
    flight: Flight,
}

/// A session that elements of the page show.
#[derive(Debug)]
struct Shown {
    id: Rc<str>,
    elements: u32,
    /// The sequence number when the first of them began to show it.
    since: u64,
    /// [`Record::presence`], from before another user signed in: the log goes on, and its old entries may come again.
    presence: i64,
}

/// The read under way.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Flight {
    /// The sequence number at its start; facts with a higher number are newer.
    pub began: u64,
    /// No notification can have been missed since the read began.
    fresh: bool,
    /// It was requested for a user who is no longer signed in.
    pub void: bool,
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
                void: false,
            };
        }
        begins
    }

    /// Whether a read is under way during which no notification can have been missed.
    pub fn is_being_read(&self) -> bool {
        self.reader.is_out() && self.flight.fresh && !self.flight.void
    }

    /// The read was answered.
    pub fn end_read(&mut self) -> Flight {
        self.reader.answered();
        self.flight
    }

    /// Notifications may have been missed: a read under way will not make the list fresh, and notified sessions no
    /// longer count as read.
    pub fn missed_something(&mut self) {
        self.flight.fresh = false;
        for record in &mut self.records {
            record.notified = false;
        }
    }

    /// Another user is signed in: all known sessions and any read under way belong to the former user.
    pub fn forget_all(&mut self) {
        let Self { records, shown, .. } = self;
        for shown in shown {
            let record = records.iter().find(|record| record.id == shown.id);
            shown.presence = record.map_or(shown.presence, |record| record.presence);
        }
        self.records.clear();
        self.was_read = false;
        self.flight.void = true;
        self.reader.stop();
    }

    /// Applies a read: the order, the bodies, and which sessions are gone. Facts notified after the read began stay;
    /// returns whether there were any.
    pub fn apply(&mut self, flight: Flight, sessions: Vec<Session>, own: Own) -> bool {
        let before = std::mem::take(&mut self.records);
        let known = sorted(before.iter().map(|record| hash(&record.id)));
        let listed = sorted(sessions.iter().map(|session| hash(&session.id)));
        // A session that is listed twice counts once.
        let mut is_double = vec![false; sessions.len()];
        for pair in listed.windows(2) {
            if let [(_, first), (_, second)] = *pair {
                is_double[second] = sessions[first].id == sessions[second].id;
            }
        }
        let mut before: Vec<Option<Record>> = before.into_iter().map(Some).collect();
        let mut overtaken = false;
        for (session, is_double) in sessions.into_iter().zip(is_double) {
            if is_double {
                continue;
            }
            let hash = hash(&session.id);
            let first = known.partition_point(|(known, _)| *known < hash);
            let mut record = None;
            for (_, at) in known[first..]
                .iter()
                .take_while(|(known, _)| *known == hash)
            {
                let is_it = |known: &mut Record| *known.id == *session.id;
                record = record.or_else(|| before[*at].take_if(is_it));
            }
            if record.is_none() && self.records.len() >= MOST_KNOWN && !self.is_shown(&session.id) {
                self.forgot = true;
                continue;
            }
            let mut record = record.unwrap_or_else(|| self.new_record(&session.id));
            if record.touched > flight.began {
                overtaken = true;
            } else {
                record.apply_body(session, flight.began, own);
                record.told = flight.began;
            }
            self.records.push(record);
        }
        for mut record in before.into_iter().flatten() {
            if record.touched > flight.began {
                overtaken = true;
            } else {
                record.gone = true;
            }
            self.records.push(record);
        }
        self.was_read |= flight.fresh;
        self.read = flight.began;
        self.stale &= !flight.fresh;
        overtaken
    }

    /// An element begins to show a session. Says whether the list must be read to find it.
    pub fn show(&mut self, id: &str, sequence: u64) -> bool {
        if let Some(shown) = self.shown.iter_mut().find(|shown| &*shown.id == id) {
            shown.elements += 1;
            return false;
        }
        self.shown.push(Shown {
            id: id.into(),
            elements: 1,
            since: sequence,
            presence: NO_INDEX,
        });
        self.forgot && self.find(id).is_none()
    }

    /// An element no longer shows a session.
    pub fn hide(&mut self, id: &str) {
        self.shown.retain_mut(|shown| {
            shown.elements -= u32::from(&*shown.id == id);
            shown.elements > 0
        });
    }

    fn is_shown(&self, id: &str) -> bool {
        self.shown.iter().any(|shown| &*shown.id == id)
    }

    /// Whether only a read can tell if the server has this session: it may have been dropped before it was shown.
    pub fn may_be_forgotten(&self, id: &str) -> bool {
        let since = |shown: &Shown| &*shown.id == id && shown.since > self.read;
        self.forgot && self.shown.iter().any(since) && self.find(id).is_none()
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
            None => {
                let record = self.new_record(id);
                self.records.push_mut(record)
            }
        }
    }

    fn new_record(&self, id: &str) -> Record {
        let shown = self.shown.iter().find(|shown| &*shown.id == id);
        let mut record = Record::new(id);
        record.presence = shown.map_or(NO_INDEX, |shown| shown.presence);
        record
    }

    /// Drops the sessions beyond the limits, but never one that is shown or has an attempt under way.
    pub fn prune(&mut self) {
        // Drop many at a time, as each pass goes through all sessions.
        self.forgot |= self.keep(MOST_KNOWN, MOST_KNOWN / 10, &|record| {
            record.attempt.is_none().then_some(record.told)
        });
        self.keep(MOST_ENDED, 0, &|record| {
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

    /// Keeps the `most` highest-ranked records, once there are more than `most + slack`; records without a rank always
    /// stay. Says whether any was dropped.
    fn keep(&mut self, most: usize, slack: usize, rank: &dyn Fn(&Record) -> Option<u64>) -> bool {
        let ranked = self.records.iter().filter(|one| rank(one).is_some());
        if ranked.count() <= most + slack {
            return false;
        }
        let Self { records, shown, .. } = self;
        let is_shown = |record: &Record| shown.iter().any(|shown| shown.id == record.id);
        let rank = |record: &Record| rank(record).filter(|_| !is_shown(record));
        // Records without a rank always stay.
        let ranks = sorted(records.iter().map(|one| rank(one).unwrap_or(u64::MAX)));
        let ranked = ranks.partition_point(|(rank, _)| *rank < u64::MAX);
        let too_many = ranked.saturating_sub(most);
        let mut goes = vec![false; records.len()];
        for (_, place) in &ranks[..too_many] {
            goes[*place] = true;
        }
        let mut goes = goes.into_iter();
        records.retain(|_| !goes.next().unwrap_or_default());
        too_many > 0
    }
}

/// A hash for finding ids quickly (FNV-1a). Callers compare the ids themselves where a collision matters.
fn hash(id: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325;
    for byte in id.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash
}

/// The earlier of two optional times.
pub(super) fn sooner(one: Option<Millis>, other: Option<Millis>) -> Option<Millis> {
    match (one, other) {
        (Some(a), Some(b)) => Some(a.min(b)),
        _ => one.or(other),
    }
}
