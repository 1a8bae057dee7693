//! Fields of a parsed value, asked for leniently: what cannot be read counts as absent.

use loose::{Loose, read_whole, whole};

use crate::Visibility;

/// The field as a string that is not empty, or a whole number written out.
pub(crate) fn text(value: &impl Loose, key: &'static str) -> Option<String> {
    value.get(key)?.word()
}

/// As [`text`], with the empty string for what is absent.
pub(crate) fn word(value: &impl Loose, key: &'static str) -> String {
    text(value, key).unwrap_or_default()
}

/// The field as a number, or as a whole number in a string, with or without the `L` of a Java long.
pub(crate) fn number(value: &impl Loose, key: &'static str) -> Option<f64> {
    let field = value.get(key)?;
    match field.number() {
        None => Some(read_whole(&field.text()?)? as f64),
        number => number,
    }
}

/// As [`number`], but only if it is whole and exact.
pub(crate) fn integer(value: &impl Loose, key: &'static str) -> Option<i64> {
    whole(number(value, key)?)
}

/// The field as a known visibility; `None` for an unknown word.
pub(crate) fn visibility(value: &impl Loose, key: &'static str) -> Option<Visibility> {
    Visibility::parse(&text(value, key)?)
}

/// The field as an object.
pub(crate) fn object<V: Loose>(value: &V, key: &'static str) -> Option<V> {
    value.get(key).filter(V::is_object)
}

/// What can be read of the objects of the field, if it is a list.
pub(crate) fn objects<V: Loose, T>(
    value: &V,
    key: &'static str,
    read: impl Fn(&V) -> Option<T>,
) -> Option<Vec<T>> {
    let list = value.get(key)?;
    let mut all = Vec::new();
    for place in 0..list.length()? {
        let one = list.item(place);
        if one.is_object() {
            all.extend(read(&one));
        }
    }
    Some(all)
}
