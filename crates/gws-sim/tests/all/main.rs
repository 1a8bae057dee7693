//! The simulator over real HTTP, one file per capability.

mod acknowledgements;
mod control;
mod cors;
mod csrf;
mod faults;
mod long_polling;
mod operations;
mod reading;
mod scenario;
mod several_clients;
mod sign_in;
mod static_pages;
mod support;
mod transport_faults;
mod websocket;
