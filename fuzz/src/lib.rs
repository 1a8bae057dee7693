//! Reads a fuzzer's bytes as choices. Once they are used up, every choice is the first.

use json::{Fields, Json};
use serde_json::Value;

/// All fields that are read, as in the widget.
pub static NAMES: Fields = Fields::new(&[bayeux::FIELDS, gws::FIELDS]).with_objects(&["data"]);

/// A value as parsed from the wire.
pub fn wire(value: &Value) -> Json {
    NAMES.read_text(value.to_string().as_bytes()).expect("JSON")
}

/// The remaining bytes.
pub struct Choices<'a>(pub &'a [u8]);

impl<'a> Choices<'a> {
    /// Whether all bytes are used up.
    pub fn is_over(&self) -> bool {
        self.0.is_empty()
    }

    /// One byte.
    pub fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else {
            return 0;
        };
        self.0 = rest;
        *first
    }

    /// One of several.
    pub fn one_of<T: Copy>(&mut self, several: &[T]) -> T {
        several[usize::from(self.byte()) % several.len()]
    }

    /// A span of time of up to two minutes, usually short.
    pub fn span(&mut self) -> u64 {
        let scale = self.one_of(&[0, 1, 100, 500]);
        u64::from(self.byte()) * scale
    }

    /// Bytes up to the next zero, as text.
    pub fn text(&mut self) -> String {
        let end = self
            .0
            .iter()
            .position(|byte| *byte == 0)
            .unwrap_or(self.0.len());
        let (text, rest) = self.0.split_at(end);
        self.0 = rest.get(1..).unwrap_or_default();
        String::from_utf8_lossy(text).into_owned()
    }

    /// Text up to the next zero, parsed as JSON if it is valid.
    pub fn json(&mut self) -> Option<Json> {
        NAMES.read_text(self.text().as_bytes())
    }
}
