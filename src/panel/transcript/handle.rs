//! What the panel asks of its transcript.

use std::cell::RefCell;
use std::rc::Rc;

use yew::html::Scope;

use super::{Msg, Transcript};

/// A handle to a transcript. Without a rendered one it does nothing.
#[derive(Clone, Default)]
pub struct TranscriptHandle(pub(super) Rc<RefCell<Option<Scope<Transcript>>>>);

impl PartialEq for TranscriptHandle {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl TranscriptHandle {
    /// Scrolls to the newest message, and stays at the end.
    pub fn scroll_to_newest(&self) {
        if let Some(link) = self.0.borrow().clone() {
            link.send_message(Msg::End);
        }
    }
}
