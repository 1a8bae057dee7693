//! The server's decision that something is not to be: GWS's `statusCode` and its words.
//!
//! GWS documents the status codes but not the HTTP statuses. Seen on real servers are 500 for 4
//! and 403 for 20; the rest is this simulator's choice, the usual HTTP meaning: 400 for what the
//! request got wrong (1 missing parameter, 2 wrong state, 10 validation), 403 for what is not
//! allowed (3 forbidden, 5 no permission), 404 for what is not there (6). The documentation's
//! other codes come only by a fault with an HTTP status of its own.

use serde_json::json;

use crate::http::Answer;

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// 1 to 20.
    pub status_code: u8,
    /// `statusMessage`
    pub message: String,
}

impl Refusal {
    /// A refusal with a `statusCode` and words.
    pub fn new(status_code: u8, message: impl Into<String>) -> Refusal {
        Refusal {
            status_code,
            message: message.into(),
        }
    }

    /// What is asked for is not there.
    pub fn not_found(what: &str) -> Refusal {
        Refusal::new(6, format!("Resource '{what}' is not found"))
    }
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Answer {
        let body = json!({ "statusCode": refusal.status_code, "statusMessage": refusal.message });
        Answer::json(http_status(refusal.status_code), &body)
    }
}

/// The HTTP status that goes with a `statusCode`.
pub fn http_status(status_code: u8) -> u16 {
    match status_code {
        0 | 7 => 200,
        1 | 2 | 10 | 11 => 400,
        3 | 5 | 8 | 20 => 403,
        6 => 404,
        18 | 19 => 409,
        _ => 500,
    }
}
