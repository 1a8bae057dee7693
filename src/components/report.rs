//! What a control reports to the page, in order.

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
        /// The view now.
        view: Rc<View>,
    },
    /// The session was joined, as confirmed by the server.
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
        /// The operation; `None` if there was no intent.
        operation: Option<Operation>,
        /// Why it failed.
        failure: Rc<Failure>,
    },
    /// The notification connection changed.
    Connection(Status),
}
