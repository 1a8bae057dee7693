//! What the machine has its shell do.

use core::time::Duration;

use crate::http::{Answer, Line};

/// Names a request that was handed over, until it is answered, cut or cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ticket(pub u64);

/// One thing to do; they are to be done in this order.
#[derive(Debug)]
pub enum Outcome {
    /// Send the answer to a request.
    Answer(Ticket, Answer),
    /// Reset a connection; whatever was not sent yet is lost. Its requests are never answered.
    Cut(Line),
    /// Take no connections for this long. The next outcomes come after it has begun.
    ClosePort(Duration),
    /// Send a text frame over the WebSocket of a connection.
    Frame(Line, String),
    /// Close the WebSocket of a connection.
    CloseSocket(Line),
}
