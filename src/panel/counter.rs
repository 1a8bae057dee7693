//! How many SMS a text takes. The gateway may count otherwise, so the number is "about".
//!
//! A text whose letters are all in GSM 7-bit (3GPP TS 23.038) takes 160 of them in one message, and 153 in each of
//! several; letters of its extension table count twice and are not split. Any other text takes 70 UTF-16 units in one
//! message, and 67 in each of several; a surrogate pair is not split.

/// How many messages a text takes, and how many units are left in the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// The number of messages; 0 for an empty text.
    pub messages: u32,
    /// The units that are left in the last one.
    pub left: u32,
}

/// The basic letters beyond ASCII's.
const BASIC: &str = "£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà";
/// The letters that count twice.
const EXTENDED: &str = "^{}\\[]~|€\u{c}";

/// Counts a text.
pub fn count(text: &str) -> Count {
    let is_gsm = text
        .chars()
        .all(|letter| is_basic(letter) || is_extended(letter));
    let (one, several) = if is_gsm { (160, 153) } else { (70, 67) };
    let width = |letter: char| match is_gsm {
        true => 1 + u32::from(is_extended(letter)),
        false => letter.len_utf16() as u32,
    };
    let total: u32 = text.chars().map(width).sum();
    if total <= one {
        return Count {
            messages: u32::from(total > 0),
            left: one - total,
        };
    }
    let mut messages = 1;
    let mut used = 0;
    for letter in text.chars() {
        let width = width(letter);
        if used + width > several {
            messages += 1;
            used = 0;
        }
        used += width;
    }
    Count {
        messages,
        left: several - used,
    }
}

fn is_basic(letter: char) -> bool {
    let is_ascii = matches!(letter, '\n' | '\r' | ' '..='~')
        && !matches!(letter, '`' | '^' | '{' | '}' | '\\' | '[' | ']' | '~' | '|');
    is_ascii || has(BASIC, letter)
}

fn is_extended(letter: char) -> bool {
    has(EXTENDED, letter)
}

/// Not by `contains`, whose search for words takes a kilobyte.
fn has(letters: &str, letter: char) -> bool {
    letters.chars().any(|one| one == letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> (u32, u32) {
        let count = count(text);
        (count.messages, count.left)
    }

    #[test]
    fn letters_of_gsm_are_counted_by_160_and_153() {
        assert_eq!(of(""), (0, 160));
        assert_eq!(of("a"), (1, 159));
        assert_eq!(of(&"a".repeat(160)), (1, 0));
        assert_eq!(of(&"a".repeat(161)), (2, 153 - 8));
        assert_eq!(of(&"a".repeat(306)), (2, 0));
        assert_eq!(of(&"a".repeat(307)), (3, 152));
        assert_eq!(of("@£é\n"), (1, 156));
    }

    #[test]
    fn letters_of_the_extension_count_twice_and_are_not_split() {
        assert_eq!(of(&"]".repeat(80)), (1, 0));
        assert_eq!(of(&"]".repeat(81)), (2, 153 - 10));
        // The 77th begins the second message, as one unit is left in the first.
        assert_eq!(of(&"€".repeat(77 + 76)), (3, 151));
    }

    #[test]
    fn other_letters_are_counted_by_70_and_67() {
        assert_eq!(of(&"ж".repeat(70)), (1, 0));
        assert_eq!(of(&"ж".repeat(71)), (2, 63));
        assert_eq!(of(&format!("{}😀", "a".repeat(69))), (2, 67 - 4));
        // A surrogate pair is not split.
        let split = |after| of(&format!("{}😀{}", "a".repeat(66), "a".repeat(after)));
        assert_eq!(split(65), (2, 0));
        assert_eq!(split(66), (3, 66));
        assert_eq!(of("`"), (1, 69));
    }
}
