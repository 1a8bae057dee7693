//! Whole numbers and their digits, both ways, byte by byte.
//!
//! The standard library's parsing and formatting handle every width, sign and padding. Every page would download that
//! code for a few ids and indexes.

/// The largest whole number that a JSON number carries exactly, 2^53 - 1.
const SAFE: f64 = 9_007_199_254_740_991.0;

/// The number, if it is whole and exact.
pub fn integer(number: f64) -> Option<i64> {
    (number.abs() <= SAFE && number.trunc() == number).then_some(number as i64)
}

/// Parses a whole and exact number, with or without the `L` of a Java long.
pub fn read_integer(text: &str) -> Option<i64> {
    let mut digits = text.trim_ascii().as_bytes();
    if let [rest @ .., b'L'] = digits {
        digits = rest;
    }
    let mut sign = 1.0;
    if let [b'-', rest @ ..] = digits {
        (digits, sign) = (rest, -1.0);
    }
    let mut number = if digits.is_empty() { f64::NAN } else { 0.0 };
    for byte in digits {
        if !byte.is_ascii_digit() {
            return None;
        }
        // Exact while the number is in the safe range; beyond it the number stays out of range.
        number = number * 10.0 + f64::from(byte - b'0');
    }
    integer(number * sign)
}

/// Appends the number's digits.
pub fn write_integer(out: &mut Vec<u8>, number: i64) {
    if number < 0 {
        out.push(b'-');
    }
    write_digits(out, number.unsigned_abs());
}

/// The number's digits.
pub fn digits(number: i64) -> String {
    let mut digits = Vec::new();
    write_integer(&mut digits, number);
    digits.into_iter().map(char::from).collect()
}

fn write_digits(out: &mut Vec<u8>, number: u64) {
    if number >= 10 {
        write_digits(out, number / 10);
    }
    out.push(b'0' + (number % 10) as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for number in [0, 7, -7, 10, 1_399_313_371_000, -9_007_199_254_740_991] {
            let mut text = Vec::new();
            write_integer(&mut text, number);
            let text = String::from_utf8(text).expect("digits");
            assert_eq!(text, number.to_string());
            assert_eq!(read_integer(&text), Some(number));
            assert_eq!(read_integer(&format!(" {text}L ")), Some(number));
        }
    }

    #[test]
    fn what_is_not_whole_or_not_exact_is_no_number() {
        for text in [
            "",
            "-",
            "L",
            "--1",
            "1.5",
            "1e3",
            "1LL",
            "9007199254740992",
            "９",
        ] {
            assert_eq!(read_integer(text), None, "{text}");
        }
        assert_eq!(read_integer(&"9".repeat(1_000)), None);
        for number in [0.5, f64::NAN, f64::INFINITY, 9_007_199_254_740_992.0] {
            assert_eq!(integer(number), None, "{number}");
        }
    }
}
