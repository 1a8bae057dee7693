//! A supervisor's console: which sessions there are, what is said in the chosen one and who sees whom, and the barge-in
//! button with its words beside it.
//!
//! The console is an ordinary page of the library. It asks [`barge_in::Connection`] for sessions and messages, places
//! [`barge_in::BargeInButton`], and listens to what the button reports. The one thing that no real page has is the
//! drawer of server faults: it talks to the simulator's control interface, so that a visitor can see how the button
//! behaves when the server does not.
//!
//! | module | what it holds |
//! |---|---|
//! | [`console`] | the page: its state, and where each part stands |
//! | [`roster`], [`transcript`], [`diary`] | the state itself, without a view |
//! | [`health`], [`notice`], [`sessions`], [`conversation`], [`messages`], [`composer`], [`participants`], [`options`], [`log`], [`drawer`] | one part of the page each |
//! | [`faults`], [`control`] | what the drawer can do to the server, and how it asks |
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
