//! A press becomes an attempt: one POST, then waiting until the server's truth confirms it or the
//! time is over. A `statusCode` 0 only starts the second wait; no operation is ever repeated.

use std::rc::Rc;

use super::record::Join;
use super::{Command, Event, Store};
use crate::answer::WRONG_STATE;
use crate::{Failure, Kind, Media, Millis, Operation};

/// One press and what became of it.
#[derive(Clone, Debug)]
pub(super) struct Attempt {
    pub number: u32,
    pub operation: Operation,
    presser: u32,
    sent: Millis,
    responded: Option<Millis>,
    confirm_timeout: Millis,
    request_timeout: Millis,
    phase: Phase,
}

/// How an attempt ended otherwise than by its confirmation.
#[derive(Debug)]
pub(super) struct Outcome {
    pub failure: Rc<Failure>,
    pub attempt: Attempt,
    /// The sequence number of the newest fact at that time.
    pub since: u64,
}

#[derive(Clone, Debug)]
enum Phase {
    /// The POST is out.
    Sent,
    /// Accepted; confirmation is awaited until then.
    Accepted { confirm_at: Millis },
    /// The verdict is known unless a read that begins after `since` knows better.
    Verifying {
        since: u64,
        deadline: Millis,
        verdict: Rc<Failure>,
    },
}

impl Attempt {
    pub fn deadline(&self) -> Option<Millis> {
        match self.phase {
            Phase::Sent => None,
            Phase::Accepted { confirm_at } => Some(confirm_at),
            Phase::Verifying { deadline, .. } => Some(deadline),
        }
    }

    /// The join that this attempt led to.
    pub fn joined(&self, now: Millis) -> Join {
        let since_sent = |then: Millis| then.saturating_sub(self.sent);
        Join {
            presser: Some(self.presser),
            request_ms: self.responded.map(since_sent),
            confirm_ms: Some(since_sent(now)),
        }
    }

    /// The verdict, if a read that began with this number was to check it.
    pub fn verdict_after(&self, began: u64) -> Option<&Rc<Failure>> {
        match &self.phase {
            Phase::Verifying { since, verdict, .. } if *since < began => Some(verdict),
            _ => None,
        }
    }
}

impl Store {
    /// Asks for an operation; `presser` names the element in the events. Gives `false`, and does
    /// nothing, where [`super::View::operations`] does not allow it.
    // The arguments are the command's fields; a struct of them would be one more name for them.
    #[allow(clippy::too_many_arguments)]
    pub fn press(
        &mut self,
        media: Media,
        session_id: &str,
        operation: Operation,
        presser: u32,
        confirm_timeout: Millis,
        request_timeout: Millis,
        now: Millis,
    ) -> bool {
        if !self.view(media, session_id).operations.allows(operation) {
            return false;
        }
        let Some(record) = self.lists.get_mut(media).find_mut(session_id) else {
            return false;
        };
        self.attempts = self.attempts.wrapping_add(1);
        // A refusal of another operation stands until the server lists that one again.
        record.outcome.take_if(|last| !last.failure.refused);
        record.attempt = Some(Attempt {
            number: self.attempts,
            operation,
            presser,
            sent: now,
            responded: None,
            confirm_timeout,
            request_timeout,
            phase: Phase::Sent,
        });
        self.posts.push_back(Command::Post {
            attempt: self.attempts,
            media,
            session_id: Rc::clone(&record.id),
            operation,
            timeout: request_timeout,
        });
        self.events.changed(media, &record.id);
        true
    }

    /// The answer to an attempt's POST; `Ok` is `statusCode` 0. An attempt that was confirmed
    /// first, or whose session is over, is not changed by it.
    pub fn answered(&mut self, attempt: u32, result: Result<(), Failure>, now: Millis) {
        let Some((media, id)) = self.find_attempt(attempt) else {
            return;
        };
        let sequence = self.next_sequence();
        let list = self.lists.get_mut(media);
        let Some(attempt) = list.find_mut(&id).and_then(|one| one.attempt.as_mut()) else {
            return;
        };
        if !matches!(attempt.phase, Phase::Sent) {
            return;
        }
        let was_answered = result
            .as_ref()
            .map_or_else(Failure::was_answered, |()| true);
        attempt.responded = was_answered.then_some(now);
        match result {
            Ok(()) => {
                attempt.phase = Phase::Accepted {
                    confirm_at: now.saturating_add(attempt.confirm_timeout),
                };
            }
            // The browser may have repeated the POST by itself, and the first one have done it.
            Err(failure) if failure.refused && failure.status_code == Some(WRONG_STATE) => {
                attempt.verify(failure, sequence, now);
                list.reader.ask();
            }
            Err(failure) => self.conclude(media, &id, failure.into()),
        }
        self.finish();
    }

    /// Ends the waits that are over.
    pub(super) fn expire_attempts(&mut self, now: Millis) {
        let sequence = self.next_sequence();
        for media in Media::ALL {
            let mut over = Vec::new();
            let list = self.lists.get_mut(media);
            for record in &mut list.records {
                let Some(attempt) = &mut record.attempt else {
                    continue;
                };
                match &attempt.phase {
                    Phase::Accepted { confirm_at } if *confirm_at <= now => {
                        let unconfirmed = Failure::new(Kind::Unconfirmed, "");
                        attempt.verify(unconfirmed, sequence, now);
                        list.reader.ask();
                    }
                    Phase::Verifying {
                        deadline, verdict, ..
                    } if *deadline <= now => {
                        over.push((Rc::clone(&record.id), Rc::clone(verdict)));
                    }
                    _ => {}
                }
            }
            for (id, verdict) in over {
                self.conclude(media, &id, verdict);
            }
        }
    }

    /// The read that began with this number is done and its facts are reviewed: what it was to
    /// check and did not confirm is concluded. A session that a notification changed meanwhile is
    /// read again first, unless the read failed.
    pub(super) fn conclude_verified(&mut self, media: Media, began: u64, failed: bool) {
        let mut over = Vec::new();
        for record in &self.lists.get(media).records {
            let attempt = record.attempt.as_ref();
            let verdict = attempt.and_then(|attempt| attempt.verdict_after(began));
            if let Some(verdict) = verdict
                && (failed || record.touched < began)
            {
                over.push((Rc::clone(&record.id), Rc::clone(verdict)));
            }
        }
        for (id, verdict) in over {
            self.conclude(media, &id, verdict);
        }
    }

    fn conclude(&mut self, media: Media, id: &Rc<str>, failure: Rc<Failure>) {
        let since = self.sequence;
        let list = self.lists.get_mut(media);
        let Some(record) = list.find_mut(id) else {
            return;
        };
        let Some(attempt) = record.attempt.take() else {
            return;
        };
        self.events.push(Event::Failed {
            media,
            session_id: Rc::clone(id),
            presser: attempt.presser,
            operation: attempt.operation,
            failure: Rc::clone(&failure),
        });
        self.events.changed(media, id);
        if failure.kind == Kind::Unauthenticated {
            return self.sign_out(failure, false);
        }
        // What became of it is not known: look once. An unconfirmed one was looked at already.
        let look = !failure.refused && failure.kind != Kind::Unconfirmed;
        record.outcome = Some(Outcome {
            failure,
            attempt,
            since,
        });
        if look {
            list.reader.ask();
        }
    }

    fn find_attempt(&self, number: u32) -> Option<(Media, Rc<str>)> {
        let is_it = |one: &Attempt| one.number == number;
        Media::ALL.into_iter().find_map(|media| {
            let mut records = self.lists.get(media).records.iter();
            let record = records.find(|record| record.attempt.as_ref().is_some_and(is_it))?;
            Some((media, Rc::clone(&record.id)))
        })
    }
}

impl Attempt {
    fn verify(&mut self, verdict: Failure, since: u64, now: Millis) {
        self.phase = Phase::Verifying {
            since,
            deadline: now.saturating_add(self.request_timeout),
            verdict: Rc::new(verdict),
        };
    }
}
