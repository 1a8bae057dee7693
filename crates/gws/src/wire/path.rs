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
        let is_mark = matches!(
            byte,
            b'-' | b'_' | b'.' | b'!' | b'~' | b'*' | b'\'' | b'(' | b')'
        );
        if byte.is_ascii_alphanumeric() || is_mark {
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
    // As bytes: the separators are ASCII, and the standard library's character search adds to the
    // download.
    let is_end = |byte: &u8| matches!(byte, b'?' | b'#');
    let path = address.as_bytes().split(is_end).next()?;
    let mut segments = path.rsplit(|byte| *byte == b'/');
    let segment = segments.find(|segment| !segment.is_empty())?;
    percent_decode(segment).or_else(|| String::from_utf8(segment.to_vec()).ok())
}

/// Decodes `%XX`; `None` for a text whose escapes are broken or do not make UTF-8.
fn percent_decode(text: &[u8]) -> Option<String> {
    let mut bytes = text.iter().copied();
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
