//! What the panel asks of its transcript.

use std::cell::RefCell;
use std::rc::Rc;

use yew::Callback;

/// A handle to a transcript. Without a rendered one it does nothing.
#[derive(Clone, Default)]
pub struct TranscriptHandle(pub(super) Rc<RefCell<Option<Calls>>>);

/// The transcript behind a handle.
pub(super) struct Calls {
    pub scroll: Callback<()>,
    pub copy: Callback<(), String>,
}

impl PartialEq for TranscriptHandle {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl TranscriptHandle {
    /// Scrolls to the newest message, and stays at the end.
    pub fn scroll_to_newest(&self) {
        let call = self.0.borrow().as_ref().map(|calls| calls.scroll.clone());
        call.into_iter().for_each(|call| call.emit(()));
    }

    /// The known transcript as text, a line for each entry.
    pub fn copy(&self) -> String {
        let call = self.0.borrow().as_ref().map(|calls| calls.copy.clone());
        call.map(|call| call.emit(())).unwrap_or_default()
    }
}
