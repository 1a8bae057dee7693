//! The operations of a session: from a POST's body to what they do.
//!
//! Three steps, as GWS has them: read the body, decide at once whether it is accepted, and do it
//! later. Only the second is answered; the effect is told by notifications.

use serde_json::Value;

use super::users::User;
use super::words::{Kind, Media, Mode, State, Visibility};
use super::{World, capabilities};

/// An operation this simulator can do.
#[derive(Debug, Clone, PartialEq)]
pub enum Operation {
    /// `SwitchToMonitor`, `SwitchToCoach`, `SwitchToBargeIn`
    Switch(Mode),
    /// `SendMessage`, `SendToAgents`, `SendUrl`, and the four typing notices
    Write(&'static str, Option<String>, Visibility),
    /// `Accept`
    Accept,
    /// `Leave`
    Leave,
    /// `Complete`
    Complete,
    /// `SetInFocus`
    SetInFocus,
    /// `AttachUserData`, `UpdateUserData`
    SetUserData(serde_json::Map<String, Value>),
}

/// A refusal: GWS's `statusCode` and its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// 1 to 20, see `rest::reply`.
    pub status_code: u8,
    /// `statusMessage`
    pub message: String,
}

impl Refusal {
    /// A refusal with a `statusCode` and words.
    pub fn new(status_code: u8, message: impl Into<String>) -> Refusal {
        Refusal {
            status_code,
            message: message.into(),
        }
    }
}

/// Reads `operationName` and its parameters.
///
/// # Errors
/// 1 for a missing parameter, 10 for a name or value that is no such thing, 3 for an operation
/// that GWS has and this simulator does not act on.
pub fn read(body: &Value) -> Result<Operation, Refusal> {
    let name = parameter(body, "operationName")?;
    if let Some(mode) = name
        .starts_with("SwitchTo")
        .then(|| Mode::parse(name))
        .flatten()
    {
        return Ok(Operation::Switch(mode));
    }
    let text = |key| parameter(body, key).map(|text| Some(text.to_owned()));
    Ok(match name {
        "SendMessage" => Operation::Write("Text", text("text")?, Visibility::All),
        "SendToAgents" => Operation::Write("Text", text("text")?, Visibility::Agents),
        "SendUrl" => Operation::Write("PushUrl", text("url")?, Visibility::All),
        "SendStartTypingNotification" => Operation::Write("TypingStarted", None, Visibility::All),
        "SendStopTypingNotification" => Operation::Write("TypingStopped", None, Visibility::All),
        "SendStartTypingToAgentsNotification" => {
            Operation::Write("TypingStarted", None, Visibility::Agents)
        }
        // The documentation of this one drops an s in its own table and sample.
        "SendStopTypingToAgentsNotification" | "SendStopTypingToAgentNotification" => {
            Operation::Write("TypingStopped", None, Visibility::Agents)
        }
        "Accept" => Operation::Accept,
        "Leave" => Operation::Leave,
        "Complete" => Operation::Complete,
        "SetInFocus" => Operation::SetInFocus,
        "AttachUserData" | "UpdateUserData" => match body.get("userData") {
            Some(Value::Object(data)) => Operation::SetUserData(data.clone()),
            Some(_) => return Err(Refusal::new(10, "userData must be an object")),
            None => return Err(missing("userData")),
        },
        "Reject"
        | "LeaveAndComplete"
        | "Transfer"
        | "Invite"
        | "Consult"
        | "SetDisposition"
        | "DeleteUserData"
        | "RemoveParticipantFromConference"
        | "SendCustomNotice"
        | "SendCustomNoticeToAgents" => {
            return Err(Refusal::new(
                3,
                format!("The simulator does not act on {name}"),
            ));
        }
        _ => return Err(Refusal::new(10, format!("Unknown operation '{name}'"))),
    })
}

impl World {
    /// Decides whether an operation is accepted.
    ///
    /// # Errors
    /// 6 for an unknown session, 5 for a missing right, 3 for a supervisor who is not in the
    /// session, 2 for a state in which the operation is not offered.
    pub fn permit(&self, media: Media, id: &str, name: &str) -> Result<(), Refusal> {
        let session = self.session(id).filter(|session| session.media == media);
        let Some(session) = session else {
            return Err(Refusal::new(6, format!("Resource '{id}' is not found")));
        };
        if capabilities::allow(&session.denied, name) {
            return Err(Refusal::new(
                5,
                format!("User lacks the permission for {name}"),
            ));
        }
        let name = match name {
            "SendStopTypingToAgentNotification" => "SendStopTypingToAgentsNotification",
            name => name,
        };
        if capabilities::allow(&capabilities::of(session, self.me.id), name) {
            return Ok(());
        }
        if session.user(self.me.id).is_none() {
            return Err(Refusal::new(3, "User does not take part in this session"));
        }
        let state = match (session.state, self.mode(id)) {
            (State::Chatting, Some(mode)) => mode.name(),
            (state, _) => state.name(),
        };
        Err(Refusal::new(
            2,
            format!("{name} is not valid in the current state ({state})"),
        ))
    }

    /// Does an operation for the user who asked for it, whoever is signed in by now; what it finds
    /// gone it lets be.
    pub fn act(&mut self, user: User, id: &str, operation: &Operation) {
        let signed_in = std::mem::replace(&mut self.me, user);
        self.carry_out(id, operation);
        self.me = signed_in;
    }

    fn carry_out(&mut self, id: &str, operation: &Operation) {
        match operation {
            Operation::Switch(mode) => self.switch(id, *mode),
            Operation::Write(kind, text, visibility) => {
                let own = self.session(id).and_then(|s| s.user(self.me.id)).cloned();
                if let Some(own) = own {
                    self.write(id, own, kind, text.clone(), *visibility);
                    if *kind == "Text" {
                        self.spoken.push((id.to_owned(), *visibility));
                    }
                }
            }
            Operation::Accept => {
                if let Some(session) = self.session_mut(id) {
                    session.state = State::Chatting;
                    self.announce(id);
                }
            }
            Operation::Leave => self.leave(id),
            Operation::Complete => self.end(id, State::Completed, false),
            Operation::SetInFocus => {}
            Operation::SetUserData(data) => {
                if let Some(session) = self.session_mut(id) {
                    session.user_data.extend(data.clone());
                    self.notify_session(id, "PropertiesUpdated");
                }
            }
        }
    }

    /// The customer or the agent of a session says something.
    pub fn say(&mut self, id: &str, kind: Kind, text: &str) -> bool {
        let speaker = self.session(id).and_then(|s| s.first(kind)).cloned();
        let Some(speaker) = speaker else { return false };
        self.write(id, speaker, "Text", Some(text.to_owned()), Visibility::All);
        true
    }
}

fn parameter<'a>(body: &'a Value, key: &str) -> Result<&'a str, Refusal> {
    match body.get(key) {
        Some(Value::String(text)) if !text.is_empty() => Ok(text),
        Some(Value::String(_)) | None => Err(missing(key)),
        Some(_) => Err(Refusal::new(
            10,
            format!("Parameter '{key}' must be a string"),
        )),
    }
}

fn missing(key: &str) -> Refusal {
    Refusal::new(1, format!("Required parameter '{key}' is missing"))
}
