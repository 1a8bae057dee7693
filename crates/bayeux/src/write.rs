//! The JSON that goes out, written by hand: five small shapes do not need a serialiser in the
//! download.

use crate::Millis;

/// The array of one request, message by message.
pub(crate) struct Body(String);

impl Body {
    pub fn new() -> Self {
        Self(String::from("["))
    }

    /// Begins a message to this channel.
    pub fn message(&mut self, id: u64, channel: &str) -> &mut Self {
        self.0.push_str(if self.0.len() > 1 {
            ",{\"id\":\""
        } else {
            "{\"id\":\""
        });
        push_number(&mut self.0, id);
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
        if number < 0 {
            self.0.push('-');
        }
        push_number(&mut self.0, number.unsigned_abs());
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

fn push_number(out: &mut String, number: Millis) {
    if number >= 10 {
        push_number(out, number / 10);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}

fn push_string(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\0'..='\x1f' => {
                out.push_str("\\u00");
                out.push(if c < '\x10' { '0' } else { '1' });
                out.push(char::from(b"0123456789abcdef"[c as usize % 16]));
            }
            _ => out.push(c),
        }
    }
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
            id: u64, channel: String, text in "\\PC*|[\\x00-\\x7f\u{2028}😀]*", ack: i64,
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
