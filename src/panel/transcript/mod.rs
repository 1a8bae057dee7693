//! The transcript: see the component.

use gws::SessionKey;
use yew::prelude::*;

use super::options::{Announce, Links};
use crate::connection::Connection;
use crate::strings::Strings;

/// How many messages of others have not been seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unread {
    /// All of them.
    pub unread: u32,
    /// Those of the customer.
    pub from_customer: u32,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TranscriptHandle;
impl TranscriptHandle {
    pub fn scroll_to_newest(&self) {}
    pub fn copy(&self) -> String {
        String::new()
    }
    pub fn pin_to_end(&self) {}
}

#[derive(Clone, Properties, PartialEq)]
pub struct TranscriptProps {
    pub connection: Connection,
    pub session: SessionKey,
    pub strings: Strings,
    pub language: AttrValue,
    pub links: Links,
    pub announce: Announce,
    pub history: u32,
    pub slots: bool,
    pub on_unread: Callback<Unread>,
    pub on_escape: Callback<()>,
    pub handle: TranscriptHandle,
}

#[component]
pub fn Transcript(props: &TranscriptProps) -> Html {
    let _ = props;
    Html::default()
}
