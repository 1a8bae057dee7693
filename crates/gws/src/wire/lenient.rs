//! Lenient field accessors: a field that cannot be parsed counts as absent. Values are taken, not copied, so each field
//! is read once.

use json::{Json, read_integer};

use crate::Visibility;

/// The field as a non-empty string, or a whole number as text.
pub(crate) fn text(value: &mut Json, name: &str) -> Option<String> {
    value.field(name)?.take_word()
}

/// As [`text`], with the empty string for an absent field.
pub(crate) fn word(value: &mut Json, name: &str) -> String {
    text(value, name).unwrap_or_default()
}

/// The field as a number, or as a whole number in a string, with or without the `L` of a Java long.
pub(crate) fn number(value: &Json, name: &str) -> Option<f64> {
    let field = value.get(name)?;
    match field.number() {
        None => Some(read_integer(field.text()?)? as f64),
        number => number,
    }
}

/// As [`number`], but only if it is whole and exact.
pub(crate) fn integer(value: &Json, name: &str) -> Option<i64> {
    json::integer(number(value, name)?)
}

/// The field as a visibility: `None` only if it is absent. Any unknown value is [`Visibility::Other`].
pub(crate) fn visibility(value: &Json, name: &str) -> Option<Visibility> {
    let field = value.get(name).filter(|field| **field != Json::Null)?;
    Some(field.text().map_or(Visibility::Other, Visibility::parse))
}

/// The field as an object.
pub(crate) fn object<'a>(value: &'a mut Json, name: &str) -> Option<&'a mut Json> {
    value.field(name).filter(|field| field.is_object())
}

/// The objects of the field that can be parsed, if it is a list.
pub(crate) fn objects<T>(
    value: &mut Json,
    name: &str,
    read: fn(&mut Json) -> Option<T>,
) -> Option<Vec<T>> {
    let mut all = Vec::new();
    // Each element is dropped after it is parsed, as a list may be long.
    for mut one in value.field(name)?.elements()?.drain(..) {
        if one.is_object() {
            all.extend(read(&mut one));
        }
    }
    Some(all)
}
