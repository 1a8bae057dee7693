//! From a view to the words that go with it: one for each state, reason and kind of failure.

use gws::{Failure, Kind, Mode, Operation, Reason, State, View};

use crate::strings::{Strings, Text};

/// Where words are shown, and so how they are announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Why the button is off: described, not announced.
    Reason,
    /// An outcome: announced politely.
    Status,
    /// A failure or refusal: announced at once.
    Alert,
}

impl Place {
    /// The part that shows them.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reason => "reason",
            Self::Status => "status",
            Self::Alert => "alert",
        }
    }
}

/// The words for a view and where they belong; `None` when there is nothing to say.
///
/// `operation` is what was asked last; `modes` tells whether the control offers the other modes too.
pub fn words_for(
    view: &View,
    operation: Operation,
    modes: bool,
    strings: &Strings,
) -> Option<(Place, String)> {
    let plain = |place, text| Some((place, strings.get(text).to_owned()));
    let failed = |failure: Option<&Failure>| Some((Place::Alert, failure_words(failure?, strings)));
    match view.state {
        State::Pending => plain(
            Place::Status,
            match operation {
                Operation::SwitchToBargeIn => Text::Pending,
                Operation::SwitchToMonitor => Text::PendingMonitor,
                Operation::SwitchToCoach => Text::PendingCoach,
            },
        ),
        State::Joined => plain(Place::Status, Text::Joined),
        State::Ended => plain(Place::Status, Text::Ended),
        State::Failed => failed(view.failure.as_deref()),
        State::Ready | State::Confirming if !modes => None,
        State::Ready | State::Confirming => match view.mode? {
            Mode::Monitor => plain(Place::Status, Text::Monitoring),
            Mode::Coach => plain(Place::Status, Text::Coaching),
            Mode::BargeIn => None,
        },
        State::Unavailable => match view.reason? {
            Reason::Refused => failed(view.failure.as_deref()),
            Reason::Unauthenticated => plain(Place::Alert, Text::Unauthenticated),
            Reason::NoSession => plain(Place::Reason, Text::NoSession),
            Reason::Connecting => plain(Place::Reason, Text::Connecting),
            Reason::Disconnected if view.closed => plain(Place::Reason, Text::Closed),
            Reason::Disconnected => plain(Place::Reason, Text::Disconnected),
            Reason::NotFound => plain(Place::Reason, Text::NotFound),
            Reason::NotSupervising => plain(Place::Reason, Text::NotSupervising),
            Reason::NotPermitted => plain(Place::Reason, Text::NotPermitted),
            // The element says this itself, since nothing here runs then.
            Reason::Unsupported => None,
        },
    }
}

/// The words for a failure, with the server's own where it gave any.
pub fn failure_words(failure: &Failure, strings: &Strings) -> String {
    let code = failure
        .status_code
        .or(failure.http_status.map(i64::from))
        .map(|code| code.to_string());
    let code = code.as_deref().unwrap_or("?");
    let message = failure.message.trim();
    let text = match failure.kind {
        _ if failure.refused && message.is_empty() => Text::RefusedCode,
        _ if failure.refused => Text::Refused,
        Kind::Timeout => Text::FailedTimeout,
        Kind::Http => Text::FailedHttp,
        Kind::Api if message.is_empty() => Text::FailedHttp,
        Kind::Api => Text::FailedApi,
        Kind::Malformed => Text::FailedMalformed,
        Kind::Unconfirmed => Text::FailedUnconfirmed,
        Kind::Csrf => Text::FailedCsrf,
        Kind::Unauthenticated => Text::Unauthenticated,
        _ => Text::FailedNetwork,
    };
    strings.fill(text, &[("message", message), ("code", code)])
}
