//! Every way a session can change, each with the notifications that GWS sends for it.

use serde_json::json;

use super::new_session;
use super::session::{Entry, Participant, Session};
use super::users::User;
use super::words::{Kind, Mode, State, Visibility};
use super::world::World;

impl World {
    /// Adds a session and announces it: its state, who is in it, and its history.
    pub fn start(&mut self, session: Session) {
        let id = session.id.clone();
        self.sessions.push(session);
        self.announce(&id);
    }

    /// Sends what a supervisor gets on being added to a session.
    pub fn announce(&mut self, id: &str) {
        self.notify_session(id, "StatusChange");
        self.notify_session(id, "ParticipantsUpdated");
        let history = self.session(id).map(|s| s.log.clone()).unwrap_or_default();
        self.notify_entries(id, &history);
    }

    /// Signs another user in. With a mode they are in every session so, as if they had been; without
    /// one who takes part in what stays. Nobody is told: it is another user's view of what was.
    pub fn sign_in(&mut self, user: User, mode: Option<Option<Mode>>) {
        self.me = user;
        self.bayeux.user = user.id;
        let Some(mode) = mode else { return };
        for session in &mut self.sessions {
            let is_own = |p: &Participant| p.user_id.as_deref() == Some(user.id);
            session.participants.retain(|p| !is_own(p));
            let own = mode.map(|mode| new_session::supervisor(&session.id, user, mode));
            session.participants.extend(own);
        }
    }

    /// Puts the supervisor into a mode. A switch into the present mode changes nothing.
    pub fn switch(&mut self, id: &str, mode: Mode) {
        let me = self.me.id;
        let Some(session) = self.session_mut(id) else {
            return;
        };
        let own = session
            .participants
            .iter_mut()
            .find(|p| p.user_id.as_deref() == Some(me));
        let Some(own) = own else { return };
        if own.visibility == mode.visibility() {
            return;
        }
        own.visibility = mode.visibility();
        let own = own.clone();
        self.notify_session(id, "ParticipantsUpdated");
        self.write(id, own.clone(), "ParticipantRejoined", None, own.visibility);
    }

    /// Adds an entry to the log and announces it. Typing takes an index but is not kept.
    pub fn write(
        &mut self,
        id: &str,
        from: Participant,
        kind: &'static str,
        text: Option<String>,
        visibility: Visibility,
    ) {
        let now_ms = self.clock.wall_ms();
        let Some(session) = self.session_mut(id) else {
            return;
        };
        let entry = session.append(from, kind, text, visibility, now_ms);
        self.notify_entries(id, &[entry]);
    }

    /// Adds a participant.
    pub fn join(&mut self, id: &str, participant: Participant) {
        let Some(session) = self.session_mut(id) else {
            return;
        };
        session.participants.push(participant.clone());
        let visibility = participant.visibility;
        self.notify_session(id, "ParticipantsUpdated");
        self.write(id, participant, "ParticipantJoined", None, visibility);
    }

    /// Takes a participant out, by participant id.
    pub fn part(&mut self, id: &str, participant_id: &str) {
        let Some(session) = self.session_mut(id) else {
            return;
        };
        let place = session
            .participants
            .iter()
            .position(|p| p.participant_id == participant_id);
        let Some(place) = place else { return };
        let gone = session.participants.remove(place);
        let visibility = gone.visibility;
        self.notify_session(id, "ParticipantsUpdated");
        self.write(id, gone, "ParticipantLeft", None, visibility);
    }

    /// Another agent takes the place of the present one.
    pub fn transfer(&mut self, id: &str, to: Participant) {
        let Some(session) = self.session(id) else {
            return;
        };
        let from = session.first(Kind::Agent).map(|p| p.participant_id.clone());
        self.join(id, to);
        if let Some(from) = from {
            self.part(id, &from);
        }
    }

    /// Ends a session with a state; unless `keep`, it leaves the list.
    pub fn end(&mut self, id: &str, state: State, keep: bool) {
        let Some(session) = self.session_mut(id) else {
            return;
        };
        session.state = state;
        session.capabilities = None;
        self.notify_session(id, "StatusChange");
        if !keep {
            self.sessions.retain(|session| session.id != id);
        }
    }

    /// The supervisor goes: out of a conference the session is completed for them and goes on
    /// without; as the last one beside the customer they end it for the customer too.
    pub fn leave(&mut self, id: &str) {
        let Some(session) = self.session(id) else {
            return;
        };
        let Some(own) = session.user(self.me.id).cloned() else {
            return;
        };
        if session.first(Kind::Agent).is_some() {
            self.part(id, &own.participant_id);
            self.end(id, State::Completed, false);
        } else {
            self.end(id, State::LeftChat, true);
        }
    }

    /// Sends a state notification of a session.
    pub fn notify_session(&mut self, id: &str, notification_type: &str) {
        let Some(session) = self.session(id) else {
            return;
        };
        let media = session.media;
        let data = json!({
            "messageType": media.message_type(),
            "notificationType": notification_type,
            media.key(): session.json(&self.base, self.me.id),
        });
        self.bayeux
            .tell(self.me.id, media.channel(), &data.to_string());
    }

    fn notify_entries(&mut self, id: &str, entries: &[Entry]) {
        let Some(session) = self.session(id) else {
            return;
        };
        let media = session.media;
        let messages: Vec<_> = entries.iter().map(|e| e.json(&self.base)).collect();
        let key = media.key();
        let mut data = json!({
            "messageType": "MessageLogUpdated",
            "notificationType": "NewMessages",
            "messages": messages,
        });
        data[format!("{key}Uri")] = session.uri(&self.base).into();
        if let Some(path) = session.path() {
            data[format!("{key}Path")] = path.into();
        }
        self.bayeux
            .tell(self.me.id, media.channel(), &data.to_string());
    }
}
