//! The supervisor's seat for one session: what a panel shows and sends beside the button.
//!
//! | module | its one idea |
//! |---|---|
//! | [`leaving`] | what one's own Leave means, and whether it is confirmed |
//! | [`notices`] | telling the others that one is writing |
//! | [`oneself`] | how one's own entries are known |
//! | [`audience`] | who reads a message, and what one may send now |
//! | [`drafts`] | what is being written, one draft for each audience |
//! | [`outbox`], `row`, `echo` | one POST at a time, one message's state, finding it in the log |
//! | [`people`] | who sees oneself, and who reads a message |
//! | [`transcript`] | the message log, each entry once and in order |
//! | [`typing`] | who else is writing |

pub mod audience;
pub mod drafts;
mod echo;
pub mod leaving;
pub mod notices;
pub mod oneself;
pub mod outbox;
pub mod people;
mod row;
pub mod transcript;
pub mod typing;

pub use audience::{Audience, Hindrance, Rights, Situation};
pub use drafts::{Drafts, Message};
pub use leaving::{Leaving, Left};
pub use notices::Notices;
pub use oneself::Oneself;
pub use outbox::{Outbox, Post, RowChange};
pub use people::{Person, Role, people};
pub use row::{Receipt, Row, RowState, Timeouts};
pub use transcript::{Change, Place, Transcript};
pub use typing::{Typing, Typist};
