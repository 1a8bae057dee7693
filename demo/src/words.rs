//! The console's texts for the server's terms: names, media, states and modes.

use barge_in::{ConnectionStatus, Media, Mode, Participant, State};

use crate::roster::Row;

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
pub fn state(row: &Row) -> &str {
    match &*row.session.state {
        _ if row.view.state == State::Left => "You left",
        "Completed" => "Completed",
        "Revoked" => "Revoked",
        _ if row.is_over() => "Gone",
        "Chatting" => "Live",
        "LeftChat" => "Agent left",
        "" => "Unknown",
        other => other,
    }
}

/// A participant's name; without one, what the server calls it.
pub fn name(participant: &Participant) -> String {
    match participant.nickname.as_deref() {
        Some(name) if !name.trim().is_empty() => name.to_owned(),
        _ if participant.kind.is_empty() => "Somebody".to_owned(),
        _ => participant.kind.clone(),
    }
}

/// One or two initials for a name.
pub fn initials(name: &str) -> String {
    let letters = name
        .split(|letter: char| !letter.is_alphanumeric())
        .filter_map(|part| part.chars().next());
    letters.take(2).flat_map(char::to_uppercase).collect()
}
