//! What a page can do with a panel beside its properties. There is no way to send.

use std::cell::RefCell;
use std::rc::Rc;

use gws::SessionKey;
use gws::seat::Audience;
use yew::html::Scope;
use yew::{AttrValue, NodeRef};

use super::acts::insert;
use super::gestures::Shown;
use super::panel::{Msg, Panel};
use super::transcript::copy;
use crate::connection::Connection;
use crate::strings::Strings;

/// A page's handle to its panel. Without a rendered panel it does nothing.
#[derive(Clone, Default)]
pub struct PanelHandle(pub(super) Rc<RefCell<Option<Rc<Handled>>>>);

/// The panel behind a handle.
pub(super) struct Handled {
    pub link: Scope<Panel>,
    pub connection: Connection,
    pub session: SessionKey,
    pub base: NodeRef,
    pub shown: Rc<RefCell<Shown>>,
    pub language: AttrValue,
    pub strings: Strings,
}

impl PartialEq for PanelHandle {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl PanelHandle {
    fn panel(&self) -> Option<Rc<Handled>> {
        self.0.borrow().clone()
    }

    /// Inserts text at the caret of the message box. `false`, and nothing happens, unless the box has this audience.
    pub fn insert(&self, text: AttrValue, audience: Audience) -> bool {
        self.panel().is_some_and(|panel| {
            insert(
                &panel.connection,
                &panel.session,
                &panel.base,
                &panel.shown,
                &text,
                audience,
            )
        })
    }

    /// The known transcript as text.
    pub fn copy(&self) -> String {
        let copied = self.panel().and_then(|panel| {
            let look = |seat: &_| copy(seat, &panel.language, &panel.strings);
            panel.connection.seat(&panel.session, look)
        });
        copied.unwrap_or_default()
    }

    /// Scrolls to the newest message.
    pub fn scroll_to_newest(&self) {
        if let Some(panel) = self.panel() {
            panel.link.send_message(Msg::End);
        }
    }

    /// Focuses the message box.
    pub fn focus(&self) {
        if let Some(panel) = self.panel() {
            panel.link.send_message(Msg::Focus);
        }
    }
}
