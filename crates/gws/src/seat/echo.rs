//! Finding a message that was sent in the log.
//!
//! Nothing on the wire says which entry is whose echo. So it is told by author, place, order and
//! words. White space does not count, as a server may trim and fold it. A long SMS may come back in
//! parts: then its words are those of several entries together.

use super::Place;
use crate::{LogEntry, Visibility};

/// So many own entries are kept while an echo is awaited; then the first ones go.
const MOST_CANDIDATES: usize = 500;

/// An own entry that may be an echo.
#[derive(Debug)]
pub(super) struct Candidate {
    pub place: Place,
    pub index: Option<i64>,
    pub visibility: Option<Visibility>,
    essence: String,
}

/// The own entries that came since an echo is awaited.
#[derive(Debug, Default)]
pub(super) struct Echoes {
    /// Those that are nobody's echo yet, in the order of the log.
    candidates: Vec<Candidate>,
    /// Those that are the echo of a row that is gone.
    claimed: Vec<Place>,
    /// The log is known up to this index. Beyond that parts may be missing, and those of two
    /// messages with the same words could be mixed up.
    pub known: i64,
}

impl Echoes {
    /// Keeps the entry if it may be an echo. It may be told again.
    pub fn told(&mut self, place: Place, entry: &LogEntry) {
        let essence = essence(entry.text.as_deref().unwrap_or_default());
        if entry.kind != "Text" || essence.is_empty() || self.claimed.contains(&place) {
            return;
        }
        let candidate = Candidate {
            place,
            index: entry.index,
            visibility: entry.visibility,
            essence,
        };
        match self
            .candidates
            .binary_search_by_key(&place, |one| one.place)
        {
            Ok(at) => self.candidates[at] = candidate,
            Err(at) => self.candidates.insert(at, candidate),
        }
        if self.candidates.len() > MOST_CANDIDATES {
            self.candidates.remove(0);
        }
    }

    /// Takes the first entry, in the order of the log, that has the words; or the first ones that
    /// together have them. Only what stands after `before` counts, and with `visibility` only what
    /// that audience saw.
    pub fn claim(
        &mut self,
        words: &str,
        before: Place,
        visibility: Option<Visibility>,
    ) -> Option<Vec<Candidate>> {
        let words = essence(words);
        let fits = |one: &Candidate| {
            one.place > before && (visibility.is_none() || one.visibility == visibility)
        };
        let all = self.candidates.iter().enumerate();
        let usable: Vec<_> = all.filter(|(_, one)| fits(one)).collect();
        let whole = usable.iter().find(|(_, one)| one.essence == words);
        let found = match whole {
            Some((at, _)) => vec![*at],
            None => {
                let known = |(_, one): &&(usize, &Candidate)| one.place.index() <= self.known;
                let count = usable.iter().take_while(known).count();
                (0..count).find_map(|first| parts(&words, &usable[first..count]))?
            }
        };
        let mut claimed = Vec::new();
        for at in found.into_iter().rev() {
            claimed.insert(0, self.candidates.remove(at));
        }
        self.claimed.extend(claimed.iter().map(|one| one.place));
        Some(claimed)
    }

    /// Forgets what no row waits for: all that is not after this place.
    pub fn forget(&mut self, before: Option<Place>) {
        let is_watched = |place: Place| before.is_some_and(|before| place > before);
        self.candidates.retain(|one| is_watched(one.place));
        self.claimed.retain(|place| is_watched(*place));
    }
}

/// The parts that begin with the first of these, in the order of the log. Others may stand between.
fn parts(words: &str, usable: &[(usize, &Candidate)]) -> Option<Vec<usize>> {
    let mut rest = words;
    let mut found = Vec::new();
    for (at, one) in usable {
        match rest.strip_prefix(one.essence.as_str()) {
            Some(after) => {
                rest = after;
                found.push(*at);
            }
            None if found.is_empty() => return None,
            None => {}
        }
    }
    rest.is_empty().then_some(found)
}

/// What is compared of words.
fn essence(text: &str) -> String {
    text.split_whitespace().collect()
}
