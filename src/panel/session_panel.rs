//! The panel for Yew pages: a [`Panel`] on the connection of the enclosing [`Gws`](crate::components::Gws).

use std::rc::Rc;

use gws::{Media, Operation};
use yew::prelude::*;

use super::{Canned, Panel, PanelHandle, PanelOptions, PanelReport, Sending};
use crate::components::{BargeInButtonProps, Confirm};
use crate::connection::Connection;
use crate::strings::Strings;

/// The properties of [`SessionPanel`].
#[derive(Clone, Properties, PartialEq)]
pub struct SessionPanelProps {
    /// The session's id.
    #[prop_or_default]
    pub session_id: AttrValue,
    /// The kind of session.
    #[prop_or(Media::SmsSession)]
    pub media: Media,
    /// Whether a barge-in is confirmed first.
    #[prop_or_default]
    pub confirm: Confirm,
    /// Ms until an unanswered request counts as failed.
    #[prop_or(10_000)]
    pub request_timeout: u32,
    /// Ms from the server's acceptance until the session, or its log, is read again.
    #[prop_or(5_000)]
    pub confirm_timeout: u32,
    /// Texts that override the English ones.
    #[prop_or_default]
    pub strings: Strings,
    /// What is the panel's own.
    #[prop_or_default]
    pub options: PanelOptions,
    /// The replies that can be put into the message box.
    #[prop_or_default]
    pub canned: Rc<Vec<Canned>>,
    /// Called before a switch or Leave is sent; false stops it.
    #[prop_or_else(|| Callback::from(|_| true))]
    pub on_request: Callback<Operation, bool>,
    /// Called before a message is sent; false stops it, and the words stay in the box.
    #[prop_or_else(|| Callback::from(|_| true))]
    pub on_send: Callback<Sending, bool>,
    /// Called with each event.
    #[prop_or_default]
    pub on_report: Callback<PanelReport>,
    /// The page's handle.
    #[prop_or_default]
    pub handle: PanelHandle,
}

/// The supervisor's seat for one session. Place it inside a [`Gws`](crate::components::Gws).
///
/// Outside of one it renders nothing, as it has no connection.
#[component]
pub fn SessionPanel(props: &SessionPanelProps) -> Html {
    let Some(connection) = use_context::<Connection>() else {
        return Html::default();
    };
    let SessionPanelProps {
        session_id,
        media,
        confirm,
        request_timeout,
        confirm_timeout,
        strings,
        options,
        canned,
        on_request,
        on_send,
        on_report,
        handle,
    } = props.clone();
    let button = BargeInButtonProps {
        session_id,
        media,
        confirm,
        modes: true,
        request_timeout,
        confirm_timeout,
        strings,
        on_request,
        on_report: Callback::noop(),
    };
    html! { <Panel {connection} {button} {options} {canned} {on_send} {on_report} {handle} /> }
}
