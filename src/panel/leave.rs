//! The Leave control, and the panel's question.

use yew::Html;

use super::strings::PanelText;
use crate::element::{Said, Words, element};
use crate::strings::{Strings, Text};

/// What decides how Leave is shown.
pub(super) struct Leave {
    /// The page wants the control.
    pub shown: bool,
    /// The conversation would end for the customer, or may.
    pub ends: bool,
    /// It can be pressed now.
    pub can: bool,
    /// It is under way.
    pub busy: bool,
}

/// The control, last and apart.
pub(super) fn leave(leave: &Leave, ask: Html, strings: &Strings) -> Html {
    let text = match leave.ends {
        true => PanelText::EndConversation,
        false => PanelText::Leave,
    };
    let button = element!(
        "button",
        "type" = "button",
        "part" = "leave",
        "aria-disabled" = (!leave.can).then_some("true"),
        "aria-busy" = leave.busy.then_some("true"),
        "textContent" = Said(text, strings)
    );
    element!(
        "div",
        "class" = "leaving",
        "hidden" = !leave.shown,
        [button, ask]
    )
}

/// A question of the panel; hidden without words.
pub(super) fn question(words: Option<&str>, confirm: PanelText, strings: &Strings) -> Html {
    let (is_hidden, label) = (words.is_none(), words.map(Words));
    let button = |part: &'static str, text: &str| {
        element!(
            "button",
            "type" = "button",
            "part" = part,
            "textContent" = Words(text)
        )
    };
    element!(
        "div",
        "part" = "ask",
        "role" = "group",
        "hidden" = is_hidden,
        "aria-label" = label,
        [
            element!(
                "span",
                "dir" = "auto",
                "textContent" = Words(words.unwrap_or_default())
            ),
            button("cancel", strings.get(Text::Cancel)),
            button("confirm", strings.get(confirm))
        ]
    )
}
