//! The server faults of the drawer, and what a visitor should then see.
//!
//! Each fault is one request to the simulator's control interface. Faults of the first group apply to the next request
//! on the chosen session, those of the second to its next message; the others happen at once.

use barge_in::{Connection, Mode, SessionKey};
use gloo_net::http::Method;

use crate::control;

/// One fault.
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

/// A group of faults.
pub struct Group {
    /// The heading.
    pub name: &'static str,
    /// When they happen.
    pub when: &'static str,
    /// The faults.
    pub faults: &'static [Fault],
}

#[derive(PartialEq)]
enum Call {
    /// Waits for the next of these operations on the chosen session: the fault's `action`.
    Next(&'static [&'static str], &'static str),
    /// Waits for the next word that is typed: then somebody else switches the supervisor's mode.
    Flip,
    /// Acts on the chosen session: its action and body.
    Session(&'static str, &'static str),
    /// Acts on the server: path and body.
    Server(&'static str, &'static str),
    /// Signs in, then refreshes the connection.
    SignIn,
}

/// All that a person asks for.
const ANY: &[&str] = &[
    "SwitchToBargeIn",
    "SwitchToCoach",
    "SwitchToMonitor",
    "SendMessage",
    "SendToAgents",
    "Leave",
];
/// The messages.
const MESSAGE: &[&str] = &["SendMessage", "SendToAgents"];

const fn fault(id: &'static str, name: &'static str, expect: &'static str, call: Call) -> Fault {
    Fault {
        id,
        name,
        expect,
        call,
    }
}

/// All of them, in the drawer's order.
pub const GROUPS: &[Group] = &[
    Group {
        name: "The next press",
        when: "of a mode, Send or Leave, on the chosen session",
        faults: &[
            fault(
                "refuse",
                "Refuse it",
                "Off, with the server's words, until it is offered anew.",
                Call::Next(
                    ANY,
                    r#"{"refuse":{"statusCode":5,"statusMessage":"User lacks the permission for this operation"}}"#,
                ),
            ),
            fault(
                "delay",
                "Answer in 4 seconds",
                "It waits and says so. Press again and again: one request.",
                Call::Next(ANY, r#"{"delay":{"ms":4000}}"#),
            ),
            fault(
                "hang",
                "Never answer",
                "After 10 seconds it waits no longer and says so.",
                Call::Next(ANY, r#""hang""#),
            ),
            fault(
                "silent",
                "Say yes, do nothing",
                "Never joined: it reads the session again, and nothing confirms it.",
                Call::Next(ANY, r#""accept-silently""#),
            ),
            fault(
                "reset-before",
                "Cut the line before",
                "The network failed. Nothing happened, nothing is claimed.",
                Call::Next(ANY, r#""reset-before""#),
            ),
            fault(
                "reset-after",
                "Cut the line after",
                "The answer is lost, but the session itself says: joined.",
                Call::Next(ANY, r#""reset-after""#),
            ),
            fault(
                "error",
                "Send an error page",
                "The error in words, and it may be tried again.",
                Call::Next(ANY, r#"{"html":{"httpStatus":502}}"#),
            ),
            fault(
                "notify-first",
                "Confirm, then answer",
                "Joined at once. The late answer changes nothing.",
                Call::Next(ANY, r#"{"notify-first":{"ms":3000}}"#),
            ),
        ],
    },
    Group {
        name: "The next message",
        when: "to the chosen session",
        faults: &[
            fault(
                "flip",
                "Flip the mode while I type",
                "Your words stay a whisper, and the box still names its readers.",
                Call::Flip,
            ),
            fault(
                "lose-answer",
                "Lose the answer",
                "One line and one request: the log itself says that it was sent.",
                Call::Next(MESSAGE, r#""truncate""#),
            ),
        ],
    },
    Group {
        name: "The chosen session",
        when: "at once, as if somebody else did it",
        faults: &[
            fault(
                "elsewhere-monitor",
                "Monitor elsewhere",
                "No longer joined: nobody sees you.",
                Call::Session("switch", r#"{"operation":"SwitchToMonitor"}"#),
            ),
            fault(
                "elsewhere-coach",
                "Coach elsewhere",
                "Only the agent sees you.",
                Call::Session("switch", r#"{"operation":"SwitchToCoach"}"#),
            ),
            fault(
                "elsewhere-barge-in",
                "Barge in elsewhere",
                "Joined, without a request from here.",
                Call::Session("switch", r#"{"operation":"SwitchToBargeIn"}"#),
            ),
            fault(
                "second-supervisor",
                "Second supervisor",
                "One more who sees you; your own state stays yours.",
                Call::Session(
                    "second-supervisor",
                    r#"{"mode":"SwitchToMonitor","nickname":"Helena Strand"}"#,
                ),
            ),
            fault(
                "agent-leaves",
                "Agent leaves",
                "Leave becomes End conversation: the customer would be alone.",
                Call::Session("agent-leaves", "{}"),
            ),
            fault(
                "complete",
                "Complete it",
                "Ended, and the button with it.",
                Call::Session("complete", "{}"),
            ),
            fault(
                "revoke",
                "Revoke it",
                "Taken away: ended, even in mid-press.",
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
                "Restart, 6 s down",
                "No connection, said so. Then everything is read again.",
                Call::Server("/restart", r#"{"downMs":6000,"keepSignIn":true}"#),
            ),
            fault(
                "forget",
                "Forget this page",
                "It subscribes anew and reads again. Nothing to notice.",
                Call::Server("/forget-clients", "{}"),
            ),
            fault(
                "csrf",
                "New security token",
                "The next press is rejected unseen, and sent with the new one.",
                Call::Server("/csrf", r#"{"rotate":true}"#),
            ),
            fault(
                "sign-out",
                "Sign out",
                "Off, with the reason.",
                Call::Server("/sign-out", "{}"),
            ),
            fault(
                "sign-in",
                "Sign in",
                "Read again, and on it goes.",
                Call::SignIn,
            ),
        ],
    },
];

impl Fault {
    /// Whether it needs a session.
    pub fn needs_session(&self) -> bool {
        !matches!(self.call, Call::Server(..) | Call::SignIn)
    }

    /// What it waits for, if it does not happen at once.
    pub fn waits_for(&self) -> Option<&'static str> {
        match self.call {
            Call::Next(MESSAGE, _) => Some("message"),
            Call::Next(..) => Some("press"),
            Call::Flip => Some("key"),
            _ => None,
        }
    }

    /// Whether it is triggered by typing.
    pub fn is_flip(&self) -> bool {
        self.call == Call::Flip
    }

    /// Whether it applies to every press, so that it must be cleared after one. A browser may repeat a request whose
    /// connection was cut, so a single cut would not be noticed. Only such faults are cleared: clearing also ends
    /// hanging requests, and a browser may repeat those, too.
    pub fn repeats(&self) -> bool {
        matches!(self.call, Call::Next(_, action) if action.contains("reset-before"))
    }

    /// Triggers it.
    pub async fn trigger(
        &'static self,
        chosen: Option<SessionKey>,
        connection: Connection,
    ) -> Result<(), String> {
        let id = chosen
            .as_ref()
            .map(|key| String::from(js_sys::encode_uri_component(&key.id)));
        let session = || id.ok_or_else(|| "Choose a session first.".to_owned());
        match &self.call {
            Call::Next(operations, action) => {
                let path = ["/", &session()?].concat();
                let times = if self.repeats() { "\"always\"" } else { "1" };
                let body = format!(
                    r#"{{"match":{{"path":"{path}","operation":{operations:?}}},"times":{times},"action":{action}}}"#
                );
                control::send(Method::POST, "/fault", Some(body)).await
            }
            Call::Flip => {
                let mode = chosen
                    .as_ref()
                    .and_then(|key| connection.view(key.media, &key.id, false).mode);
                let operation = match mode {
                    Some(Mode::BargeIn) => "SwitchToCoach",
                    _ => "SwitchToBargeIn",
                };
                let path = ["/sessions/", &session()?, "/switch"].concat();
                let body = format!(r#"{{"operation":"{operation}"}}"#);
                control::send(Method::POST, &path, Some(body)).await
            }
            Call::Session(action, body) => {
                let path = ["/sessions/", &session()?, "/", action].concat();
                control::send(Method::POST, &path, Some((*body).to_owned())).await
            }
            Call::Server(path, body) => {
                control::send(Method::POST, path, Some((*body).to_owned())).await
            }
            Call::SignIn => sign_in(&connection).await,
        }
    }
}

/// Signs in, then refreshes the connection.
pub async fn sign_in(connection: &Connection) -> Result<(), String> {
    control::send(Method::POST, "/sign-in", Some("{}".to_owned())).await?;
    connection.refresh();
    Ok(())
}

/// Clears all waiting faults and releases hanging requests.
pub async fn clear() -> Result<(), String> {
    control::send(Method::DELETE, "/fault", None).await
}
