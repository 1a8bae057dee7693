//! Parses bodies: the bytes stay in the browser and are copied into WebAssembly through a small window.
//!
//! WebAssembly's memory never shrinks, so no body is copied there whole. And `JSON.parse` in the browser would need a
//! call out of WebAssembly for each field, about sixty for a notification; bytes in the window need none.

use js_sys::{ArrayBuffer, JsString, Uint8Array};
use json::{Fields, Json, Take};

use super::clock::pause;
use super::page::is_hidden;
use wasm_bindgen::prelude::wasm_bindgen;

/// How much of a body is in WebAssembly at once, in bytes.
const WINDOW: u32 = 8 * 1024;

/// How long a body is read without a pause, in ms: half a frame.
const TURN: f64 = 8.0;

/// A text, usually JSON, that is not parsed yet.
pub struct Body(Uint8Array);

impl Body {
    /// A UTF-8 text from its bytes.
    pub fn of_bytes(bytes: &ArrayBuffer) -> Self {
        Self(Uint8Array::new(bytes))
    }

    /// A text from a JavaScript string.
    pub fn of_text(text: &JsString) -> Self {
        Self(ENCODER.with(|encoder| encoder.encode(text)))
    }

    /// Parses the whole text and keeps the fields with these names; `None` if it is not JSON.
    pub fn json(&self, names: &Fields) -> Option<Json> {
        names.read(self.pieces())
    }

    /// Hands over the elements of a list one by one, or the text's single value. Returns false if it was not JSON;
    /// elements before a syntax error have already been handed over.
    pub fn each(&self, names: &Fields, take: Take) -> bool {
        names.each(self.pieces(), take)
    }

    /// As [`Self::json`], but hands over the elements of the list in the field of this name. It pauses so that the page
    /// stays responsive.
    pub async fn json_giving(
        &self,
        names: &Fields,
        name: &str,
        take: &mut dyn FnMut(Json),
    ) -> Option<Json> {
        let mut pieces = self.pieces();
        let mut listing = names.listing(&mut pieces, name);
        let mut until = js_sys::Date::now() + TURN;
        loop {
            match listing.element() {
                Ok(element) => take(element),
                Err(rest) => return rest,
            }
            // In a hidden page a pause takes a second.
            if js_sys::Date::now() > until && !is_hidden() {
                pause().await;
                until = js_sys::Date::now() + TURN;
            }
        }
    }

    /// Its beginning, as text.
    pub fn beginning(&self) -> String {
        let mut bytes = Vec::new();
        self.pieces()(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn pieces(&self) -> impl FnMut(&mut Vec<u8>) {
        let mut at = 0;
        move |window| {
            let piece = self.0.subarray(at, at + WINDOW);
            at += WINDOW;
            window.resize(piece.length() as usize, 0);
            piece.copy_to(window);
        }
    }
}

thread_local! {
    /// Shared: creating one takes longer than encoding a notification.
    static ENCODER: TextEncoder = TextEncoder::new();
}

#[wasm_bindgen]
extern "C" {
    type TextEncoder;

    #[wasm_bindgen(constructor)]
    fn new() -> TextEncoder;

    #[wasm_bindgen(method)]
    fn encode(this: &TextEncoder, text: &JsString) -> Uint8Array;
}
