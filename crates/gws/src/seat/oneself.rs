//! How one's own entries and one's own participant are known.
//!
//! The documented `from` of a message has no uri. So each participant id that was seen together
//! with one's own uri is kept: one may have several, as a rejoin may bring a new one.

use crate::Participant;

/// More ids than this are not kept; the oldest goes.
const MOST_IDS: usize = 200;

/// Who one is, within one session.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Oneself {
    user_id: Option<String>,
    participant_ids: Vec<String>,
}

impl Oneself {
    /// The own user id is this; `None` while it is not known. Another user's participants are
    /// not one's own.
    pub fn signed_in(&mut self, user_id: Option<&str>) {
        if self.user_id.as_deref() != user_id {
            self.user_id = user_id.map(str::to_owned);
            self.participant_ids.clear();
        }
    }

    /// Keeps the participant id of somebody who is oneself by the uri. Says whether it is a new
    /// one: then entries that are known already may turn out to be one's own.
    pub fn learn(&mut self, person: &Participant) -> bool {
        let is_own = self.user_id.is_some() && self.user_id == person.user_id;
        match &person.participant_id {
            Some(id) if is_own && !self.participant_ids.contains(id) => {
                if self.participant_ids.len() >= MOST_IDS {
                    self.participant_ids.remove(0);
                }
                self.participant_ids.push(id.clone());
                true
            }
            _ => false,
        }
    }

    /// Whether this is oneself. A uri decides before any participant id.
    pub fn is(&self, person: &Participant) -> bool {
        match (&self.user_id, &person.user_id, &person.participant_id) {
            (Some(own), Some(theirs), _) => own == theirs,
            (Some(_), None, Some(id)) => self.participant_ids.contains(id),
            _ => false,
        }
    }
}
