//! The parser: a window slides over the text, and values are built from the known fields.

mod scalar;

use crate::{Fields, Json};

/// Appends the next piece of the text, of any length, to the given window; appends nothing at the end.
pub trait Source: FnMut(&mut Vec<u8>) {}

impl<F: FnMut(&mut Vec<u8>)> Source for F {}

/// The most words that are kept of a list. Objects are not limited here: the caller counts them.
const MOST_WORDS: usize = 1_000;

/// Values nested deeper than this are skipped, even known ones.
const DEEPEST: u32 = 16;

/// Receives the elements of a list, each before the next is parsed.
pub type Take<'a> = &'a mut dyn FnMut(Json);

impl Fields {
    /// Parses a text that is one value; `None` if it is not JSON. Anything but an object is skipped and gives `null`.
    pub fn read(&self, mut source: impl Source) -> Option<Json> {
        Reader::new(&mut source, self).text()
    }

    /// As [`Self::read`], but the caller takes the elements of the list in the field `name` one by one, at its own
    /// pace; an empty list remains in that field.
    pub fn listing<'a>(
        &'a self,
        source: &'a mut dyn FnMut(&mut Vec<u8>),
        name: &'a str,
    ) -> Listing<'a> {
        Listing {
            reader: Reader::new(source, self),
            name,
            value: Json::Null,
            place: Place::Start,
        }
    }

    /// Hands over the elements of a text that is a list, or the text's single value. Returns false if it was not JSON;
    /// elements before a syntax error have already been handed over.
    pub fn each(&self, mut source: impl Source, take: Take) -> bool {
        let mut reader = Reader::new(&mut source, self);
        reader.each(take).is_some() && reader.is_over()
    }
}

/// A text that is read with pauses.
pub struct Listing<'a> {
    reader: Reader<'a>,
    name: &'a str,
    value: Json,
    place: Place,
}

/// Where a [`Listing`] goes on.
#[derive(Clone, Copy)]
enum Place {
    Start,
    Field,
    AfterField,
    Element,
    End,
}

impl Listing<'_> {
    /// The next element of the list. `Err` at the end: the text's value without the elements, or `None` if it was not
    /// JSON.
    pub fn element(&mut self) -> Result<Json, Option<Json>> {
        match self.advance() {
            Some(Some(element)) => Ok(element),
            Some(None) => Err(Some(std::mem::take(&mut self.value))),
            None => Err(None),
        }
    }

    fn advance(&mut self) -> Option<Option<Json>> {
        let reader = &mut self.reader;
        loop {
            self.place = match self.place {
                Place::Start if reader.next_is(b'{')? => {
                    self.value = Json::Object(Vec::new());
                    match reader.next_is(b'}')? {
                        true => Place::End,
                        false => Place::Field,
                    }
                }
                Place::Start => {
                    reader.object_or_null()?;
                    Place::End
                }
                Place::Field => {
                    let (name, first) = reader.field()?;
                    let is_list = name == Some(self.name) && first == b'[';
                    let value = match name {
                        None => reader.pass(first).map(|()| None)?,
                        Some(_) if is_list => Some(Json::List(Vec::new())),
                        Some(_) => Some(reader.value(first, 1)?),
                    };
                    if let (Json::Object(fields), Some(name), Some(value)) =
                        (&mut self.value, name, value)
                    {
                        put(fields, name, value);
                    }
                    match is_list && !reader.next_is(b']')? {
                        true => Place::Element,
                        false => Place::AfterField,
                    }
                }
                Place::AfterField if reader.goes_on(b'}')? => Place::Field,
                Place::AfterField => Place::End,
                Place::Element => {
                    let element = reader.object_or_null()?;
                    if !reader.goes_on(b']')? {
                        self.place = Place::AfterField;
                    }
                    return Some(Some(element));
                }
                Place::End => return reader.is_over().then_some(None),
            };
        }
    }
}

/// Of fields with the same name the last one counts.
fn put(fields: &mut Vec<(&'static str, Json)>, name: &'static str, value: Json) {
    match fields.iter_mut().find(|(known, _)| *known == name) {
        Some(field) => field.1 = value,
        None => fields.push((name, value)),
    }
}

/// The state of the parser. Every step gives `None` if the text is not JSON.
struct Reader<'a> {
    source: &'a mut dyn FnMut(&mut Vec<u8>),
    names: &'a Fields,
    window: Vec<u8>,
    at: usize,
}

impl<'a> Reader<'a> {
    fn new(source: &'a mut dyn FnMut(&mut Vec<u8>), names: &'a Fields) -> Self {
        let mut reader = Self {
            source,
            names,
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

    /// Advances the window; false at the end of the text.
    #[cold]
    fn slide(&mut self) -> bool {
        self.window.clear();
        self.at = 0;
        (self.source)(&mut self.window);
        !self.window.is_empty()
    }

    /// The next byte, without consuming it.
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

    /// Skips white space and peeks at the next byte.
    fn token(&mut self) -> Option<u8> {
        loop {
            let byte = self.byte()?;
            if !is_space(byte) {
                return Some(byte);
            }
        }
    }

    /// Whether this is the next token; if so, it is consumed.
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

    fn text(&mut self) -> Option<Json> {
        let value = self.object_or_null()?;
        self.is_over().then_some(value)
    }

    fn each(&mut self, take: Take) -> Option<()> {
        if !self.next_is(b'[')? {
            take(self.object_or_null()?);
            return Some(());
        }
        let mut is_more = !self.next_is(b']')?;
        while is_more {
            take(self.object_or_null()?);
            is_more = self.goes_on(b']')?;
        }
        Some(())
    }

    /// A value; anything but an object is skipped.
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
                let mut is_more = !self.next_is(b']')?;
                while is_more {
                    let first = self.token()?;
                    if first == b'{' || elements.len() < MOST_WORDS {
                        elements.push(self.value(first, depth + 1)?);
                    } else {
                        self.pass(first)?;
                    }
                    is_more = self.goes_on(b']')?;
                }
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
            let (name, first) = self.field()?;
            match name {
                Some(name) => put(&mut fields, name, self.value(first, depth)?),
                None => self.pass(first)?,
            }
            if !self.goes_on(b'}')? {
                return Some(fields);
            }
        }
    }

    /// The name of a field, if it is kept, and the first byte of its value.
    fn field(&mut self) -> Option<(Option<&'static str>, u8)> {
        (self.token()? == b'"').then_some(())?;
        let name = self.name()?;
        (self.token()? == b':').then_some(())?;
        let first = self.token()?;
        let is_kept = |name: &&str| self.names.keeps(name, first);
        Some((name.filter(is_kept), first))
    }

    /// Whether the list goes on (a comma) or ends (the closing bracket).
    fn goes_on(&mut self, close: u8) -> Option<bool> {
        match self.token()? {
            b',' => Some(true),
            other => (other == close).then_some(false),
        }
    }

    /// Skips a value that begins with this byte: finds its end and checks nothing else.
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

    /// How many bytes of the window belong to a string, before its end or an escape.
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
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}
