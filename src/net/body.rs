//! Bytes to values: a body stays in the browser as it came, and slides into WebAssembly through a small window.
//!
//! WebAssembly's memory never shrinks, so nothing is copied there whole. And each look at an object of the browser's would
//! be a call out of WebAssembly, some sixty for a notification; a byte in the window costs nothing of the kind.

use js_sys::{ArrayBuffer, JsString, Uint8Array};
use json::{Fields, Json, Take};

use super::clock::pause;
use super::page::is_hidden;
use wasm_bindgen::prelude::wasm_bindgen;

/// How much of a body is in WebAssembly at a time, in bytes.
const WINDOW: u32 = 8 * 1024;

/// For how long a body is read without a pause, in ms: half of what a page has to draw once.
const TURN: f64 = 8.0;

/// A text, probably of JSON, that is not read yet.
pub struct Body(Uint8Array);

impl Body {
    /// The text that these bytes are, in UTF-8.
    pub fn of_bytes(bytes: &ArrayBuffer) -> Self {
        Self(Uint8Array::new(bytes))
    }

    /// A text of the browser's.
    pub fn of_text(text: &JsString) -> Self {
        Self(ENCODER.with(|encoder| encoder.encode(text)))
    }

    /// Reads the whole, and keeps of it what is known by these names; `None` if it is not JSON.
    pub fn json(&self, names: &Fields) -> Option<Json> {
        names.read(self.pieces())
    }

    /// Gives the elements of a list one by one, or the one value that it is instead. False if it was not JSON; elements before a
    /// syntax error have already been handed over.
    pub fn each(&self, names: &Fields, take: Take) -> bool {
        names.each(self.pieces(), take)
    }

    /// As [`Self::json`], but gives the elements of the list that is the field of this name away. It makes pauses, so that the
    /// page goes on meanwhile.
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
            // In a page that nobody sees a pause takes a second.
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
    /// One for all texts: to make one takes longer than to encode a notification.
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
