//! Text to values: the browser parses, and what it parsed is looked at in place.
//!
//! Nothing is copied but the fields that are asked for.

use std::cell::RefCell;

use gws::strip_java_longs;
use js_sys::{Array, JSON, JsString, Reflect};
use loose::Loose;
use wasm_bindgen::{JsCast, JsValue};

/// A value that the browser parsed, or one that the page gave.
#[derive(Clone, Debug)]
pub struct Parsed(pub JsValue);

/// Parses JSON text that may hold Java longs (`1399313371000L`), as the documented samples do.
///
/// The text stays in the browser unless plain JSON fails. `None` when it is not JSON at all.
pub fn parse(text: &JsString) -> Option<Parsed> {
    if let Ok(value) = parse_in_place(text) {
        return Some(Parsed(value));
    }
    let text = String::from(text);
    JSON::parse(&strip_java_longs(&text)).ok().map(Parsed)
}

thread_local! {
    static KEYS: RefCell<Vec<(&'static str, JsValue)>> = const { RefCell::new(Vec::new()) };
}

/// A key as the browser has it, kept from the first time: making it anew takes longer than the look itself.
fn known(key: &'static str) -> JsValue {
    KEYS.with_borrow_mut(|keys| {
        if let Some((_, value)) = keys.iter().find(|(other, _)| std::ptr::eq(*other, key)) {
            return value.clone();
        }
        let value = JsValue::from_str(key);
        keys.push((key, value.clone()));
        value
    })
}

impl Loose for Parsed {
    fn get(&self, key: &'static str) -> Option<Self> {
        // A getter or proxy of the page that throws is a field that cannot be read.
        let value = Reflect::get(&self.0, &known(key)).ok()?;
        (!value.is_undefined()).then_some(Self(value))
    }

    fn bool(&self) -> Option<bool> {
        self.0.as_bool()
    }

    fn number(&self) -> Option<f64> {
        self.0.as_f64()
    }

    fn text(&self) -> Option<String> {
        self.0.as_string()
    }

    fn length(&self) -> Option<usize> {
        let list = self.0.dyn_ref::<Array>()?;
        Some(list.length() as usize)
    }

    fn item(&self, place: usize) -> Self {
        let list = self.0.unchecked_ref::<Array>();
        Self(list.get(place as u32))
    }

    /// In one go where all are plain words: then the list's JSON is nothing but quoted words between commas.
    fn words(&self) -> Option<Vec<String>> {
        let length = self.length()?;
        let text = JSON::stringify(&self.0)
            .ok()
            .and_then(|text| text.as_string());
        quoted_words(text.as_deref().unwrap_or_default()).or_else(|| {
            let words = (0..length).filter_map(|place| self.item(place).word());
            Some(words.collect())
        })
    }

    fn is_object(&self) -> bool {
        self.0.is_object() && !Array::is_array(&self.0)
    }
}

/// The words of `["one","two"]`; `None` for anything that is not as simple.
fn quoted_words(json: &str) -> Option<Vec<String>> {
    let inner = json.strip_prefix("[\"")?.strip_suffix("\"]")?;
    let mut words = Vec::new();
    for (at, piece) in inner.as_bytes().split(|byte| *byte == b'"').enumerate() {
        let is_word = at % 2 == 0;
        if piece.is_empty() || piece.contains(&b'\\') || !is_word && piece != b"," {
            return None;
        }
        if is_word {
            words.push(String::from_utf8(piece.to_vec()).ok()?);
        }
    }
    Some(words)
}

#[wasm_bindgen::prelude::wasm_bindgen]
extern "C" {
    /// `JSON.parse` on a string that is already the browser's, without a copy through wasm.
    #[wasm_bindgen(catch, js_namespace = JSON, js_name = parse)]
    fn parse_in_place(text: &JsString) -> Result<JsValue, JsValue>;
}
