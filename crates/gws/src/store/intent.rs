//! A press becomes an attempt: one POST, then a wait until the server's facts confirm it or time runs out. A
//! `statusCode` 0 only starts the second wait; no operation is ever repeated.

use std::rc::Rc;

use super::attempt::{Attempt, Outcome, Phase, Press};
use super::record::Record;
use super::{Command, Event, Store};
use crate::answer::WRONG_STATE;
use crate::{Failure, Kind, Media, Millis, SessionKey};

impl Store {
    /// Starts an attempt. Does nothing and returns `false` if [`super::View::operations`] does not allow the operation.
    pub fn press(&mut self, press: Press, now: Millis) -> bool {
        let SessionKey { media, id } = press.session.clone();
        let operation = press.operation;
        if !self.view(media, &id).operations.allows(operation) {
            return false;
        }
        let Some(record) = self.lists.get_mut(media).find_mut(&id) else {
            return false;
        };
        self.attempts = self.attempts.wrapping_add(1);
        // A refusal of another operation stands until the server lists that one again.
        record.outcome.take_if(|last| !last.failure.refused);
        self.posts.push(Command::Post {
            attempt: self.attempts,
            session: press.session.clone(),
            operation,
            timeout: press.request_timeout,
        });
        self.events.changed(press.session.clone());
        record.attempt = Some(Box::new(Attempt {
            number: self.attempts,
            press,
            sent: now,
            responded: None,
            phase: Phase::Sent,
        }));
        true
    }

    /// The answer to an attempt's POST begins to arrive. Only the time is known yet, not the content.
    pub fn responding(&mut self, attempt: u32, now: Millis) {
        if let Some((media, place)) = self.find_attempt(attempt)
            && let Some(attempt) = &mut self.lists.get_mut(media).records[place].attempt
        {
            attempt.responded = Some(now);
        }
    }

    /// Whether an attempt's POST may be sent. To be asked right before sending, as the session may have ended since the
    /// press.
    pub fn may_send(&self, attempt: u32) -> bool {
        self.find_attempt(attempt).is_some()
    }

    /// The answer to an attempt's POST; `Ok` is `statusCode` 0. It is ignored if the attempt was already confirmed or
    /// the session has ended.
    pub fn answered(&mut self, attempt: u32, result: Result<(), Failure>, now: Millis) {
        let Some((media, place)) = self.find_attempt(attempt) else {
            return;
        };
        let sequence = self.next_sequence();
        let list = self.lists.get_mut(media);
        let Some(attempt) = &mut list.records[place].attempt else {
            return;
        };
        if !matches!(attempt.phase, Phase::Sent) {
            return;
        }
        let was_answered = result
            .as_ref()
            .map_or_else(Failure::was_answered, |()| true);
        if was_answered {
            attempt.responded.get_or_insert(now);
        }
        match result {
            Ok(()) => {
                attempt.phase = Phase::Accepted {
                    confirm_at: now.saturating_add(attempt.press.confirm_timeout),
                };
            }
            Err(failure) if failure.redirected => {
                attempt.phase = Phase::Redirected {
                    deadline: now.saturating_add(attempt.press.request_timeout),
                    verdict: failure.into(),
                };
                self.me.ask();
            }
            // The browser may have repeated the POST by itself, and the first POST may have succeeded.
            Err(failure) if failure.refused && failure.status_code == Some(WRONG_STATE) => {
                attempt.verify(failure, sequence, now);
                list.reader.ask();
            }
            Err(failure) => {
                let failure = Rc::new(failure);
                self.conclude(media, place, Rc::clone(&failure));
                if failure.kind == Kind::Unauthenticated {
                    self.sign_out(failure, false);
                }
            }
        }
        self.finish();
    }

    /// Ends the waits that have expired.
    pub(super) fn expire_attempts(&mut self, now: Millis) {
        let sequence = self.next_sequence();
        for media in Media::ALL {
            self.conclude_each(media, &|record| record.attempt.as_ref()?.overdue(now));
            let list = self.lists.get_mut(media);
            for record in &mut list.records {
                let Some(attempt) = &mut record.attempt else {
                    continue;
                };
                if matches!(attempt.phase, Phase::Accepted { confirm_at } if confirm_at <= now) {
                    attempt.verify(Failure::new(Kind::Unconfirmed, ""), sequence, now);
                    list.reader.ask();
                }
            }
        }
    }

    /// The read that began with this number has ended and its facts are applied: attempts that it was to check and did
    /// not confirm are concluded. A session that a notification changed meanwhile is read again first, unless the read
    /// failed.
    pub(super) fn conclude_verified(&mut self, media: Media, began: u64, failed: bool) {
        self.conclude_each(media, &|record| {
            let verdict = record.attempt.as_ref()?.verdict_after(began);
            verdict.filter(|_| failed || record.touched < began)
        });
        for record in &mut self.lists.get_mut(media).records {
            if let Some(last) = &mut record.outcome {
                last.denied |= !failed && last.since < began && record.touched < began;
            }
        }
    }

    /// `/me` has been answered: attempts whose POST was redirected have failed, with this reason if given. Says whether
    /// there were any.
    pub(super) fn conclude_redirected(&mut self, reason: Option<&Rc<Failure>>) -> bool {
        let mut any = false;
        for media in Media::ALL {
            for place in 0..self.lists.get(media).records.len() {
                let attempt = self.lists.get(media).records[place].attempt.as_ref();
                if let Some(Phase::Redirected { verdict, .. }) = attempt.map(|one| &one.phase) {
                    let failure = Rc::clone(reason.unwrap_or(verdict));
                    self.conclude(media, place, failure);
                    any = true;
                }
            }
        }
        any
    }

    /// Fails every attempt for this reason.
    pub(super) fn fail_all(&mut self, failure: &Rc<Failure>) {
        for media in Media::ALL {
            for place in 0..self.lists.get(media).records.len() {
                self.conclude(media, place, Rc::clone(failure));
            }
        }
    }

    fn conclude_each(&mut self, media: Media, verdict: &dyn Fn(&Record) -> Option<&Rc<Failure>>) {
        for place in 0..self.lists.get(media).records.len() {
            let verdict = verdict(&self.lists.get(media).records[place]).cloned();
            if let Some(verdict) = verdict {
                self.conclude(media, place, verdict);
            }
        }
    }

    fn conclude(&mut self, media: Media, place: usize, failure: Rc<Failure>) {
        let since = self.sequence;
        let list = self.lists.get_mut(media);
        let record = &mut list.records[place];
        let Some(attempt) = record.attempt.take() else {
            return;
        };
        self.events.push(Event::Failed {
            session: attempt.press.session.clone(),
            presser: attempt.press.presser,
            operation: attempt.operation(),
            failure: Rc::clone(&failure),
        });
        self.events.changed(attempt.press.session.clone());
        if failure.kind == Kind::Unauthenticated {
            return;
        }
        // The outcome is not known, so read once. An unconfirmed attempt has already been read for.
        let look = !failure.refused && failure.kind != Kind::Unconfirmed;
        record.outcome = Some(Outcome {
            failure,
            attempt,
            since,
            denied: false,
        });
        if look {
            list.reader.ask_politely();
        }
    }

    fn find_attempt(&self, number: u32) -> Option<(Media, usize)> {
        for media in Media::ALL {
            for (place, record) in self.lists.get(media).records.iter().enumerate() {
                if matches!(&record.attempt, Some(one) if one.number == number) {
                    return Some((media, place));
                }
            }
        }
        None
    }
}
