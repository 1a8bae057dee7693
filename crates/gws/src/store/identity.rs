//! The own user id: the given one, else that of `/me`.

use crate::standing::Own;

/// What is known about the own user id.
#[derive(Debug, Default)]
pub(super) struct Identity {
    /// The `user-id` attribute, which outranks `/me`.
    pub given: Option<String>,
    /// What `/me` said.
    pub me: Option<String>,
    /// `/me` has been answered, with an id or without.
    pub settled: bool,
}

impl Identity {
    pub fn id(&self) -> Option<&str> {
        self.given.as_deref().or(self.me.as_deref())
    }

    pub fn own(&self) -> Own<'_> {
        match self.id() {
            Some(id) => Own::Known(id),
            None if self.settled => Own::Unavailable,
            None => Own::Unknown,
        }
    }
}
