//! The reading itself: a window slides over the text, and values are built of what is known in it.

mod scalar;

use crate::{Json, Names};

/// Appends the next piece of the text to the window that it is given, of any length; nothing at the end.
pub trait Source: FnMut(&mut Vec<u8>) {}

impl<F: FnMut(&mut Vec<u8>)> Source for F {}

/// What nests deeper than this is passed over, even where it is known.
const DEEPEST: u32 = 16;

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
                    let is_list = depth == 1 && first == b'[';
                    let given = |given: &mut (&str, _)| is_list && given.0 == name;
                    let value = match self.given.take_if(given) {
                        Some((_, take)) => {
                            self.list(take, Self::object_or_null)?;
                            Json::List(Vec::new())
                        }
                        None => self.value(first, depth)?,
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
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}
