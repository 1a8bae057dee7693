//! The console's texts for the server's terms: kinds, states, modes, and who sees whom.

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

/// A session's state as text; an unknown state as the server writes it.
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

/// Whether another participant sees the supervisor, whose own visibility is `mine`; `None` if that is not known.
///
/// Customers see what is visible to all, agents also what is for agents. A supervisor also has the type `Agent`, but is
/// hidden from the customer; supervisors see each other.
pub fn sees(other: &Participant, mine: Option<Visibility>) -> Option<bool> {
    let needed = match (other.kind.as_str(), other.visibility) {
        ("Agent", Some(Visibility::Supervisors | Visibility::Agents)) => Visibility::Supervisors,
        ("Agent", _) => Visibility::Agents,
        _ => Visibility::All,
    };
    let mine = mine.filter(|mine| *mine != Visibility::Other)?;
    Some(mine >= needed)
}

/// The role of a participant, as far as the server says.
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

/// One or two initials for a name.
pub fn initials(name: &str) -> String {
    let letters = name
        .split(|letter: char| !letter.is_alphanumeric())
        .filter_map(|part| part.chars().next());
    letters.take(2).flat_map(char::to_uppercase).collect()
}
