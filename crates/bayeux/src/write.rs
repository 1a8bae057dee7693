//! The client's JSON, written by hand: five small shapes need no serialiser in the download.

use json::write_integer;

/// The JSON array of one request. As bytes: all characters that JSON escapes are one byte long.
pub(crate) struct Body(Vec<u8>);

impl Body {
    pub fn new() -> Self {
        Self(b"[".to_vec())
    }

    /// Begins a message to this channel.
    pub fn message(&mut self, id: i64, channel: &str) -> &mut Self {
        if self.0.len() > 1 {
            self.0.push(b',');
        }
        self.push("{\"id\":\"");
        write_integer(&mut self.0, id);
        self.0.push(b'"');
        self.text("channel", channel)
    }

    /// Adds a field to the message.
    pub fn text(&mut self, key: &str, value: &str) -> &mut Self {
        self.json(key, "\"");
        for byte in value.bytes() {
            if byte < b' ' || byte == b'"' || byte == b'\\' {
                self.push("\\u00");
                for digit in [byte >> 4, byte & 15] {
                    self.0.push(b"0123456789abcdef"[usize::from(digit)]);
                }
            } else {
                self.0.push(byte);
            }
        }
        self.push("\"")
    }

    /// Adds a field whose value is JSON already.
    pub fn json(&mut self, key: &str, value: &str) -> &mut Self {
        self.push(",\"").push(key).push("\":").push(value)
    }

    /// Adds the number of the last batch that arrived.
    pub fn ack(&mut self, number: i64) -> &mut Self {
        self.json("ext", "{\"ack\":");
        write_integer(&mut self.0, number);
        self.push("}")
    }

    /// Ends the message.
    pub fn end(&mut self) {
        self.0.push(b'}');
    }

    /// Ends the array.
    pub fn finish(mut self) -> String {
        self.0.push(b']');
        // Always UTF-8: it was built from `&str`s.
        String::from_utf8(self.0).unwrap_or_default()
    }

    fn push(&mut self, text: &str) -> &mut Self {
        self.0.extend_from_slice(text.as_bytes());
        self
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_what_a_json_parser_reads(
            id: i64, channel: String, text in "\\PC*|[\\x00-\\x7f\u{2028}😀]*", ack: i64,
        ) {
            let mut body = Body::new();
            body.message(id, &channel).text("clientId", &text).ack(ack).end();
            body.message(id, "/meta/connect").json("advice", "{\"timeout\":0}").end();
            let read: Value = serde_json::from_str(&body.finish()).unwrap();
            prop_assert_eq!(read, json!([
                {"id": id.to_string(), "channel": channel, "clientId": text, "ext": {"ack": ack}},
                {"id": id.to_string(), "channel": "/meta/connect", "advice": {"timeout": 0}},
            ]));
        }
    }
}
