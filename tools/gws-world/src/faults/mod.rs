//! What is to go wrong with which of the next requests.

pub mod action;
pub mod list;
pub mod seen;
