//! The reading itself: a window slides over the text, and values are built of what is known in it.

use crate::Json;

/// Appends the next piece of the text to the window that it is given, of any length; nothing at the end.
pub trait Source: FnMut(&mut Vec<u8>) {}

impl<F: FnMut(&mut Vec<u8>)> Source for F {}

/// What nests deeper than this is passed over, even where it is known.
const DEEPEST: u32 = 16;

/// Gives a field's name, if that is to be kept.
pub type Known<'a> = &'a dyn Fn(&[u8]) -> Option<&'static str>;

/// Takes the elements of a list, each before the next is read.
pub type Take<'a> = &'a mut dyn FnMut(Json);

/// Reads a text that is one value; `None` if it is not JSON.
pub fn read(mut source: impl Source, known: Known) -> Option<Json> {
    let mut reader = Reader::new(&mut source, known);
    let value = reader.value(0)?;
    reader.is_over().then_some(value)
}

/// As [`read`], but gives the elements of the list that is the text's field `name` away, and leaves an empty list. If the text
/// was not JSON, what came before it ceased to be has been given.
pub fn read_giving(mut source: impl Source, known: Known, name: &str, take: Take) -> Option<Json> {
    let mut reader = Reader::new(&mut source, known);
    reader.given = Some((name, take));
    let value = reader.value(0)?;
    reader.is_over().then_some(value)
}

/// Gives the elements of a text that is a list, or the one value that it is instead. False if it was not JSON: what came
/// before it ceased to be has been given then.
pub fn each(mut source: impl Source, known: Known, take: Take) -> bool {
    let mut reader = Reader::new(&mut source, known);
    reader.each(take).is_some() && reader.is_over()
}

/// Where the reading is. Every step gives `None` where the text is not JSON.
struct Reader<'a> {
    source: &'a mut dyn FnMut(&mut Vec<u8>),
    known: Known<'a>,
    /// The field of the outermost object whose elements are given away, and to whom.
    given: Option<(&'a str, Take<'a>)>,
    window: Vec<u8>,
    at: usize,
}

impl<'a> Reader<'a> {
    fn new(source: &'a mut dyn FnMut(&mut Vec<u8>), known: Known<'a>) -> Self {
        let mut reader = Self {
            source,
            known,
            given: None,
            window: Vec::new(),
            at: 0,
        };
        reader.slide();
        if reader.window.starts_with("\u{feff}".as_bytes()) {
            reader.at = 3;
        }
        reader
    }

    /// Moves the window on; false at the end of the text.
    #[cold]
    fn slide(&mut self) -> bool {
        self.window.clear();
        self.at = 0;
        (self.source)(&mut self.window);
        !self.window.is_empty()
    }

    /// The next byte, which stays the next.
    fn peek(&mut self) -> Option<u8> {
        if self.at == self.window.len() && !self.slide() {
            return None;
        }
        self.window.get(self.at).copied()
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    /// The next byte that is no white space.
    fn token(&mut self) -> Option<u8> {
        loop {
            let byte = self.byte()?;
            if !is_space(byte) {
                return Some(byte);
            }
        }
    }

    /// Whether this is the next token; if so, it is passed.
    fn next_is(&mut self, token: u8) -> Option<bool> {
        let found = self.token()? == token;
        if !found {
            self.at -= 1;
        }
        Some(found)
    }

    /// Whether nothing but white space is left.
    fn is_over(&mut self) -> bool {
        self.token().is_none()
    }

    fn each(&mut self, take: Take) -> Option<()> {
        if self.next_is(b'[')? {
            return self.list(1, take);
        }
        take(self.value(0)?);
        Some(())
    }

    fn value(&mut self, depth: u32) -> Option<Json> {
        let first = self.token()?;
        Some(match first {
            b'"' => Json::Text(self.string()?),
            b'{' | b'[' if depth == DEEPEST => {
                self.pass(first)?;
                Json::Null
            }
            b'{' => Json::Object(self.object(depth + 1)?),
            b'[' => {
                let mut elements = Vec::new();
                self.list(depth + 1, &mut |element| elements.push(element))?;
                Json::List(elements)
            }
            b't' => self.word(b"rue", Json::Bool(true))?,
            b'f' => self.word(b"alse", Json::Bool(false))?,
            b'n' => self.word(b"ull", Json::Null)?,
            b'-' => {
                let first = self.byte()?;
                Json::Number(-self.number(first)?)
            }
            _ => Json::Number(self.number(first)?),
        })
    }

    fn object(&mut self, depth: u32) -> Option<Vec<(&'static str, Json)>> {
        let mut fields: Vec<(&'static str, Json)> = Vec::new();
        if self.next_is(b'}')? {
            return Some(fields);
        }
        loop {
            (self.token()? == b'"').then_some(())?;
            let name = self.name()?;
            (self.token()? == b':').then_some(())?;
            match name {
                Some(name) => {
                    let given = |given: &mut (&str, _)| depth == 1 && given.0 == name;
                    let value = match self.given.take_if(given) {
                        Some((_, take)) if self.next_is(b'[')? => {
                            self.list(2, take)?;
                            Json::List(Vec::new())
                        }
                        _ => self.value(depth)?,
                    };
                    match fields.iter_mut().find(|(known, _)| *known == name) {
                        Some(field) => field.1 = value,
                        None => fields.push((name, value)),
                    }
                }
                None => {
                    let first = self.token()?;
                    self.pass(first)?;
                }
            }
            match self.token()? {
                b',' => {}
                b'}' => return Some(fields),
                _ => return None,
            }
        }
    }

    /// The elements after a bracket.
    fn list(&mut self, depth: u32, take: Take) -> Option<()> {
        if self.next_is(b']')? {
            return Some(());
        }
        loop {
            take(self.value(depth)?);
            match self.token()? {
                b',' => {}
                b']' => return Some(()),
                _ => return None,
            }
        }
    }

    /// Passes a value over that begins with this byte: finds where it ends, and asks nothing else of it.
    fn pass(&mut self, first: u8) -> Option<()> {
        match first {
            b'"' => return self.pass_string(),
            b'{' | b'[' => {}
            b',' | b':' | b'}' | b']' => return None,
            _ => {
                while let Some(byte) = self.peek()
                    && !is_space(byte)
                    && !matches!(byte, b',' | b'}' | b']')
                {
                    self.at += 1;
                }
                return Some(());
            }
        }
        let mut open = 1_u32;
        while open > 0 {
            match self.byte()? {
                b'"' => self.pass_string()?,
                b'{' | b'[' => open += 1,
                b'}' | b']' => open -= 1,
                _ => {}
            }
        }
        Some(())
    }

    fn pass_string(&mut self) -> Option<()> {
        loop {
            self.at += self.plain();
            match self.byte()? {
                b'"' => return Some(()),
                b'\\' => drop(self.byte()?),
                _ => {}
            }
        }
    }

    /// How many bytes of the window are a string's, before its end or an escape.
    fn plain(&self) -> usize {
        let rest = self.window.get(self.at..).unwrap_or_default();
        let end = rest.iter().position(|byte| matches!(byte, b'"' | b'\\'));
        end.unwrap_or(rest.len())
    }

    /// A field's name, if it is known.
    fn name(&mut self) -> Option<Option<&'static str>> {
        let end = self.at + self.plain();
        if self.window.get(end) == Some(&b'"') {
            let name = self.window.get(self.at..end)?;
            self.at = end + 1;
            return Some((self.known)(name));
        }
        let name = self.string()?;
        Some((self.known)(name.as_bytes()))
    }

    fn string(&mut self) -> Option<String> {
        let mut bytes = Vec::new();
        loop {
            let end = self.at + self.plain();
            bytes.extend_from_slice(self.window.get(self.at..end)?);
            self.at = end;
            match self.byte()? {
                b'"' => break,
                b'\\' => self.escape(&mut bytes)?,
                // The first byte of the next window.
                _ => self.at -= 1,
            }
        }
        Some(match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
        })
    }

    fn escape(&mut self, out: &mut Vec<u8>) -> Option<()> {
        out.push(match self.byte()? {
            b'b' => 8,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'u' => return self.character(out),
            other @ (b'"' | b'\\' | b'/') => other,
            _ => return None,
        });
        Some(())
    }

    /// The character of `\uXXXX`. One beyond the first 65,536 is written as two halves; the first half waits in the text,
    /// in the form of UTF-8 but no Unicode, and is replaced in the end if the second half does not follow.
    fn character(&mut self, out: &mut Vec<u8>) -> Option<()> {
        let mut code = self.unit()?;
        if let (0xdc00..0xe000, [.., 0xed, middle @ 0xa0..0xb0, last]) = (code, &**out) {
            let half = u32::from(middle & 0x0f) << 6 | u32::from(last & 0x3f);
            code = 0x1_0000 + (half << 10) + (code - 0xdc00);
            out.truncate(out.len() - 3);
        }
        match char::from_u32(code) {
            Some(character) => {
                out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            }
            None => out.extend([
                0xed,
                0x80 | (code >> 6 & 0x3f) as u8,
                0x80 | (code & 0x3f) as u8,
            ]),
        }
        Some(())
    }

    fn unit(&mut self) -> Option<u32> {
        let mut unit = 0;
        for _ in 0..4 {
            unit = unit * 16 + char::from(self.byte()?).to_digit(16)?;
        }
        Some(unit)
    }

    fn word(&mut self, rest: &[u8], value: Json) -> Option<Json> {
        for byte in rest {
            (self.byte()? == *byte).then_some(())?;
        }
        Some(value)
    }

    /// A number without its sign, with or without the `L` of a Java long (`1399313371000L`), as documented samples have it.
    fn number(&mut self, first: u8) -> Option<f64> {
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
        // No number is so small or so large that more would be left of it.
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

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}
