//! A lenient JSON parser: one pass over the bytes, no schema.
//!
//! The caller names the fields that it reads. Only these are kept. All other fields are skipped in place: nothing of
//! them is copied (above all no personal data), deep nesting cannot exhaust the stack, and the memory needed depends
//! only on the known fields. The elements of a list can be read [one by one](Fields::each), each before the next is
//! parsed, so that five thousand notifications need the memory of one.
//!
//! Accessors return `None` for a missing or wrongly typed field, so one bad field does not lose the message. Unknown fields are
//! skipped without being validated.
//!
//! ```
//! use json::{Json, Fields};
//!
//! let names = Fields::new(&[&["state", "id"]]);
//! let text = r#"{"userData": {"secret": [1, 2]}, "id": 7, "state": "Chatting"}"#;
//! let mut session = names.read_text(text.as_bytes()).unwrap();
//! assert_eq!(session.field("state").and_then(Json::take_word).as_deref(), Some("Chatting"));
//! assert_eq!(session.field("id").and_then(Json::take_word).as_deref(), Some("7"));
//! assert_eq!(session.get("userData"), None);
//! ```

mod fields;
mod integer;
mod reader;
mod value;

pub use fields::Fields;
pub use integer::{digits, integer, read_integer, write_integer};
pub use reader::{Listing, Source, Take};
pub use value::Json;
