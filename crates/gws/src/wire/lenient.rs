//! Fields of a parsed value, asked for leniently: what cannot be read counts as absent.

use loose::Loose;

use crate::Visibility;

/// The largest whole number that a JSON number carries exactly, 2^53 - 1.
const SAFE: f64 = 9_007_199_254_740_991.0;

/// The field as a string that is not empty, or a whole number written out.
pub(crate) fn text(value: &impl Loose, key: &str) -> Option<String> {
    as_text(&value.get(key)?)
}

/// As [`text`], with the empty string for what is absent.
pub(crate) fn word(value: &impl Loose, key: &str) -> String {
    text(value, key).unwrap_or_default()
}

/// The field as a number, or as a whole number in a string, with or without the `L` of a Java long.
pub(crate) fn number(value: &impl Loose, key: &str) -> Option<f64> {
    let field = value.get(key)?;
    field.number().or_else(|| {
        let text = field.text()?;
        let digits = text.trim();
        let digits = digits.strip_suffix('L').unwrap_or(digits);
        digits.parse::<i64>().ok().map(|number| number as f64)
    })
}

/// As [`number`], but only if it is whole and exact.
pub(crate) fn integer(value: &impl Loose, key: &str) -> Option<i64> {
    number(value, key).and_then(whole)
}

/// The field as a known visibility; `None` for an unknown word.
pub(crate) fn visibility(value: &impl Loose, key: &str) -> Option<Visibility> {
    Visibility::parse(&text(value, key)?)
}

/// The field as an object.
pub(crate) fn object<V: Loose>(value: &V, key: &str) -> Option<V> {
    value.get(key).filter(V::is_object)
}

/// The objects of the field, if it is a list.
pub(crate) fn objects<V: Loose>(value: &V, key: &str) -> Option<impl Iterator<Item = V>> {
    Some(value.get(key)?.list()?.into_iter().filter(V::is_object))
}

/// The words of the field, if it is a list.
pub(crate) fn words<T: FromIterator<String>>(value: &impl Loose, key: &str) -> Option<T> {
    Some(value.get(key)?.list()?.iter().filter_map(as_text).collect())
}

fn as_text(value: &impl Loose) -> Option<String> {
    match value.text() {
        Some(text) => (!text.is_empty()).then_some(text),
        // Fractions are not written out: no id is one, and float formatting is heavy to download.
        None => whole(value.number()?).map(|number| number.to_string()),
    }
}

fn whole(number: f64) -> Option<i64> {
    (number.abs() <= SAFE && number.trunc() == number).then_some(number as i64)
}
