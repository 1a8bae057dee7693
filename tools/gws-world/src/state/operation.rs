//! An operation, as it stands in a POST's body.

use core::time::Duration;

use serde_json::Value;

use super::users::User;
use super::words::{Mode, Visibility};
use crate::refusal::Refusal;

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

/// An accepted operation that is not done yet.
#[derive(Debug)]
pub struct Later {
    /// When it is to be done.
    pub at: Duration,
    /// Who asked for it.
    pub user: User,
    /// The session's id.
    pub session: String,
    /// What is to be done.
    pub operation: Operation,
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
