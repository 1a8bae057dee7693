//! What the user writes and sends: from the message box to the outbox.

use super::{Audience, Hindrance, Message, Post, RowChange, Seat, Timeouts};
use crate::{Failure, Millis};

impl Seat {
    /// The box has this text now; see [`super::Drafts::write`].
    pub fn write(&mut self, audience: Audience, text: &str, now: Millis) {
        self.drafts.write(audience, text);
        self.notices.typed(audience, text, now);
    }

    /// The user chooses an audience; see [`super::Drafts::choose`].
    pub fn choose(&mut self, audience: Audience) -> bool {
        self.notices.stop();
        self.drafts.choose(audience, self.rights())
    }

    /// The user moves the text to the other audience; see [`super::Drafts::move_to`].
    pub fn move_to(&mut self, audience: Audience, asked: &str) -> bool {
        self.notices.stop();
        self.drafts.move_to(audience, asked, self.rights())
    }

    /// The message that a press sends now; see [`super::Drafts::press`]. Call [`Self::send`] next, unless the page
    /// cancels it.
    pub fn press(&self, audience: Audience, longest: usize) -> Result<Message, Hindrance> {
        self.drafts.press(audience, &self.situation(), longest)
    }

    /// Sends the message once. Returns its row's id.
    pub fn send(&mut self, message: Message, timeouts: Timeouts) -> u32 {
        self.notices.stop();
        self.drafts.taken(&message);
        self.outbox.press(message, timeouts)
    }

    /// The user has pressed "Send again"; see [`super::Outbox::resend`].
    pub fn resend(&mut self, id: u32, timeouts: Timeouts) -> Result<(), Hindrance> {
        self.outbox.resend(id, &self.situation(), timeouts)
    }

    /// Removes a row.
    pub fn discard(&mut self, id: u32) -> bool {
        self.outbox.take(id).is_some()
    }

    /// Puts the text of a row back into its draft, if that is empty.
    pub fn edit(&mut self, id: u32) -> bool {
        let row = self.outbox.rows().iter().find(|row| row.id == id);
        let is_free = row.is_some_and(|row| self.drafts.text(row.message.audience).is_empty());
        let message = is_free.then(|| self.outbox.take(id)).flatten();
        message.is_some_and(|message| self.drafts.put_back(&message))
    }

    /// The message box is gone, so the user no longer writes.
    pub fn stop_typing(&mut self) {
        self.notices.stop();
    }

    /// Brings back a draft after the instance was started anew.
    pub fn restore_draft(&mut self, draft: &Message) {
        if !draft.text.is_empty() {
            self.drafts.put_back(draft);
        }
        self.drafts.choose(Audience::Agents, self.rights());
    }

    /// Brings back a row after the instance was started anew; see [`super::Outbox::restore`].
    pub fn restore_row(
        &mut self,
        id: u32,
        message: Message,
        before: Option<i64>,
        timeouts: Timeouts,
    ) {
        self.outbox.restore(id, message, before, timeouts);
    }

    /// The message to send now, if any; see [`super::Outbox::poll_post`].
    pub fn poll_post(&mut self, now: Millis) -> Option<Post> {
        let situation = self.situation();
        let newest = self.transcript.newest();
        self.outbox.poll_post(&situation, newest, now)
    }

    /// Whether a POST may leave now; see [`super::Outbox::may_send`].
    pub fn may_send(&mut self, attempt: u32) -> bool {
        let situation = self.situation();
        self.outbox.may_send(attempt, &situation)
    }

    /// The answer to a POST, or that there was none.
    pub fn answered(&mut self, attempt: u32, answer: Result<(), Failure>, now: Millis) {
        self.outbox.answered(attempt, answer, now);
    }

    /// The next change of a row, if any; to be called until it gives `None`.
    pub fn poll_change(&mut self) -> Option<RowChange> {
        self.outbox.poll_change()
    }

    /// The typing operation to send, if any; see [`super::Notices::poll_operation`].
    pub fn poll_notice(&mut self) -> Option<String> {
        self.notices.poll_operation(self.session.as_deref()?)
    }
}
