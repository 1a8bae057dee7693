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
