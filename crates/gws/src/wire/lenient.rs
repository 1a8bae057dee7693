//! Fields asked for leniently: what cannot be read counts as absent. Each is asked for once, and taken rather than copied.

use json::{Json, read_integer};

use crate::Visibility;

/// The field as a string that is not empty, or a whole number written out.
pub(crate) fn text(value: &mut Json, name: &str) -> Option<String> {
    value.field(name)?.take_word()
}

/// As [`text`], with the empty string for what is absent.
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

/// The field as a visibility: `None` only where it is absent. Whatever is there and is no known word is
/// [`Visibility::Other`].
pub(crate) fn visibility(value: &Json, name: &str) -> Option<Visibility> {
    let field = value.get(name).filter(|field| **field != Json::Null)?;
    Some(field.text().map_or(Visibility::Other, Visibility::parse))
}

/// The field as an object.
pub(crate) fn object<'a>(value: &'a mut Json, name: &str) -> Option<&'a mut Json> {
    value.field(name).filter(|field| field.is_object())
}

/// What can be read of the objects of the field, if it is a list.
pub(crate) fn objects<T>(
    value: &mut Json,
    name: &str,
    read: fn(&mut Json) -> Option<T>,
) -> Option<Vec<T>> {
    let mut all = Vec::new();
    // What has been read of is dropped at once: a list may be long.
    for mut one in value.field(name)?.elements()?.drain(..) {
        if one.is_object() {
            all.extend(read(&mut one));
        }
    }
    Some(all)
}
