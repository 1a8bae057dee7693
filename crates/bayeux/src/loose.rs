//! A JSON value that is read without expecting anything of it.
//!
//! A field of the wrong type must not cost the message that carries it, so every field of the
//! protocol is first read as a [`Loose`] and then asked for what it should have been.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

#[derive(Debug, Default)]
pub(crate) enum Loose {
    /// `null`, absent, or too deep to matter.
    #[default]
    Nothing,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Loose>),
    Map(Vec<(String, Loose)>),
}

impl Loose {
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self {
            Some(text)
        } else {
            None
        }
    }

    pub fn bool(&self) -> Option<bool> {
        if let Self::Bool(value) = *self {
            Some(value)
        } else {
            None
        }
    }

    pub fn number(&self) -> Option<f64> {
        if let Self::Number(value) = *self {
            Some(value)
        } else {
            None
        }
    }

    pub fn list(&self) -> Option<&[Loose]> {
        if let Self::List(items) = self {
            Some(items)
        } else {
            None
        }
    }

    pub fn get(&self, key: &str) -> &Self {
        let Self::Map(entries) = self else {
            return &Self::Nothing;
        };
        entries
            .iter()
            .find(|(name, _)| name == key)
            .map_or(&Self::Nothing, |(_, value)| value)
    }
}

impl<'de> Deserialize<'de> for Loose {
    fn deserialize<T: Deserializer<'de>>(deserializer: T) -> Result<Self, T::Error> {
        Depth(DEPTH).deserialize(deserializer)
    }
}

/// Advice inside a transport's section is the deepest thing the protocol has. Reading no deeper
/// keeps a hostile message from exhausting the stack.
const DEPTH: u8 = 3;

#[derive(Clone, Copy)]
struct Depth(u8);

impl<'de> DeserializeSeed<'de> for Depth {
    type Value = Loose;

    fn deserialize<T: Deserializer<'de>>(self, deserializer: T) -> Result<Loose, T::Error> {
        if self.0 == 0 {
            deserializer
                .deserialize_ignored_any(serde::de::IgnoredAny)
                .map(|_| Loose::Nothing)
        } else {
            deserializer.deserialize_any(Depth(self.0 - 1))
        }
    }
}

impl<'de> Visitor<'de> for Depth {
    type Value = Loose;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Loose, E> {
        Ok(Loose::Nothing)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Loose, E> {
        Ok(Loose::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Loose, E> {
        Ok(Loose::Number(value as f64))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Loose, E> {
        Ok(Loose::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Loose, E> {
        Ok(Loose::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Loose, E> {
        Ok(Loose::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Loose, E> {
        Ok(Loose::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Loose, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(self)? {
            items.push(item);
        }
        Ok(Loose::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Loose, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key()? {
            entries.push((key, map.next_value_seed(self)?));
        }
        Ok(Loose::Map(entries))
    }
}

#[cfg(test)]
mod tests {
    use serde::{
        de::value::{Error, SeqDeserializer},
        forward_to_deserialize_any,
    };

    use super::*;

    /// A list in a list in a list, without end.
    struct Endless;

    impl<'de> Deserializer<'de> for Endless {
        type Error = Error;

        fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            visitor.visit_seq(SeqDeserializer::new(std::iter::once(self)))
        }

        fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            visitor.visit_unit()
        }

        forward_to_deserialize_any! {
            bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit
            unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier
        }
    }

    impl<'de> serde::de::IntoDeserializer<'de> for Endless {
        type Deserializer = Self;

        fn into_deserializer(self) -> Self {
            self
        }
    }

    #[test]
    fn depth_does_not_exhaust_the_stack() {
        let mut loose = &Loose::deserialize(Endless).unwrap();
        for _ in 0..DEPTH {
            loose = &loose.list().unwrap()[0];
        }
        assert!(matches!(loose, Loose::Nothing));
    }
}
