//! JSON as Genesys's own pages print it: with Java longs such as `1399313371000L`.

use std::borrow::Cow;

/// Takes the `L` off numbers outside of strings, so that a JSON parser can read the text. Whatever
/// else is wrong with the text is left for the parser to say.
pub fn strip_java_longs(text: &str) -> Cow<'_, str> {
    let mut stripped = String::new();
    let mut kept = 0;
    let mut in_string = false;
    let mut escaped = false;
    let mut after_digit = false;
    for (at, byte) in text.bytes().enumerate() {
        if in_string {
            // The byte after a backslash neither ends the string nor starts an escape.
            in_string = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
            continue;
        }
        if byte == b'L' && after_digit {
            stripped.push_str(text.get(kept..at).unwrap_or_default());
            kept = at + 1;
        }
        in_string = byte == b'"';
        after_digit = byte.is_ascii_digit();
    }
    if kept == 0 {
        return Cow::Borrowed(text);
    }
    stripped.push_str(text.get(kept..).unwrap_or_default());
    Cow::Owned(stripped)
}
