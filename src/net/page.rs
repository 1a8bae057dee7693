//! Page events: shown, resumed, online or offline, or about to close.

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
    /// Listens to events on a target and its descendants, also to those that do not bubble.
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

/// Watches whether an element is visible. Dropping it ends that.
#[must_use = "dropping the observer ends it"]
pub struct Sight {
    observer: IntersectionObserver,
    _callback: Closure<dyn FnMut()>,
}

impl Sight {
    /// Calls `changed` soon, and whenever the element becomes visible or hidden; `None` if the browser does not support
    /// it.
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

/// Whether an element is rendered, even if it is scrolled out of view; true if the browser cannot tell.
pub fn is_drawn(element: &Element) -> bool {
    let element = element.unchecked_ref::<Drawn>();
    element.check_visibility() != Ok(false)
}

#[wasm_bindgen]
extern "C" {
    type Drawn;

    /// Missing in older browsers.
    #[wasm_bindgen(method, catch, js_name = checkVisibility)]
    fn check_visibility(this: &Drawn) -> Result<bool, JsValue>;
}

/// Makes a base URL absolute: one with a host stays as it is, any other is under the page's own origin.
///
/// Not left to the browser, which would use the page's `<base>`: requests carry credentials.
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
    // A page's variable may shadow `window.origin`, but not `location.origin`, which in turn is `null` in a `srcdoc`
    // document.
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

/// A property of an object; `undefined` if it cannot be read.
pub fn of(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// Whether the page is hidden.
pub fn is_hidden() -> bool {
    window()
        .document()
        .is_some_and(|document| document.hidden())
}

/// Calls `wake` whenever the page may have missed something, and `leave` when it closes.
///
/// `leave` is also called when the page enters the back/forward cache, where its poll would block that of the next
/// page. It wakes when it is shown again.
pub fn watch(wake: impl Fn() + 'static, leave: impl Fn() + 'static) -> Vec<Listener> {
    let wake = Rc::new(wake);
    let window = window();
    let mut listeners = Vec::new();
    // `offline` may be wrong, so it is only a reason to probe.
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
