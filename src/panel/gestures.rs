//! What a person does in a panel, by one listener on its outermost node. The mode control has one of its own.

use std::cell::RefCell;
use std::rc::Rc;

use gws::SessionKey;
use gws::seat::Audience;
use js_sys::JsString;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventTarget, HtmlTextAreaElement, KeyboardEvent, MouseEvent};
use yew::Callback;

use super::transcript;
use crate::components::{Hold, hold_of};
use crate::net::page::{Listener, of};

/// A gesture in a panel.
pub enum Gesture {
    /// A press begins, or ends elsewhere.
    Held(Hold),
    /// A button was clicked, with the event's count of clicks in a row.
    Clicked(Act, i32),
    /// The box was changed, and holds this now.
    Written(SessionKey, Audience, JsString),
    /// A key asks for the box to be sent.
    Entered(SessionKey, Audience),
    /// A key moves to the other audience.
    Turned,
    /// A canned reply was chosen.
    Chosen(usize),
    /// The Escape key was pressed in the panel's question.
    Escaped,
    /// The Escape key was pressed in the list of lines.
    Quit,
    /// Something else was done in the transcript.
    Transcript(transcript::Msg),
}

/// The panel's own buttons, by part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Act {
    To(Audience),
    Send,
    Move,
    Resend(u32),
    Edit(u32),
    Discard(u32),
    Leave,
    Confirm,
    Cancel,
}

/// What the box shows, as last rendered: what a person has seen when they write or press.
#[derive(Debug)]
pub struct Shown {
    pub session: SessionKey,
    pub audience: Audience,
    /// The words in the box.
    pub text: String,
    /// The same as the browser has them: comparing costs nothing, while each copy of a long text takes a while.
    pub value: JsString,
    /// Enter sends, and Shift+Enter breaks the line.
    pub enter_sends: bool,
}

/// Calls `hear` with each gesture, until the listener is dropped.
pub(super) fn listen(
    base: &EventTarget,
    shown: Rc<RefCell<Shown>>,
    hear: Callback<Gesture>,
) -> Listener {
    let kinds = &[
        "pointerdown",
        "mousedown",
        "keydown",
        "pointercancel",
        "focusout",
        "focusin",
        "click",
        "input",
        "change",
    ];
    Listener::new(base, kinds, move |event| {
        let shown = shown.borrow();
        let gesture = match &*event.type_() {
            "keydown" => key(&event, &shown),
            "click" => clicked(&event),
            "input" => written(&event, &shown),
            "change" => chosen(&event),
            "focusin" => target(&event).and_then(|target| transcript::focused(&target)),
            _ => hold_of(&event).map(Gesture::Held),
        };
        drop(shown);
        gesture.into_iter().for_each(|gesture| hear.emit(gesture));
    })
}

fn target(event: &Event) -> Option<Element> {
    Some(event.target()?.unchecked_into())
}

/// The part of the event's target, or of the closest node that has one.
fn part(element: &Element) -> Option<(Element, String)> {
    let element = element.closest("[part]").ok()??;
    let part = element.get_attribute("part")?;
    Some((element, part))
}

fn clicked(event: &Event) -> Option<Gesture> {
    let button = target(event)?.closest("button").ok()??;
    if let Some(gesture) = transcript::pressed(&button) {
        return Some(gesture);
    }
    let (button, part) = part(&button)?;
    // The mode control asks a question of its own.
    if button.closest("[part=modes]").ok()?.is_some() {
        return None;
    }
    let id = || Some(json::read_integer(&button.get_attribute("data-id")?)? as u32);
    let act = match &*part {
        "to-agents" => Act::To(Audience::Agents),
        "to-everyone" => Act::To(Audience::Everyone),
        "send" => Act::Send,
        "move" => Act::Move,
        "resend" => Act::Resend(id()?),
        "edit" => Act::Edit(id()?),
        "discard" => Act::Discard(id()?),
        "leave" => Act::Leave,
        "confirm" => Act::Confirm,
        "cancel" => Act::Cancel,
        _ => return None,
    };
    let clicks = event.unchecked_ref::<MouseEvent>().detail();
    Some(Gesture::Clicked(act, clicks))
}

fn written(event: &Event, shown: &Shown) -> Option<Gesture> {
    let (element, part) = part(&target(event)?)?;
    let value = || value_of(&element);
    (part == "box").then(|| Gesture::Written(shown.session.clone(), shown.audience, value()))
}

/// What a box holds, left in the browser.
pub(super) fn value_of(area: &Element) -> JsString {
    of(area, "value").unchecked_into()
}

fn chosen(event: &Event) -> Option<Gesture> {
    let (element, part) = part(&target(event)?)?;
    let chosen = element.unchecked_ref::<HtmlTextAreaElement>().value();
    let at = json::read_integer(&chosen).filter(|_| part == "canned")?;
    Some(Gesture::Chosen(usize::try_from(at).ok()?))
}

fn key(event: &Event, shown: &Shown) -> Option<Gesture> {
    let (element, part) = part(&target(event)?)?;
    let key = event.unchecked_ref::<KeyboardEvent>();
    match &*key.key() {
        // A key that ends a composition is no Enter; Safari tells so only by the code 229.
        "Enter" if part == "box" => {
            let is_composing = key.is_composing() || key.key_code() == 229;
            let sends = key.ctrl_key() || key.meta_key() || shown.enter_sends != key.shift_key();
            if is_composing || !sends {
                return None;
            }
            event.prevent_default();
            let entered = || Gesture::Entered(shown.session.clone(), shown.audience);
            (!key.repeat()).then(entered)
        }
        "Enter" | " " if part != "box" => hold_of(event).map(Gesture::Held),
        "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown" if part.starts_with("to-") => {
            event.prevent_default();
            Some(Gesture::Turned)
        }
        "Escape" if element.closest("[part=ask]").ok()?.is_some() => Some(Gesture::Escaped),
        _ => transcript::key(&element, key),
    }
}
