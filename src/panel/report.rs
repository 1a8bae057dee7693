//! What a panel reports to its page, in order.

use std::rc::Rc;

use gws::seat::{Audience, Receipt};
use gws::{Failure, Operation, View};
use js_sys::JsString;
use yew::AttrValue;

use super::kept::Kept;
use super::transcript::Unread;
use crate::components::Report;

/// One event, as section 8 of the public contract lists them.
#[derive(Clone)]
pub enum PanelReport {
    /// An event of the button but a change.
    Button(Report),
    /// State, mode, reason, capabilities or audience changed, or whether the shown facts are current.
    Change {
        /// The session.
        session_id: AttrValue,
        /// The button's view now.
        view: Rc<View>,
        /// The audience of the message box; `None` if there is no box.
        audience: Option<Audience>,
        /// The shown facts may be out of date.
        stale: bool,
    },
    /// A message that was pressed in this panel has another state.
    Message {
        /// The session.
        session_id: AttrValue,
        /// The message.
        id: u32,
        /// For whom it was meant.
        audience: Audience,
        /// Its state, as the contract names it.
        state: &'static str,
    },
    /// The log has a message that was pressed in this panel.
    Sent {
        /// The session.
        session_id: AttrValue,
        /// The message.
        id: u32,
        /// For whom it was meant.
        audience: Audience,
        /// What the log says.
        receipt: Receipt,
    },
    /// A message that was pressed in this panel ended badly.
    MessageError {
        /// The session.
        session_id: AttrValue,
        /// The message.
        id: u32,
        /// For whom it was meant.
        audience: Audience,
        /// Why; `None` if its audience was no longer allowed, so that it was not sent.
        failure: Option<Rc<Failure>>,
    },
    /// The user's own Leave was refused or failed.
    LeaveError {
        /// The session.
        session_id: AttrValue,
        /// Why.
        failure: Rc<Failure>,
    },
    /// How many messages of others have not been seen.
    Unread {
        /// The session.
        session_id: AttrValue,
        /// How many.
        unread: Unread,
    },
    /// The user's own Leave is confirmed.
    Left {
        /// The session.
        session_id: AttrValue,
        /// Whether the conversation has ended for the customer, too; `None` if that is not known.
        ended_for_customer: Option<bool>,
    },
    /// What is unsent has changed: to be kept where the instance can be restarted.
    Kept {
        /// The session.
        session_id: AttrValue,
        /// All that is unsent in it.
        kept: Rc<Kept>,
        /// The words of the shown draft as the browser has them, where it is in the box: a long text need not be copied.
        words: Option<JsString>,
    },
}

/// A message that is about to be sent. The page may stop it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sending {
    /// The session.
    pub session_id: AttrValue,
    /// The message.
    pub id: u32,
    /// For whom it is meant.
    pub audience: Audience,
    /// Its words.
    pub text: String,
}

impl PanelReport {
    /// The operation of a message's or Leave's failure.
    pub fn operation(&self) -> Option<&'static str> {
        match self {
            Self::MessageError { audience, .. } => Some(audience.operation()),
            Self::LeaveError { .. } => Some(Operation::Leave.as_str()),
            _ => None,
        }
    }
}
