//! Answers in GWS's form: `{"statusCode": n, ...}` and the HTTP status that goes with it.
//!
//! GWS documents the status codes but not the HTTP statuses. Seen on real servers are 500 for 4
//! and 403 for 20; the rest is this simulator's choice, the usual HTTP meaning: 400 for what the
//! request got wrong (1 missing parameter, 2 wrong state, 10 validation), 403 for what is not
//! allowed (3 forbidden, 5 no permission), 404 for what is not there (6). The documentation's
//! other codes come only by a fault with an HTTP status of its own.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::state::operations::Refusal;

/// `{"statusCode":0}` with further members.
pub fn ok(mut body: Value) -> Response {
    body["statusCode"] = 0.into();
    json_response(StatusCode::OK, &body)
}

/// Any JSON body with any status.
pub fn json_response(status: StatusCode, body: &Value) -> Response {
    let json = (header::CONTENT_TYPE, "application/json;charset=UTF-8");
    (status, [json], body.to_string()).into_response()
}

/// Nobody is signed in.
pub fn not_signed_in() -> Response {
    Refusal::new(20, "Access denied").into_response()
}

/// A changing request without the right CSRF token; told from the above by its text.
pub fn no_csrf() -> Response {
    let body = json!({ "statusMessage": "Missing or invalid Csrf token" });
    json_response(StatusCode::FORBIDDEN, &body)
}

/// The HTTP status that goes with a `statusCode`.
pub fn http_status(status_code: u8) -> StatusCode {
    match status_code {
        0 | 7 => StatusCode::OK,
        1 | 2 | 10 | 11 => StatusCode::BAD_REQUEST,
        3 | 5 | 8 | 20 => StatusCode::FORBIDDEN,
        6 => StatusCode::NOT_FOUND,
        18 | 19 => StatusCode::CONFLICT,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let body = json!({ "statusCode": self.status_code, "statusMessage": self.message });
        json_response(http_status(self.status_code), &body)
    }
}
