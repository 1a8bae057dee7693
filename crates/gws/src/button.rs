//! The one place where a state is decided: an ordered table from facts to the button's state,
//! to be read beside the contract's list of precedence.

/// What the button shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Barge-in cannot be asked for now; the [`Reason`] says why.
    Unavailable,
    /// The newest capabilities list allows it.
    Ready,
    /// The first press was made and the question is being asked.
    Confirming,
    /// The request is out, or accepted and not yet confirmed.
    Pending,
    /// Confirmed by a notification or a read.
    Joined,
    /// An attempt ended without the server's decision.
    Failed,
    /// The session is over.
    Ended,
}

/// Why the button is [`State::Unavailable`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// No session is named.
    NoSession,
    /// The first attempt to connect and read is under way.
    Connecting,
    /// Notifications or the sessions cannot be had.
    Disconnected,
    /// The sessions were read and this is not among them.
    NotFound,
    /// The capability is absent and oneself is not in the session.
    NotSupervising,
    /// The capability is absent.
    NotPermitted,
    /// The server decided no.
    Refused,
    /// Not signed in.
    Unauthenticated,
    /// WebAssembly could not start.
    Unsupported,
}

/// What there is to know about a button; each is independent of the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// WebAssembly could not start.
    pub unsupported: bool,
    /// No session is named.
    pub unnamed: bool,
    /// The session is `Completed`, `Revoked`, or gone after it had been seen.
    pub ended: bool,
    /// An attempt of this session is under way.
    pub pending: bool,
    /// The question is being asked.
    pub confirming: bool,
    /// Barge-in is confirmed.
    pub joined: bool,
    /// The server says that nobody is signed in.
    pub unauthenticated: bool,
    /// Notifications or the sessions cannot be had.
    pub disconnected: bool,
    /// Nothing is read yet.
    pub connecting: bool,
    /// The session is not known.
    pub unknown: bool,
    /// The server's last word on an attempt was no.
    pub refused: bool,
    /// The newest capabilities list allows barge-in.
    pub capable: bool,
    /// Oneself is not among the participants.
    pub absent: bool,
    /// The last attempt ended without the server's decision.
    pub failed: bool,
}

/// The first rule that holds decides.
pub fn decide(facts: &Facts) -> (State, Option<Reason>) {
    let off = |reason| (State::Unavailable, Some(reason));
    let incapable = !facts.capable;
    let rules = [
        (facts.unsupported, off(Reason::Unsupported)),
        (facts.unnamed, off(Reason::NoSession)),
        (facts.ended, (State::Ended, None)),
        (facts.pending, (State::Pending, None)),
        (facts.confirming, (State::Confirming, None)),
        (facts.joined, (State::Joined, None)),
        (facts.unauthenticated, off(Reason::Unauthenticated)),
        (facts.disconnected, off(Reason::Disconnected)),
        (facts.connecting, off(Reason::Connecting)),
        (facts.unknown, off(Reason::NotFound)),
        (facts.refused, off(Reason::Refused)),
        (incapable && facts.absent, off(Reason::NotSupervising)),
        (incapable, off(Reason::NotPermitted)),
        (facts.failed, (State::Failed, None)),
    ];
    let first = rules.into_iter().find(|(holds, _)| *holds);
    first.map_or((State::Ready, None), |(_, decided)| decided)
}

impl State {
    /// The public word of the widget's contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unavailable => "unavailable",
            Self::Ready => "ready",
            Self::Confirming => "confirming",
            Self::Pending => "pending",
            Self::Joined => "joined",
            Self::Failed => "failed",
            Self::Ended => "ended",
        }
    }
}

impl Reason {
    /// The public word of the widget's contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoSession => "no-session",
            Self::Connecting => "connecting",
            Self::Disconnected => "disconnected",
            Self::NotFound => "not-found",
            Self::NotSupervising => "not-supervising",
            Self::NotPermitted => "not-permitted",
            Self::Refused => "refused",
            Self::Unauthenticated => "unauthenticated",
            Self::Unsupported => "unsupported",
        }
    }
}
