//! What is being written, one draft for each audience.
//!
//! The audience belongs to the draft and not to the mode. So half a whisper stays a whisper
//! whatever the mode does meanwhile, and words get to the customer only by an action of their own.

use super::audience::{Audience, Hindrance, Rights, Situation};
use crate::Visibility;

/// The drafts of one session and which of them the message box shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Drafts {
    shown: Audience,
    agents: String,
    everyone: String,
    /// A barge-in pressed on this page was confirmed while nothing was written, and the box has
    /// not turned to everyone yet: the facts that confirm it may come before the right to send.
    widens: bool,
}

/// What a press has captured. Nothing changes it any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Who is to read it.
    pub audience: Audience,
    /// The words.
    pub text: String,
}

impl Default for Drafts {
    /// Nothing is written, and the box is for agents.
    fn default() -> Self {
        Self {
            shown: Audience::Agents,
            agents: String::new(),
            everyone: String::new(),
            widens: false,
        }
    }
}

impl Drafts {
    /// Whose draft the box shows.
    pub fn shown(&self) -> Audience {
        self.shown
    }

    /// The words for this audience.
    pub fn text(&self, audience: Audience) -> &str {
        match audience {
            Audience::Agents => &self.agents,
            Audience::Everyone => &self.everyone,
        }
    }

    /// Whether nothing is written, for nobody.
    pub fn is_empty(&self) -> bool {
        self.agents.is_empty() && self.everyone.is_empty()
    }

    /// The audience that the panel tells: `None` where there is no box to write in.
    pub fn audience(&self, rights: Rights) -> Option<Audience> {
        let has_box = rights.agents || rights.everyone || !self.is_empty();
        has_box.then_some(self.shown)
    }

    /// The box has these words now. `audience` is what the person saw in it: the box may just have
    /// turned, and what was begun for agents goes to agents.
    pub fn write(&mut self, audience: Audience, text: &str) {
        if !text.is_empty() {
            self.widens = false;
            self.shown = audience;
        }
        text.clone_into(self.get_mut(audience));
    }

    /// The person chooses an audience. It must be allowed, or there must be words for it to get
    /// back to. Says whether the box shows it now.
    pub fn choose(&mut self, audience: Audience, rights: Rights) -> bool {
        if rights.allows(audience) || !self.text(audience).is_empty() {
            self.widens = false;
            self.shown = audience;
        }
        self.shown == audience
    }

    /// A barge-in that was pressed on this page is confirmed.
    pub fn barge_in_confirmed(&mut self, rights: Rights) {
        self.widens = self.is_empty();
        self.follow(rights);
    }

    /// The facts have changed. An empty box goes back to agents where everyone is lost; it turns
    /// to everyone only by a barge-in that was pressed on this page.
    pub fn follow(&mut self, rights: Rights) {
        self.widens &= rights.visibility == Some(Visibility::All);
        if rights.everyone && self.widens {
            self.shown = Audience::Everyone;
            self.widens = false;
        }
        if !rights.everyone && self.everyone.is_empty() {
            self.shown = Audience::Agents;
        }
    }

    /// Moves the words of the box to the other audience, whose draft must be empty. `asked` are the
    /// words that the person was shown: others do not move. Sends nothing.
    pub fn move_to(&mut self, audience: Audience, asked: &str, rights: Rights) -> bool {
        let moves = audience != self.shown
            && rights.allows(audience)
            && self.text(audience).is_empty()
            && self.text(self.shown) == asked;
        if moves {
            let text = std::mem::take(self.get_mut(self.shown));
            self.write(audience, &text);
        }
        moves
    }

    /// Puts words back that were not sent, if their draft is empty, and shows it. They are never
    /// added to other words.
    pub fn put_back(&mut self, message: &Message) -> bool {
        let is_free = self.text(message.audience).is_empty();
        if is_free {
            self.write(message.audience, &message.text);
        }
        is_free
    }

    /// What a press sends now. `audience` is what the person saw when the press began; `longest` is
    /// in UTF-16 units. The draft keeps its words until [`Self::taken`].
    pub fn press(
        &self,
        audience: Audience,
        situation: &Situation,
        longest: usize,
    ) -> Result<Message, Hindrance> {
        let text = self.text(audience);
        if let Some(hindrance) = situation.hindrance(audience) {
            return Err(hindrance);
        }
        if text.trim().is_empty() {
            return Err(Hindrance::Empty);
        }
        let surplus = text.encode_utf16().count().saturating_sub(longest);
        if surplus > 0 {
            return Err(Hindrance::TooLong(surplus));
        }
        let text = text.to_owned();
        Ok(Message { audience, text })
    }

    /// The message is on its way. Its words go from its own draft, if they are still what is there.
    pub fn taken(&mut self, message: &Message) {
        let draft = self.get_mut(message.audience);
        if *draft == message.text {
            draft.clear();
        }
    }

    fn get_mut(&mut self, audience: Audience) -> &mut String {
        match audience {
            Audience::Agents => &mut self.agents,
            Audience::Everyone => &mut self.everyone,
        }
    }
}
