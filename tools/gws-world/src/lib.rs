//! A simulated Genesys Web Services, REST and CometD, as a machine without I/O.
//!
//! [`Machine`] is given requests and the time, and asked for what to send and when to be woken. It
//! knows no socket and no clock, so the same rules serve a real port (`gws-sim`), a page that has
//! no server, and tests on a virtual clock.
//!
//! | module | one idea |
//! |---|---|
//! | [`machine`], [`outcome`] | what goes in, what comes out, and when it is to be woken |
//! | [`settings`], [`http`] | how it is set up; requests and answers as plain data |
//! | [`server`] | all that the server knows, and who waits |
//! | [`state`] | sessions and how they change |
//! | [`cometd`] | `/api/v2/notifications` in the dialect of CometD Java 3.1.12 |
//! | [`gate`], [`rest`] | what every request to `/api` passes, and the rest of `/api/v2` |
//! | [`control`] | `/control`: everything a test or a demo may do to the server |
//! | [`faults`] | what is to go wrong with which request |
//! | [`log`] | what was asked |
//! | [`scenario`] | the conversations |
//!
//! Files import one another one way only; a test holds that.
//!
//! What is documented of the real server is kept to; where its documentation is silent the module
//! that had to choose says so.

pub mod clock;
pub mod cometd;
pub mod control;
pub mod faults;
pub mod gate;
pub mod http;
pub mod log;
pub mod machine;
pub mod outcome;
pub mod refusal;
pub mod rest;
pub mod rng;
pub mod scenario;
pub mod server;
pub mod settings;
pub mod state;

pub use http::{Answer, Line, Request};
pub use machine::Machine;
pub use outcome::{Outcome, Ticket};
pub use settings::{Scenario, Settings};
