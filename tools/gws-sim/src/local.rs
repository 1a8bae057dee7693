//! Who may control: loopback peers, and pages only of an origin on this machine (any port: a
//! development server may stand in front), so that no website a developer visits can steer their
//! simulator.

use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::net::Caller;

/// The middleware around the control interface.
pub async fn guard(
    ConnectInfo(Caller(line)): ConnectInfo<Caller>,
    request: Request,
    next: Next,
) -> Response {
    if !line.is_loopback() {
        return refused("only from this machine");
    }
    let origin = request.headers().get(header::ORIGIN);
    let origin = origin.and_then(|origin| origin.to_str().ok());
    if origin.is_some_and(|origin| !is_of_this_machine(origin)) {
        return refused("not from pages of other machines");
    }
    let mut response = next.run(request).await;
    let no_store = HeaderValue::from_static("no-store");
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, no_store);
    response
}

fn is_of_this_machine(origin: &str) -> bool {
    let host = origin.split_once("://").map_or("", |(_, rest)| rest);
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "127.0.0.1" | "localhost" | "[::1]")
}

fn refused(words: &str) -> Response {
    let json = (header::CONTENT_TYPE, "application/json;charset=UTF-8");
    let body = format!("{{\"error\":\"{words}\"}}");
    (StatusCode::FORBIDDEN, [json], body).into_response()
}
