//! A strip across the page when its facts may be out of date: since when, and what to do.

use yew::prelude::*;

use crate::clock;
use crate::health::Known;

/// The strip; hidden while notifications arrive.
pub fn notice(known: &Known, sign_in: &Callback<MouseEvent>) -> Html {
    let as_of = known.heard.map(clock::hours_minutes_seconds);
    let as_of = as_of.map_or_else(String::new, |time| {
        format!(" What you see was true at {time}.")
    });
    let words = match (known.is_stale(), known.signed_out) {
        (false, _) => String::new(),
        (true, true) => format!("You are signed out.{as_of}"),
        (true, false) => format!("No connection to the server; trying again.{as_of}"),
    };
    html! {
        <section class="notice" aria-label="Connection" hidden={words.is_empty()}>
            <p>{ words }</p>
            <button type="button" class="plain" hidden={!known.signed_out} onclick={sign_in.clone()}>{ "Sign in" }</button>
        </section>
    }
}
