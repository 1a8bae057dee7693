//! Facts about sessions: from notifications and from reads of the lists.

use super::events::{Event, Events};
use super::record::Record;
use super::{Link, Store};
use crate::standing::Own;
use crate::wire::{LogNews, Notification, Session};
use crate::{Failure, Kind, Media, Millis};

impl Store {
    /// An element of this media exists, so its list is read. Calling it again does nothing.
    pub fn watch(&mut self, media: Media) {
        let list = self.lists.get_mut(media);
        let is_new = !std::mem::replace(&mut list.watched, true);
        if is_new && self.reading {
            list.reader.ask();
        }
    }

    /// An element shows this session from now on, so it is not forgotten.
    pub fn show(&mut self, media: Media, session_id: &str) {
        let sequence = self.next_sequence();
        let list = self.lists.get_mut(media);
        if list.show(session_id, sequence) && self.reading {
            list.reader.ask();
        }
    }

    /// The element no longer shows it.
    pub fn hide(&mut self, media: Media, session_id: &str) {
        self.lists.get_mut(media).hide(session_id);
    }

    /// A notification arrived.
    pub fn notification(&mut self, notification: Notification, now: Millis) {
        match notification {
            Notification::Session(media, body) => self.body_arrived(media, body, now),
            Notification::Log(media, id, log) => self.log_arrived(media, &id, log, now),
            Notification::Other => {}
        }
        self.finish();
    }

    /// The answer to [`super::Command::ReadSessions`].
    pub fn sessions_read(
        &mut self,
        media: Media,
        result: Result<Vec<Session>, Failure>,
        now: Millis,
    ) {
        let own = self.identity.own();
        let list = self.lists.get_mut(media);
        let flight = list.end_read();
        let failed = result.is_err();
        match result {
            // It was requested for another user.
            _ if flight.void => {}
            Ok(sessions) => {
                if list.apply(flight, sessions, own) {
                    list.reader.overtaken(now, &mut self.jitter);
                } else {
                    list.reader.succeeded();
                }
                self.review_list(media, now);
            }
            Err(failure) if failure.kind == Kind::Unauthenticated => {
                self.sign_out(failure.into(), true);
            }
            Err(failure) => list.reader.failed(&failure, now, &mut self.jitter),
        }
        self.conclude_verified(media, flight.began, failed);
        self.events.all_changed();
        self.finish();
    }

    fn body_arrived(&mut self, media: Media, mut body: Session, now: Millis) {
        body.share_capabilities(&mut self.capabilities);
        let sequence = self.next_sequence();
        let own = self.identity.own();
        let list = self.lists.get_mut(media);
        let record = list.get_or_insert(&body.id);
        record.apply_body(body, sequence, own);
        record.body_notified = true;
        record.notified(sequence, self.link == Link::Connected);
        review(record, media, own, sequence, now, &mut self.events);
        list.prune();
    }

    fn log_arrived(&mut self, media: Media, id: &str, log: LogNews, now: Millis) {
        let sequence = self.next_sequence();
        let own = self.identity.own();
        let list = self.lists.get_mut(media);
        let unseen = list.find(id).is_none();
        let record = list.get_or_insert(id);
        // Messages and typing change no fact, so they do not make a read out of date.
        let changed = record.apply_log(log, own);
        if unseen && (!changed || record.is_foreign(own)) {
            list.records.pop();
        } else if changed {
            record.notified(sequence, self.link == Link::Connected);
            review(record, media, own, sequence, now, &mut self.events);
            if unseen && list.watched && self.reading {
                // No list and no body has named it: the entry may be old and the session over.
                list.reader.ask();
            }
            list.prune();
        }
    }

    /// The own id is known, or known to be unavailable: earlier facts may now count.
    pub(super) fn review_all(&mut self, now: Millis) {
        for media in Media::ALL {
            self.review_list(media, now);
        }
        self.events.all_changed();
    }

    fn review_list(&mut self, media: Media, now: Millis) {
        let own = self.identity.own();
        let list = self.lists.get_mut(media);
        list.records.retain(|record| !record.is_foreign(own));
        for record in &mut list.records {
            review(record, media, own, self.sequence, now, &mut self.events);
        }
        list.prune();
    }
}

/// Reviews a session's facts and queues the events that follow.
fn review(
    record: &mut Record,
    media: Media,
    own: Own,
    sequence: u64,
    now: Millis,
    events: &mut Events,
) {
    if let Some(join) = record.review(own, sequence, now) {
        events.push(Event::Joined {
            session: record.key(media),
            presser: join.presser,
            request_ms: join.request_ms,
            confirm_ms: join.confirm_ms,
        });
    }
    events.changed(record.key(media));
}
