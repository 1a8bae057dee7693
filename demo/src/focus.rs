//! Keeps the keyboard focus when a narrow page switches between its parts.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::NodeRef;

/// Where the focus goes when the part that had it is hidden.
pub enum Focus {
    /// To the conversation's heading.
    Title,
    /// To the chosen session in the list.
    Row,
}

impl Focus {
    /// Moves the focus if it was lost. On a wide page both parts stay visible and the focus does
    /// not move.
    pub fn restore(self, title: &NodeRef) {
        let document = web_sys::window().and_then(|window| window.document());
        let active = document
            .as_ref()
            .and_then(|document| document.active_element());
        if active.is_some_and(|active| active.client_height() > 0 && active.tag_name() != "BODY") {
            return;
        }
        let target = match self {
            Self::Title => title.cast::<HtmlElement>(),
            Self::Row => document
                .and_then(|document| document.query_selector(".session[aria-current]").ok()?)
                .and_then(|row| row.dyn_into().ok()),
        };
        if let Some(target) = target {
            let _ = target.focus();
        }
    }
}
