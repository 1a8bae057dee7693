//! The members of a control call's body: all of them are known, and each is of its kind.
//!
//! `null` is as good as not given.

use serde_json::Value;

/// Nothing but these members.
///
/// # Errors
/// Names one that is not among them.
pub fn known(body: &Value, members: &[&str]) -> Result<(), String> {
    let mut names = body.as_object().into_iter().flat_map(|all| all.keys());
    match names.find(|name| !members.contains(&name.as_str())) {
        Some(name) => Err(format!("there is no member `{name}`")),
        None => Ok(()),
    }
}

/// A text, maybe an empty one.
///
/// # Errors
/// If it is anything else.
pub fn text<'a>(body: &'a Value, key: &str) -> Result<Option<&'a str>, String> {
    given(body, key, Value::as_str, "a text")
}

/// A text that is not empty.
///
/// # Errors
/// If it is anything else.
pub fn name(body: &Value, key: &str) -> Result<Option<String>, String> {
    given(body, key, filled, "a text that is not empty")
}

/// A whole number from 0.
///
/// # Errors
/// If it is anything else.
pub fn number(body: &Value, key: &str) -> Result<Option<u64>, String> {
    given(body, key, Value::as_u64, "a whole number from 0")
}

/// Yes or no.
///
/// # Errors
/// If it is anything else.
pub fn flag(body: &Value, key: &str) -> Result<Option<bool>, String> {
    given(body, key, Value::as_bool, "true or false")
}

/// One of these words.
///
/// # Errors
/// If it is anything else.
pub fn word<'a>(body: &'a Value, key: &str, words: &[&str]) -> Result<Option<&'a str>, String> {
    let read = |value: &'a Value| value.as_str().filter(|word| words.contains(word));
    given(body, key, read, &words.join(" or "))
}

/// A list of names, maybe an empty one.
///
/// # Errors
/// If it is anything else.
pub fn list(body: &Value, key: &str) -> Result<Option<Vec<String>>, String> {
    let read = |value: &Value| value.as_array()?.iter().map(filled).collect();
    given(body, key, read, "a list of names")
}

/// One name, or a list of some.
///
/// # Errors
/// If it is anything else.
pub fn names(body: &Value, key: &str) -> Result<Option<Vec<String>>, String> {
    let read = |value: &Value| match value {
        Value::Array(names) if names.is_empty() => None,
        Value::Array(names) => names.iter().map(filled).collect(),
        name => Some(vec![filled(name)?]),
    };
    given(body, key, read, "a name or a list of names")
}

fn filled(value: &Value) -> Option<String> {
    let text = value.as_str().filter(|text| !text.is_empty())?;
    Some(text.to_owned())
}

fn given<'a, T>(
    body: &'a Value,
    key: &str,
    read: impl Fn(&'a Value) -> Option<T>,
    what: &str,
) -> Result<Option<T>, String> {
    match &body[key] {
        Value::Null => Ok(None),
        value => read(value).map(Some).ok_or(format!("{key} is {what}")),
    }
}
