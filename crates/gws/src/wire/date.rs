//! The server's dates. They are not ISO 8601, so browsers parse them differently.

/// Parses `2016-01-20 14:24:10.000+0200`, and `2014-05-0511:08:45.000-0700` as the documentation
/// prints it (no space), to milliseconds since 1970-01-01 UTC. `T` for the space, `Z` or `+02:00`
/// for the offset and a missing fraction are accepted. A date without an offset is ambiguous, so it
/// gives `None`.
pub fn parse_date(text: &str) -> Option<f64> {
    let mut rest = text.trim_ascii().as_bytes();
    let year = digits(&mut rest, 4)?;
    let month = after(&mut rest, b'-', 2)?;
    let day = after(&mut rest, b'-', 2)?;
    if let [b' ' | b'T', tail @ ..] = rest {
        rest = tail;
    }
    let hour = digits(&mut rest, 2)?;
    let minute = after(&mut rest, b':', 2)?;
    let second = after(&mut rest, b':', 2)?;
    let millisecond = match rest {
        [b'.', ..] => after(&mut rest, b'.', 3)?,
        _ => 0,
    };
    let offset = offset_minutes(rest)?;
    let in_range = (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && hour < 24
        && minute < 60
        && second <= 60;
    let minutes = (days(year, month, day) * 24 + hour) * 60 + minute - offset;
    in_range.then_some(((minutes * 60 + second) * 1000 + millisecond) as f64)
}

fn offset_minutes(mut rest: &[u8]) -> Option<i64> {
    let sign = match rest {
        b"Z" => return Some(0),
        [b'+', ..] => 1,
        [b'-', ..] => -1,
        _ => return None,
    };
    rest = rest.get(1..)?;
    let hours = digits(&mut rest, 2)?;
    if let [b':', tail @ ..] = rest {
        rest = tail;
    }
    let minutes = digits(&mut rest, 2)?;
    (rest.is_empty() && hours < 24 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

/// Parses a separator followed by `count` digits.
fn after(rest: &mut &[u8], separator: u8, count: usize) -> Option<i64> {
    let (first, tail) = rest.split_first()?;
    if *first != separator {
        return None;
    }
    *rest = tail;
    digits(rest, count)
}

/// Parses exactly `count` digits.
fn digits(rest: &mut &[u8], count: usize) -> Option<i64> {
    let (taken, tail) = rest.split_at_checked(count)?;
    let mut value = 0;
    for byte in taken {
        value = value * 10 + i64::from(char::from(*byte).to_digit(10)?);
    }
    *rest = tail;
    Some(value)
}

/// Days since 1970-01-01 in the Gregorian calendar. The year is taken to begin in March, so that
/// the leap day is its last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let since_march = (month + 9) % 12;
    let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    // 719,468 days lie between 1 March of the year 0 and 1970-01-01.
    year * 365 + leaps + (since_march * 153 + 2) / 5 + day - 1 - 719_468
}
