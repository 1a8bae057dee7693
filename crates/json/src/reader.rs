//! The reading itself: a window slides over the text, and values are built of what is known in it.

use crate::{Json, Names};

/// Appends the next piece of the text to the window that it is given, of any length; nothing at the end.
pub trait Source: FnMut(&mut Vec<u8>) {}

impl<F: FnMut(&mut Vec<u8>)> Source for F {}

/// What nests deeper than this is passed over, even where it is known.
const DEEPEST: u32 = 16;

/// A known text that is longer, in bytes, is passed over: nobody reads it, and it would stay in memory.
const LONGEST: usize = 64 * 1024;

/// Takes the elements of a list, each before the next is read.
pub type Take<'a> = &'a mut dyn FnMut(Json);

impl Names {
    /// Reads a text that is one value; `None` if it is not JSON. Anything but an object is passed over, and gives `null`.
    pub fn read(&self, mut source: impl Source) -> Option<Json> {
        Reader::new(&mut source, self).whole()
    }

    /// As [`Self::read`], but gives the elements of the list that is the text's field `name` away, and leaves an empty list. If
    /// the text was not JSON, what came before it ceased to be has been given.
    pub fn read_giving(&self, mut source: impl Source, name: &str, take: Take) -> Option<Json> {
        let mut reader = Reader::new(&mut source, self);
        reader.given = Some((name, take));
        reader.whole()
    }

    /// Gives the elements of a text that is a list, or the one value that it is instead. False if it was not JSON: what came
    /// before it ceased to be has been given then.
    pub fn each(&self, mut source: impl Source, take: Take) -> bool {
        let mut reader = Reader::new(&mut source, self);
        reader.each(take).is_some() && reader.is_over()
    }
}

/// Where the reading is. Every step gives `None` where the text is not JSON.
struct Reader<'a> {
    source: &'a mut dyn FnMut(&mut Vec<u8>),
    names: &'a Names,
    /// The field of the outermost object whose elements are given away, and to whom.
    given: Option<(&'a str, Take<'a>)>,
    window: Vec<u8>,
    at: usize,
}

impl<'a> Reader<'a> {
    fn new(source: &'a mut dyn FnMut(&mut Vec<u8>), names: &'a Names) -> Self {
        let mut reader = Self {
            source,
            names,
            given: None,
            window: Vec::new(),
            at: 0,
        };
        // A byte order mark is no part of the text.
        for byte in "\u{feff}".bytes() {
            if reader.peek() == Some(byte) {
                reader.at += 1;
            }
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

    fn whole(&mut self) -> Option<Json> {
        let value = self.object_or_null()?;
        self.is_over().then_some(value)
    }

    fn each(&mut self, take: Take) -> Option<()> {
        if !self.next_is(b'[')? {
            take(self.object_or_null()?);
            return Some(());
        }
        self.list(take, Self::object_or_null)
    }

    /// A value of which nothing is kept if it is no object.
    fn object_or_null(&mut self) -> Option<Json> {
        match self.token()? {
            b'{' => return self.value(b'{', 0),
            first @ (b'[' | b'"') => self.pass(first)?,
            first => drop(self.value(first, 0)?),
        }
        Some(Json::Null)
    }

    /// The value that begins with this byte.
    fn value(&mut self, first: u8, depth: u32) -> Option<Json> {
        Some(match first {
            b'"' => self.string()?.map_or(Json::Null, Json::Text),
            b'{' | b'[' if depth == DEEPEST => {
                self.pass(first)?;
                Json::Null
            }
            b'{' => Json::Object(self.object(depth + 1)?),
            b'[' => {
                let mut elements = Vec::new();
                let element = |reader: &mut Self| {
                    let first = reader.token()?;
                    reader.value(first, depth + 1)
                };
                self.list(&mut |value| elements.push(value), element)?;
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
            let first = self.token()?;
            match name.filter(|name| self.names.keeps(name, first)) {
                Some(name) => {
                    let given = |given: &mut (&str, _)| depth == 1 && given.0 == name;
                    let value = match self.given.take_if(given) {
                        Some((_, take)) if first == b'[' => {
                            self.list(take, Self::object_or_null)?;
                            Json::List(Vec::new())
                        }
                        _ => self.value(first, depth)?,
                    };
                    match fields.iter_mut().find(|(known, _)| *known == name) {
                        Some(field) => field.1 = value,
                        None => fields.push((name, value)),
                    }
                }
                None => self.pass(first)?,
            }
            match self.token()? {
                b',' => {}
                b'}' => return Some(fields),
                _ => return None,
            }
        }
    }

    /// The elements after a bracket, each read by `element`.
    fn list(&mut self, take: Take, element: impl Fn(&mut Self) -> Option<Json>) -> Option<()> {
        if self.next_is(b']')? {
            return Some(());
        }
        loop {
            take(element(self)?);
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
            return Some(self.names.find(name));
        }
        let name = self.string()?.unwrap_or_default();
        Some(self.names.find(name.as_bytes()))
    }

    /// A string; `Some(None)` if it is too long to be kept.
    fn string(&mut self) -> Option<Option<String>> {
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

    /// What follows a backslash. A character beyond the first 65,536 is written as two halves: `half` is the first of them
    /// and where the text ended with it. A half without the other is no Unicode, and is replaced.
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
