//! What the page tells of itself: shown, resumed, online or offline, or about to go.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget, PageTransitionEvent};

use super::clock::window;

/// A listener that is removed when dropped.
#[must_use = "dropping a listener removes it"]
pub struct Listener {
    target: EventTarget,
    kind: &'static str,
    callback: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Listens to one kind of event on a target and inside of it, even to one that does not bubble.
    pub fn new(
        target: &EventTarget,
        kind: &'static str,
        callback: impl FnMut(Event) + 'static,
    ) -> Self {
        let callback = Closure::<dyn FnMut(Event)>::new(callback);
        let call = callback.as_ref().unchecked_ref();
        let _ = target.add_event_listener_with_callback_and_bool(kind, call, true);
        Self {
            target: target.clone(),
            kind,
            callback,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let call = self.callback.as_ref().unchecked_ref();
        let _ = self
            .target
            .remove_event_listener_with_callback_and_bool(self.kind, call, true);
    }
}

/// Calls `wake` whenever the page may have missed something, and `leave` when it goes for good.
///
/// A page that goes into the back/forward cache (`persisted`) does not leave: it wakes when it is shown again.
pub fn watch(wake: impl Fn() + 'static, leave: impl Fn() + 'static) -> Vec<Listener> {
    let wake = Rc::new(wake);
    let window = window();
    let mut listeners = Vec::new();
    // `offline` may be mistaken, so it is no more than a reason to ask.
    for kind in ["online", "offline", "pageshow"] {
        let wake = wake.clone();
        listeners.push(Listener::new(&window, kind, move |_| wake()));
    }
    if let Some(document) = window.document() {
        let (shown, resumed) = (wake.clone(), wake);
        let seen = document.clone();
        listeners.push(Listener::new(&document, "visibilitychange", move |_| {
            if !seen.hidden() {
                shown();
            }
        }));
        listeners.push(Listener::new(&document, "resume", move |_| resumed()));
    }
    listeners.push(Listener::new(&window, "pagehide", move |event| {
        if !event
            .dyn_ref::<PageTransitionEvent>()
            .is_some_and(PageTransitionEvent::persisted)
        {
            leave();
        }
    }));
    listeners
}
