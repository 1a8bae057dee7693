//! The notification server: Bayeux 1.0 in the dialect of CometD Java 3.1.12, which GWS ships.
//!
//! [`bayeux::Bayeux`] decides what each message is answered; it neither waits nor sends. The
//! transports ([`long_polling`], [`sockets`]) say what is to be held and put replies and events in
//! order.

pub mod bayeux;
pub mod channel;
pub mod client;
pub mod long_polling;
pub mod meta;
pub mod sockets;
