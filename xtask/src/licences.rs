//! Licences that a crate may have. The list is the one in `deny.toml`; here is what cargo-deny does
//! with it, in small: an expression such as `(MIT OR Apache-2.0) AND Unicode-3.0` is weighed.

use std::iter::Peekable;
use std::str::SplitWhitespace;

type Words<'a> = Peekable<SplitWhitespace<'a>>;

/// The identifiers under `allow` in the section `[licenses]` of a `deny.toml`.
pub fn allowed(toml: &str) -> Vec<&str> {
    let lines = toml
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'));
    let section = lines
        .skip_while(|line| *line != "[licenses]")
        .skip(1)
        .take_while(|line| !line.starts_with('['));
    let mut names = Vec::new();
    for line in section.skip_while(|line| !line.starts_with("allow = [")) {
        names.extend(line.split('"').skip(1).step_by(2));
        if line.ends_with(']') {
            break;
        }
    }
    names
}

/// Whether an expression can be met by licences of the list alone. What cannot be read is not met.
pub fn met(expression: &str, allowed: &[&str]) -> bool {
    // Before there was a standard, a slash meant "or".
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let mut words = spaced.split_whitespace().peekable();
    any(&mut words, allowed) == Some(true) && words.next().is_none()
}

fn any(words: &mut Words<'_>, allowed: &[&str]) -> Option<bool> {
    let mut met = all(words, allowed)?;
    while words.next_if_eq(&"OR").is_some() {
        met |= all(words, allowed)?;
    }
    Some(met)
}

fn all(words: &mut Words<'_>, allowed: &[&str]) -> Option<bool> {
    let mut met = one(words, allowed)?;
    while words.next_if_eq(&"AND").is_some() {
        met &= one(words, allowed)?;
    }
    Some(met)
}

fn one(words: &mut Words<'_>, allowed: &[&str]) -> Option<bool> {
    let word = words.next()?;
    if word == "(" {
        let met = any(words, allowed)?;
        return (words.next()? == ")").then_some(met);
    }
    // An exception makes another licence of it, which is to be allowed by its whole name.
    let name = match words.next_if_eq(&"WITH") {
        Some(_) => format!("{word} WITH {}", words.next()?),
        None => word.to_owned(),
    };
    Some(allowed.contains(&name.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALLOWED: [&str; 3] = ["MIT", "Apache-2.0", "Unicode-3.0"];

    #[test]
    fn one_of_several_is_enough_and_all_of_several_are_needed() {
        for expression in [
            "MIT",
            "MIT OR GPL-3.0",
            "GPL-3.0/MIT",
            "Apache-2.0 / MIT",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "GPL-3.0 AND BSL-1.0 OR MIT",
        ] {
            assert!(met(expression, &ALLOWED), "{expression}");
        }
        for expression in [
            "GPL-3.0",
            "MIT AND GPL-3.0",
            "(MIT OR Apache-2.0) AND NCSA",
            "MIT AND (GPL-3.0 OR NCSA)",
            "Apache-2.0 WITH LLVM-exception",
        ] {
            assert!(!met(expression, &ALLOWED), "{expression}");
        }
        let exception = ["Apache-2.0 WITH LLVM-exception"];
        assert!(met("Apache-2.0 WITH LLVM-exception OR GPL-3.0", &exception));
        assert!(!met("Apache-2.0", &exception));
    }

    #[test]
    fn what_cannot_be_read_is_not_met() {
        for expression in [
            "", "(MIT", "MIT)", "MIT MIT", "MIT OR", "AND MIT", "MIT WITH",
        ] {
            assert!(!met(expression, &ALLOWED), "{expression}");
        }
    }

    #[test]
    fn the_list_is_found() {
        let toml = "[bans]\nallow = [\"a\"]\n[licenses]\n# allow = [\"b\"]\nallow = [\n  \"MIT\",\n  \"ISC\",\n]\nexceptions = [\"c\"]\n";
        assert_eq!(allowed(toml), ["MIT", "ISC"]);
        assert_eq!(
            allowed("[licenses]\nallow = [\"A\", \"B\"]\n[x]"),
            ["A", "B"]
        );
        assert_eq!(allowed("[bans]\nallow = [\"a\"]"), [""; 0]);
    }
}
