//! The only place where a state is decided: an ordered table from facts to the button's state. It follows the
//! contract's list of precedence.

/// What the button shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Barge-in is not possible now; the [`Reason`] says why.
    Unavailable,
    /// The newest capabilities list allows it.
    Ready,
    /// The first press was made and confirmation is being asked for.
    Confirming,
    /// The request is out, or accepted and not yet confirmed.
    Pending,
    /// Confirmed by a notification or a read.
    Joined,
    /// An attempt ended without the server's decision.
    Failed,
    /// The user's own Leave is confirmed.
    Left,
    /// The session is over.
    Ended,
}

/// Why the button is [`State::Unavailable`]. The contract has one more reason, `unsupported`: it comes from the custom
/// element's class, as this code does not run then.
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
}

/// The facts about a button; each is independent of the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// No session is named.
    pub unnamed: bool,
    /// The user's own Leave is confirmed.
    pub left: bool,
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
    #[rustfmt::skip]
    let decided = match facts {
        Facts { unnamed: true, .. } => off(Reason::NoSession),
        Facts { left: true, .. } => (State::Left, None),
        Facts { ended: true, .. } => (State::Ended, None),
        Facts { pending: true, .. } => (State::Pending, None),
        Facts { confirming: true, .. } => (State::Confirming, None),
        Facts { joined: true, .. } => (State::Joined, None),
        Facts { unauthenticated: true, .. } => off(Reason::Unauthenticated),
        Facts { disconnected: true, .. } => off(Reason::Disconnected),
        Facts { connecting: true, .. } => off(Reason::Connecting),
        Facts { unknown: true, .. } => off(Reason::NotFound),
        Facts { refused: true, .. } => off(Reason::Refused),
        Facts { capable: false, absent: true, .. } => off(Reason::NotSupervising),
        Facts { capable: false, .. } => off(Reason::NotPermitted),
        Facts { failed: true, .. } => (State::Failed, None),
        _ => (State::Ready, None),
    };
    decided
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
            Self::Left => "left",
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
        }
    }
}
