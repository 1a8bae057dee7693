//! What the drawer can do to the server, and what a visitor should see the button do then.
//!
//! Each fault is one request to the simulator's control interface. Those of the first group wait for the next operation
//! on the chosen session; the others happen at once.

use barge_in::Connection;
use gloo_net::http::Method;

use super::control;
use super::roster::Key;

/// One thing to try.
#[derive(PartialEq)]
pub struct Fault {
    /// Its name on the page and in tests.
    pub id: &'static str,
    /// What happens to the server.
    pub name: &'static str,
    /// What to look for.
    pub expect: &'static str,
    call: Call,
}

/// Faults that belong together.
pub struct Group {
    /// The heading.
    pub name: &'static str,
    /// When they strike.
    pub when: &'static str,
    /// The faults.
    pub faults: &'static [Fault],
}

#[derive(PartialEq)]
enum Call {
    /// Waits for the next operation on the chosen session: the fault's `action`.
    Next(&'static str),
    /// Acts on the chosen session: its action and body.
    Session(&'static str, &'static str),
    /// Acts on the server: path and body.
    Server(&'static str, &'static str),
    /// Signs in, then has the connection look again.
    SignIn,
}

const fn fault(id: &'static str, name: &'static str, expect: &'static str, call: Call) -> Fault {
    Fault { id, name, expect, call }
}

/// All of them, in the drawer's order.
pub const GROUPS: &[Group] = &[
    Group {
        name: "The next press",
        when: "waits until you press on the chosen session",
        faults: &[
            fault(
                "refuse",
                "Refuse it",
                "The button goes off with the server's words, until the server offers barge-in anew.",
                Call::Next(r#"{"refuse":{"statusCode":5,"statusMessage":"User lacks the permission for this operation"}}"#),
            ),
            fault(
                "delay",
                "Answer after 4 seconds",
                "It waits and says so. Press as often as you like: one request.",
                Call::Next(r#"{"delay":{"ms":4000}}"#),
            ),
            fault(
                "hang",
                "Never answer",
                "After 10 seconds it gives up waiting, says so, and may be pressed again.",
                Call::Next(r#""hang""#),
            ),
            fault(
                "silent",
                "Accept, then do nothing",
                "“OK” is no proof: it never says joined, reads the session again, and reports that nothing confirmed it.",
                Call::Next(r#""accept-silently""#),
            ),
            fault(
                "reset-before",
                "Cut the line before acting",
                "A failure of the network. Nothing happened, and nothing is claimed.",
                Call::Next(r#""reset-before""#),
            ),
            fault(
                "reset-after",
                "Cut the line after acting",
                "The answer is lost, the deed is not: the session itself tells that you are in.",
                Call::Next(r#""reset-after""#),
            ),
            fault(
                "error",
                "Answer with an error page",
                "HTML where JSON is due: the error is told in words, and the button may be tried again.",
                Call::Next(r#"{"html":{"httpStatus":502}}"#),
            ),
            fault(
                "notify-first",
                "Confirm before answering",
                "Joined at once, by the notification. The late answer changes nothing.",
                Call::Next(r#"{"notify-first":{"ms":3000}}"#),
            ),
        ],
    },
    Group {
        name: "The chosen session",
        when: "at once, as if somebody else did it",
        faults: &[
            fault(
                "elsewhere-monitor",
                "Switch to Monitor elsewhere",
                "Joined no more: the button is ready again, and nobody sees you.",
                Call::Session("switch", r#"{"operation":"SwitchToMonitor"}"#),
            ),
            fault(
                "elsewhere-coach",
                "Switch to Coach elsewhere",
                "The agent sees you, the customer does not.",
                Call::Session("switch", r#"{"operation":"SwitchToCoach"}"#),
            ),
            fault(
                "elsewhere-barge-in",
                "Barge in elsewhere",
                "Joined without a press here, and without a request.",
                Call::Session("switch", r#"{"operation":"SwitchToBargeIn"}"#),
            ),
            fault(
                "second-supervisor",
                "A second supervisor joins",
                "One more participant. Your own state stays yours.",
                Call::Session("second-supervisor", "{}"),
            ),
            fault("complete", "Complete it", "The session ends, and the button with it.", Call::Session("complete", "{}")),
            fault(
                "revoke",
                "Revoke it",
                "The session is taken away from you: ended, also in the middle of a press.",
                Call::Session("revoke", "{}"),
            ),
        ],
    },
    Group {
        name: "The server",
        when: "at once",
        faults: &[
            fault(
                "restart",
                "Restart it, 6 seconds down",
                "No connection, said plainly. What was confirmed stays; afterwards all is read again.",
                Call::Server("/restart", r#"{"downMs":6000,"keepSignIn":true}"#),
            ),
            fault(
                "forget",
                "Forget all listeners",
                "The page subscribes anew and reads the sessions again. You should notice nothing.",
                Call::Server("/forget-clients", "{}"),
            ),
            fault(
                "csrf",
                "Change the security token",
                "The next request is rejected once, the new token fetched, and it goes through.",
                Call::Server("/csrf", r#"{"rotate":true}"#),
            ),
            fault("sign-out", "Sign you out", "Off, with the reason: signed out. Nothing is retried for ever.", Call::Server("/sign-out", "{}")),
            fault("sign-in", "Sign you in", "Everything is read again and goes on.", Call::SignIn),
        ],
    },
];

impl Fault {
    /// Whether it needs a session.
    pub fn needs_session(&self) -> bool {
        matches!(self.call, Call::Next(_) | Call::Session(..))
    }

    /// Makes it happen.
    pub async fn trigger(&'static self, chosen: Option<Key>, connection: Option<Connection>) -> Result<(), String> {
        let id = chosen.as_ref().map(|key| String::from(js_sys::encode_uri_component(&key.1)));
        let session = || id.ok_or_else(|| "Choose a session first.".to_owned());
        match &self.call {
            Call::Next(action) => {
                let path = ["/", &session()?].concat();
                let body = format!(r#"{{"match":{{"method":"POST","path":"{path}"}},"action":{action}}}"#);
                control::send(Method::POST, "/fault", Some(body)).await
            }
            Call::Session(action, body) => {
                let path = ["/sessions/", &session()?, "/", action].concat();
                control::send(Method::POST, &path, Some((*body).to_owned())).await
            }
            Call::Server(path, body) => control::send(Method::POST, path, Some((*body).to_owned())).await,
            Call::SignIn => {
                control::send(Method::POST, "/sign-in", Some("{}".to_owned())).await?;
                if let Some(connection) = connection {
                    connection.refresh();
                }
                Ok(())
            }
        }
    }
}

/// Takes back every fault that still waits, and lets hanging requests go.
pub async fn clear() -> Result<(), String> {
    control::send(Method::DELETE, "/fault", None).await
}
