//! The words of a message, made safe to show: as text only.

use js_sys::RegExp;

/// Longer than this, in characters, and a message is folded.
const FOLDED_AT: usize = 1_200;
/// So many lines, and it is folded.
const FOLDED_LINES: usize = 15;

/// One piece of a text.
#[derive(Debug, PartialEq)]
pub(super) enum Piece<'a> {
    /// Plain words.
    Words(&'a str),
    /// An address with the scheme http or https.
    Link(&'a str),
}

/// Line breaks are line feeds; other control characters are shown as unknown ones.
pub(super) fn plain(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        shown.push(match letter {
            // With a line feed it is one line break.
            '\r' if letters.peek() == Some(&'\n') => continue,
            '\r' => '\n',
            '\n' | '\t' => letter,
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => '\u{fffd}',
            _ => letter,
        });
    }
    shown
}

/// Whether a text is folded.
pub(super) fn is_long(text: &str) -> bool {
    let mut rest = text.bytes();
    let has_lines = (0..FOLDED_LINES).all(|_| rest.any(|byte| byte == b'\n'));
    text.chars().nth(FOLDED_AT).is_some() || has_lines && rest.len() > 0
}

/// Cuts a text into words and addresses. Nothing but http and https counts as an address. `is_letter` tells the letters
/// and digits of all scripts.
pub(super) fn pieces(text: &str, is_letter: fn(char) -> bool) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let mut words = 0;
    while let Some(at) = next_address(rest.get(words..).unwrap_or_default()) {
        let start = words + at;
        let (before, from) = rest.split_at(start);
        let is_end = |letter: char| {
            letter.is_whitespace()
                || is_turn(letter)
                || matches!(letter, '<' | '>' | '"' | '\'' | '`')
        };
        let end = from.find(is_end).unwrap_or(from.len());
        let address = from[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '}']);
        let scheme = find(address, "//").map_or(0, |at| at + 2);
        // A scheme alone is none, nor is what goes on from a word.
        let is_whole = address.len() > scheme && !before.ends_with(is_letter);
        if !is_whole {
            words = start + scheme.max(1);
            continue;
        }
        if !before.is_empty() {
            pieces.push(Piece::Words(before));
        }
        pieces.push(Piece::Link(address));
        rest = &from[address.len()..];
        words = 0;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest));
    }
    pieces
}

fn next_address(text: &str) -> Option<usize> {
    let start = |at: usize| {
        let is_before = |scheme: &&str| {
            let before = at
                .checked_sub(scheme.len())
                .and_then(|start| text.get(start..at));
            before.is_some_and(|before| before.eq_ignore_ascii_case(scheme))
        };
        let scheme = ["https", "http"]
            .into_iter()
            .find(|scheme| is_before(scheme))?;
        Some(at - scheme.len())
    };
    let mut from = 0;
    while let Some(at) = find(text.get(from..)?, "://") {
        if let Some(start) = start(from + at) {
            return Some(start);
        }
        from += at + 1;
    }
    None
}

/// Where these ASCII characters stand first. The standard library's search is made for long patterns, and large.
fn find(text: &str, what: &str) -> Option<usize> {
    let mut windows = text.as_bytes().windows(what.len());
    windows.position(|window| window == what.as_bytes())
}

/// Whether it is a letter or a digit of any script, as the browser knows: the standard library's tables take 2 kB.
pub(super) fn is_letter(letter: char) -> bool {
    let letters = RegExp::new(r"[\p{Alphabetic}\p{N}]", "u");
    letters.test(letter.encode_utf8(&mut [0; 4]))
}

/// Turns the direction of what follows: an address would look like another one.
fn is_turn(letter: char) -> bool {
    matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::Piece::{Link, Words};
    use super::*;

    fn pieces(text: &str) -> Vec<Piece<'_>> {
        super::pieces(text, char::is_alphanumeric)
    }

    #[test]
    fn addresses_are_found_and_end_before_punctuation() {
        assert_eq!(
            pieces("See https://a.example/b?c=d#e. And (http://x.example)!"),
            [
                Words("See "),
                Link("https://a.example/b?c=d#e"),
                Words(". And ("),
                Link("http://x.example"),
                Words(")!"),
            ]
        );
        assert_eq!(pieces("HTTPS://A.example"), [Link("HTTPS://A.example")]);
        assert_eq!(
            pieces("https://a.example\u{202e}moc"),
            [Link("https://a.example"), Words("\u{202e}moc")]
        );
    }

    #[test]
    fn what_is_no_address_of_the_web_stays_text() {
        for text in [
            "javascript:alert(1)",
            "https://",
            "http://.",
            "data:text/html,x",
            "xhttp://a",
            "ftp://a.example",
            "",
        ] {
            assert!(
                !pieces(text).iter().any(|piece| matches!(piece, Link(_))),
                "{text}"
            );
        }
        assert_eq!(pieces("жhttps://a"), [Words("жhttps://a")]);
        assert_eq!(
            pieces("javascript:https://a.b"),
            [Words("javascript:"), Link("https://a.b")]
        );
    }

    #[test]
    fn pieces_together_are_the_text() {
        for text in [
            "a https://b c https://d",
            "https://",
            "… https://é.example/ü …",
            "https://https://a",
        ] {
            let whole: String = pieces(text)
                .iter()
                .map(|piece| match piece {
                    Words(words) | Link(words) => *words,
                })
                .collect();
            assert_eq!(whole, text);
        }
    }

    #[test]
    fn control_characters_are_shown_as_unknown_ones() {
        assert_eq!(
            plain("a\r\nb\rc\td\0e\u{85}"),
            "a\nb\nc\td\u{fffd}e\u{fffd}"
        );
    }

    #[test]
    fn long_texts_are_folded() {
        assert!(!is_long(&"a".repeat(1_200)));
        assert!(is_long(&"a".repeat(1_201)));
        assert!(!is_long(&"a\n".repeat(15)));
        assert!(is_long(&"a\n".repeat(16)));
    }
}

#[cfg(all(test, target_arch = "wasm32"))]
mod letters {
    use wasm_bindgen_test::*;

    use super::is_letter;

    #[wasm_bindgen_test]
    fn the_browser_knows_the_letters_and_digits_of_all_scripts() {
        for letter in "aZ7ßжא見ー٣Ⅷ𝒜".chars() {
            assert!(is_letter(letter), "{letter}");
        }
        for other in " (_-。「…\u{200f}😀".chars() {
            assert!(!is_letter(other), "{other}");
        }
    }
}
