//! What a page can do with a panel beside its properties. There is no way to send.

use std::cell::RefCell;
use std::rc::Rc;

use gws::seat::Audience;
use yew::{AttrValue, Callback};

/// A page's handle to its panel. Without a rendered panel it does nothing.
#[derive(Clone, Default)]
pub struct PanelHandle(pub(super) Rc<RefCell<Option<Calls>>>);

/// The panel behind a handle.
pub(super) struct Calls {
    pub insert: Callback<(AttrValue, Audience), bool>,
    pub copy: Callback<(), String>,
    pub scroll: Callback<()>,
    pub focus: Callback<()>,
}

impl PartialEq for PanelHandle {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl PanelHandle {
    /// Inserts text at the caret of the message box. `false`, and nothing happens, unless the box has this audience.
    pub fn insert(&self, text: AttrValue, audience: Audience) -> bool {
        let call = self.0.borrow().as_ref().map(|calls| calls.insert.clone());
        call.is_some_and(|call| call.emit((text, audience)))
    }

    /// The known transcript as text.
    pub fn copy(&self) -> String {
        let call = self.0.borrow().as_ref().map(|calls| calls.copy.clone());
        call.map(|call| call.emit(())).unwrap_or_default()
    }

    /// Scrolls to the newest message.
    pub fn scroll_to_newest(&self) {
        let call = self.0.borrow().as_ref().map(|calls| calls.scroll.clone());
        call.into_iter().for_each(|call| call.emit(()));
    }

    /// Focuses the message box.
    pub fn focus(&self) {
        let call = self.0.borrow().as_ref().map(|calls| calls.focus.clone());
        call.into_iter().for_each(|call| call.emit(()));
    }
}
