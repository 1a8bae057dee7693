//! What a person does in the transcript, as the panel's listener hears it.

use web_sys::{Element, KeyboardEvent};

use super::Msg;
use crate::panel::gestures::Gesture;

/// A button was clicked.
pub(in crate::panel) fn pressed(button: &Element) -> Option<Gesture> {
    if button.get_attribute("class").as_deref() == Some("all") {
        return Some(Gesture::Transcript(Msg::Unfold(button.clone())));
    }
    match &*button.get_attribute("part")? {
        "earlier" => Some(Gesture::Transcript(Msg::Earlier)),
        "newest" => Some(Gesture::Transcript(Msg::Newest)),
        _ => None,
    }
}

/// The focus came to a node.
pub(in crate::panel) fn focused(target: &Element) -> Option<Gesture> {
    Some(Gesture::Transcript(Msg::Focused(line_of(target)?)))
}

/// A key was pressed in a node.
pub(in crate::panel) fn key(target: &Element, event: &KeyboardEvent) -> Option<Gesture> {
    let key = event.key();
    let moves = matches!(&*key, "ArrowUp" | "ArrowDown" | "Home" | "End" | "Escape");
    let with_others = event.ctrl_key() || event.alt_key() || event.meta_key();
    let line = line_of(target).filter(|_| moves && !with_others)?;
    event.prevent_default();
    Some(match key == "Escape" {
        true => Gesture::Quit,
        false => Gesture::Transcript(Msg::Key(line, key)),
    })
}

/// The line that a node is in.
fn line_of(node: &Element) -> Option<Element> {
    node.closest("[part=lines] > [tabindex]").ok()?
}
