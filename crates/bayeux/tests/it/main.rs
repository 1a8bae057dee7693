//! The client against scripted servers on a virtual clock; one file per topic.

mod support;

mod ack;
mod advice;
mod backoff;
mod conformance;
mod connect;
mod delivery;
mod disconnect;
mod handshake;
mod hostile;
mod interleavings;
mod late_timers;
mod login;
mod multiple_clients;
mod retry_after;
mod storm;
mod subscribe;
mod wake;
mod websocket;
