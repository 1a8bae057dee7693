//! The simulated server for a page: what `js/sim/world.js` calls.
//!
//! Requests and outcomes go over as JSON text. Each request has a connection of its own, so one
//! number names both.

mod settings;

use std::time::Duration;

use gws_world::{Answer, Line, Machine, Outcome, Request, Ticket};
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

/// One simulated server. Times are milliseconds since it was made.
#[wasm_bindgen]
#[derive(Debug)]
pub struct World {
    machine: Machine,
    last: u32,
}

#[wasm_bindgen]
impl World {
    /// A server with these settings, as JSON.
    ///
    /// # Errors
    /// What is wrong with the settings, as a string.
    #[wasm_bindgen(constructor)]
    pub fn new(settings: &str) -> Result<World, String> {
        let settings: Value = serde_json::from_str(settings).map_err(|error| error.to_string())?;
        Ok(World {
            machine: Machine::new(settings::read(&settings)?),
            last: 0,
        })
    }

    /// Takes a request, `{method, target, headers: [[name, value], …]}`; its number.
    pub fn handle(&mut self, request: &str, body: String, now: f64) -> u32 {
        let request: Value = serde_json::from_str(request).unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let headers = request["headers"].as_array().into_iter().flatten();
        let headers = headers
            .map(|pair| (text(&pair[0]), text(&pair[1])))
            .collect();
        self.last += 1;
        let line = Line(u64::from(self.last));
        self.machine.line_opened(line);
        self.machine.handle(
            Request {
                line,
                method: text(&request["method"]),
                target: text(&request["target"]),
                headers,
                body: body.into_bytes(),
                upgrade: false,
            },
            time(now),
        );
        self.last
    }

    /// The page has given a request up.
    pub fn cancel(&mut self, number: u32, now: f64) {
        let number = u64::from(number);
        self.machine.cancel(Ticket(number), time(now));
        self.machine.line_closed(Line(number), time(now));
    }

    /// What becomes of a request, `{number, answer?: {status, headers, body, half}}`; without an
    /// answer its connection was cut. To be asked until there is none.
    pub fn outcome(&mut self, now: f64) -> Option<String> {
        loop {
            let (number, answer) = match self.machine.poll_outcome()? {
                Outcome::Answer(Ticket(number), answer) => (number, Some(answer)),
                Outcome::Cut(Line(number)) => (number, None),
                // While it is down the machine cuts whoever comes. There are no sockets.
                Outcome::ClosePort(_) | Outcome::Frame(..) | Outcome::CloseSocket(_) => continue,
            };
            self.machine.line_closed(Line(number), time(now));
            let answer = answer.map(
                |Answer {
                     status,
                     headers,
                     body,
                     half,
                 }| json!({ "status": status, "headers": headers, "body": body, "half": half }),
            );
            return Some(json!({ "number": number, "answer": answer }).to_string());
        }
    }

    /// When it wants to be woken, if ever.
    pub fn timeout(&self) -> Option<f64> {
        let due = self.machine.poll_timeout()?;
        Some(due.as_secs_f64() * 1000.0)
    }

    /// The time has come.
    pub fn wake(&mut self, now: f64) {
        self.machine.handle_timeout(time(now));
    }
}

fn time(ms: f64) -> Duration {
    Duration::try_from_secs_f64(ms / 1000.0).unwrap_or_default()
}
