//! How control calls are read and answered.

use serde_json::{Value, json};

use crate::http::Answer;

/// What became of a control call: members of its answer, or why it is refused.
pub type Done = Result<Value, Refused>;

/// Why a control call is refused.
#[derive(Debug)]
pub struct Refused {
    status: u16,
    words: String,
}

impl Refused {
    /// There is no such thing.
    pub fn not_found(words: &str) -> Refused {
        Refused {
            status: 404,
            words: words.to_owned(),
        }
    }
}

impl From<String> for Refused {
    fn from(words: String) -> Refused {
        Refused { status: 400, words }
    }
}

impl From<&str> for Refused {
    fn from(words: &str) -> Refused {
        words.to_owned().into()
    }
}

/// The answer.
pub fn answer(done: Done) -> Answer {
    match done {
        Ok(body) => Answer::json(200, &body),
        Err(Refused { status, words }) => Answer::json(status, &json!({ "error": words })),
    }
}

/// The body of a control request; an empty one is an empty object.
///
/// # Errors
/// For what is no JSON object.
pub fn read(body: &[u8]) -> Result<Value, Refused> {
    if body.is_empty() {
        return Ok(json!({}));
    }
    let value: Value = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    if value.is_object() {
        Ok(value)
    } else {
        Err("the body is no JSON object".into())
    }
}
