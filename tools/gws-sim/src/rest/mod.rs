//! The REST API under `/api/v2`, and the gate that every request to it passes.

pub mod cors;
pub mod gate;
pub mod headers;
pub mod me;
pub mod operations;
pub mod reply;
pub mod sessions;

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::ConnectInfo;
use axum::extract::State;
use axum::extract::ws::{WebSocketUpgrade, rejection::WebSocketUpgradeRejection};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use serde_json::json;

use crate::cometd::{long_polling, websocket};
use crate::net::Caller;
use crate::server::Sim;
use crate::state::operations::Refusal;

/// Every route of the API.
pub fn routes() -> Router<Arc<Sim>> {
    Router::new()
        .route("/api/v2/me", get(me::read))
        .route("/api/v2/me/", get(me::read))
        .route("/api/v2/me/{collection}", get(sessions::list))
        .route(
            "/api/v2/me/{collection}/{id}",
            get(sessions::one).post(operations::post),
        )
        .route(
            "/api/v2/me/{collection}/{id}/messages",
            get(sessions::messages),
        )
        .route("/api/v2/diagnostics/version", get(version))
        .route("/api/v2/notifications", notifications())
        .route("/api/v2/notifications/", notifications())
        .route("/api/v2/notifications/{kind}", notifications())
        .route("/api/{*rest}", axum::routing::any(nothing_here))
}

async fn version() -> Response {
    reply::ok(json!({ "version": "8.5.202.96" }))
}

async fn nothing_here() -> Response {
    Refusal::new(6, "Resource is not found").into_response()
}

/// The CometD endpoint; clients append `/handshake`, `/connect` and the like to its address.
fn notifications() -> MethodRouter<Arc<Sim>> {
    get(upgrade).post(poll)
}

async fn poll(State(sim): State<Arc<Sim>>, headers: HeaderMap, body: Bytes) -> Response {
    long_polling::post(sim, &headers, body).await
}

async fn upgrade(
    State(sim): State<Arc<Sim>>,
    ConnectInfo(Caller(line)): ConnectInfo<Caller>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    match upgrade {
        Ok(upgrade) if sim.lock().bayeux.settings.websocket => {
            line.mark_socket();
            upgrade.on_upgrade(move |socket| websocket::serve(sim, socket))
        }
        // What a GET without a JSONP callback gets from CometD.
        _ => (StatusCode::BAD_REQUEST, "Unknown Bayeux Transport").into_response(),
    }
}
