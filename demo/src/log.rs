//! The panel's events, newest first.

use yew::prelude::*;

use crate::clock;
use crate::diary::Diary;

/// The properties of [`Log`].
#[derive(Properties, PartialEq)]
pub struct LogProps {
    /// The reports.
    pub diary: Diary,
}

/// The card with the events.
#[component]
pub fn Log(props: &LogProps) -> Html {
    let entries = props.diary.entries();
    html! {
        <section class="card log" aria-labelledby="log-title">
            <h2 id="log-title">{ "What the panel said" }</h2>
            <ol class="scroll" tabindex="0" aria-labelledby="log-title">
                { for entries.iter().map(|entry| html! {
                    <li key={entry.number} data-kind={entry.kind}>
                        <time>{ clock::hours_minutes_seconds(entry.time) }</time>
                        <span class="log-kind">{ entry.kind }</span>
                        <span class="log-text">{ &entry.text }</span>
                    </li>
                }) }
            </ol>
        </section>
    }
}
