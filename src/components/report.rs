//! What a control tells the page around it, in the order in which it happened.

use std::rc::Rc;

use gws::{Failure, Operation, View};
use yew::AttrValue;

use crate::connection::Status;

/// One event, as section 4 of the public contract lists them.
#[derive(Clone)]
pub enum Report {
    /// State, mode, reason or capabilities changed.
    Change {
        /// The session.
        session_id: AttrValue,
        /// What holds now.
        view: Rc<View>,
    },
    /// The session was joined, as the server confirms.
    Joined {
        /// The session.
        session_id: AttrValue,
        /// Ms from the request's sending to its response.
        request_ms: Option<u64>,
        /// Ms from the request's sending to the confirmation.
        confirm_ms: Option<u64>,
    },
    /// An intent failed or was refused, or nobody is signed in.
    Error {
        /// The session.
        session_id: AttrValue,
        /// What was asked; `None` where nothing was.
        operation: Option<Operation>,
        /// Why it did not happen.
        failure: Rc<Failure>,
    },
    /// The notification connection changed.
    Connection(Status),
}
