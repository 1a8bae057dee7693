//! What a person does to a control, heard on its outermost node.
//!
//! Not by Yew's `onclick`: a `<dialog>` closes by events that do not bubble, and the machinery behind Yew's listeners is
//! a twentieth of what a page downloads. Nothing is asked what it is an instance of: a page may have another `Element`.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventTarget, KeyboardEvent, MouseEvent, Node, Window};
use yew::Callback;

use super::parts::Button;
use super::press::Means;
use crate::net::clock::window;
use crate::net::page::{Listener, of};

/// What a person does to a control.
pub enum Gesture {
    /// A press begins, at a time of the events' clock.
    Down(Means, f64),
    /// A press that began ends elsewhere.
    GivenUp(Means),
    /// A button was clicked; the number is the event's count of clicks in a row.
    Clicked(Button, i32),
    /// The question was answered with no.
    Cancelled,
    /// The same, by the Escape key.
    Escaped,
    /// That key was let go.
    Released,
}

/// Calls `hear` with what is done to a control, until the listener is dropped.
pub(super) fn listen(base: &EventTarget, hear: Callback<Gesture>) -> Listener {
    let kinds = &[
        "pointerdown",
        "mousedown",
        "keydown",
        "pointercancel",
        "focusout",
        "click",
        "cancel",
        "close",
    ];
    Listener::new(base, kinds, move |event| {
        let at = event.time_stamp();
        let gesture = match &*event.type_() {
            "pointerdown" => Some(Gesture::Down(Means::Pointer, at)),
            "mousedown" => Some(Gesture::Down(Means::Mouse, at)),
            "keydown" => key_pressed(&event).then_some(Gesture::Down(Means::Key, at)),
            "pointercancel" => Some(Gesture::GivenUp(Means::Pointer)),
            "focusout" => Some(Gesture::GivenUp(Means::Key)),
            "click" => clicked(&event),
            _ => Some(Gesture::Cancelled),
        };
        gesture.into_iter().for_each(|gesture| hear.emit(gesture));
    })
}

/// While a question is open, Escape closes it and nothing else: neither what the page has around it, nor by the page's own
/// keys. A question in place has that key while the focus is in it; a dialog has all keys.
pub(super) fn listen_for_escape(base: Node, all: bool, hear: Callback<Gesture>) -> Listener {
    Listener::new(&home(&base), &["keydown"], move |event| {
        let key = &event.unchecked_ref::<KeyboardEvent>().key();
        if key == "Escape" && (all || has_focus(&base)) {
            keep(&event);
            hear.emit(Gesture::Escaped);
        }
    })
}

/// The Escape key that closed a question is the question's until it is let go: its repetitions and its `keyup` are not the
/// page's either.
pub(super) fn listen_for_release(base: &Node, hear: Callback<Gesture>) -> Listener {
    Listener::new(&home(base), &["keydown", "keyup"], move |event| {
        let key = event.unchecked_ref::<KeyboardEvent>();
        if key.key() != "Escape" {
            return;
        }
        let is_held = event.type_() == "keydown" && key.repeat();
        // A key that goes down anew was let go where nobody heard it.
        if is_held || event.type_() == "keyup" {
            keep(&event);
        }
        if !is_held {
            hear.emit(Gesture::Released);
        }
    })
}

/// Keeps an event from the page and from the browser.
fn keep(event: &Event) {
    event.prevent_default();
    event.stop_immediate_propagation();
}

/// The window of a node. An element may have been moved to one of its own.
fn home(base: &Node) -> Window {
    base.owner_document()
        .and_then(|document| document.default_view())
        .unwrap_or_else(window)
}

/// Whether the focus is in a node.
pub(super) fn has_focus(base: &Node) -> bool {
    let active = of(&base.get_root_node(), "activeElement");
    active.is_object() && base.contains(Some(active.unchecked_ref()))
}

fn clicked(event: &Event) -> Option<Gesture> {
    let target = event.target()?.unchecked_into::<Element>();
    let button = target.closest("button").ok()??;
    let button = Button::of_part(&button.get_attribute("part")?)?;
    let event = event.unchecked_ref::<MouseEvent>();
    Some(Gesture::Clicked(button, event.detail()))
}

/// Whether a key that presses a button went down.
fn key_pressed(event: &Event) -> bool {
    let event = event.unchecked_ref::<KeyboardEvent>();
    let presses = matches!(event.key().as_str(), "Enter" | " ");
    // A held key would press the button that has just taken the other's place.
    if presses && event.repeat() {
        event.prevent_default();
    }
    presses && !event.repeat()
}
