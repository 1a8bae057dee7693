//! What a person does to a control, heard on its outermost node.
//!
//! Not by Yew's `onclick`: a `<dialog>` closes by events that do not bubble, and the machinery behind Yew's listeners is
//! a twentieth of what a page downloads. Nothing is asked what it is an instance of: a page may have another `Element`.

use gws::Operation;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventTarget, KeyboardEvent, MouseEvent, Node, Window};
use yew::html::Scope;

use super::control::{Button, Control, Msg};
use super::press::Means;
use crate::net::clock::window;
use crate::net::page::{Listener, of};

/// Has a control told of what is done to it, until the listener is dropped.
pub(super) fn listen(base: &EventTarget, control: &Scope<Control>) -> Listener {
    let control = control.clone();
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
        let message = match &*event.type_() {
            "pointerdown" => Some(Msg::Down(Means::Pointer, at)),
            "mousedown" => Some(Msg::Down(Means::Mouse, at)),
            "keydown" => key_pressed(&event).then_some(Msg::Down(Means::Key, at)),
            "pointercancel" => Some(Msg::GivenUp(Means::Pointer)),
            "focusout" => Some(Msg::GivenUp(Means::Key)),
            "click" => clicked(&event),
            _ => Some(Msg::Cancelled),
        };
        if let Some(message) = message {
            control.send_message(message);
        }
    })
}

/// While a question is open, Escape closes it and nothing else: neither what the page has around it, nor by the page's own
/// keys. A question in place has that key while the focus is in it; a dialog has all keys.
pub(super) fn listen_for_escape(base: Node, all: bool, control: &Scope<Control>) -> Listener {
    let control = control.clone();
    Listener::new(&home(&base), &["keydown"], move |event| {
        let key = &event.unchecked_ref::<KeyboardEvent>().key();
        if key == "Escape" && (all || has_focus(&base)) {
            keep(&event);
            control.send_message(Msg::Escaped);
        }
    })
}

/// The Escape key that closed a question is the question's until it is let go: its repetitions and its `keyup` are not the
/// page's either.
pub(super) fn listen_for_release(base: &Node, control: &Scope<Control>) -> Listener {
    let control = control.clone();
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
            control.send_message(Msg::Released);
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

fn clicked(event: &Event) -> Option<Msg> {
    let target = event.target()?.unchecked_into::<Element>();
    let button = target.closest("button").ok()??;
    let button = Button::of_part(&button.get_attribute("part")?)?;
    let event = event.unchecked_ref::<MouseEvent>();
    Some(Msg::Clicked(button, event.detail()))
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

impl Button {
    /// The button whose part has this name.
    fn of_part(part: &str) -> Option<Self> {
        Some(match part {
            "button" => Self::Mode(Operation::SwitchToBargeIn),
            "monitor" => Self::Mode(Operation::SwitchToMonitor),
            "coach" => Self::Mode(Operation::SwitchToCoach),
            "confirm" => Self::Confirm,
            "cancel" => Self::Cancel,
            _ => return None,
        })
    }
}
