//! The texts for a view: one for each state, reason and kind of failure.

use gws::{Failure, Kind, Mode, Operation, Reason, State, View};

use crate::strings::{LONGEST_MESSAGE, Strings, Text, foreign};

/// The text lines beside the button; the line decides how a text is announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// Why the button is off: described, not announced.
    Reason,
    /// An outcome: announced politely.
    Status,
    /// A failure or refusal: announced at once.
    Alert,
}

impl Line {
    /// All lines, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Reason, Self::Status, Self::Alert];

    /// The part that shows them.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reason => "reason",
            Self::Status => "status",
            Self::Alert => "alert",
        }
    }
}

/// The texts for a view, each in its line.
#[derive(Debug, Default, PartialEq)]
pub struct Words([Option<String>; 3]);

impl Words {
    /// The text of a line.
    pub fn at(&self, line: Line) -> Option<&str> {
        self.0[line as usize].as_deref()
    }
}

/// The texts for a view; `modes` says whether the control also offers the other modes.
///
/// The text of a failure or refusal stays beside other texts as long as the failure stands: a line that goes and comes
/// back would be announced again.
pub fn words_for(view: &View, modes: bool, strings: &Strings) -> Words {
    let get = |text| strings.get(text).to_owned();
    // Only a panel of the page lets one leave.
    #[cfg(feature = "panel")]
    if view.state == State::Left {
        let left = strings.get(crate::panel::PanelText::LeftUnknown);
        return Words([None, Some(left.to_owned()), None]);
    }
    let failure = view.failure.as_deref();
    let alert = match (view.state, view.reason) {
        (State::Pending | State::Left | State::Ended, _) => None,
        (_, Some(Reason::Unauthenticated)) => Some(get(Text::Unauthenticated)),
        _ => failure.map(|failure| failure_words(failure, strings)),
    };
    let status = match (view.state, view.mode) {
        (State::Pending, _) => Some(match view.pending {
            Some(Operation::SwitchToMonitor) => Text::PendingMonitor,
            Some(Operation::SwitchToCoach) => Text::PendingCoach,
            // The panel says it.
            Some(Operation::Leave) => return Words::default(),
            _ => Text::Pending,
        }),
        (State::Joined, _) => Some(Text::Joined),
        (State::Ended, _) => Some(Text::Ended),
        (State::Ready | State::Confirming, mode) if modes && failure.is_none() => match mode {
            Some(Mode::Monitor) => Some(Text::Monitoring),
            Some(Mode::Coach) => Some(Text::Coaching),
            _ => None,
        },
        _ => None,
    };
    let reason = view.reason.and_then(|reason| {
        Some(match reason {
            Reason::NoSession => Text::NoSession,
            Reason::Connecting => Text::Connecting,
            Reason::Disconnected if view.closed => Text::Closed,
            Reason::Disconnected => Text::Disconnected,
            Reason::NotFound => Text::NotFound,
            Reason::NotSupervising => Text::NotSupervising,
            Reason::NotPermitted => Text::NotPermitted,
            // The alert line says it.
            Reason::Refused | Reason::Unauthenticated => return None,
        })
    });
    Words([reason.map(get), status.map(get), alert])
}

/// The text for a failure, with the server's message if there is one.
pub fn failure_words(failure: &Failure, strings: &Strings) -> String {
    let code = failure
        .status_code
        .or(failure.http_status.map(i64::from))
        .map(json::digits);
    let code = code.as_deref().unwrap_or("?");
    let message = foreign(&failure.message, LONGEST_MESSAGE, false).unwrap_or_default();
    let text = match failure.kind {
        _ if failure.refused && message.is_empty() => Text::RefusedCode,
        _ if failure.refused => Text::Refused,
        Kind::Timeout => Text::FailedTimeout,
        // A redirect has no known status.
        Kind::Http if failure.http_status.is_none() => Text::FailedMalformed,
        Kind::Http => Text::FailedHttp,
        Kind::Api if message.is_empty() => Text::FailedHttp,
        Kind::Api => Text::FailedApi,
        Kind::Malformed => Text::FailedMalformed,
        Kind::Unconfirmed => Text::FailedUnconfirmed,
        Kind::Csrf => Text::FailedCsrf,
        Kind::Headers => Text::FailedHeaders,
        Kind::Unauthenticated => Text::Unauthenticated,
        _ => Text::FailedNetwork,
    };
    strings.fill(text, &[("message", &message), ("code", code)])
}
