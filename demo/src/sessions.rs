//! The list of sessions: customer, channel, last message, how long the customer has waited, and the own mode.

use barge_in::{Media, SessionKey};
use yew::prelude::*;

use crate::icons::Icon;
use crate::roster::{Roster, Row};
use crate::{clock, words};

/// A wait longer than this, in ms, is marked as long.
const LONG_WAIT: f64 = 60_000.0;

/// The navigation with all sessions.
pub fn sessions(
    roster: &Roster,
    chosen: Option<&SessionKey>,
    now: f64,
    choose: &Callback<SessionKey>,
) -> Html {
    let (ended, live): (Vec<&Row>, Vec<&Row>) = roster.rows().iter().partition(|row| row.is_over());
    let list = |rows: &[&Row]| {
        html! {
            <ul class="session-list">
                { for rows.iter().map(|row| one(row, chosen == Some(&row.key), now, choose)) }
            </ul>
        }
    };
    html! {
        <nav class="sessions" aria-labelledby="sessions-title">
            <div class="pane-head">
                <h2 id="sessions-title">{ "Sessions" }</h2>
                <span class="count">{ format!("{} live", live.len()) }</span>
            </div>
            <div class="scroll">
                if live.is_empty() {
                    <p class="empty">{ "No session is being supervised now." }</p>
                }
                { list(&live) }
                <h3 class="list-title" hidden={ended.is_empty()}>{ "Ended" }</h3>
                { list(&ended) }
            </div>
        </nav>
    }
}

fn one(row: &Row, chosen: bool, now: f64, choose: &Callback<SessionKey>) -> Html {
    let key = row.key.clone();
    let told = &row.told;
    let over = row.is_over();
    let customer = told
        .customer
        .clone()
        .unwrap_or_else(|| "Customer".to_owned());
    let (author, preview) = match told.last.clone() {
        Some((author, words)) => (author, words),
        None => (None, "Nothing written yet".to_owned()),
    };
    let waiting = told.waiting_since.map(|since| now - since);
    html! {
        <li key={format!("{}/{}", key.media.as_str(), key.id)}>
            <button
                type="button"
                class={classes!("session", over.then_some("ended"))}
                data-session={key.id.clone()}
                aria-current={chosen.then_some("true")}
                onclick={choose.reform(move |_| key.clone())}
            >
                <span class="avatar customer" aria-hidden="true">{ words::initials(&customer) }</span>
                <span class="session-name">
                    { customer }
                    if told.unread > 0 {
                        <span class="unread">{ told.unread }<span class="unseen">{ " new" }</span></span>
                    }
                </span>
                <span class="session-wait">{ wait(row, waiting) }</span>
                <span class="session-preview">
                    if let Some(author) = author {
                        <span class="session-author">{ author }{ ": " }</span>
                    }
                    { preview }
                </span>
                <span class="session-facts">
                    <span class="fact">{ channel_icon(row.key.media) }<span class="unseen">{ words::channel(row.key.media) }</span></span>
                    if let Some(agent) = told.agent.clone() {
                        <span class="fact cut">{ agent }</span>
                    }
                    if let Some(mode) = row.view.mode.filter(|_| !over) {
                        <span class="badge mode" data-mode={mode.as_str()}>{ words::mode(mode) }</span>
                    }
                </span>
            </button>
        </li>
    }
}

fn wait(row: &Row, waiting: Option<f64>) -> Html {
    match waiting {
        _ if row.is_over() => {
            html! { <span class="badge over">{ words::state(row) }</span> }
        }
        Some(waiting) => html! {
            <span class={classes!("wait", (waiting >= LONG_WAIT).then_some("long"))}>
                <span class="unseen">{ "Customer waits " }</span>{ clock::span(waiting) }
            </span>
        },
        None => html! {},
    }
}

/// The icon of a channel.
pub fn channel_icon(media: Media) -> Html {
    match media {
        Media::SmsSession => Icon::Sms.html(),
        Media::Chat => Icon::Chat.html(),
    }
}
