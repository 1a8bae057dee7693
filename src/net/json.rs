//! Text to values and back: the browser parses, serde reads.

use gws::strip_java_longs;
use js_sys::{JSON, JsString};
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};

/// Parses JSON text that may hold Java longs (`1399313371000L`), as the documented samples do.
///
/// The text stays in the browser unless plain JSON fails. `None` when it is not JSON at all.
pub fn parse(text: &JsString) -> Option<JsValue> {
    let raw: &JsValue = text.as_ref();
    if let Ok(value) = parse_js(raw.unchecked_ref()) {
        return Some(value);
    }
    let text = String::from(text);
    JSON::parse(&strip_java_longs(&text)).ok()
}

/// Reads a parsed value; `None` where its shape is another.
pub fn read<T: DeserializeOwned>(value: JsValue) -> Option<T> {
    serde_wasm_bindgen::from_value(value).ok()
}

#[wasm_bindgen::prelude::wasm_bindgen]
extern "C" {
    /// `JSON.parse` on a string that is already the browser's, without a copy through wasm.
    #[wasm_bindgen(catch, js_namespace = JSON, js_name = parse)]
    fn parse_js(text: &JsString) -> Result<JsValue, JsValue>;
}
