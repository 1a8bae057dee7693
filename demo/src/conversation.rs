//! The chosen session: its header, and the supervisor's seat.

use barge_in::panel::{PanelOptions, PanelReport, Sending};
use barge_in::{Media, Operation, SessionKey, SessionPanel};
use yew::prelude::*;

use crate::icons::Icon;
use crate::options::Options;
use crate::roster::Row;
use crate::sessions::channel_icon;
use crate::{clock, words};

/// The callbacks of the conversation.
pub struct Calls {
    /// Back to the list, on a narrow page.
    pub back: Callback<MouseEvent>,
    /// The panel reported something.
    pub report: Callback<PanelReport>,
    /// The panel is about to switch the mode, or to leave.
    pub request: Callback<Operation, bool>,
    /// The panel is about to send a message.
    pub send: Callback<Sending, bool>,
    /// Something was typed.
    pub typed: Callback<InputEvent>,
}

/// The properties of the conversation.
pub struct Conversation<'a> {
    /// The chosen session, if it is known.
    pub row: Option<&'a Row>,
    /// The chosen session.
    pub chosen: Option<&'a SessionKey>,
    /// The panel's options.
    pub options: Options,
    /// The current time, in ms since 1970.
    pub now: f64,
    /// The heading, which may get the focus.
    pub title: &'a NodeRef,
    /// The callbacks.
    pub calls: &'a Calls,
}

/// The page's main part. The panel stays mounted when another session is shown.
pub fn conversation(shown: Conversation<'_>) -> Html {
    let Conversation {
        row,
        chosen,
        options,
        now,
        title,
        calls,
    } = shown;
    let customer = row.map(|row| row.told.customer.as_deref().unwrap_or("Customer"));
    let over = row.is_some_and(Row::is_over);
    let SessionKey { media, id } = chosen
        .cloned()
        .unwrap_or_else(|| SessionKey::new(Media::SmsSession, ""));
    let panel = PanelOptions {
        enter_sends: options.enter_sends,
        ..PanelOptions::default()
    };
    html! {
        <main class={classes!("conversation", over.then_some("ended"))} id="conversation" oninput={calls.typed.clone()}>
            <div class="pane-head">
                <button type="button" class="plain round back" aria-label="All sessions" onclick={calls.back.clone()}>
                    { Icon::Back.html() }
                </button>
                <div class="titles">
                    <h1 tabindex="-1" ref={title.clone()} dir="auto">{ customer.unwrap_or("No session chosen") }</h1>
                    <p class="subtitle">
                        if let Some(row) = row {
                            <span class="fact">{ channel_icon(media) }{ words::channel(media) }</span>
                            <span class="fact">{ age(row, now) }</span>
                            <span class="fact id">{ &*id }</span>
                        }
                    </p>
                </div>
                if let Some(row) = row {
                    <span class={classes!("badge", "state", over.then_some("over"))}>
                        { words::state(row) }
                    </span>
                }
            </div>
            <div class="seat">
                <SessionPanel
                    session_id={id}
                    {media}
                    confirm={options.confirm}
                    options={panel}
                    on_request={calls.request.clone()}
                    on_send={calls.send.clone()}
                    on_report={calls.report.clone()}
                />
            </div>
        </main>
    }
}

fn age(row: &Row, now: f64) -> String {
    let received = row
        .session
        .received_date
        .as_deref()
        .and_then(gws::wire::parse_date);
    match received {
        Some(received) if !row.is_over() => format!("open for {}", clock::span(now - received)),
        Some(received) => format!("began at {}", clock::hours_minutes(received)),
        None => String::new(),
    }
}
