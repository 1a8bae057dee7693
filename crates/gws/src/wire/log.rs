//! One entry of a session's message log.

use serde::Deserialize;

use super::date::parse_date;
use super::lenient;
use super::session::Participant;
use crate::Visibility;

/// A message, or something that happened to a participant.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LogEntry {
    /// The place in the log, from 1. There are gaps: entries that one may not see are not sent.
    #[serde(default, deserialize_with = "lenient::integer")]
    pub index: Option<i64>,
    /// `Text`, `ParticipantJoined`, `ParticipantLeft`, `ParticipantRejoined`, `TypingStarted`,
    /// `TypingStopped`, `PushUrl`, `Notice`, `CustomNotice`; empty if not said.
    #[serde(default, rename = "type", deserialize_with = "lenient::word")]
    pub kind: String,
    /// Who wrote it, or whom it is about.
    #[serde(default, deserialize_with = "lenient::object")]
    pub from: Option<Participant>,
    /// The words of `Text` and `Notice`; a preview in `TypingStarted`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub text: Option<String>,
    /// The address of `PushUrl`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub url: Option<String>,
    /// The words of `CustomNotice`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub notice_text: Option<String>,
    /// Who can see the entry.
    #[serde(default, deserialize_with = "lenient::visibility")]
    pub visibility: Option<Visibility>,
    /// When, in the server's own form.
    #[serde(default, deserialize_with = "lenient::text")]
    pub timestamp: Option<String>,
    /// When, in milliseconds since 1970 in spite of its name.
    #[serde(default, deserialize_with = "lenient::number")]
    pub timestamp_seconds: Option<f64>,
}

impl LogEntry {
    /// When, in milliseconds since 1970-01-01 UTC: the number where there is one, since the date
    /// is in no standard form.
    pub fn time(&self) -> Option<f64> {
        let date = || parse_date(self.timestamp.as_deref()?);
        self.timestamp_seconds.or_else(date)
    }
}
