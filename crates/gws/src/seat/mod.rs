//! The supervisor's seat for one session: what a panel shows and sends beside the button.
//!
//! | module | its one idea |
//! |---|---|
//! | [`oneself`] | how one's own entries are known |
//! | [`transcript`] | the message log, each entry once and in order |

pub mod oneself;
pub mod transcript;

pub use oneself::Oneself;
pub use transcript::{Change, Place, Transcript};
