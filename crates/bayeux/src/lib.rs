//! A Bayeux 1.0 client (the protocol of CometD) as a state machine: no I/O, no clock, no web.
//!
//! The main idea: *the next step is always the first missing one*. A healthy client has a session,
//! has its channels subscribed and has exactly one `/meta/connect` waiting at the server. Whatever
//! happens, the client sends the first of these that is missing. So a start, a lost poll, a
//! restarted server and a laptop that wakes up are all handled the same way.
//!
//! The caller does the I/O and takes the data of event messages out of each body
//! ([`Messages::push`]). It passes in each input with the time ([`Client::handle_response`],
//! [`Client::handle_failure`], [`Client::handle_socket`], [`Client::handle_timeout`],
//! [`Client::wake`]), and after every such call it drains [`Client::poll_transmit`] and
//! [`Client::poll_event`] and arms one timer for [`Client::poll_timeout`].
//!
//! ```
//! use bayeux::{Client, ClientConfig, ClientEvent, FIELDS, Messages, ClientStatus, Transmit};
//! use json::Fields;
//!
//! let names = Fields::new(&[FIELDS]);
//! let subscriptions = vec!["/v2/me/*".to_owned()];
//! let mut client = Client::new(ClientConfig { subscriptions, ..ClientConfig::default() });
//! client.start(0);
//! assert!(matches!(client.poll_event(), Some(ClientEvent::Status(ClientStatus::Connecting))));
//!
//! let Some(Transmit::Send(request)) = client.poll_transmit() else { unreachable!() };
//! assert_eq!(request.path, "/handshake");
//!
//! let reply = r#"{"channel": "/meta/handshake", "id": "1", "successful": true, "clientId": "c"}"#;
//! let mut messages = Messages::default();
//! let event = names.read_text(reply.as_bytes()).and_then(|element| messages.push(element));
//! assert_eq!(event, None);
//! client.handle_response(request.id, &messages, 5);
//!
//! let Some(Transmit::Send(request)) = client.poll_transmit() else { unreachable!() };
//! assert!(request.body.contains(r#""subscription":"/v2/me/*""#));
//! ```
//!
//! # Decisions and limits
//! * One request is out at a time: handshake, then all subscriptions in one batch, then connect.
//!   The subscriptions are acknowledged before the first connect goes out, so there is no moment
//!   at which the client looks healthy and is not subscribed.
//! * A connect that probes the connection (the first of a session, one after a failure, one after
//!   [`Client::wake`]) carries the advice `timeout: 0`: the server answers it at once, so the
//!   result is known after one round trip instead of a whole hold. Only an answered connect makes
//!   the status [`ClientStatus::Connected`].
//! * There is one immediate retry until that answer, for whichever request failed. A successful
//!   handshake does not reset it, so a server that opens sessions and then forgets them meets the
//!   back-off.
//! * After [`Client::wake`] the deadline is short: one second, or five times the last measured
//!   round trip if that is more. The retry has the same deadline. So a dead server is detected
//!   soon, and a slow but working line is not reported as broken.
//! * A timer may fire late by any time: what is overdue at a wake-up has failed, and after
//!   [`Client::handle_timeout`] or [`Client::wake`] the next deadline is in the future.
//! * [`ClientEvent::MultipleClients`] follows the answers to connects. An answer without events
//!   says whether there is another session; without advice there is none. An answer with events
//!   counts only if it says yes or was held, because servers with events to deliver do not check.
//!   No interval is cut short to find out.
//! * The server's interval is honoured up to a minute, its hold up to ten minutes. A server that
//!   answers connects at once without events is asked twice a second; one that answers each at once
//!   with events, ten times a second in the end.
//! * Without the acknowledgement extension (not agreed to, or no reply numbered yet), a lost reply
//!   loses its events. So after a connect that failed or was given up, [`ClientEvent::Subscribed`]
//!   is reported again, with `gap`, as soon as the server answers.
//! * An event message that comes twice (overlapping wildcards on some servers, a redelivery
//!   after a lost reply) is handed over twice: delivery is at least once.
//! * The `hosts` advice is ignored: a signed-in client does not connect to an address that a
//!   message names.
//! * If the server does not know the client (error 402 or such a text), the client sends a new
//!   handshake, whichever request was refused.
//! * A WebSocket that worked and was lost is tried once more when long-polling reaches the server
//!   again, before the status is connected.
//! * A server's advice of `none`, its negative interval, its `/meta/disconnect`, a denied
//!   subscription and the lack of a common transport are final: [`ClientEvent::Failed`], then
//!   [`ClientStatus::Closed`], until [`Client::start`].
//! * This client does not publish.
//!
#![doc = include_str!("conformance.md")]

mod advice;
mod backoff;
mod client;
mod config;
mod error;
mod io;
mod message;
mod session;
mod write;

pub use client::Client;
pub use config::{ClientConfig, Millis};
pub use error::{Error, ErrorKind};
pub use io::{
    ClientEvent, ClientStatus, FailedBy, Request, RequestFailure, RequestId, SocketEvent, Transmit,
};
pub use message::{FIELDS, Messages};
