//! A refusal that ends the session, in the server's own words.

use std::fmt;

/// Why the client stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What was refused.
    pub kind: ErrorKind,
    /// The `error` of the message that refused, as it came; empty if it had none.
    pub error: String,
}

/// What was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Client and server have no transport in common.
    Negotiation,
    /// The server's advice is not to come back.
    Refused,
    /// A subscription was denied.
    Denied,
    /// The server ended the session.
    Disconnected,
}

impl Error {
    /// The three digits of a Bayeux error (`403::denied`), if it has them.
    pub fn code(&self) -> Option<u16> {
        code(&self.error)
    }

    /// The server's words: the text of a Bayeux error, else the whole of it.
    pub fn message(&self) -> &str {
        // `code:args:text`; the text may hold colons of its own.
        let text = self.error.splitn(3, ':').nth(2);
        text.filter(|_| self.code().is_some())
            .unwrap_or(&self.error)
    }
}

/// The three digits before the first colon. The words after it differ from server to server, so
/// they decide nothing.
pub(crate) fn code(error: &str) -> Option<u16> {
    let [digits @ .., b':'] = error.as_bytes().first_chunk::<4>()? else {
        return None;
    };
    let mut code = 0;
    for byte in digits {
        code = code * 10 + byte.is_ascii_digit().then(|| u16::from(byte - b'0'))?;
    }
    Some(code)
}

/// Whether the server does not know the client: by the number, or by its words.
pub(crate) fn is_unknown(error: &str) -> bool {
    let says = |word: &[u8]| {
        let mut places = error.as_bytes().windows(word.len());
        places.any(|place| place.eq_ignore_ascii_case(word))
    };
    code(error) == Some(402) || says(b"unknown") && (says(b"client") || says(b"session"))
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            ErrorKind::Negotiation => "no common transport",
            ErrorKind::Refused => "refused by the server",
            ErrorKind::Denied => "subscription denied",
            ErrorKind::Disconnected => "disconnected by the server",
        })?;
        if !self.message().is_empty() {
            f.write_str(": ")?;
            f.write_str(self.message())?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_is_unknown_by_number_or_by_words() {
        for error in [
            "402:",
            "402::whatever",
            "403::Unknown client",
            "403:abc:UNKNOWN CLIENT",
            "401::client unknown",
            "403::unknown_session",
            "Session_Unknown",
        ] {
            assert!(is_unknown(error), "{error}");
        }
        for error in [
            "",
            "403::unknown",
            "404::unknown_channel",
            "403::client denied",
            "4020::",
            "403:denied_by_security_policy:subscribe_denied",
        ] {
            assert!(!is_unknown(error), "{error}");
        }
    }

    #[test]
    fn a_code_is_three_digits_before_a_colon() {
        assert_eq!(code("402::unknown"), Some(402));
        assert_eq!(code("007:"), Some(7));
        for error in [
            "",
            "402",
            "40:",
            "4020:",
            "4a2:",
            "4:2:",
            ":402:",
            "４０２:",
        ] {
            assert_eq!(code(error), None, "{error}");
        }
    }
}
