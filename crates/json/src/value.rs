//! A JSON value and its lenient accessors.

use crate::{digits, integer};

/// A JSON value with its known fields only.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Json {
    /// `null`, or a value that was nested too deeply.
    #[default]
    Null,
    /// A boolean.
    Bool(bool),
    /// A number; exact if it is whole and below 2^53.
    Number(f64),
    /// A string. Invalid Unicode in it is replaced.
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// An object: its known fields, each once. Of fields with the same name the last one counts.
    Object(Vec<(&'static str, Json)>),
}

impl Json {
    /// The field of this name; `None` if it is absent or this is not an object. `null` is a value.
    pub fn get(&self, name: &str) -> Option<&Self> {
        let Self::Object(fields) = self else {
            return None;
        };
        let (_, value) = fields.iter().find(|(known, _)| *known == name)?;
        Some(value)
    }

    /// As [`Self::get`], for a caller that takes parts of the value instead of copying them.
    pub fn field(&mut self, name: &str) -> Option<&mut Self> {
        let Self::Object(fields) = self else {
            return None;
        };
        let (_, value) = fields.iter_mut().find(|(known, _)| *known == name)?;
        Some(value)
    }

    /// The value, if it is a boolean.
    pub fn bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The value, if it is a number.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(value) => Some(*value),
            _ => None,
        }
    }

    /// The value, if it is a string.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The elements, if it is an array.
    pub fn elements(&mut self) -> Option<&mut Vec<Self>> {
        match self {
            Self::List(elements) => Some(elements),
            _ => None,
        }
    }

    /// Whether it is an object (an array is not).
    pub fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }

    /// Takes the value as a word or an id: a non-empty string, or a whole number as text. A fraction is neither.
    pub fn take_word(&mut self) -> Option<String> {
        match self {
            Self::Text(text) => (!text.is_empty()).then(|| std::mem::take(text)),
            Self::Number(number) => integer(*number).map(digits),
            _ => None,
        }
    }

    /// Takes the elements that are words, if it is an array.
    pub fn take_words(&mut self) -> Option<Vec<String>> {
        let words = self.elements()?.iter_mut().filter_map(Self::take_word);
        Some(words.collect())
    }
}
