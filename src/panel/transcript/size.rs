//! Tells when the room of the transcript or of what is in it has changed: a reader at the end stays there.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};

/// Watches the size of elements. Dropping it ends that.
#[must_use = "dropping the observer ends it"]
pub(super) struct Size {
    observer: ResizeObserver,
    _callback: Closure<dyn FnMut()>,
}

impl Size {
    /// Calls `changed` soon, and whenever one of the elements has another size; `None` if the browser does not support
    /// it.
    pub fn of<'a>(
        elements: impl Iterator<Item = &'a Element>,
        changed: impl FnMut() + 'static,
    ) -> Option<Self> {
        let callback = Closure::<dyn FnMut()>::new(changed);
        let observer = ResizeObserver::new(callback.as_ref().unchecked_ref()).ok()?;
        for element in elements {
            observer.observe(element);
        }
        Some(Self {
            observer,
            _callback: callback,
        })
    }
}

impl Drop for Size {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
