//! One supervised session: its participants, its state, its message log, and what each viewer of
//! the log may see.

use serde_json::{Map, Value};

use super::words::{Kind, Media, State, Visibility};

/// Someone in a session.
#[derive(Debug, Clone)]
pub struct Participant {
    /// Name shown to the others.
    pub nickname: String,
    /// `type` on the wire.
    pub kind: Kind,
    /// Agents and supervisors have one, customers do not.
    pub user_id: Option<String>,
    /// Whether it is a supervisor; the wire does not tell.
    pub supervisor: bool,
    /// Who sees the participant.
    pub visibility: Visibility,
    /// Key within the session.
    pub participant_id: String,
}

/// One entry of the message log.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Position in the log, from 1; gaps occur.
    pub index: u64,
    /// Who did it, as they were then.
    pub from: Participant,
    /// `type` on the wire: `Text`, `ParticipantJoined`, ...
    pub kind: &'static str,
    /// The words, where the type has any.
    pub text: Option<String>,
    /// Who sees it.
    pub visibility: Visibility,
    /// Milliseconds since 1970.
    pub at_ms: u64,
}

/// A session as the server knows it.
#[derive(Debug, Clone)]
pub struct Session {
    /// `id` on the wire.
    pub id: String,
    /// Which API serves it.
    pub media: Media,
    /// `state` on the wire.
    pub state: State,
    /// When it began, milliseconds since 1970.
    pub received_ms: u64,
    /// In order of joining.
    pub participants: Vec<Participant>,
    /// Replaces the capabilities that follow from the mode.
    pub capabilities: Option<Vec<String>>,
    /// How this session spells the barge-in capability; the documentation has two spellings.
    pub spelling: &'static str,
    /// Operations that the supervisor has no right to.
    pub denied: Vec<String>,
    /// The message log; typing notices take an index but are not kept.
    pub log: Vec<Entry>,
    /// Index of the next entry.
    pub next_index: u64,
    /// `userData` on the wire.
    pub user_data: Map<String, Value>,
}

impl Session {
    /// The participant with this user id.
    pub fn user(&self, user_id: &str) -> Option<&Participant> {
        let is_user = |p: &&Participant| p.user_id.as_deref() == Some(user_id);
        self.participants.iter().find(is_user)
    }

    /// The customer, or the first agent who is no supervisor.
    pub fn first(&self, kind: Kind) -> Option<&Participant> {
        self.participants
            .iter()
            .find(|p| p.kind == kind && !p.supervisor)
    }

    /// `uri` on the wire: without `/me`, as in the samples.
    pub fn uri(&self, base: &str) -> String {
        format!("{base}/api/v2/{}/{}", self.media.collection(), self.id)
    }

    /// `path` on the wire; the samples show it for chats only.
    pub fn path(&self) -> Option<String> {
        (self.media == Media::Chat).then(|| format!("/{}/{}", self.media.collection(), self.id))
    }

    /// The log as a customer or an agent sees it; a supervisor sees all of it.
    pub fn seen_by(&self, kind: Kind) -> impl Iterator<Item = &Entry> {
        self.log.iter().filter(move |entry| match kind {
            Kind::Customer => entry.visibility == Visibility::All,
            Kind::Agent => entry.visibility != Visibility::Supervisors,
        })
    }

    /// Adds an entry without telling anybody; for histories.
    pub fn append(
        &mut self,
        from: Participant,
        kind: &'static str,
        text: Option<String>,
        visibility: Visibility,
        at_ms: u64,
    ) -> Entry {
        let entry = Entry {
            index: self.next_index,
            from,
            kind,
            text,
            visibility,
            at_ms,
        };
        self.next_index += 1;
        if !kind.starts_with("Typing") {
            self.log.push(entry.clone());
        }
        entry
    }
}
