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
    kinds: &'static [&'static str],
    callback: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Listens to some kinds of events on a target and inside of it, even to those that do not bubble.
    pub fn new(
        target: &EventTarget,
        kinds: &'static [&'static str],
        callback: impl FnMut(Event) + 'static,
    ) -> Self {
        let callback = Closure::<dyn FnMut(Event)>::new(callback);
        for kind in kinds {
            let call = callback.as_ref().unchecked_ref();
            let _ = target.add_event_listener_with_callback_and_bool(kind, call, true);
        }
        Self {
            target: target.clone(),
            kinds,
            callback,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        for kind in self.kinds {
            let call = self.callback.as_ref().unchecked_ref();
            let _ = self
                .target
                .remove_event_listener_with_callback_and_bool(kind, call, true);
        }
    }
}

/// A URL in full, as the browser would ask for it; `None` for what is none.
pub fn absolute(url: &str) -> Option<String> {
    let page = window().document()?.base_uri().ok()??;
    Some(web_sys::Url::new_with_base(url, &page).ok()?.href())
}

/// Calls `wake` whenever the page may have missed something, and `leave` when it goes for good.
///
/// A page that goes into the back/forward cache (`persisted`) does not leave: it wakes when it is shown again.
pub fn watch(wake: impl Fn() + 'static, leave: impl Fn() + 'static) -> Vec<Listener> {
    let wake = Rc::new(wake);
    let window = window();
    let mut listeners = Vec::new();
    // `offline` may be mistaken, so it is no more than a reason to ask.
    let online = wake.clone();
    let kinds = &["online", "offline", "pageshow"];
    listeners.push(Listener::new(&window, kinds, move |_| online()));
    if let Some(document) = window.document() {
        let seen = document.clone();
        let kinds = &["visibilitychange", "resume"];
        listeners.push(Listener::new(&document, kinds, move |event| {
            if event.type_() == "resume" || !seen.hidden() {
                wake();
            }
        }));
    }
    listeners.push(Listener::new(&window, &["pagehide"], move |event| {
        if !event
            .dyn_ref::<PageTransitionEvent>()
            .is_some_and(PageTransitionEvent::persisted)
        {
            leave();
        }
    }));
    listeners
}
