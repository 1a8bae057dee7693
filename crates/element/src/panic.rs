//! A panic in one control must not silence the page: the instance is given up and a new one takes over.
//!
//! WebAssembly built to abort cannot unwind, and whatever was borrowed stays borrowed. So the hook ends what is under
//! way, has wasm-bindgen build a fresh instance at the next call, and tells the class, which mounts every element again.

use std::panic::PanicHookInfo;

use js_sys::Function;
use wasm_bindgen::JsValue;

/// The one value that may cross into the hook; this target has a single thread.
struct Callback(Function);

thread_local! {
    static ON_PANIC: std::cell::OnceCell<Callback> = const { std::cell::OnceCell::new() };
}

/// Installs the hook, through Yew, which would otherwise install its own.
pub fn contain(on_panic: Function) {
    if ON_PANIC.with(|cell| cell.set(Callback(on_panic)).is_ok()) {
        yew::set_custom_panic_hook(Box::new(hook));
    }
}

fn hook(info: &PanicHookInfo<'_>) {
    wasm_bindgen::handler::schedule_reinit();
    let words = info
        .location()
        .map_or(JsValue::UNDEFINED, |at| JsValue::from_str(at.file()));
    ON_PANIC.with(|cell| {
        if let Some(Callback(on_panic)) = cell.get() {
            let _ = on_panic.call1(&JsValue::UNDEFINED, &words);
        }
    });
    // After the class has been told: what waits for an aborted request wakes in a microtask, which must come after the
    // one in which the class takes the old instance's elements away.
    barge_in::abandon_all();
}
