//! The simulator over real HTTP; one file per topic.

mod acknowledgements;
mod bayeux_client;
mod control;
mod cors;
mod csrf;
mod faults;
mod host;
mod long_polling;
mod operations;
mod reading;
mod scenario;
mod several_clients;
mod sign_in;
mod static_pages;
mod subscriptions;
mod support;
mod transport_faults;
mod users;
mod websocket;
