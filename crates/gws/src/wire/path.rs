//! Ids in addresses: an id becomes one path segment, and the last segment of an address is an id.

use std::borrow::Cow;

/// An id as one path segment, encoded as the browser's `encodeURIComponent` does. `None` for the
/// ids that cannot be one: the empty string, and `.` and `..`, which every URL parser resolves
/// away even when they are percent-encoded.
pub fn path_segment(id: &str) -> Option<String> {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    if !is_path_segment(id) {
        return None;
    }
    let mut segment = String::with_capacity(id.len());
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
            segment.push(char::from(byte));
        } else {
            segment.push('%');
            segment.push(char::from(HEX[usize::from(byte >> 4)]));
            segment.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
    Some(segment)
}

/// Whether [`path_segment`] gives one.
pub(crate) fn is_path_segment(id: &str) -> bool {
    !matches!(id, "" | "." | "..")
}

/// The last segment of a `uri` or `path`, percent-decoded; query, fragment and a slash at the end
/// do not count. `None` if nothing is left. A bare id is its own last segment.
pub fn last_segment(address: &str) -> Option<Cow<'_, str>> {
    let end = address.find(['?', '#']).unwrap_or(address.len());
    let path = address.get(..end)?.trim_end_matches('/');
    let segment = path.rsplit('/').next()?;
    (!segment.is_empty()).then(|| percent_decode(segment))
}

/// Decodes `%XX`; a text whose escapes are broken or do not make UTF-8 is left as it is.
fn percent_decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            decoded.push(byte);
            continue;
        }
        let mut digit = || char::from(bytes.next()?).to_digit(16);
        match (digit(), digit()) {
            (Some(high), Some(low)) => decoded.push((high * 16 + low) as u8),
            _ => return Cow::Borrowed(text),
        }
    }
    String::from_utf8(decoded).map_or(Cow::Borrowed(text), Cow::Owned)
}
