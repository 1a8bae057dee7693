//! Cross-origin requests from the allowed origins, with the headers that GWS documents.

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::headers;

/// GWS's default `allowedHeaders` and the token's header, which a deployment has to add.
const ALLOWED_HEADERS: &str = "X-Requested-With,Content-Type,Accept,Origin,Cookie,authorization,\
ssid,surl,ContactCenterId,X-CSRF-TOKEN";

/// The request's origin, if it may call across origins.
pub fn allowed<'a>(request: &'a HeaderMap, origins: &[String]) -> Option<&'a str> {
    headers::text(request, "origin").filter(|origin| origins.iter().any(|o| o == origin))
}

/// The answer to a preflight request.
pub fn preflight(method: &Method, request: &HeaderMap) -> Option<Response> {
    let asked = request.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    (method == Method::OPTIONS && asked).then(|| StatusCode::OK.into_response())
}

/// Adds the headers that let `origin` read the response.
pub fn allow(response: &mut Response, origin: &str) {
    let Ok(origin) = HeaderValue::from_str(origin) else {
        return;
    };
    let answer = response.headers_mut();
    answer.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    answer.append(header::VARY, HeaderValue::from_static("Origin"));
    let fixed: [(HeaderName, &'static str); 5] = [
        (header::ACCESS_CONTROL_ALLOW_CREDENTIALS, "true"),
        (
            header::ACCESS_CONTROL_EXPOSE_HEADERS,
            "X-CSRF-HEADER,X-CSRF-TOKEN",
        ),
        (
            header::ACCESS_CONTROL_ALLOW_METHODS,
            "GET,POST,PUT,DELETE,OPTIONS",
        ),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, ALLOWED_HEADERS),
        (header::ACCESS_CONTROL_MAX_AGE, "120"),
    ];
    for (name, value) in fixed {
        answer.insert(name, HeaderValue::from_static(value));
    }
}
