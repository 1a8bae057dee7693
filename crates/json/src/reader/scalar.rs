//! Strings, numbers, `true`, `false` and `null`.

use super::Reader;
use crate::Json;

/// The longest string that is kept, in bytes. Longer ones are skipped: nobody reads them, and they would stay in
/// memory.
const LONGEST: usize = 64 * 1024;

impl Reader<'_> {
    /// A string; `Some(None)` if it is too long to be kept.
    pub(super) fn string(&mut self) -> Option<Option<String>> {
        let mut bytes = Vec::new();
        let mut half = None;
        loop {
            let end = self.at + self.plain();
            bytes.extend_from_slice(self.window.get(self.at..end)?);
            self.at = end;
            if bytes.len() > LONGEST {
                self.pass_string()?;
                return Some(None);
            }
            match self.byte()? {
                b'"' => break,
                b'\\' => self.escape(&mut bytes, &mut half)?,
                // The first byte of the next window.
                _ => self.at -= 1,
            }
        }
        Some(Some(match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
        }))
    }

    /// Decodes an escape sequence, after its backslash. A character beyond U+FFFF is written as a surrogate pair:
    /// `half` holds the first surrogate and the length of the output with its replacement. A lone surrogate is
    /// replaced.
    fn escape(&mut self, out: &mut Vec<u8>, half: &mut Option<(u32, usize)>) -> Option<()> {
        out.push(match self.byte()? {
            b'b' => 8,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'u' => {
                let mut code = self.unit()?;
                if let (0xdc00..0xe000, Some((first, end))) = (code, half.take())
                    && end == out.len()
                {
                    code = 0x1_0000 + ((first - 0xd800) << 10) + (code - 0xdc00);
                    out.truncate(end - char::REPLACEMENT_CHARACTER.len_utf8());
                }
                let character = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
                out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                if let 0xd800..0xdc00 = code {
                    *half = Some((code, out.len()));
                }
                return Some(());
            }
            other @ (b'"' | b'\\' | b'/') => other,
            _ => return None,
        });
        Some(())
    }

    fn unit(&mut self) -> Option<u32> {
        let mut unit = 0;
        for _ in 0..4 {
            unit = unit * 16 + char::from(self.byte()?).to_digit(16)?;
        }
        Some(unit)
    }

    pub(super) fn word(&mut self, rest: &[u8], value: Json) -> Option<Json> {
        for byte in rest {
            (self.byte()? == *byte).then_some(())?;
        }
        Some(value)
    }

    /// A number without its sign, with or without the `L` of a Java long (`1399313371000L`), which occurs in documented
    /// samples.
    pub(super) fn number(&mut self, first: u8) -> Option<f64> {
        first.is_ascii_digit().then_some(())?;
        let mut number = f64::from(first - b'0');
        let mut exponent = 0_i32;
        let mut fraction = false;
        while let Some(byte) = self.peek() {
            match byte {
                b'0'..=b'9' => {
                    // Exact as long as the result is.
                    number = number * 10.0 + f64::from(byte - b'0');
                    exponent = exponent.saturating_sub(i32::from(fraction));
                }
                b'.' if !fraction => fraction = true,
                _ => break,
            }
            self.at += 1;
        }
        match self.peek() {
            Some(b'L') => self.at += 1,
            Some(b'e' | b'E') => {
                self.at += 1;
                exponent = exponent.saturating_add(self.exponent()?);
            }
            _ => {}
        }
        // More steps would not change the result.
        for _ in 0..exponent.unsigned_abs().min(700) {
            number = if exponent < 0 {
                number / 10.0
            } else {
                number * 10.0
            };
        }
        Some(number)
    }

    fn exponent(&mut self) -> Option<i32> {
        let mut first = self.byte()?;
        let negative = first == b'-';
        if matches!(first, b'-' | b'+') {
            first = self.byte()?;
        }
        first.is_ascii_digit().then_some(())?;
        let mut exponent = i32::from(first - b'0');
        while let Some(byte @ b'0'..=b'9') = self.peek() {
            exponent = exponent
                .saturating_mul(10)
                .saturating_add(i32::from(byte - b'0'));
            self.at += 1;
        }
        Some(if negative { -exponent } else { exponent })
    }
}
