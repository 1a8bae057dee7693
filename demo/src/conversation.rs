//! The chosen session: its header, the barge-in button with its texts, and the transcript.

use barge_in::{BargeInButton, Media, Mode, Operation, Report, SessionKey};
use yew::prelude::*;

use crate::composer::{Audience, Composer};
use crate::icons::Icon;
use crate::messages::Messages;
use crate::options::Options;
use crate::roster::Row;
use crate::sessions::channel_icon;
use crate::transcript::name_of;
use crate::{clock, words};

/// The callbacks of the conversation.
pub struct Calls {
    /// Back to the list, on a narrow page.
    pub back: Callback<MouseEvent>,
    /// The button reported something.
    pub report: Callback<Report>,
    /// The button is about to send a request.
    pub request: Callback<Operation, bool>,
}

/// The properties of the conversation.
pub struct Conversation<'a> {
    /// The chosen session, if it is known.
    pub row: Option<&'a Row>,
    /// The chosen session.
    pub chosen: Option<&'a SessionKey>,
    /// The supervisor's own user id.
    pub me: Option<AttrValue>,
    /// The shown facts may be out of date.
    pub stale: bool,
    /// The button's options.
    pub options: Options,
    /// The current time, in ms since 1970.
    pub now: f64,
    /// The heading, which may get the focus.
    pub title: &'a NodeRef,
    /// The callbacks.
    pub calls: &'a Calls,
}

/// The page's main part. The button stays mounted when another session is shown.
pub fn conversation(shown: Conversation<'_>) -> Html {
    let Conversation {
        row,
        chosen,
        me,
        stale,
        options,
        now,
        title,
        calls,
    } = shown;
    let customer = row.and_then(Row::customer).map(name_of);
    let agent = row.and_then(|row| row.agent(me.as_deref())).map(name_of);
    let SessionKey { media, id } = chosen
        .cloned()
        .unwrap_or_else(|| SessionKey::new(Media::SmsSession, ""));
    html! {
        <main class={classes!("conversation", row.is_some_and(|row| row.ended).then_some("ended"))} id="conversation">
            <div class="pane-head">
                <button type="button" class="plain round back" aria-label="All sessions" onclick={calls.back.clone()}>
                    { Icon::Back.html() }
                </button>
                <div class="titles">
                    <h1 tabindex="-1" ref={title.clone()} dir="auto">{ customer.unwrap_or_else(|| "No session chosen".to_owned()) }</h1>
                    <p class="subtitle">
                        if let Some(row) = row {
                            <span class="fact">{ channel_icon(media) }{ words::channel(media) }</span>
                            if let Some(agent) = agent {
                                <span class="fact">{ "with " }{ agent }</span>
                            }
                            <span class="fact">{ age(row, now) }</span>
                            <span class="fact id">{ &*id }</span>
                        }
                    </p>
                </div>
                if let Some(row) = row {
                    <span class={classes!("badge", "state", row.ended.then_some("over"))}>
                        { words::state(&row.session.state, row.ended) }
                    </span>
                }
            </div>
            <div class="control" role="group" aria-label="Your part in this session">
                <BargeInButton
                    session_id={id}
                    {media}
                    confirm={options.confirm}
                    modes={options.modes}
                    on_request={calls.request.clone()}
                    on_report={calls.report.clone()}
                />
            </div>
            if let Some(row) = row {
                <Messages key={row.key.id.to_string()} transcript={row.transcript.clone()} {me} />
                <Composer key={["to ", &row.key.id].concat()} session={row.key.clone()} audience={Audience::of(row).filter(|_| !stale)} note={note(row, stale)} />
            }
        </main>
    }
}

/// Why writing is not possible.
fn note(row: &Row, stale: bool) -> &'static str {
    match row.mode {
        _ if row.ended => "This session has ended.",
        _ if stale => "Nothing can be written without a connection.",
        Some(Mode::Monitor) => "You read along. To write, coach the agent or barge in.",
        _ => "Nothing can be written in this session now.",
    }
}

fn age(row: &Row, now: f64) -> String {
    let received = row
        .session
        .received_date
        .as_deref()
        .and_then(gws::wire::parse_date);
    match received {
        Some(received) if !row.ended => format!("open for {}", clock::span(now - received)),
        Some(received) => format!("began at {}", clock::hours_minutes(received)),
        None => String::new(),
    }
}
