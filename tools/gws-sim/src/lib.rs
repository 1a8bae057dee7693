//! The simulated Genesys Web Services behind a real port: REST and CometD over HTTP, for demos and
//! tests. All rules are in `gws-world`; here are the socket, the clock and the command line.
//!
//! | module | one idea |
//! |---|---|
//! | [`args`] | the command line |
//! | [`server`] | the port and the restart |
//! | [`sim`] | the machine under its lock, and the pump that carries out what it asks for |
//! | [`net`], [`line`] | connections that can be cut |
//! | [`host`] | the names it answers to |
//! | [`api`], [`websocket`] | requests and sockets, to the machine and back |
//! | [`cors`], [`local`] | who may call the API from another origin, and who may control |
//! | [`static_files`] | the pages under test, from the same origin |

pub mod api;
pub mod args;
pub mod cors;
pub mod host;
pub mod line;
pub mod local;
pub mod net;
pub mod server;
pub mod sim;
pub mod static_files;
pub mod websocket;

pub use gws_world::{scenario, state};
