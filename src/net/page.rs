//! What the page tells of itself: shown, resumed, online or offline, or about to go.

use std::rc::Rc;

use js_sys::Reflect;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, EventTarget, IntersectionObserver};

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

/// Watches whether an element is in sight. Dropping it ends that.
#[must_use = "dropping the observer ends it"]
pub struct Sight {
    observer: IntersectionObserver,
    _callback: Closure<dyn FnMut()>,
}

impl Sight {
    /// Calls `changed` soon, and whenever the element comes into sight or goes from it; `None` where the browser cannot.
    pub fn of(element: &Element, changed: impl FnMut() + 'static) -> Option<Self> {
        let callback = Closure::<dyn FnMut()>::new(changed);
        let observer = IntersectionObserver::new(callback.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Self {
            observer,
            _callback: callback,
        })
    }
}

impl Drop for Sight {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Whether an element is drawn at all, be it scrolled out of sight; one of which the browser cannot tell is.
pub fn is_drawn(element: &Element) -> bool {
    let element = element.unchecked_ref::<Drawn>();
    element.check_visibility() != Ok(false)
}

#[wasm_bindgen]
extern "C" {
    type Drawn;

    /// Older browsers do not have it.
    #[wasm_bindgen(method, catch, js_name = checkVisibility)]
    fn check_visibility(this: &Drawn) -> Result<bool, JsValue>;
}

/// A root of addresses in full: one with a host as it is, any other under the page's own origin.
///
/// Never left to the browser, which would ask the page's `<base>`: requests carry credentials.
pub fn absolute(url: &str) -> String {
    let url = url.trim_ascii();
    let is_of = |scheme: &str| {
        let start = url.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    if is_of("http://") || is_of("https://") {
        return url.to_owned();
    }
    let page = window();
    let location = of(&page, "location");
    let text = |object: &JsValue, name| of(object, name).as_string().unwrap_or_default();
    if url.starts_with("//") {
        return [&*text(&location, "protocol"), url].concat();
    }
    // A variable of the page's may have taken the name `origin`, but never that of `location`'s; which in turn does not know
    // the origin of a document that is written into an attribute (`srcdoc`).
    let mut origin = text(&location, "origin");
    if origin == "null" {
        origin = text(&page, "origin");
    }
    if origin.len() < "null:".len() {
        origin = [
            &*text(&location, "protocol"),
            "//",
            &text(&location, "host"),
        ]
        .concat();
    }
    let slash = if url.is_empty() || url.starts_with('/') {
        ""
    } else {
        "/"
    };
    [&*origin, slash, url].concat()
}

/// A property of an object; `undefined` where that cannot be read.
pub fn of(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// Whether nobody sees the page.
pub fn is_hidden() -> bool {
    window()
        .document()
        .is_some_and(|document| document.hidden())
}

/// Calls `wake` whenever the page may have missed something, and `leave` when it goes.
///
/// Also into the back/forward cache, where it would keep the poll from the page that follows. It wakes when it is shown
/// again.
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
    listeners.push(Listener::new(&window, &["pagehide"], move |_| leave()));
    listeners
}
