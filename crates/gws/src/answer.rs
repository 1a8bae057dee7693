//! What an HTTP answer means. The HTTP statuses of the server are not documented, so the body's `statusCode` decides,
//! and the HTTP status only if there is none.

use crate::Millis;
use crate::wire::{Me, Reply, Session};

/// The longest server message that is kept, in characters; the rest is cut off.
const LONGEST_MESSAGE: usize = 500;

/// `statusCode` 2: the parameter is not valid for the current state.
pub(crate) const WRONG_STATE: i64 = 2;
/// GWS's messages for a missing or wrong CSRF token and for an expired login. Source: Genesys, "CSRF Protection", GWS
/// 8.5.2 API.
const NO_CSRF: &str = "Missing or invalid Csrf token";
const INTERNAL_ERROR: i64 = 4;
const INCOMPLETE: i64 = 9;
const NOT_AUTHENTICATED: i64 = 20;

/// An HTTP answer as the caller has parsed it. The caller reads `reply` and the rest of the body from the same value.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The HTTP status.
    pub http_status: u16,
    /// The body as JSON; `None` if it is not a JSON object.
    pub reply: Option<Reply>,
    /// The beginning of the body as text, if it is not JSON; may be empty.
    pub text: String,
    /// As [`Failure::retry_after`].
    pub retry_after: Option<Millis>,
}

/// Why a request to the server failed or was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What went wrong.
    pub kind: Kind,
    /// The HTTP status, if there was an answer.
    pub http_status: Option<u16>,
    /// The body's `statusCode`, if there was one.
    pub status_code: Option<i64>,
    /// The server's message: untrusted text, cut to a maximum length; empty if there was none.
    pub message: String,
    /// Whether the server decided no. Otherwise the result of the request is not known.
    pub refused: bool,
    /// Whether the answer was a redirect.
    pub redirected: bool,
    /// How long to wait before the next request, in ms (`Retry-After`).
    pub retry_after: Option<Millis>,
}

/// The kinds of failure, as `barge-in-error` names them. `unsupported` and `internal` come from the custom element's
/// class, as this code does not run then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// No answer: the connection failed.
    Network,
    /// No answer in time.
    Timeout,
    /// An error status without a `statusCode`.
    Http,
    /// A `statusCode` other than 0.
    Api,
    /// An answer that cannot be parsed.
    Malformed,
    /// Accepted, but not confirmed in time.
    Unconfirmed,
    /// Rejected for its CSRF token, also with a new token.
    Csrf,
    /// Not signed in.
    Unauthenticated,
    /// The page's own `requestHeaders` failed.
    Headers,
}

impl Answer {
    /// Whether the server accepted the request. For an operation this is not a confirmation.
    pub fn outcome(&self) -> Result<(), Failure> {
        let status = self.http_status;
        let code = self.status_code();
        if status == 401 || code == Some(NOT_AUTHENTICATED) {
            return Err(self.failure(Kind::Unauthenticated, false));
        }
        // The text of a decision may quote anything, so its code comes first; only the documented sentence outranks the
        // code.
        let is_sentence = self
            .status_message()
            .trim_ascii()
            .eq_ignore_ascii_case(NO_CSRF);
        if status == 403 && (is_sentence || code.is_none() && self.speaks_of_csrf()) {
            return Err(self.failure(Kind::Csrf, false));
        }
        match (code, status) {
            (Some(0), 200..=299) => Ok(()),
            // Internal error and incomplete processing are no decision.
            (Some(INTERNAL_ERROR | INCOMPLETE), _) => Err(self.failure(Kind::Api, false)),
            (Some(1.. | ..=-1), _) => Err(self.failure(Kind::Api, true)),
            (None, 200..=299) => Err(self.failure(Kind::Malformed, false)),
            (_, 400..=499) => Err(self.failure(Kind::Http, true)),
            _ => Err(self.failure(Kind::Http, false)),
        }
    }

    /// The answer to `GET /api/v2/me`. An answer without a user id still means that the user is signed in.
    pub fn me(&self, me: Option<Me>) -> Result<Me, Failure> {
        let accepted = self.read()?;
        let me = me.unwrap_or_default();
        match me.user_id {
            None if !accepted => Err(self.failure(Kind::Malformed, false)),
            _ => Ok(me),
        }
    }

    /// The answer to a read of the sessions of one media; `sessions` is what its body lists.
    pub fn sessions(&self, sessions: Option<Vec<Session>>) -> Result<Vec<Session>, Failure> {
        self.read()?;
        sessions.ok_or_else(|| self.failure(Kind::Malformed, false))
    }

    /// As [`Self::outcome`], but `Ok(false)` for a success without a `statusCode`: that is harmless if the requested
    /// data is there.
    fn read(&self) -> Result<bool, Failure> {
        match self.outcome() {
            Err(failure) if failure.kind == Kind::Malformed => Ok(false),
            outcome => outcome.map(|()| true),
        }
    }

    /// A missing or wrong CSRF token has no code of its own, only the text "Missing or invalid Csrf token".
    fn speaks_of_csrf(&self) -> bool {
        let speaks = |text: &str| {
            let mut words = text.as_bytes().split(|byte| !byte.is_ascii_alphanumeric());
            words.any(|word| word.eq_ignore_ascii_case(b"csrf"))
        };
        speaks(&self.text) || speaks(self.status_message())
    }

    fn status_code(&self) -> Option<i64> {
        self.reply.as_ref()?.status_code
    }

    fn status_message(&self) -> &str {
        let reply = self.reply.as_ref();
        let message = reply.and_then(|reply| reply.status_message.as_deref());
        message.unwrap_or_default()
    }

    fn failure(&self, kind: Kind, refused: bool) -> Failure {
        let text = self.text.trim_ascii();
        let message = match self.status_message() {
            // A proxy's HTML page is not shown to anyone.
            "" if !text.starts_with('<') => text,
            message => message,
        };
        Failure {
            kind,
            http_status: Some(self.http_status),
            status_code: self.status_code(),
            message: cut(message).to_owned(),
            refused,
            redirected: false,
            retry_after: self.retry_after,
        }
    }
}

/// Cuts the text to the longest that is kept. Characters are counted by their first bytes.
fn cut(text: &str) -> &str {
    let mut characters = 0;
    for (at, byte) in text.bytes().enumerate() {
        characters += usize::from(byte & 0xc0 != 0x80);
        if characters > LONGEST_MESSAGE {
            return text.get(..at).unwrap_or_default();
        }
    }
    text
}

impl Failure {
    /// A failure without an answer of the server, with the caller's own message or none.
    pub fn new(kind: Kind, message: &str) -> Self {
        Self {
            kind,
            http_status: None,
            status_code: None,
            message: cut(message).to_owned(),
            refused: false,
            redirected: false,
            retry_after: None,
        }
    }

    /// The server answered with a redirect, which is no answer to the request.
    pub fn redirected() -> Self {
        Self {
            redirected: true,
            ..Self::new(Kind::Http, "")
        }
    }

    /// Whether the server answered at all.
    pub fn was_answered(&self) -> bool {
        self.http_status.is_some()
    }
}

impl Kind {
    /// The public word of the widget's contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::Timeout => "timeout",
            Self::Http => "http",
            Self::Api => "api",
            Self::Malformed => "malformed",
            Self::Unconfirmed => "unconfirmed",
            Self::Csrf => "csrf",
            Self::Unauthenticated => "unauthenticated",
            Self::Headers => "headers",
        }
    }
}
