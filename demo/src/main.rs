//! A supervisor's console: the list of sessions, the transcript of the chosen one, who sees whom, and the barge-in
//! button with its texts.
//!
//! The console is an ordinary page of the library. It asks [`barge_in::Connection`] for sessions and messages, places
//! [`barge_in::BargeInButton`], and listens to what the button reports. Only the drawer of server faults has no
//! counterpart in a real page: it talks to the simulator's control interface, so that a visitor can see how the button
//! behaves when the server fails.
//!
//! | module | what it holds |
//! |---|---|
//! | [`console`] | the page: its state and layout |
//! | [`roster`], [`transcript`], [`diary`] | the state, without a view |
//! | [`health`], [`notice`], [`sessions`], [`conversation`], [`messages`], [`composer`], [`participants`], [`options`], [`log`], [`drawer`] | one part of the page each |
//! | [`faults`], [`control`] | the drawer's faults, and the requests for them |
//! | [`words`], [`icons`], [`clock`], [`focus`] | small things that several parts use |

mod clock;
mod composer;
mod console;
mod control;
mod conversation;
mod diary;
mod drawer;
mod faults;
mod focus;
mod health;
mod icons;
mod log;
mod messages;
mod notice;
mod options;
mod participants;
mod roster;
mod sessions;
mod transcript;
mod words;

use barge_in::Gws;
use yew::prelude::*;

fn main() {
    yew::Renderer::<App>::new().render();
}

#[component]
fn App() -> Html {
    html! { <Gws><console::Console /></Gws> }
}
