//! The JSON that goes out, written by hand: five small shapes do not need a serialiser in the
//! download.

use loose::write_whole;

/// The array of one request, message by message.
pub(crate) struct Body(String);

impl Body {
    pub fn new() -> Self {
        Self(String::from("["))
    }

    /// Begins a message to this channel.
    pub fn message(&mut self, id: i64, channel: &str) -> &mut Self {
        self.0.push_str(if self.0.len() > 1 {
            ",{\"id\":\""
        } else {
            "{\"id\":\""
        });
        write_whole(&mut self.0, id);
        self.0.push('"');
        self.text("channel", channel)
    }

    /// Adds a field to the message.
    pub fn text(&mut self, key: &str, value: &str) -> &mut Self {
        self.key(key);
        push_string(&mut self.0, value);
        self
    }

    /// Adds a field whose value is JSON already.
    pub fn json(&mut self, key: &str, value: &str) -> &mut Self {
        self.key(key);
        self.0.push_str(value);
        self
    }

    /// Adds the number of the last batch that arrived.
    pub fn ack(&mut self, number: i64) -> &mut Self {
        self.json("ext", "{\"ack\":");
        write_whole(&mut self.0, number);
        self.0.push('}');
        self
    }

    /// Ends the message.
    pub fn end(&mut self) {
        self.0.push('}');
    }

    /// Ends the array.
    pub fn finish(mut self) -> String {
        self.0.push(']');
        self.0
    }

    fn key(&mut self, key: &str) {
        self.0.push_str(",\"");
        self.0.push_str(key);
        self.0.push_str("\":");
    }
}

/// What JSON wants escaped is ASCII, so the text is taken byte by byte and copied in stretches.
fn push_string(out: &mut String, text: &str) {
    const HEX: &str = "0123456789abcdef";
    out.push('"');
    let mut copied = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte < b' ' || byte == b'"' || byte == b'\\' {
            out.push_str(text.get(copied..at).unwrap_or_default());
            out.push_str("\\u00");
            for digit in [byte >> 4, byte & 15] {
                let digit = usize::from(digit);
                out.push_str(HEX.get(digit..=digit).unwrap_or_default());
            }
            copied = at + 1;
        }
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    out.push('"');
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
