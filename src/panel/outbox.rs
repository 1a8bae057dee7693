//! The messages that are not in the log yet. They stand below the transcript, not in it: it holds facts only.

use gws::seat::{Row, RowState, Seat};
use yew::prelude::*;

use super::phrases;
use super::strings::PanelText;
use crate::strings::Strings;

/// The outbox; hidden while it is empty.
pub(super) fn outbox(seat: &Seat, strings: &Strings) -> Html {
    let rows = seat.outbox().rows();
    html! {
        <ul part="outbox" hidden={rows.is_empty()} aria-label={strings.get(PanelText::Outbox).to_owned()}>
            { for rows.iter().map(|one| row(one, strings)) }
        </ul>
    }
}

fn row(row: &Row, strings: &Strings) -> Html {
    let id = json::digits(row.id.into());
    let badge = strings.get(phrases::badge(row.message.audience)).to_owned();
    let held = matches!(row.state, RowState::Waiting { turn: None });
    let waits = held || !row.state.goes_on();
    // One that may be on its way stays.
    let stays = matches!(row.state, RowState::Sending | RowState::Accepted);
    let resend = if held {
        PanelText::SendNow
    } else {
        PanelText::Resend
    };
    let button = |part: &'static str, text: PanelText, shown: bool| {
        html! { <button type="button" {part} data-id={id.clone()} hidden={!shown} ~textContent={strings.get(text).to_owned()} /> }
    };
    html! {
        <li part="row" data-state={row.state.as_str()} data-audience={row.message.audience.as_str()}>
            <span part="text" dir="auto" ~textContent={row.message.text.clone()} />
            { " " }
            <span part="audience" ~textContent={badge} />
            { " " }
            <span part="row-state" ~textContent={phrases::row(row, strings)} />
            { button("resend", resend, waits) }
            { button("edit", PanelText::Edit, !stays) }
            { button("discard", PanelText::Discard, !stays) }
        </li>
    }
}
