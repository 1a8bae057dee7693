//! The words of a message, made safe to show: as text only.

use js_sys::{JsString, RegExp};

/// Longer than this, in characters, and a message is folded.
const FOLDED_AT: usize = 1_200;
/// So many lines, and it is folded.
const FOLDED_LINES: usize = 15;

/// An address with the scheme http or https, of which none goes on from a word. It ends before what turns the direction of what
/// follows, as it would look like another one, and before punctuation. It spells out small and large letters of the scheme: by
/// the flag for that, in Unicode, a long s would count as well.
const ADDRESS: &str = r#"(?<![\p{Alphabetic}\p{N}])([Hh][Tt]{2}[Pp][Ss]?:\/\/[^\s<>"'`\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+(?<![.,;:!?)\]}]))"#;

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

/// Cuts a text into words and addresses in turns, by the browser, which knows the letters of all scripts. The first are words;
/// they may be empty. Nothing but http and https counts as an address.
pub(super) fn pieces(text: &str) -> Vec<String> {
    if !text.as_bytes().windows(3).any(|three| three == b"://") {
        return vec![text.to_owned()];
    }
    let pieces = JsString::from(text).split_by_pattern(&RegExp::new(ADDRESS, "u"));
    pieces
        .iter()
        .filter_map(|piece| piece.as_string())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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
mod addresses {
    use wasm_bindgen_test::*;

    use Piece::{Link, Words};

    #[derive(Debug, PartialEq)]
    enum Piece<'a> {
        Words(&'a str),
        Link(&'a str),
    }

    fn pieces(text: &str) -> Vec<Piece<'static>> {
        let all = super::pieces(text).into_iter().enumerate();
        let some = all.filter(|(_, piece)| !piece.is_empty());
        some.map(|(at, piece)| match at % 2 {
            0 => Words(piece.leak()),
            _ => Link(piece.leak()),
        })
        .collect()
    }

    #[wasm_bindgen_test]
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

    #[wasm_bindgen_test]
    fn what_is_no_address_of_the_web_stays_text() {
        for text in [
            "javascript:alert(1)",
            "https://",
            "http://.",
            "data:text/html,x",
            "xhttp://a",
            "ftp://a.example",
            "http\u{17f}://a",
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

    #[wasm_bindgen_test]
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

    #[wasm_bindgen_test]
    fn the_browser_knows_the_letters_and_digits_of_all_scripts() {
        let is_letter = |letter: char| pieces(&format!("{letter}http://a")).len() == 1;
        for letter in "aZ7ßжא見ー٣Ⅷ𝒜".chars() {
            assert!(is_letter(letter), "{letter}");
        }
        for other in " (_-。「…\u{200f}😀".chars() {
            assert!(!is_letter(other), "{other}");
        }
    }
}
