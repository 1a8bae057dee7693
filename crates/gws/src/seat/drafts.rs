//! The unsent text, one draft for each audience.
//!
//! The audience belongs to the draft, not to the mode. So a draft for agents stays one when the
//! mode changes, and text reaches the customer only by an action of the user.

use super::audience::{Audience, Hindrance, Rights, Situation};
use crate::Visibility;

/// The drafts of one session and which of them the message box shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Drafts {
    shown: Audience,
    agents: String,
    everyone: String,
    /// A barge-in pressed on this page was confirmed while the drafts were empty, and the box does
    /// not show everyone yet: the confirmation may come before the right to send.
    widens: bool,
}

/// The message that a press has captured. It never changes afterwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Who is to read it.
    pub audience: Audience,
    /// The words.
    pub text: String,
}

impl Default for Drafts {
    /// Empty drafts, and the box shows the one for agents.
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
    /// The audience whose draft the box shows.
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

    /// Whether all drafts are empty.
    pub fn is_empty(&self) -> bool {
        self.agents.is_empty() && self.everyone.is_empty()
    }

    /// The audience that the panel reports; `None` if there is no message box.
    pub fn audience(&self, rights: Rights) -> Option<Audience> {
        let has_box = rights.agents || rights.everyone || !self.is_empty();
        has_box.then_some(self.shown)
    }

    /// The box has this text now. `audience` is what the user saw: the box may just have changed
    /// its audience, and text begun for agents stays for agents.
    pub fn write(&mut self, audience: Audience, text: &str) {
        if !text.is_empty() {
            self.widens = false;
            self.shown = audience;
        }
        text.clone_into(self.get_mut(audience));
    }

    /// The user chooses an audience. It must be allowed, or have a draft with text. Returns whether
    /// the box shows it now.
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

    /// The facts have changed. An empty box goes back to agents if everyone is no longer allowed;
    /// it changes to everyone only after a barge-in pressed on this page.
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

    /// Moves the text of the box to the other audience, whose draft must be empty. `asked` is the
    /// text that the user was shown; any other text is not moved. Sends nothing.
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

    /// Puts unsent text back into its draft if that is empty, and shows it. It is never appended to
    /// other text.
    pub fn put_back(&mut self, message: &Message) -> bool {
        let is_free = self.text(message.audience).is_empty();
        if is_free {
            self.write(message.audience, &message.text);
        }
        is_free
    }

    /// The message that a press sends now. `audience` is what the user saw when the press began;
    /// `longest` is in UTF-16 units. The draft keeps its text until [`Self::taken`].
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
        if text.chars().all(char::is_whitespace) {
            return Err(Hindrance::Empty);
        }
        // It never has more UTF-16 units than bytes, so most texts need not be counted at each look.
        if text.len() > longest {
            let surplus = text.encode_utf16().count().saturating_sub(longest);
            if surplus > 0 {
                return Err(Hindrance::TooLong(surplus));
            }
        }
        let text = text.to_owned();
        Ok(Message { audience, text })
    }

    /// The message is being sent. Clears its draft if that still holds the same text.
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
