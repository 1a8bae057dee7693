//! The words after `cargo xtask`. Options are taken out one by one by the command that knows
//! them, so that what is left at the end is either a name or a mistake.

/// The words not yet taken.
pub struct Args {
    words: Vec<String>,
}

impl Args {
    /// Wraps the words of the command line.
    pub fn new(words: impl IntoIterator<Item = String>) -> Self {
        Self {
            words: words.into_iter().collect(),
        }
    }

    /// Takes the first word, if it is not an option.
    pub fn command(&mut self) -> Option<String> {
        match self.words.first() {
            Some(word) if !word.starts_with('-') => Some(self.words.remove(0)),
            _ => None,
        }
    }

    /// Takes an option without a value; true if it was there.
    pub fn flag(&mut self, name: &str) -> bool {
        let before = self.words.len();
        self.words.retain(|word| word != name);
        self.words.len() != before
    }

    /// Takes an option with a value, as `--name value` or `--name=value`.
    pub fn value(&mut self, name: &str) -> Result<Option<String>, String> {
        let joined = format!("{name}=");
        let Some(at) = self
            .words
            .iter()
            .position(|word| word == name || word.starts_with(&joined))
        else {
            return Ok(None);
        };
        let word = self.words.remove(at);
        if let Some(value) = word.strip_prefix(&joined) {
            return Ok(Some(value.to_owned()));
        }
        if at == self.words.len() {
            return Err(format!("{name} wants a value"));
        }
        Ok(Some(self.words.remove(at)))
    }

    /// What is left, all of it names; an option among them is one that nobody knows.
    pub fn names(self) -> Result<Vec<String>, String> {
        match self.words.iter().find(|word| word.starts_with('-')) {
            Some(option) => Err(format!("the option `{option}` is unknown here; see --help")),
            None => Ok(self.words),
        }
    }

    /// Demands that nothing is left.
    pub fn none_left(self) -> Result<(), String> {
        match self.names()?.first() {
            Some(name) => Err(format!("`{name}` is not expected here; see --help")),
            None => Ok(()),
        }
    }

    /// Prints `help` and tells so, if it was asked for.
    pub fn help(&mut self, help: &str) -> bool {
        let asked = self.flag("--help") | self.flag("-h");
        if asked {
            println!("{help}");
        }
        asked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(line: &str) -> Args {
        Args::new(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn options_are_taken_wherever_they_stand() {
        let mut args = args("demo --no-open --port 9000");
        assert_eq!(args.command().as_deref(), Some("demo"));
        assert_eq!(args.value("--port"), Ok(Some("9000".into())));
        assert!(args.flag("--no-open"));
        assert!(!args.flag("--no-open"));
        assert_eq!(args.none_left(), Ok(()));
    }

    #[test]
    fn a_value_may_be_joined() {
        let mut joined = args("--port=9000");
        assert_eq!(joined.value("--port"), Ok(Some("9000".into())));
        assert_eq!(joined.names(), Ok(vec![]));
    }

    #[test]
    fn mistakes_are_named() {
        assert!(args("--port").value("--port").is_err());
        assert!(args("--prot 1").none_left().unwrap_err().contains("--prot"));
        assert!(args("extra").none_left().unwrap_err().contains("extra"));
    }
}
