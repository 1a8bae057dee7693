//! What every request under `/api` passes, from the outside in: cross-origin headers, the request
//! log, faults, sign-in, CSRF.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::time::sleep;

use super::{cors, headers, reply};
use crate::control::action::Action;
use crate::control::faults::Seen;
use crate::control::log::Logged;
use crate::net::{Caller, Line};
use crate::server::Sim;
use crate::state::http_sessions::Entrance;

/// Cookie of the HTTP session.
pub const SESSION_COOKIE: &str = "JSESSIONID";
/// Header that brings the CSRF token, both ways.
pub const TOKEN_HEADER: &str = "X-CSRF-TOKEN";
/// No request of the API is longer.
const MOST_BYTES: usize = 1 << 20;

/// The middleware around all routes; other paths than `/api` pass untouched.
pub async fn gate(
    State(sim): State<Arc<Sim>>,
    ConnectInfo(Caller(line)): ConnectInfo<Caller>,
    request: Request,
    next: Next,
) -> Response {
    if !request.uri().path().starts_with("/api/") {
        return next.run(request).await;
    }
    let origins = sim.args.allow_origins.as_slice();
    let origin = cors::allowed(request.headers(), origins).map(str::to_owned);
    let mut response = match cors::preflight(request.method(), request.headers()) {
        Some(response) => response,
        None => logged(sim, &line, request, next).await,
    };
    if let Some(origin) = origin {
        cors::allow(&mut response, &origin);
    }
    response
}

async fn logged(sim: Arc<Sim>, line: &Line, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MOST_BYTES).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let seen = Seen::new(&parts.method, &parts.uri, &body);
    let (logged, fault) = {
        let mut world = sim.lock();
        let fault = world.faults.take(&seen);
        let name = fault.as_ref().map(Action::name);
        let number = world.log.begin(&parts, seen, &body, name);
        (Logged::new(Arc::clone(&sim), number), fault)
    };
    let response = with_fault(&sim, line, parts, body, fault, next).await;
    logged.finish(response.as_ref().map(|response| response.status().as_u16()));
    // A cut connection carries no response; this one is dropped with it.
    response.unwrap_or_default()
}

/// Lets the request through, or makes go wrong what is to go wrong. `None` after a reset.
async fn with_fault(
    sim: &Arc<Sim>,
    line: &Line,
    mut parts: Parts,
    body: Bytes,
    fault: Option<Action>,
    next: Next,
) -> Option<Response> {
    match &fault {
        Some(Action::Answer(answer)) => return Some(answer.response()),
        Some(Action::Delay { ms }) => sleep(Duration::from_millis(*ms)).await,
        Some(Action::Hang) => {
            let mut released = sim.lock().faults.released();
            let _ = released.changed().await;
            line.cut();
            return None;
        }
        Some(Action::ResetBefore) => {
            line.cut();
            return None;
        }
        Some(action) => {
            parts.extensions.insert(action.clone());
        }
        None => {}
    }
    let mut response = signed_in(sim, Request::from_parts(parts, Body::from(body)), next).await;
    match fault {
        Some(Action::ResetAfter) => {
            line.cut();
            None
        }
        Some(Action::Truncate) => Some(truncated(response).await),
        Some(Action::Headers(headers)) => {
            response.headers_mut().extend(headers);
            Some(response)
        }
        _ => Some(response),
    }
}

async fn signed_in(sim: &Arc<Sim>, mut request: Request, next: Next) -> Response {
    let open = request.uri().path() == "/api/v2/diagnostics/version";
    let reading = request.method() == Method::GET || request.method() == Method::HEAD;
    let mut session = headers::cookie(request.headers(), SESSION_COOKIE).map(str::to_owned);
    let mut begun = None;
    {
        let mut world = sim.lock();
        let authorization = headers::text(request.headers(), "authorization");
        match world.http.enter(session.as_deref(), authorization) {
            Entrance::Known => {}
            Entrance::Begun(id) => {
                begun = Some(id);
            }
            Entrance::Refused if open => {}
            Entrance::Refused => return reply::not_signed_in(),
        }
        let token = headers::text(request.headers(), TOKEN_HEADER);
        // A session that begins with this very request has no token yet that could be known.
        if !reading && !world.http.may_change(session.as_deref(), token) {
            drop(world);
            return with_cookie(reply::no_csrf(), begun.as_deref());
        }
    }
    session = begun.clone().or(session);
    // Credentials go no further than here.
    request.headers_mut().remove(header::AUTHORIZATION);
    let mut response = with_cookie(next.run(request).await, begun.as_deref());
    let token = session.and_then(|id| sim.lock().http.token(&id).map(str::to_owned));
    if let Some(token) = token.filter(|_| reading) {
        add(response.headers_mut(), "x-csrf-header", TOKEN_HEADER);
        add(response.headers_mut(), "x-csrf-token", &token);
    }
    response
}

fn with_cookie(mut response: Response, begun: Option<&str>) -> Response {
    if let Some(id) = begun {
        let cookie = format!("{SESSION_COOKIE}={id}; Path=/; HttpOnly");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    response
}

fn add(headers: &mut HeaderMap, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// Promises the whole body, sends the first half of it, and closes.
async fn truncated(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let body = to_bytes(body, MOST_BYTES).await.unwrap_or_default();
    parts
        .headers
        .insert(header::CONTENT_LENGTH, body.len().into());
    let half = body.slice(..body.len() / 2);
    let stream = futures_util::stream::unfold(Some(half), |half| async move {
        if let Some(half) = half {
            return Some((Ok(half), None));
        }
        // The half must be on its way before the error tears the connection down.
        sleep(Duration::from_millis(20)).await;
        Some((Err(std::io::Error::other("truncated on purpose")), None))
    });
    Response::from_parts(parts, Body::from_stream(stream))
}
