//! What every request under `/api/` passes, from the outside in: the request log, faults, sign-in,
//! CSRF. Its answer passes the same on its way out.

use core::time::Duration;

use serde_json::json;

use crate::faults::action::Action;
use crate::faults::seen::Seen;
use crate::http::{Answer, Request, SESSION_COOKIE, TOKEN_HEADER};
use crate::outcome::Ticket;
use crate::refusal::Refusal;
use crate::rest::route::{self, Reply};
use crate::server::{Server, UnderWay, Wait, Waiting, WayOut};
use crate::state::http_sessions::Entrance;

/// Takes a request: it is answered, made to go wrong, or waits.
pub fn enter(server: &mut Server, ticket: Ticket, request: Request) {
    if server.now() < server.down_until {
        server.cut(request.line);
        return;
    }
    let seen = Seen::new(&request);
    let fault = server.faults.take(&seen);
    let name = fault.as_ref().map(Action::name);
    let now = server.now();
    let under_way = UnderWay {
        ticket,
        line: request.line,
        logged: server.log.begin(now, &request, seen, name),
    };
    match fault {
        Some(Action::Answer(canned)) => server.answer(Some(under_way), canned.answer),
        Some(Action::ResetBefore) => server.reset(Some(under_way)),
        Some(Action::Hang) => wait(server, under_way, None, Wait::Hanging),
        Some(Action::Delay(time)) => {
            wait(server, under_way, Some(time), Wait::Delayed(request));
        }
        fault => pass(server, under_way, request, fault),
    }
}

/// Lets a request through to the API.
pub fn pass(server: &mut Server, under_way: UnderWay, request: Request, fault: Option<Action>) {
    let mut way = WayOut {
        reading: request.is_reading(),
        session: request.cookie(SESSION_COOKIE).map(str::to_owned),
        begun: false,
        fault,
    };
    if let Err(refused) = sign_in(server, &request, &mut way) {
        return leave(server, Some(under_way), refused, way);
    }
    match route::answer(&mut server.world, &request, way.fault.as_ref()) {
        Reply::Answer(answer, Duration::ZERO) => {
            with_token(server, Some(under_way), answer, way);
        }
        Reply::Answer(answer, time) => {
            wait(server, under_way, Some(time), Wait::Late(answer, way));
        }
        Reply::Held(poll, time) => wait(server, under_way, Some(time), Wait::Held(poll, way)),
    }
}

/// The answer of the API goes out, with the CSRF token where it is told.
pub fn with_token(
    server: &mut Server,
    under_way: Option<UnderWay>,
    mut answer: Answer,
    way: WayOut,
) {
    let token = way.session.as_deref().filter(|_| way.reading);
    if let Some(token) = token.and_then(|id| server.http.token(id)) {
        answer.set("x-csrf-header", TOKEN_HEADER);
        answer.set("x-csrf-token", token);
    }
    leave(server, under_way, answer, way);
}

/// Whoever may not pass is refused.
fn sign_in(server: &mut Server, request: &Request, way: &mut WayOut) -> Result<(), Answer> {
    let authorization = request.header("authorization");
    let known = way.session.clone();
    match server.http.enter(known.as_deref(), authorization) {
        Entrance::Known => {}
        Entrance::Begun(id) => {
            way.session = Some(id);
            way.begun = true;
        }
        Entrance::Refused if request.path() == route::OPEN => {}
        Entrance::Refused => return Err(Refusal::new(20, "Access denied").into()),
    }
    let token = request.header(TOKEN_HEADER);
    // A session that begins with this very request has no token yet that could be known.
    if !way.reading && !server.http.may_change(known.as_deref(), token) {
        // Told from the above by its text.
        let body = json!({ "statusMessage": "Missing or invalid Csrf token" });
        return Err(Answer::json(403, &body));
    }
    Ok(())
}

fn leave(server: &mut Server, under_way: Option<UnderWay>, mut answer: Answer, way: WayOut) {
    if let Some(id) = way.session.filter(|_| way.begun) {
        answer.add(
            "set-cookie",
            &format!("{SESSION_COOKIE}={id}; Path=/; HttpOnly"),
        );
    }
    match way.fault {
        Some(Action::ResetAfter) => return server.reset(under_way),
        Some(Action::Truncate) => answer.half = true,
        Some(Action::Headers(headers)) => {
            for (name, value) in headers {
                answer.set(&name, &value);
            }
        }
        _ => {}
    }
    server.answer(under_way, answer);
}

fn wait(server: &mut Server, request: UnderWay, time: Option<Duration>, wait: Wait) {
    let until = time.map(|time| server.now() + time);
    server.waiting.push(Waiting {
        request: Some(request),
        until,
        wait,
    });
}
