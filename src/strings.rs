//! Every text that a component can show, by key: English here, overridden by other languages and the page's own texts.
//!
//! A text may have placeholders in braces, filled with texts of the server or the participants. They are always shown
//! as plain text. The keys are those of the npm package's locale files; a test compares them.

use std::rc::Rc;

/// One of the texts that a component can show.
pub trait Phrase: Copy {
    /// The key's name in locale files and overrides.
    fn key(self) -> &'static str;
    /// The English text.
    fn english(self) -> &'static str;
}

macro_rules! texts {
    ($text:ident: $($(#[doc = $doc:literal])* $variant:ident $key:literal $english:literal,)*) => {
        /// The key of a text.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $text {
            $(#[doc = $english] $(#[doc = $doc])* $variant,)*
        }

        impl $text {
            /// All keys.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Key and English text of each.
            const TEXTS: &'static [(&'static str, &'static str)] = &[$(($key, $english),)*];
        }

        impl $crate::strings::Phrase for $text {
            fn key(self) -> &'static str {
                Self::TEXTS[self as usize].0
            }

            fn english(self) -> &'static str {
                Self::TEXTS[self as usize].1
            }
        }
    };
}
// Without the panel there is only one list.
#[allow(unused_imports)]
pub(crate) use texts;

texts! {
    Text:
    BargeIn "barge-in" "Barge in",
    Monitor "monitor" "Monitor",
    Coach "coach" "Coach",
    Cancel "cancel" "Cancel",
    SupervisorMode "supervisor-mode" "Supervisor mode",
    AskTitle "ask-title" "Barge in to this conversation?",
    AskText "ask-text" "{agent} and {customer} will both see what you write.",
    /// A foreign name in the quotation marks of the language.
    Name "name" "“{name}”",
    TheAgent "the-agent" "The agent",
    TheCustomer "the-customer" "the customer",
    Pending "pending" "Barging in…",
    PendingMonitor "pending-monitor" "Switching to monitoring…",
    PendingCoach "pending-coach" "Switching to coaching…",
    Joined "joined" "You have joined. Agent and customer see what you write.",
    Monitoring "monitoring" "You are monitoring. Agent and customer do not see you.",
    Coaching "coaching" "You are coaching. Only the agent sees what you write.",
    Ended "ended" "This session has ended.",
    NoSession "no-session" "No session is selected.",
    Connecting "connecting" "Connecting…",
    Disconnected "disconnected" "No connection to the server. Trying again…",
    Closed "closed" "The server gives this page no notifications.",
    NotFound "not-found" "This session is not among yours.",
    NotSupervising "not-supervising" "You are not monitoring or coaching this session.",
    NotPermitted "not-permitted" "The server does not allow barging in now.",
    Unauthenticated "unauthenticated" "You are signed out. Sign in again to go on.",
    Refused "refused" "The server refused: {message}",
    RefusedCode "refused-code" "The server refused, with code {code}.",
    FailedNetwork "failed-network" "The network failed before the server answered. You may try again.",
    FailedTimeout "failed-timeout" "The server did not answer in time. You may try again.",
    FailedHttp "failed-http" "The server answered with error {code}. You may try again.",
    FailedApi "failed-api" "The server could not do it: {message}",
    FailedMalformed "failed-malformed" "The server's answer could not be read. You may try again.",
    FailedUnconfirmed "failed-unconfirmed" "The server accepted but did not confirm the change. You may try again.",
    FailedCsrf "failed-csrf" "The server rejected the request's security token. You may try again.",
    FailedHeaders "failed-headers" "This page could not prepare the request. You may try again.",
}

/// Texts that override the English ones: pairs of key and text; the last pair of a key counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Strings(Rc<Vec<(String, String)>>);

impl Strings {
    /// Overrides the English texts with these; unknown keys are ignored.
    pub fn new(overrides: Vec<(String, String)>) -> Self {
        Self(Rc::new(overrides))
    }

    /// The text of a key.
    pub fn get(&self, text: impl Phrase) -> &str {
        self.over(text.key()).unwrap_or(text.english())
    }

    fn over(&self, key: &str) -> Option<&str> {
        let over = self.0.iter().rev().find(|(other, _)| other == key);
        over.map(|(_, words)| words.as_str())
    }

    /// The text of a key with each `{name}` replaced by its value, in one pass.
    pub fn fill(&self, text: impl Phrase, values: &[(&str, &str)]) -> String {
        filled(self.get(text), values)
    }
}

fn filled(text: &str, values: &[(&str, &str)]) -> String {
    let mut rest = text;
    let mut filled = String::new();
    while let Some((before, after)) = split(rest, b'{') {
        filled.push_str(before);
        let value = split(after, b'}').and_then(|(name, tail)| {
            let value = values.iter().find(|(other, _)| *other == name)?;
            Some((value.1, tail))
        });
        match value {
            Some((value, tail)) => {
                filled.push_str(value);
                rest = tail;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// The longest server message that is shown, in UTF-16 units.
pub const LONGEST_MESSAGE: usize = 300;

/// A foreign text made safe for use inside the widget's own text: cut to `longest` units. `None` if nothing is left.
///
/// It is isolated in direction; characters that end the isolation and invisible ones are removed. With `quoted`, a
/// plain `'` replaces each quotation mark that a catalogue may put around it.
pub fn foreign(text: &str, longest: usize, quoted: bool) -> Option<String> {
    let mut kept = String::new();
    for letter in text.chars() {
        kept.push(match letter {
            // Line breaks and other control characters become spaces.
            '\0'..' ' | '\u{7f}'..='\u{a0}' | '\u{2028}' | '\u{2029}' => ' ',
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' => continue,
            '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}' => continue,
            '"'
            | '«'
            | '»'
            | '״'
            | '‹'
            | '›'
            | '“'..='‟'
            | '″'
            | '「'..='』'
            | '〝'..='〟'
            | '＂'
                if quoted =>
            {
                '\''
            }
            _ => letter,
        });
    }
    let kept = kept.trim_ascii();
    let text = cut(kept, longest);
    let ellipsis = if text.len() < kept.len() { "…" } else { "" };
    (!text.is_empty()).then(|| ["\u{2068}", text, ellipsis, "\u{2069}"].concat())
}

/// The beginning of a text, at most `longest` UTF-16 units (the units of JavaScript).
pub fn cut(text: &str, longest: usize) -> &str {
    let mut units = 0;
    for (at, letter) in text.char_indices() {
        units += letter.len_utf16();
        if units > longest {
            return text.get(..at).unwrap_or_default();
        }
    }
    text
}

/// The parts before and after the first such ASCII character.
fn split(text: &str, at: u8) -> Option<(&str, &str)> {
    let at = text.bytes().position(|byte| byte == at)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

#[cfg(all(test, target_arch = "wasm32"))]
mod tests {
    use wasm_bindgen_test::*;

    use super::*;

    #[wasm_bindgen_test]
    fn keys_are_unique() {
        for (at, text) in Text::ALL.iter().enumerate() {
            assert!(
                Text::ALL[..at]
                    .iter()
                    .all(|other| other.key() != text.key()),
                "{}",
                text.key()
            );
        }
    }

    #[wasm_bindgen_test]
    fn what_is_foreign_stands_by_itself_and_is_no_longer_than_it_may_be() {
        let foreign = |text| foreign(text, 5, true);
        assert_eq!(foreign(" Bob ").as_deref(), Some("\u{2068}Bob\u{2069}"));
        assert_eq!(
            foreign("a\u{202e}b\u{2069}\nc").as_deref(),
            Some("\u{2068}ab c\u{2069}")
        );
        assert_eq!(foreign("123456").as_deref(), Some("\u{2068}12345…\u{2069}"));
        assert_eq!(foreign("1234😀").as_deref(), Some("\u{2068}1234…\u{2069}"));
        for nothing in ["", " \n", "\u{200b}\u{feff}\u{2066}"] {
            assert_eq!(foreign(nothing), None);
        }
    }

    #[wasm_bindgen_test]
    fn overrides_win_and_values_are_not_filled_again() {
        let strings = Strings::new(vec![("refused".into(), "No: {message} {unknown} {".into())]);
        assert_eq!(
            strings.fill(Text::Refused, &[("message", "{message}")]),
            "No: {message} {unknown} {"
        );
        assert_eq!(strings.get(Text::Ended), "This session has ended.");
    }
}
