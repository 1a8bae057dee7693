//! A refusal that ends the session, in the server's own words.

use std::fmt;

/// Why the client stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What was refused.
    pub kind: ErrorKind,
    /// The three digits of a Bayeux error (`403::denied`), if it had them.
    pub code: Option<u16>,
    /// The server's words: the text of a Bayeux error, else the whole of it, else empty.
    pub message: String,
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
    pub(crate) fn new(kind: ErrorKind, error: Option<&str>) -> Self {
        let error = error.unwrap_or("");
        let code = code(error);
        // `code:args:text`; the text may hold colons of its own.
        let text = error.splitn(3, ':').nth(2).filter(|_| code.is_some());
        let message = text.unwrap_or(error).to_owned();
        Self {
            kind,
            code,
            message,
        }
    }
}

/// The number before the first colon. The words after it differ from server to server, so they
/// decide nothing.
pub(crate) fn code(error: &str) -> Option<u16> {
    let (digits, _) = error.split_once(':')?;
    (digits.len() == 3).then(|| digits.parse().ok()).flatten()
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            ErrorKind::Negotiation => "no common transport",
            ErrorKind::Refused => "refused by the server",
            ErrorKind::Denied => "subscription denied",
            ErrorKind::Disconnected => "disconnected by the server",
        })?;
        if !self.message.is_empty() {
            f.write_str(": ")?;
            f.write_str(&self.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}
