//! What a supervised Genesys Web Services (GWS) session is, and the state machine behind the
//! barge-in button.
//!
//! The crate does no I/O, reads no clock and does not depend on the web: the caller feeds what it
//! has read from the server into a [`Store`] together with the time, carries out the [`Command`]s
//! that come out, and shows the [`View`] of a session. Everything that the widget shows is decided
//! here.
//!
//! ```text
//! parsed JSON -> wire::Notification, wire::Me, wire::Sessions  (tolerant, never trusted)
//!             -> Store          (the truth per session, the one pending intent)
//!             -> button::decide (the one place where a State is decided)
//!             -> View           (what an element shows)
//! ```
//!
//! | module | its one idea |
//! |---|---|
//! | [`vocabulary`] | GWS's own words: media, operations, visibilities, modes |
//! | [`wire`] | what the server's JSON says, read tolerantly |
//! | [`answer`] | what an HTTP answer means: accepted, refused or failed |
//! | [`standing`] | what a session's facts say of one's own part in it |
//! | [`button`] | the table from facts to the button's state |
//! | [`store`] | the truth per session over time, and the intent |
//! | [`seat`] | what a panel shows and sends for one session: transcript, drafts, outbox |
//! | [`seats`] | the seats of a page, beside the store |

pub mod answer;
pub mod button;
pub mod seat;
pub mod seats;
pub mod standing;
pub mod store;
pub mod vocabulary;
pub mod wire;
#[cfg(test)]
mod words;

pub use answer::{Answer, Failure, Kind};
pub use button::{Reason, State};
pub use seat::Seat;
pub use seats::{SeatCommand, SeatEvent, Seats};
pub use standing::Standing;
pub use store::{
    Command, ConnectionStatus, Event, Link, Operations, Press, SeatEnd, SeatFacts, Store,
    StoreConfig, View,
};
pub use vocabulary::{Media, Mode, Operation, SessionKey, Visibility};
pub use wire::{
    FIELDS, LogEntry, LogNews, Me, Notification, Participant, Presence, Reply, Session, Sessions,
    path_segment,
};

/// Milliseconds of a monotone clock that the caller reads; only differences matter.
pub type Millis = u64;

/// The lesser of two deadlines or indexes, as far as there are any.
pub fn sooner<T: Ord + Copy>(one: Option<T>, other: Option<T>) -> Option<T> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        _ => one.or(other),
    }
}
