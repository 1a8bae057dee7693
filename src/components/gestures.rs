//! User gestures on a control, by listeners on its outermost node.
//!
//! Not by Yew's `onclick`: a `<dialog>` closes by events that do not bubble, and Yew's listener code would add several
//! percent to the download. There are no `instanceof` checks, as the page may have replaced `Element`.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventTarget, KeyboardEvent, MouseEvent, Node, Window};
use yew::Callback;

use super::parts::Button;
use super::press::{Hold, Means};
use crate::net::clock::window;
use crate::net::page::{Listener, of};

/// A user gesture on a control.
pub enum Gesture {
    /// A press begins, or ends elsewhere.
    Held(Hold),
    /// A button was clicked; the number is the event's count of clicks in a row.
    Clicked(Button, i32),
    /// The question was answered with no.
    Cancelled,
    /// The question was cancelled by the Escape key.
    Escaped,
    /// The Escape key was released.
    Released,
}

/// Calls `hear` with each gesture on a control, until the listener is dropped.
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
        let gesture = match &*event.type_() {
            "click" => clicked(&event),
            "cancel" | "close" => Some(Gesture::Cancelled),
            _ => hold_of(&event).map(Gesture::Held),
        };
        gesture.into_iter().for_each(|gesture| hear.emit(gesture));
    })
}

/// What an event says of a press of a button.
pub(crate) fn hold_of(event: &Event) -> Option<Hold> {
    let at = event.time_stamp();
    match &*event.type_() {
        "pointerdown" => Some(Hold::Down(Means::Pointer, at)),
        "mousedown" => Some(Hold::Down(Means::Mouse, at)),
        "keydown" => key_pressed(event).then_some(Hold::Down(Means::Key, at)),
        "pointercancel" => Some(Hold::GivenUp(Means::Pointer)),
        "focusout" => Some(Hold::GivenUp(Means::Key)),
        _ => None,
    }
}

/// While a question is open, Escape closes only the question: the event reaches neither the page's own dialogs nor its
/// key handlers. An inline question takes the key while the focus is in it; a dialog takes all keys.
pub(super) fn listen_for_escape(base: Node, all: bool, hear: Callback<Gesture>) -> Listener {
    Listener::new(&home(&base), &["keydown"], move |event| {
        let key = &event.unchecked_ref::<KeyboardEvent>().key();
        if key == "Escape" && (all || has_focus(&base)) {
            keep(&event);
            hear.emit(Gesture::Escaped);
        }
    })
}

/// Until the Escape key that closed a question is released, its repetitions and its `keyup` are kept from the page,
/// too.
pub(super) fn listen_for_release(base: &Node, hear: Callback<Gesture>) -> Listener {
    Listener::new(&home(base), &["keydown", "keyup"], move |event| {
        let key = event.unchecked_ref::<KeyboardEvent>();
        if key.key() != "Escape" {
            return;
        }
        let is_held = event.type_() == "keydown" && key.repeat();
        // A new `keydown` means that the key was released elsewhere, unheard.
        if is_held || event.type_() == "keyup" {
            keep(&event);
        }
        if !is_held {
            hear.emit(Gesture::Released);
        }
    })
}

/// Stops an event and prevents its default action.
fn keep(event: &Event) {
    event.prevent_default();
    event.stop_immediate_propagation();
}

/// The window of a node; the element may have been moved to another window.
fn home(base: &Node) -> Window {
    base.owner_document()
        .and_then(|document| document.default_view())
        .unwrap_or_else(window)
}

/// Whether the focus is in a node.
pub(crate) fn has_focus(base: &Node) -> bool {
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
    // A held key would press the button that has just replaced the first one.
    if presses && event.repeat() {
        event.prevent_default();
    }
    presses && !event.repeat()
}
