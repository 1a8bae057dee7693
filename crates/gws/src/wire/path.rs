//! Ids in addresses: an id becomes one path segment, and the last segment of an address is an id.

use json::Json;

use super::lenient;

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

/// A resource's address and the id at its end: `uri`, or `path` if `uri` has no id.
pub(crate) fn address(value: &mut Json) -> Option<(String, String)> {
    ["uri", "path"].into_iter().find_map(|name| {
        let address = lenient::text(value, name)?;
        let id = last_segment(&address)?;
        Some((address, id))
    })
}

/// The last segment of a `uri` or `path`, percent-decoded; query, fragment and a slash at the end
/// do not count. `None` if nothing is left. A bare id is its own last segment.
pub fn last_segment(address: &str) -> Option<String> {
    // Byte by byte: the separators are ASCII, and the standard library's character search adds to
    // the download.
    let bytes = address.as_bytes();
    let path = bytes.iter().position(|byte| matches!(byte, b'?' | b'#'));
    let mut end = path.unwrap_or(bytes.len());
    while end > 0 && bytes.get(end - 1) == Some(&b'/') {
        end -= 1;
    }
    let mut start = end;
    while start > 0 && bytes.get(start - 1) != Some(&b'/') {
        start -= 1;
    }
    let segment = address.get(start..end)?;
    (!segment.is_empty()).then(|| percent_decode(segment).unwrap_or_else(|| segment.to_owned()))
}

/// Decodes `%XX`; `None` for a text whose escapes are broken or do not make UTF-8.
fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        decoded.push(if byte == b'%' {
            digit(bytes.next()?)? * 16 + digit(bytes.next()?)?
        } else {
            byte
        });
    }
    String::from_utf8(decoded).ok()
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}
