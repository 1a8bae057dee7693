//! What thousands of supervisors do to a server that fails: a simulation on a virtual clock.
//!
//! The main idea: *a retry rule is judged by many clients, not by one*. One client that reconnects
//! at once does no harm; a hundred thousand that do so in the same tenth of a second cause the next
//! outage. So thousands of clients with the same [`Rule`] run against a small model of a CometD
//! server that fails in one of several ways ([`Scenario`]). An [`Outcome`] says how many requests
//! came when, and when every client was connected again.
//!
//! [`Rule::Ours`] is the widget's own `bayeux::Client`, which talks to the server in real JSON. The
//! two others are small models with the same steps and the same server, so that only the waits
//! differ.
//!
//! Nothing here reads a clock or system randomness: one seed gives one result.
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
