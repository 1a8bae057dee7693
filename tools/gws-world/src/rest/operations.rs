//! `POST /api/v2/me/smssessions/{id}`: accepts or refuses an operation at once and does it later.

use core::time::Duration;

use serde_json::{Value, json};

use super::sessions;
use crate::faults::action::Action;
use crate::http::Answer;
use crate::refusal::Refusal;
use crate::state::operation::{self, Operation};
use crate::state::world::World;

/// Takes the POST; a fault changes when it takes effect. The answer is to be sent after the time
/// given.
///
/// # Errors
/// The refusal.
pub fn post(
    world: &mut World,
    collection: &str,
    id: &str,
    body: &[u8],
    fault: Option<&Action>,
) -> Result<(Answer, Duration), Refusal> {
    let operation = accept(world, collection, id, body)?;
    let user = world.me;
    let mut answer_after = Duration::ZERO;
    match fault {
        Some(Action::AcceptSilently) => {}
        Some(Action::ActLate(time)) => world.act_in(*time, user, id, operation),
        Some(Action::NotifyFirst(time)) => {
            world.act(user, id, &operation);
            answer_after = *time;
        }
        _ if world.latency.is_zero() => world.act(user, id, &operation),
        _ => world.act_in(world.latency, user, id, operation),
    }
    Ok((Answer::ok(json!({})), answer_after))
}

fn accept(world: &World, collection: &str, id: &str, body: &[u8]) -> Result<Operation, Refusal> {
    let media = sessions::media(collection).ok_or_else(|| Refusal::not_found(collection))?;
    let body: Value =
        serde_json::from_slice(body).map_err(|_| Refusal::new(10, "The body is not valid JSON"))?;
    let operation = operation::read(&body)?;
    let name = body["operationName"].as_str().unwrap_or_default();
    world.permit(media, id, name)?;
    Ok(operation)
}
