//! What a person does in the transcript. Not by Yew's listeners, which the build takes out.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};

use super::Msg;

/// What a click, a key or a move of the focus means.
pub(super) fn gesture(event: &Event) -> Option<Msg> {
    let target = event.target()?.unchecked_into::<Element>();
    let line = || target.closest("[part=lines] > [tabindex]").ok()?;
    match &*event.type_() {
        "click" => {
            let button = target.closest("button").ok()??;
            if button.get_attribute("class").as_deref() == Some("all") {
                return Some(Msg::Unfold(button));
            }
            match &*button.get_attribute("part")? {
                "earlier" => Some(Msg::Earlier),
                "newest" => Some(Msg::Newest),
                _ => None,
            }
        }
        "focusin" => Some(Msg::Focused(line()?)),
        _ => {
            let event = event.unchecked_ref::<KeyboardEvent>();
            let key = event.key();
            let moves = matches!(&*key, "ArrowUp" | "ArrowDown" | "Home" | "End" | "Escape");
            let with_others = event.ctrl_key() || event.alt_key() || event.meta_key();
            let line = line().filter(|_| moves && !with_others)?;
            event.prevent_default();
            Some(Msg::Key(line, key))
        }
    }
}
