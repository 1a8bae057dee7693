//! The control interface under `/control`: what a test or a demo may do to the server.
//!
//! JSON both ways; `--help` lists the calls. Only loopback peers may use it, and pages only from an
//! origin on this machine (any port: a development server may stand in front), so that no website
//! a developer visits can steer their simulator.
//! A body that cannot be read is answered 400 with `{"error": "..."}`.

pub mod action;
pub mod faults;
pub mod log;
pub mod server;
pub mod sessions;

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};

use crate::net::Caller;
use crate::rest::{headers, reply::json_response};
use crate::server::Sim;

/// Tests have the server say things of ten megabytes.
const MOST_BYTES: usize = 64 << 20;

/// Every control call.
pub fn routes() -> Router<Arc<Sim>> {
    Router::new()
        .route("/control/state", get(server::state))
        .route("/control/log", get(server::log).delete(server::clear_log))
        .route("/control/fault", post(add_fault).delete(clear_faults))
        .route("/control/forget-clients", post(server::forget_clients))
        .route("/control/drop-connections", post(server::drop_connections))
        .route("/control/restart", post(server::restart))
        .route("/control/csrf", post(server::csrf))
        .route("/control/sign-out", post(server::sign_out))
        .route("/control/sign-in", post(server::sign_in))
        .route("/control/user", post(server::user))
        .route("/control/handshakes", post(server::handshakes))
        .route("/control/publish", post(server::publish))
        .route("/control/overlap", post(server::overlap))
        .route("/control/scenario", post(server::scenario))
        .route("/control/latency", post(server::latency))
        .route("/control/sessions", post(sessions::create))
        .route("/control/sessions/{id}/view", get(sessions::view))
        .route("/control/sessions/{id}/{action}", post(sessions::change))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .layer(from_fn(guard))
}

async fn guard(
    ConnectInfo(Caller(line)): ConnectInfo<Caller>,
    request: Request,
    next: Next,
) -> Response {
    if !line.is_loopback() {
        return refused(StatusCode::FORBIDDEN, "only from this machine");
    }
    let foreign = |origin: &str| !is_of_this_machine(origin);
    if headers::text(request.headers(), "origin").is_some_and(foreign) {
        return refused(StatusCode::FORBIDDEN, "not from pages of other machines");
    }
    let mut response = next.run(request).await;
    let no_store = axum::http::HeaderValue::from_static("no-store");
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, no_store);
    response
}

async fn add_fault(State(sim): State<Arc<Sim>>, body: Bytes) -> Response {
    let added = read(&body).and_then(|body| sim.lock().faults.add(&body));
    match added {
        Ok(()) => done(json!({})),
        Err(words) => refused(StatusCode::BAD_REQUEST, &words),
    }
}

async fn clear_faults(State(sim): State<Arc<Sim>>) -> Response {
    sim.lock().faults.clear();
    done(json!({}))
}

fn is_of_this_machine(origin: &str) -> bool {
    let host = origin.split_once("://").map_or("", |(_, rest)| rest);
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "127.0.0.1" | "localhost" | "[::1]")
}

/// The body of a control request; an empty one is an empty object.
fn read(body: &[u8]) -> Result<Value, String> {
    if body.is_empty() {
        return Ok(json!({}));
    }
    let value: Value = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    if value.is_object() {
        Ok(value)
    } else {
        Err("the body is no JSON object".to_owned())
    }
}

fn done(body: Value) -> Response {
    json_response(StatusCode::OK, &body)
}

fn refused(status: StatusCode, words: &str) -> Response {
    json_response(status, &json!({ "error": words })).into_response()
}
