//! A Bayeux 1.0 client (the protocol of CometD) as a state machine: no I/O, no clock, no web.
//!
//! The one idea: *the next step is always the first thing that is missing*. A healthy client has
//! a session, has its channels subscribed and has exactly one `/meta/connect` waiting at the
//! server. Whatever happens, the client asks what is missing of these and sends that; so a start,
//! a lost poll, a restarted server and a woken laptop all go the same way.
//!
//! The caller moves the bytes, and picks the data of event messages out of them
//! ([`Messages::push`]). It passes in what happened together with the time
//! ([`Client::handle_response`], [`Client::handle_failure`], [`Client::handle_socket`],
//! [`Client::handle_timeout`], [`Client::wake`]), and after every such call drains
//! [`Client::poll_transmit`] and [`Client::poll_event`] and arms one timer for
//! [`Client::poll_timeout`].
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
//! # Decisions, and what they leave out
//! * One request is out at a time: handshake, then all subscriptions in one batch, then connect.
//!   The subscriptions are acknowledged before the first connect goes out, so there is no moment
//!   at which the client looks healthy and is not subscribed.
//! * A connect that has to prove something (the first of a session, one after a failure, one
//!   after [`Client::wake`]) carries the advice `timeout: 0`: the server answers it at once, so
//!   the truth is known after one round trip instead of after a whole hold. Only an answered
//!   connect makes the status [`ClientStatus::Connected`].
//! * The way to that answer has one immediate retry, wherever it failed; handshakes that go well
//!   reset nothing, so a server that opens sessions and then knows nobody meets the back-off.
//! * After [`Client::wake`] patience is short: a second, or five of the last measured round trips
//!   where the line is slower. The retry has the same, so a dead server is soon known to be dead,
//!   and a slow line that is well is not called broken.
//! * A timer may come late by anything: what is overdue at a wake-up has failed, and after
//!   [`Client::handle_timeout`] or [`Client::wake`] the next deadline lies ahead.
//! * [`ClientEvent::MultipleClients`] follows each answer to a connect: one without events says whether
//!   another session is in the way, be it by its silence. One with events counts where it says yes,
//!   or was held: with events to bring, servers do not look. No interval is cut short to find out.
//! * The server's interval is honoured up to a minute, its hold up to ten. One that answers connects
//!   at once and brings no events is asked twice a second; one that goes on bringing some each time,
//!   ten times.
//! * Where the acknowledgement extension is not in use (not agreed to, or agreed to and no reply
//!   numbered yet), a reply that got lost takes its events with it. So after a connect that failed
//!   or was given up, [`ClientEvent::Subscribed`] is reported again, with `gap`, as soon as the server
//!   answers.
//! * An event message that comes twice (overlapping wildcards on some servers, a redelivery
//!   after a lost reply) is handed over twice: delivery is at least once.
//! * The `hosts` advice is ignored: a client that holds a login does not move to an address that
//!   a message names.
//! * A server that does not know the client, by the number 402 or by its words, is met with a new
//!   handshake, whatever it refused.
//! * A WebSocket that worked and was lost is tried once more when long-polling finds the server
//!   again, before the client is called connected.
//! * A server's advice of `none`, its negative interval, its `/meta/disconnect`, the denial of a
//!   subscription and the want of a common transport are final: [`ClientEvent::Failed`], then
//!   [`ClientStatus::Closed`], until [`Client::start`].
//! * There is no publishing: this client listens.
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
