//! The Leave control, and the panel's question.

use yew::prelude::*;

use super::strings::PanelText;
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
    html! {
        <div class="leaving" hidden={!leave.shown}>
            <button
                type="button"
                part="leave"
                aria-disabled={(!leave.can).then_some("true")}
                aria-busy={leave.busy.then_some("true")}
                ~textContent={strings.get(text).to_owned()}
            />
            { ask }
        </div>
    }
}

/// A question of the panel; hidden without words.
pub(super) fn question(words: Option<&str>, confirm: PanelText, strings: &Strings) -> Html {
    html! {
        <div part="ask" role="group" hidden={words.is_none()} aria-label={words.map(str::to_owned)}>
            <span dir="auto" ~textContent={words.unwrap_or_default().to_owned()} />
            <button type="button" part="cancel" ~textContent={strings.get(Text::Cancel).to_owned()} />
            <button type="button" part="confirm" ~textContent={strings.get(confirm).to_owned()} />
        </div>
    }
}
