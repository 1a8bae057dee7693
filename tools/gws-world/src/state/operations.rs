//! What the operations of a session do.
//!
//! Three steps, as GWS has them: read the body, decide at once whether it is accepted, and do it
//! later. Only the second is answered; the effect is told by notifications.

use core::time::Duration;

use super::capabilities;
use super::operation::{Later, Operation};
use super::users::User;
use super::words::{Kind, Media, State, Visibility};
use super::world::World;
use crate::refusal::Refusal;

impl World {
    /// Decides whether an operation is accepted.
    ///
    /// # Errors
    /// 6 for an unknown session, 5 for a missing right, 3 for a supervisor who is not in the
    /// session, 2 for a state in which the operation is not offered.
    pub fn permit(&self, media: Media, id: &str, name: &str) -> Result<(), Refusal> {
        let session = self.session(id).filter(|session| session.media == media);
        let Some(session) = session else {
            return Err(Refusal::not_found(id));
        };
        if capabilities::allow(&session.denied, name) {
            return Err(Refusal::new(
                5,
                format!("User lacks the permission for {name}"),
            ));
        }
        let name = match name {
            "SendStopTypingToAgentNotification" => "SendStopTypingToAgentsNotification",
            name => name,
        };
        if capabilities::allow(&capabilities::of(session, self.me.id), name) {
            return Ok(());
        }
        if session.user(self.me.id).is_none() {
            return Err(Refusal::new(3, "User does not take part in this session"));
        }
        let state = match (session.state, self.mode(id)) {
            (State::Chatting, Some(mode)) => mode.name(),
            (state, _) => state.name(),
        };
        Err(Refusal::new(
            2,
            format!("{name} is not valid in the current state ({state})"),
        ))
    }

    /// Does an operation for the user who asked for it, whoever is signed in by now; what it finds
    /// gone it lets be.
    pub fn act(&mut self, user: User, id: &str, operation: &Operation) {
        let signed_in = std::mem::replace(&mut self.me, user);
        self.carry_out(id, operation);
        self.me = signed_in;
    }

    /// When the next accepted operation is to be done.
    pub fn due(&self) -> Option<Duration> {
        self.later.iter().map(|later| later.at).min()
    }

    /// Has an accepted operation done in `wait`.
    pub fn act_in(&mut self, wait: Duration, user: User, session: &str, operation: Operation) {
        self.later.push(Later {
            at: self.clock.now + wait,
            user,
            session: session.to_owned(),
            operation,
        });
    }

    /// Does the operations whose time has come, in its order.
    pub fn act_due(&mut self) {
        let now = self.clock.now;
        let mut due: Vec<Later> = self.later.extract_if(.., |later| later.at <= now).collect();
        due.sort_by_key(|later| later.at);
        for Later {
            user,
            session,
            operation,
            ..
        } in due
        {
            self.act(user, &session, &operation);
        }
    }

    fn carry_out(&mut self, id: &str, operation: &Operation) {
        match operation {
            Operation::Switch(mode) => self.switch(id, *mode),
            Operation::Write(kind, text, visibility) => {
                let own = self.session(id).and_then(|s| s.user(self.me.id)).cloned();
                if let Some(own) = own {
                    self.write(id, own, kind, text.clone(), *visibility);
                    if *kind == "Text" {
                        self.spoken.push((id.to_owned(), *visibility));
                    }
                }
            }
            Operation::Accept => {
                if let Some(session) = self.session_mut(id) {
                    session.state = State::Chatting;
                    self.announce(id);
                }
            }
            Operation::Leave => self.leave(id),
            Operation::Complete => self.end(id, State::Completed, false),
            Operation::SetInFocus => {}
            Operation::SetUserData(data) => {
                if let Some(session) = self.session_mut(id) {
                    session.user_data.extend(data.clone());
                    self.notify_session(id, "PropertiesUpdated");
                }
            }
        }
    }

    /// The customer or the agent of a session says something.
    pub fn say(&mut self, id: &str, kind: Kind, text: &str) -> bool {
        let speaker = self.session(id).and_then(|s| s.first(kind)).cloned();
        let Some(speaker) = speaker else { return false };
        self.write(id, speaker, "Text", Some(text.to_owned()), Visibility::All);
        true
    }
}
