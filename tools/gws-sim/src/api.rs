//! Requests under `/api` and `/control`: as plain data to the machine, and its answer back.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ws::{WebSocketUpgrade, rejection::WebSocketUpgradeRejection};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use gws_world::Answer;
use tokio::time::sleep;

use crate::net::Caller;
use crate::sim::Sim;
use crate::{cors, local, websocket};

/// No request of the API is longer.
const MOST_BYTES: usize = 1 << 20;
/// Tests have the server say things of ten megabytes.
const MOST_CONTROL_BYTES: usize = 64 << 20;

/// All that the machine answers.
pub fn routes(sim: &Arc<Sim>) -> Router<Arc<Sim>> {
    let api = any(answer).layer(from_fn_with_state(Arc::clone(sim), cors::allow));
    Router::new()
        .route("/api/{*rest}", api)
        .route("/control/{*rest}", any(answer).layer(from_fn(local::guard)))
}

async fn answer(
    State(sim): State<Arc<Sim>>,
    ConnectInfo(Caller(line)): ConnectInfo<Caller>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let is_control = parts.uri.path().starts_with("/control/");
    let most = if is_control {
        MOST_CONTROL_BYTES
    } else {
        MOST_BYTES
    };
    let Ok(body) = to_bytes(body, most).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let target = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers = parts.headers.iter();
    let request = gws_world::Request {
        line: line.number,
        method: parts.method.to_string(),
        target: target.to_owned(),
        headers: headers
            .map(|(name, value)| (name.to_string(), text(value)))
            .collect(),
        body: body.into(),
        upgrade: upgrade.is_ok(),
    };
    let Some(answer) = sim.ask(request).await else {
        // A cut connection carries no response; this one is dropped with it.
        return Response::default();
    };
    match upgrade {
        Ok(upgrade) if answer.status == 101 => {
            let number = line.number;
            let mut response =
                upgrade.on_upgrade(move |socket| websocket::serve(sim, number, socket));
            response.headers_mut().extend(headers_of(&answer));
            response
        }
        _ => response(answer),
    }
}

fn response(answer: Answer) -> Response {
    let mut response = Response::new(Body::empty());
    if let Ok(status) = StatusCode::from_u16(answer.status) {
        *response.status_mut() = status;
    }
    *response.headers_mut() = headers_of(&answer);
    if answer.half {
        let length = answer.body.len().into();
        response
            .headers_mut()
            .insert(header::CONTENT_LENGTH, length);
        *response.body_mut() = half(answer.body.into_bytes());
    } else {
        *response.body_mut() = answer.body.into();
    }
    response
}

fn headers_of(answer: &Answer) -> HeaderMap {
    let lines = answer.headers.iter();
    let lines = lines.filter_map(|(name, value)| {
        let name = HeaderName::try_from(name).ok()?;
        Some((name, HeaderValue::try_from(value).ok()?))
    });
    // Not `collect`, which keeps only the last line of a name.
    let mut headers = HeaderMap::new();
    for (name, value) in lines {
        headers.append(name, value);
    }
    headers
}

/// Sends the first half of a body, and breaks.
fn half(mut body: Vec<u8>) -> Body {
    body.truncate(body.len() / 2);
    let stream = futures_util::stream::unfold(Some(body), |half| async move {
        if let Some(half) = half {
            return Some((Ok(half), None));
        }
        // The half must be on its way before the error tears the connection down.
        sleep(Duration::from_millis(20)).await;
        Some((Err(std::io::Error::other("truncated on purpose")), None))
    });
    Body::from_stream(stream)
}
