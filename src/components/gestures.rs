//! What a person does to a control, heard on its outermost node.
//!
//! Not by Yew's `onclick`: a `<dialog>` closes by events that do not bubble, and the machinery behind Yew's listeners is
//! a twentieth of what a page downloads.

use gws::Operation;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventTarget, KeyboardEvent, MouseEvent};
use yew::html::Scope;

use super::control::{Button, Control, Msg};
use crate::net::page::Listener;

/// Has a control told of what is done to it, until the listener is dropped.
pub(super) fn listen(base: &EventTarget, control: &Scope<Control>) -> Listener {
    let control = control.clone();
    let kinds = &["click", "keydown", "cancel", "close"];
    Listener::new(base, kinds, move |event| {
        let message = match &*event.type_() {
            "click" => clicked(&event),
            "keydown" => key_pressed(&event),
            _ => Some(Msg::Cancelled),
        };
        if let Some(message) = message {
            control.send_message(message);
        }
    })
}

fn clicked(event: &Event) -> Option<Msg> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let button = target.closest("button").ok()??;
    let button = Button::of_part(&button.get_attribute("part")?)?;
    let event = event.unchecked_ref::<MouseEvent>();
    Some(Msg::Clicked(button, event.detail()))
}

fn key_pressed(event: &Event) -> Option<Msg> {
    let event = event.unchecked_ref::<KeyboardEvent>();
    // A held key would press the button that has just taken the other's place.
    if event.repeat() && matches!(event.key().as_str(), "Enter" | " ") {
        event.prevent_default();
    }
    (event.key() == "Escape").then_some(Msg::Cancelled)
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
