//! Seeded randomness, the same on every machine.

/// A deterministic source of numbers and ids. Not for secrets.
#[derive(Debug, Clone)]
pub struct Rng(fastrand::Rng);

impl Rng {
    /// The same seed gives the same numbers.
    pub fn new(seed: u64) -> Rng {
        Rng(fastrand::Rng::with_seed(seed))
    }

    /// A number from 0 to `end - 1`; 0 when `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        // By 64 bits everywhere: by the machine's own word, the same seed would give other numbers in WebAssembly.
        let end = u64::try_from(end).unwrap_or(u64::MAX);
        usize::try_from(self.0.u64(..end.max(1))).unwrap_or_default()
    }

    /// Swaps the items into a random order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for place in 1..items.len() {
            items.swap(place, self.below(place + 1));
        }
    }

    /// `len` characters of `alphabet`.
    pub fn text(&mut self, alphabet: &[u8], len: usize) -> String {
        (0..len)
            .map(|_| char::from(alphabet[self.below(alphabet.len())]))
            .collect()
    }

    /// `len` lower-case hexadecimal digits.
    pub fn hex(&mut self, len: usize) -> String {
        self.text(b"0123456789abcdef", len)
    }

    /// A session id in the manner of Genesys: `0001Da9PFC93000S`.
    pub fn session_id(&mut self) -> String {
        let upper = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        format!("0001Da{}", self.text(upper, 10))
    }

    /// A random UUID in form, for tokens.
    pub fn uuid(&mut self) -> String {
        let groups = [8, 4, 4, 4, 12].map(|len| self.hex(len));
        groups.join("-")
    }
}
