//! Which fields are known.

use crate::Json;

/// The number of slots of the table; at most half of them are used.
const PLACES: usize = 128;

/// The names of the fields that are read: a hash table, laid out when the program is compiled.
#[derive(Clone, Debug)]
pub struct Fields {
    table: [&'static str; PLACES],
    objects: &'static [&'static str],
}

impl Fields {
    /// The names of several lists; the same name may be in more than one.
    ///
    /// # Panics
    /// If there are too many names.
    pub const fn new(lists: &[&[&'static str]]) -> Self {
        let mut table = [""; PLACES];
        let (mut list, mut name, mut taken) = (0, 0, 0);
        while list < lists.len() {
            if name == lists[list].len() {
                (list, name) = (list + 1, 0);
                continue;
            }
            let new = lists[list][name];
            let mut place = hash(new.as_bytes());
            while !table[place].is_empty() && !is_same(table[place].as_bytes(), new.as_bytes()) {
                place = (place + 1) % PLACES;
            }
            if table[place].is_empty() {
                taken += 1;
                assert!(taken <= PLACES / 2, "too many names");
            }
            table[place] = new;
            name += 1;
        }
        Self {
            table,
            objects: &[],
        }
    }

    /// The same names; the fields named here are kept only if their value is an object.
    pub const fn with_objects(mut self, names: &'static [&'static str]) -> Self {
        self.objects = names;
        self
    }

    /// The known name that equals these bytes.
    pub(crate) fn find(&self, name: &[u8]) -> Option<&'static str> {
        let mut place = hash(name);
        loop {
            let known = *self.table.get(place)?;
            if known.is_empty() || is_same(known.as_bytes(), name) {
                return (!known.is_empty()).then_some(known);
            }
            place = (place + 1) % PLACES;
        }
    }

    /// Whether the field is kept if its value begins with this byte.
    pub(crate) fn keeps(&self, name: &str, first: u8) -> bool {
        first == b'{' || !self.objects.contains(&name)
    }

    /// Reads a text that is in memory; `None` if it is not JSON.
    pub fn read_text(&self, text: &[u8]) -> Option<Json> {
        let mut rest = Some(text);
        self.read(move |window: &mut Vec<u8>| {
            window.extend_from_slice(rest.take().unwrap_or_default());
        })
    }
}

/// Length, first and last byte tell most names apart.
const fn hash(name: &[u8]) -> usize {
    match name {
        [first, .., last] => (name.len() * 7 + *first as usize * 3 + *last as usize) % PLACES,
        _ => name.len(),
    }
}

const fn is_same(one: &[u8], other: &[u8]) -> bool {
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    one.len() == other.len() && at == one.len()
}
