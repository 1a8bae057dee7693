//! What a page may choose about a panel.

use gws::seat::Audience;
use yew::AttrValue;

/// Whose http(s) links can be followed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Links {
    /// Of anybody but the customer: the supervisor's browser holds the privileged session.
    #[default]
    Staff,
    /// Of everybody.
    All,
    /// Of nobody.
    None,
}

/// What is announced of others' new messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Announce {
    /// Author and words.
    #[default]
    Messages,
    /// How many there are.
    Count,
    /// Nothing.
    None,
}

/// A reply that can be put into the message box.
#[derive(Clone, Debug, PartialEq)]
pub struct Canned {
    /// Its name in the list.
    pub title: AttrValue,
    /// Its words.
    pub text: AttrValue,
    /// The only audience that it is for; `None`: both.
    pub audience: Option<Audience>,
}

/// The options of a panel; the defaults are those of the custom element.
#[derive(Clone, Debug, PartialEq)]
pub struct PanelOptions {
    /// Enter sends and Shift+Enter breaks the line; `false`: the other way round.
    pub enter_sends: bool,
    /// What is announced of others' new messages.
    pub announce: Announce,
    /// Whether the others are told that the user is writing; `None`: in a chat, not by SMS.
    pub typing: Option<bool>,
    /// Whose http(s) links can be followed.
    pub links: Links,
    /// The most UTF-16 units of one message.
    pub max_length: u32,
    /// How many lines are drawn at first, and by each "Show earlier messages".
    pub history: u32,
    /// Whether there is a Leave control.
    pub leave: bool,
    /// The language of dates and numbers, as a BCP 47 tag; empty for the browser's.
    pub language: AttrValue,
    /// Render the slots of the custom element.
    pub slots: bool,
}

impl Default for PanelOptions {
    fn default() -> Self {
        Self {
            enter_sends: true,
            announce: Announce::default(),
            typing: None,
            links: Links::default(),
            max_length: 4_000,
            history: 200,
            leave: true,
            language: AttrValue::default(),
            slots: false,
        }
    }
}
