//! Parsed JSON, read without expecting anything of it.
//!
//! The browser parses what comes over the wire, and the state machines look at the few fields that they know. Each look
//! is a question with `None` for an answer where the field is absent or of another type: so one oddity never costs the
//! rest, what is not asked for is never copied (personal data least of all), and no nesting exhausts a stack.
//!
//! A trait rather than types for serde to fill: the code that serde derives for a dozen of types, and the error messages
//! that it carries along, made a third of what a page would have had to download.

mod whole;

pub use whole::{read_whole, whole, write_whole};

/// A parsed JSON value.
pub trait Loose: Sized {
    /// The field of this name; `None` if it is absent or this is no object. `null` is a value.
    /// Names are known when the program is built, so that a reader may keep its own form of each.
    fn get(&self, key: &'static str) -> Option<Self>;

    /// The value, if it is a boolean.
    fn bool(&self) -> Option<bool>;

    /// The value, if it is a number.
    fn number(&self) -> Option<f64>;

    /// The value, if it is a string. What is no Unicode in it is replaced.
    fn text(&self) -> Option<String>;

    /// How many elements it has, if it is an array.
    fn length(&self) -> Option<usize>;

    /// The element at this place; to be asked for below [`Self::length`] only.
    fn item(&self, place: usize) -> Self;

    /// Whether it is an object, and no array.
    fn is_object(&self) -> bool;

    /// The value as a word or an id: a string that is not empty, or a whole number written out. Fractions are not, as
    /// no id is one.
    fn word(&self) -> Option<String> {
        if let Some(text) = self.text() {
            return (!text.is_empty()).then_some(text);
        }
        let mut digits = Vec::new();
        write_whole(&mut digits, whole(self.number()?)?);
        String::from_utf8(digits).ok()
    }

    /// The elements that are words, if it is an array. A reader for which each look is a call may do better.
    fn words(&self) -> Option<Vec<String>> {
        let mut words = Vec::new();
        for place in 0..self.length()? {
            words.extend(self.item(place).word());
        }
        Some(words)
    }
}

#[cfg(feature = "serde_json")]
impl Loose for serde_json::Value {
    fn get(&self, key: &'static str) -> Option<Self> {
        self.as_object()?.get(key).cloned()
    }

    fn bool(&self) -> Option<bool> {
        self.as_bool()
    }

    fn number(&self) -> Option<f64> {
        self.as_f64()
    }

    fn text(&self) -> Option<String> {
        self.as_str().map(str::to_owned)
    }

    fn length(&self) -> Option<usize> {
        self.as_array().map(Vec::len)
    }

    fn item(&self, place: usize) -> Self {
        self[place].clone()
    }

    fn is_object(&self) -> bool {
        self.is_object()
    }
}
