//! The console's words for the server's: kinds, states, modes, and who sees whom.

use barge_in::{ConnectionStatus, Media, Mode, Participant, Visibility};

/// The channel's name.
pub fn channel(media: Media) -> &'static str {
    match media {
        Media::SmsSession => "SMS",
        Media::Chat => "Chat",
    }
}

/// A connection's status, as the custom element's event names it.
pub fn status(status: ConnectionStatus) -> &'static str {
    match status {
        ConnectionStatus::Connecting => "connecting",
        ConnectionStatus::Connected => "connected",
        ConnectionStatus::Broken => "broken",
        ConnectionStatus::Closed => "closed",
    }
}

/// The mode's name.
pub fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Monitor => "Monitoring",
        Mode::Coach => "Coaching",
        Mode::BargeIn => "Barged in",
    }
}

/// A session's state in a word; the server's own where it is none of the usual.
pub fn state(state: &str, ended: bool) -> &str {
    match state {
        "Completed" => "Completed",
        "Revoked" => "Revoked",
        _ if ended => "Gone",
        "Chatting" => "Live",
        "LeftChat" => "Agent left",
        "" => "Unknown",
        other => other,
    }
}

/// Who sees a participant, or a message, of this visibility.
pub fn seen_by(visibility: Option<Visibility>) -> &'static str {
    match visibility {
        Some(Visibility::All) => "Seen by everyone",
        Some(Visibility::Agents) => "Seen by agents only",
        Some(Visibility::Supervisors) => "Seen by supervisors only",
        Some(Visibility::Other) => "Visibility not known",
        None => "Visibility not said",
    }
}

/// Whether somebody else sees the supervisor, whose own visibility is `mine`; `None` where that is not known.
///
/// Customers see what is visible to all, agents also what is for agents. A supervisor is of type `Agent` too and is
/// told from an agent by being hidden from the customer; supervisors see each other.
pub fn sees(other: &Participant, mine: Option<Visibility>) -> Option<bool> {
    let needed = match (other.kind.as_str(), other.visibility) {
        ("Agent", Some(Visibility::Supervisors | Visibility::Agents)) => Visibility::Supervisors,
        ("Agent", _) => Visibility::Agents,
        _ => Visibility::All,
    };
    let mine = mine.filter(|mine| *mine != Visibility::Other)?;
    Some(mine >= needed)
}

/// What a participant is, as far as the server tells.
pub fn role(participant: &Participant, own: bool) -> &str {
    match (participant.kind.as_str(), participant.visibility) {
        ("Agent", _) if own => "Supervisor",
        ("Agent", Some(Visibility::Supervisors | Visibility::Agents)) => "Supervisor",
        ("Agent", _) => "Agent",
        ("External", _) => "Workflow",
        ("", _) => "Participant",
        (other, _) => other,
    }
}

/// One or two letters that stand for a name.
pub fn initials(name: &str) -> String {
    let letters = name
        .split(|letter: char| !letter.is_alphanumeric())
        .filter_map(|part| part.chars().next());
    letters.take(2).flat_map(char::to_uppercase).collect()
}
