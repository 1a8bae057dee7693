//! Cross-origin requests from the allowed origins, with the headers that GWS documents.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::sim::Sim;

/// GWS's default `allowedHeaders` and the token's header, which a deployment has to add.
const ALLOWED_HEADERS: &str = "X-Requested-With,Content-Type,Accept,Origin,Cookie,authorization,\
ssid,surl,ContactCenterId,X-CSRF-TOKEN";

/// The middleware around the API: answers preflight requests, and lets allowed origins read.
pub async fn allow(State(sim): State<Arc<Sim>>, request: Request, next: Next) -> Response {
    let origin = request.headers().get(header::ORIGIN).cloned();
    let is_allowed = |origin: &HeaderValue| {
        sim.args
            .allow_origins
            .iter()
            .any(|allowed| origin == allowed.as_str())
    };
    let asked = request
        .headers()
        .contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = if request.method() == Method::OPTIONS && asked {
        StatusCode::OK.into_response()
    } else {
        next.run(request).await
    };
    if let Some(origin) = origin.filter(is_allowed) {
        add(&mut response, origin);
    }
    response
}

/// Adds the headers that let `origin` read the response.
fn add(response: &mut Response, origin: HeaderValue) {
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
