//! `POST /api/v2/me/smssessions/{id}`: accepts or refuses an operation at once and does it later.

use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::time::sleep;

use super::{reply, sessions};
use crate::control::action::Action;
use crate::server::Sim;
use crate::state::operations::{self, Operation, Refusal};
use crate::state::users::User;

/// Answers the POST; a fault in the request's extensions changes when it takes effect.
pub async fn post(
    State(sim): State<Arc<Sim>>,
    Path((collection, id)): Path<(String, String)>,
    fault: Option<Extension<Action>>,
    body: Bytes,
) -> Response {
    let (user, operation) = match accept(&sim, &collection, &id, &body) {
        Ok(accepted) => accepted,
        Err(refusal) => return refusal.into_response(),
    };
    match fault {
        Some(Extension(Action::AcceptSilently)) => {}
        Some(Extension(Action::ActLate { ms })) => act_in(sim, user, id, operation, ms),
        Some(Extension(Action::NotifyFirst { ms })) => {
            sim.lock().act(user, &id, &operation);
            sleep(Duration::from_millis(ms)).await;
        }
        _ => {
            let latency = sim.lock().latency_ms;
            match latency {
                0 => sim.lock().act(user, &id, &operation),
                ms => act_in(sim, user, id, operation, ms),
            }
        }
    }
    reply::ok(json!({}))
}

fn accept(
    sim: &Sim,
    collection: &str,
    id: &str,
    body: &[u8],
) -> Result<(User, Operation), Refusal> {
    let missing = || Refusal::new(6, format!("Resource '{collection}' is not found"));
    let media = sessions::media(collection).ok_or_else(missing)?;
    let body: Value =
        serde_json::from_slice(body).map_err(|_| Refusal::new(10, "The body is not valid JSON"))?;
    let operation = operations::read(&body)?;
    let name = body["operationName"].as_str().unwrap_or_default();
    let world = sim.lock();
    world.permit(media, id, name)?;
    Ok((world.me, operation))
}

fn act_in(sim: Arc<Sim>, user: User, id: String, operation: Operation, ms: u64) {
    tokio::spawn(async move {
        sleep(Duration::from_millis(ms)).await;
        sim.lock().act(user, &id, &operation);
    });
}
