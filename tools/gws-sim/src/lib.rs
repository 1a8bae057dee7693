//! A simulated Genesys Web Services: REST and CometD over real HTTP, for demos and tests.
//!
//! | module | one idea |
//! |---|---|
//! | [`args`] | the command line |
//! | [`server`] | the lock, the port, the restart |
//! | [`net`] | connections that can be cut |
//! | [`host`] | the names it answers to |
//! | [`state`] | sessions and how they change |
//! | [`rest`] | `/api/v2` and its gate: log, faults, sign-in, CSRF, CORS |
//! | [`cometd`] | `/api/v2/notifications` in the dialect of CometD Java 3.1.12 |
//! | [`control`] | `/control`: everything a test or a demo may do to the server |
//! | [`scenario`] | the conversations |
//! | [`static_files`] | the pages under test, from the same origin |
//!
//! What is documented of the real server is kept to; where its documentation is silent the module
//! that had to choose says so.

pub mod args;
pub mod cometd;
pub mod control;
pub mod host;
pub mod net;
pub mod rest;
pub mod scenario;
pub mod server;
pub mod state;
pub mod static_files;
