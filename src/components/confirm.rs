//! The confirmation before a barge-in: its kinds and its text.

use gws::{Session, Visibility};

use crate::strings::{Strings, Text, foreign};

/// Whether and how a barge-in is confirmed before it is requested.
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
    /// The confirmation with this name. It never fails open: an unknown name means inline.
    pub fn from_name(name: &str) -> Self {
        match name {
            "none" => Self::None,
            "dialog" => Self::Dialog,
            _ => Self::Inline,
        }
    }
}

/// How long a name may be, in UTF-16 units.
const LONGEST_NAME: usize = 40;

/// The question's text: who will see the messages, by nickname where known.
///
/// A nickname is put in quotation marks and its own are replaced: one that reads like a sentence must not look like the
/// widget's text.
pub fn question(session: Option<&Session>, me: Option<&str>, strings: &Strings) -> String {
    let participants = session.map(Session::participants).unwrap_or_default();
    let named = |kind: &str| {
        let found = participants.iter().find(|one| {
            let own = me.is_some_and(|me| one.is_user(me));
            one.kind == kind && !own && matches!(one.visibility, None | Some(Visibility::All))
        });
        let name = found.and_then(|one| one.nickname.as_deref())?;
        let name = foreign(name, LONGEST_NAME, true)?;
        Some(strings.fill(Text::Name, &[("name", &name)]))
    };
    let agent = named("Agent");
    let customer = named("Customer");
    let agent = agent.as_deref().unwrap_or(strings.get(Text::TheAgent));
    let customer = customer
        .as_deref()
        .unwrap_or(strings.get(Text::TheCustomer));
    strings.fill(Text::AskText, &[("agent", agent), ("customer", customer)])
}
