//! The question before a barge-in: whether it is asked, and what it names.

use gws::{Session, Visibility};

use crate::strings::{Strings, Text};

/// Whether and how a barge-in is confirmed before it is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Confirm {
    /// The first press acts.
    #[default]
    None,
    /// Two steps in place.
    Inline,
    /// An alert dialog.
    Dialog,
}

impl Confirm {
    /// The confirmation of this name; anything else is none.
    pub fn from_name(name: &str) -> Self {
        match name {
            "inline" => Self::Inline,
            "dialog" => Self::Dialog,
            _ => Self::None,
        }
    }
}

/// The question's text: who will see the messages, by nickname where known.
pub fn question(session: Option<&Session>, me: Option<&str>, strings: &Strings) -> String {
    let participants = session.map(Session::participants).unwrap_or_default();
    let named = |kind: &str| {
        let found = participants.iter().find(|one| {
            let own = me.is_some_and(|me| one.is_user(me));
            one.kind == kind && !own && matches!(one.visibility, None | Some(Visibility::All))
        });
        found
            .and_then(|one| one.nickname.as_deref())
            .filter(|name| !name.is_empty())
    };
    let agent = named("Agent").unwrap_or_else(|| strings.get(Text::TheAgent));
    let customer = named("Customer").unwrap_or_else(|| strings.get(Text::TheCustomer));
    strings.fill(Text::AskText, &[("agent", agent), ("customer", customer)])
}
