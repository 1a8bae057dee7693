//! Which control call a request is.

use serde_json::json;

use super::reply::{self, Done, Refused};
use super::{server, sessions};
use crate::http::{Answer, Request};
use crate::server::Server;

/// Carries out a control call.
pub fn answer(server: &mut Server, request: &Request) -> Answer {
    let path = request.segments().unwrap_or_default();
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let unknown = || Err(Refused::not_found("no such control call"));
    reply::answer(call(server, request, &path).unwrap_or_else(unknown))
}

/// `None` where there is none of that name and method.
fn call(server: &mut Server, request: &Request, path: &[&str]) -> Option<Done> {
    let call = path.strip_prefix(&["control"])?;
    let body = || reply::read(&request.body);
    Some(match (request.method.as_str(), call) {
        ("GET" | "HEAD", ["state"]) => Ok(server::state(server)),
        ("GET" | "HEAD", ["log"]) => Ok(server::log(server, request)),
        ("DELETE", ["log"]) => {
            server.log.clear();
            Ok(json!({}))
        }
        ("DELETE", ["fault"]) => {
            server.faults.clear();
            server.release_hanging();
            Ok(json!({}))
        }
        ("GET" | "HEAD", ["sessions", id, "view"]) => sessions::view(server, id, request),
        ("POST", ["sessions", id, action]) => {
            body().and_then(|body| sessions::change(&mut server.world, id, action, &body))
        }
        ("POST", [name]) => {
            let call = post(name)?;
            body().and_then(|body| call(server, request, &body))
        }
        _ => return None,
    })
}

type Call = fn(&mut Server, &Request, &serde_json::Value) -> Done;

fn post(name: &str) -> Option<Call> {
    Some(match name {
        "fault" => |server, _, body| {
            server.faults.add(body)?;
            Ok(json!({}))
        },
        "forget-clients" => server::forget_clients,
        "drop-connections" => server::drop_connections,
        "restart" => server::restart,
        "csrf" => server::csrf,
        "sign-out" => server::sign_out,
        "sign-in" => server::sign_in,
        "user" => server::user,
        "handshakes" => server::handshakes,
        "publish" => server::publish,
        "overlap" => server::overlap,
        "scenario" => server::scenario,
        "latency" => server::latency,
        "sessions" => |server, _, body| sessions::create(&mut server.world, body),
        _ => return None,
    })
}
