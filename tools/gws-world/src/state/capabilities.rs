//! Which operations a session offers: a function of its state and of the supervisor's mode.
//!
//! The lists follow the samples of the GWS documentation: all switches but the one into the
//! current mode; sending to agents when coaching; sending to all after a barge-in.

use super::session::Session;
use super::words::{Mode, State};

/// The barge-in capability is printed in both ways by the documentation.
pub const BARGE_IN_SPELLINGS: [&str; 2] = ["SwitchToBargeIn", "SwitchBargeIn"];

const CHATTING: [&str; 9] = [
    "Leave",
    "SetInFocus",
    "SetDisposition",
    "AttachUserData",
    "DeleteUserData",
    "UpdateUserData",
    "Transfer",
    "Invite",
    "Consult",
];
const TO_AGENTS: [&str; 3] = [
    "SendToAgents",
    "SendStartTypingToAgentsNotification",
    "SendStopTypingToAgentsNotification",
];
const TO_ALL: [&str; 4] = [
    "SendMessage",
    "SendUrl",
    "SendStartTypingNotification",
    "SendStopTypingNotification",
];
const AFTERWARDS: [&str; 6] = [
    "SetInFocus",
    "Complete",
    "SetDisposition",
    "AttachUserData",
    "DeleteUserData",
    "UpdateUserData",
];

/// The capabilities that the user `me` is shown; empty for an onlooker.
pub fn of(session: &Session, me: &str) -> Vec<String> {
    if let Some(list) = &session.capabilities {
        return list.clone();
    }
    let Some(own) = session.user(me) else {
        return Vec::new();
    };
    let mut list: Vec<&str> = Vec::new();
    match session.state {
        State::Invited => list.extend(["Accept", "Reject"]),
        State::LeftChat => list.extend(AFTERWARDS),
        State::Completed | State::Revoked => {}
        State::Chatting => {
            let mode = Mode::of(own.visibility);
            list.extend(CHATTING);
            if mode != Mode::Monitor {
                list.extend(TO_AGENTS);
            }
            if mode == Mode::BargeIn {
                list.extend(TO_ALL);
            }
            if mode != Mode::Monitor {
                list.push("SwitchToMonitor");
            }
            if mode != Mode::Coach {
                list.push("SwitchToCoach");
            }
            if mode != Mode::BargeIn {
                list.push(session.spelling);
            }
        }
    }
    let denied = |name: &str| session.denied.iter().any(|denied| same(denied, name));
    list.retain(|name| !denied(name));
    list.into_iter().map(str::to_owned).collect()
}

/// Whether `list` allows `operation`, whichever way it spells barge-in.
pub fn allow(list: &[String], operation: &str) -> bool {
    list.iter().any(|name| same(name, operation))
}

/// Whether two names mean the same operation.
pub fn same(a: &str, b: &str) -> bool {
    a == b || (BARGE_IN_SPELLINGS.contains(&a) && BARGE_IN_SPELLINGS.contains(&b))
}
