//! JSON from the wire, read once from its bytes, without expecting anything of it.
//!
//! Who reads says which fields it knows. Only these are kept: what stands in others is passed over where it lies, so that
//! nothing of it is ever copied (personal data least of all), no nesting exhausts a stack, and a body of any length needs no
//! more memory than what is known in it. The elements of a list can be had [one by one](Fields::each), each before the next
//! is read, so that five thousand notifications need the memory of one.
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
