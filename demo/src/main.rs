//! A supervisor's console: the list of sessions, and the supervisor's seat in the chosen one.
//!
//! The console is an ordinary page of the library. It asks [`barge_in::Connection`] for sessions and what is said in
//! them, places [`barge_in::SessionPanel`], and listens to what the panel reports. Only the drawer of server faults has no
//! counterpart in a real page: it talks to the simulator's control interface, so that a visitor can see how the panel
//! behaves when the server fails.
//!
//! | module | what it holds |
//! |---|---|
//! | [`console`] | the page: its state and layout |
//! | [`roster`], [`diary`] | the state, without a view |
//! | [`health`], [`notice`], [`sessions`], [`conversation`], [`options`], [`log`], [`drawer`] | one part of the page each |
//! | [`faults`], [`control`] | the drawer's faults, and the requests for them |
//! | [`words`], [`icons`], [`clock`], [`focus`] | small things that several parts use |

mod clock;
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
mod notice;
mod options;
mod roster;
mod sessions;
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
