//! The messages that are not in the log yet. They stand below the transcript, not in it: it holds facts only.

use gws::seat::{Row, RowState, Seat};
use yew::Html;

use super::phrases;
use super::strings::PanelText;
use crate::element::{Said, Words, element};
use crate::strings::Strings;

/// The outbox; hidden while it is empty.
pub(super) fn outbox(seat: &Seat, strings: &Strings) -> Html {
    let rows = seat.outbox().rows();
    let label = Said(PanelText::Outbox, strings);
    let items: Vec<_> = rows.iter().map(|one| row(one, strings)).collect();
    element!(
        "ul",
        "part" = "outbox",
        "hidden" = rows.is_empty(),
        "aria-label" = label,
        [items]
    )
}

fn row(row: &Row, strings: &Strings) -> Html {
    let id = json::digits(row.id.into());
    let badge = Said(phrases::badge(row.message.audience), strings);
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
        element!(
            "button",
            "type" = "button",
            "part" = part,
            "data-id" = id.clone(),
            "hidden" = !shown,
            "textContent" = Said(text, strings)
        )
    };
    let (state, audience) = (row.state.as_str(), row.message.audience.as_str());
    element!(
        "li",
        "part" = "row",
        "data-state" = state,
        "data-audience" = audience,
        [
            element!(
                "span",
                "part" = "text",
                "dir" = "auto",
                "textContent" = Words(&row.message.text)
            ),
            element!("span", "part" = "audience", "textContent" = badge),
            element!(
                "span",
                "part" = "row-state",
                "textContent" = Words(&phrases::row(&row.state, row.message.audience, strings))
            ),
            button("resend", resend, waits),
            button("edit", PanelText::Edit, !stays),
            button("discard", PanelText::Discard, !stays)
        ]
    )
}
