//! What happens by itself: nothing (`still`, `none`) or conversations that play for ever (`demo`).

pub mod cue;
pub mod demo;
pub mod player;
pub mod script;
pub mod still;
