//! How the user's own entries and participant are recognised.
//!
//! The documented `from` of a message has no uri. So each participant id that came with the user's
//! own uri is kept. There may be several, as a rejoin may bring a new id.

use crate::Participant;

/// The most ids that are kept; the oldest is dropped.
const MOST_IDS: usize = 200;

/// The user within one session.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Oneself {
    user_id: Option<String>,
    participant_ids: Vec<String>,
}

impl Oneself {
    /// The own user id is this; `None` while it is not known. The ids of another user are
    /// forgotten.
    pub fn signed_in(&mut self, user_id: Option<&str>) {
        if self.user_id.as_deref() != user_id {
            self.user_id = user_id.map(str::to_owned);
            self.participant_ids.clear();
        }
    }

    /// Keeps the participant id if the uri is the user's own. Returns whether the id is new: then
    /// known entries may turn out to be the user's own.
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

    /// How many participant ids are known.
    pub fn known(&self) -> usize {
        self.participant_ids.len()
    }

    /// Whether this is the user. A uri takes precedence over a participant id.
    pub fn is(&self, person: &Participant) -> bool {
        match (&self.user_id, &person.user_id, &person.participant_id) {
            (Some(own), Some(theirs), _) => own == theirs,
            (Some(_), None, Some(id)) => self.participant_ids.contains(id),
            _ => false,
        }
    }
}
