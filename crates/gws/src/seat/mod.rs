//! The supervisor's seat for one session: what a panel shows and sends beside the button.
//!
//! | module | its one idea |
//! |---|---|
//! | [`oneself`] | how one's own entries are known |
//! | [`audience`] | who reads a message, and what one may send now |
//! | [`drafts`] | what is being written, one draft for each audience |
//! | [`outbox`], `row`, `echo` | one POST at a time, one message's state, finding it in the log |
//! | [`transcript`] | the message log, each entry once and in order |

pub mod audience;
pub mod drafts;
mod echo;
pub mod oneself;
pub mod outbox;
mod row;
pub mod transcript;

pub use audience::{Audience, Hindrance, Rights, Situation};
pub use drafts::{Drafts, Message};
pub use oneself::Oneself;
pub use outbox::{Outbox, Post, RowChange};
pub use row::{Receipt, Row, RowState, Timeouts};
pub use transcript::{Change, Place, Transcript};
