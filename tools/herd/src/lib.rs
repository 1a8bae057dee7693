//! What thousands of supervisors do to a server that fails: a simulation on a virtual clock.
//!
//! The one idea: *a retry rule is judged by the crowd, not by the client*. One client that comes
//! back at once is welcome; a hundred thousand that do it in the same tenth of a second are the
//! next outage. So each [`Rule`] is let loose, in thousands, on a small model of a CometD server
//! that fails in one of several ways ([`Scenario`]), and an [`Outcome`] says how many requests
//! came when, and when the server had every client back.
//!
//! [`Rule::Ours`] is the very `bayeux::Client` of the widget, talking to the server in the JSON of
//! the wire. The two others are models of a few lines, given the same steps and the same server,
//! so that only the waiting differs.
//!
//! Nothing here reads a clock or asks for randomness: one seed, one result.
//!
//! ```
//! use herd::{Rule, Scenario};
//!
//! let outcome = herd::run(Rule::Ours, Scenario::Restart, 100, 1);
//! assert_eq!(outcome.missing, 0);
//! ```

mod chart;
mod outcome;
mod policy;
mod scenario;
mod server;
mod table;
mod wheel;
mod world;

pub use chart::{Panel, chart};
pub use outcome::Outcome;
pub use scenario::{Rule, Scenario};
pub use table::{Row, table};
pub use world::run;

/// Milliseconds of the virtual clock; durations are in milliseconds too.
pub type Millis = u64;
