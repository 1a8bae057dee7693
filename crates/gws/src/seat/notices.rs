//! Typing notices: only to those who will read the message, and never with its text.

use super::audience::Audience;
use crate::{Millis, Session};

/// A start notice is repeated after this time, in ms, while the user goes on typing.
const AGAIN: Millis = 8_000;
/// A stop notice is due this long after the last key, in ms.
const PAUSE: Millis = 5_000;

/// The typing notices of one session.
#[derive(Debug, Default)]
pub struct Notices {
    told: Option<Told>,
    /// What is to be sent, in order.
    queue: Vec<(Audience, bool)>,
}

#[derive(Clone, Copy, Debug)]
struct Told {
    audience: Audience,
    said: Millis,
    last_key: Millis,
}

impl Notices {
    /// The user has changed the text for this audience.
    pub fn typed(&mut self, audience: Audience, text: &str, now: Millis) {
        if text.is_empty() || self.told.is_some_and(|told| told.audience != audience) {
            self.stop();
        }
        if text.is_empty() {
            return;
        }
        let said = match self.told {
            Some(told) if now.saturating_sub(told.said) < AGAIN => told.said,
            _ => {
                self.queue.push((audience, true));
                now
            }
        };
        self.told = Some(Told {
            audience,
            said,
            last_key: now,
        });
    }

    /// The user stopped typing: sent, left, changed the audience, or the panel was removed.
    pub fn stop(&mut self) {
        if let Some(told) = self.told.take() {
            self.queue.push((told.audience, false));
        }
    }

    /// The operation to send, as the session's capabilities spell it; an operation that they do not
    /// list is not sent. To be called until it gives `None`.
    pub fn poll_operation(&mut self, session: &Session) -> Option<String> {
        while !self.queue.is_empty() {
            let (audience, starts) = self.queue.remove(0);
            let names = spellings(audience, starts);
            let is_it = |listed: &&String| names.contains(&listed.as_str());
            if let Some(name) = session.capabilities().iter().find(is_it) {
                return Some(name.clone());
            }
        }
        None
    }

    /// When [`Self::handle_timeout`] is to be called, at the latest.
    pub fn poll_timeout(&self) -> Option<Millis> {
        self.told.map(|told| told.last_key.saturating_add(PAUSE))
    }

    /// The time is this.
    pub fn handle_timeout(&mut self, now: Millis) {
        if self.poll_timeout().is_some_and(|due| due <= now) {
            self.stop();
        }
    }
}

/// Genesys's page about `SendStopTypingToAgentsNotification` spells it with `ToAgent`, so both
/// spellings are accepted.
fn spellings(audience: Audience, starts: bool) -> &'static [&'static str] {
    match (audience, starts) {
        (Audience::Everyone, true) => &["SendStartTypingNotification"],
        (Audience::Everyone, false) => &["SendStopTypingNotification"],
        (Audience::Agents, true) => &[
            "SendStartTypingToAgentsNotification",
            "SendStartTypingToAgentNotification",
        ],
        (Audience::Agents, false) => &[
            "SendStopTypingToAgentsNotification",
            "SendStopTypingToAgentNotification",
        ],
    }
}
