//! Helpers for `deserialize_with` that never fail: what cannot be read counts as absent.

use std::fmt;
use std::marker::PhantomData;
use std::rc::Rc;

use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};

use crate::Visibility;

/// The largest whole number that a JSON number carries exactly, 2^53 - 1.
const SAFE: f64 = 9_007_199_254_740_991.0;

/// A string that is not empty, or a whole number written out; `None` for anything else.
pub(crate) fn text<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(match scalar(from) {
        Scalar::Text(text) => (!text.is_empty()).then_some(text),
        // Fractions are not written out: no id is one, and float formatting is heavy to download.
        Scalar::Number(number) => whole(number).map(|number| number.to_string()),
        Scalar::Other => None,
    })
}

/// As [`text`], with the empty string for what is absent.
pub(crate) fn word<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    text(from).map(Option::unwrap_or_default)
}

/// A number, or a whole number in a string, with or without the `L` of a Java long.
pub(crate) fn number<'de, D: Deserializer<'de>>(from: D) -> Result<Option<f64>, D::Error> {
    Ok(match scalar(from) {
        Scalar::Number(number) => Some(number),
        Scalar::Text(text) => {
            let digits = text.trim();
            let digits = digits.strip_suffix('L').unwrap_or(digits);
            digits.parse::<i64>().ok().map(|number| number as f64)
        }
        Scalar::Other => None,
    })
}

/// As [`number`], but only if it is whole and exact.
pub(crate) fn integer<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
    Ok(number(from)?.and_then(whole))
}

/// A known visibility; `None` for an unknown word.
pub(crate) fn visibility<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<Visibility>, D::Error> {
    Ok(text(from)?.and_then(|word| Visibility::parse(&word)))
}

/// An object of the type asked for.
pub(crate) fn object<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    from: D,
) -> Result<Option<T>, D::Error> {
    Ok(T::deserialize(from).ok())
}

/// The readable elements of a list; `None` if it is no list.
pub(crate) fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    from: D,
) -> Result<Option<Vec<T>>, D::Error> {
    // Through `deserialize_any`: asked for a sequence, a browser would hand out a string's letters.
    Ok(from.deserialize_any(ListVisitor(PhantomData)).ok())
}

/// A list of words, shared rather than copied from then on.
pub(crate) fn words<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Rc<[String]>>, D::Error> {
    let words: Option<Vec<Word>> = list(from)?;
    Ok(words.map(|words| words.into_iter().map(|word| word.0).collect()))
}

fn whole(number: f64) -> Option<i64> {
    (number.abs() <= SAFE && number.trunc() == number).then_some(number as i64)
}

fn scalar<'de, D: Deserializer<'de>>(from: D) -> Scalar {
    from.deserialize_any(ScalarVisitor).unwrap_or(Scalar::Other)
}

enum Scalar {
    Text(String),
    Number(f64),
    Other,
}

/// One visitor for all scalars, so that the code is made once.
struct ScalarVisitor;

impl Visitor<'_> for ScalarVisitor {
    type Value = Scalar;

    fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("a scalar")
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Scalar, E> {
        Ok(Scalar::Number(value as f64))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Scalar, E> {
        Ok(Scalar::Number(value as f64))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Scalar, E> {
        Ok(Scalar::Number(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Scalar, E> {
        Ok(Scalar::Text(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Scalar, E> {
        Ok(Scalar::Text(value))
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ListVisitor<T> {
    type Value = Vec<T>;

    fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<T>, A::Error> {
        let mut items = Vec::new();
        while let Some(Readable(item)) = seq.next_element()? {
            items.extend(item);
        }
        Ok(items)
    }
}

/// An element that is skipped when it cannot be read.
struct Readable<T>(Option<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Readable<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        object(from).map(Self)
    }
}

/// An element that must be text.
struct Word(String);

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        text(from)?
            .map(Self)
            .ok_or_else(|| D::Error::custom("text"))
    }
}
