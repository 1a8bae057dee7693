//! Which part of the API a request is for.

use core::time::Duration;

use serde_json::json;

use super::{me, operations, sessions};
use crate::cometd::long_polling::{self, Poll, Posted};
use crate::faults::action::Action;
use crate::http::{Answer, Request};
use crate::refusal::Refusal;
use crate::state::world::World;

/// The one address that needs no sign-in.
pub const OPEN: &str = "/api/v2/diagnostics/version";

/// What becomes of a request.
#[derive(Debug)]
pub enum Reply {
    /// It is answered, after this time.
    Answer(Answer, Duration),
    /// It is a connect that is held for this time at most.
    Held(Poll, Duration),
}

impl From<Answer> for Reply {
    fn from(answer: Answer) -> Reply {
        Reply::Answer(answer, Duration::ZERO)
    }
}

enum Route<'a> {
    Me,
    List(&'a str),
    Session(&'a str, &'a str),
    Messages(&'a str, &'a str),
    Version,
    Notifications,
}

/// Answers a request under `/api/`; a fault may change when an operation takes effect.
pub fn answer(world: &mut World, request: &Request, fault: Option<&Action>) -> Reply {
    let Some(path) = request.segments() else {
        return Answer::from(Refusal::new(10, "The path is not valid UTF-8")).into();
    };
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let Some(route) = route(&path) else {
        return Answer::from(Refusal::new(6, "Resource is not found")).into();
    };
    let is_post = request.method == "POST";
    let found = match route {
        Route::Notifications if is_post => {
            return match long_polling::post(&mut world.bayeux, &mut world.rng, request) {
                Posted::Now(answer) => answer.into(),
                Posted::Held(poll, time) => Reply::Held(poll, time),
            };
        }
        Route::Session(collection, id) if is_post => {
            return match operations::post(world, collection, id, &request.body, fault) {
                Ok((answer, after)) => Reply::Answer(answer, after),
                Err(refusal) => Answer::from(refusal).into(),
            };
        }
        Route::Session(..) | Route::Notifications if !request.is_reading() => {
            Ok(wrong_method("GET,HEAD,POST"))
        }
        _ if !request.is_reading() => Ok(wrong_method("GET,HEAD")),
        Route::Me => Ok(me::read(world, request)),
        Route::List(collection) => sessions::list(world, collection, request),
        Route::Session(collection, id) => sessions::one(world, collection, id),
        Route::Messages(collection, id) => sessions::messages(world, collection, id, request),
        Route::Version => Ok(Answer::ok(json!({ "version": "8.5.202.96" }))),
        Route::Notifications => Ok(upgrade(world, request)),
    };
    found.unwrap_or_else(Answer::from).into()
}

fn route<'a>(path: &[&'a str]) -> Option<Route<'a>> {
    let path = path.strip_prefix(&["api", "v2"])?;
    let route = match *path {
        ["me"] | ["me", ""] => return Some(Route::Me),
        ["notifications"] | ["notifications", ""] => return Some(Route::Notifications),
        ["me", collection] => Route::List(collection),
        ["me", collection, id] => Route::Session(collection, id),
        ["me", collection, id, "messages"] => Route::Messages(collection, id),
        ["diagnostics", "version"] => Route::Version,
        // Clients append `/handshake`, `/connect` and the like to the address.
        ["notifications", _] => Route::Notifications,
        _ => return None,
    };
    path.iter().all(|part| !part.is_empty()).then_some(route)
}

/// Makes a socket of the connection, or answers what a GET without a JSONP callback gets.
fn upgrade(world: &World, request: &Request) -> Answer {
    if request.upgrade && world.bayeux.settings.websocket {
        return Answer::empty(101);
    }
    Answer::new(400, "text/plain; charset=utf-8", "Unknown Bayeux Transport")
}

fn wrong_method(allowed: &str) -> Answer {
    let mut answer = Answer::empty(405);
    answer.set("allow", allowed);
    answer
}
