//! The panel's own options, as an embedding page would set them.

use barge_in::Confirm;
use yew::prelude::*;

/// The panel's options.
#[derive(Clone, Copy, PartialEq)]
pub struct Options {
    /// Whether a barge-in is confirmed first.
    pub confirm: Confirm,
    /// Enter sends a message; else it breaks the line.
    pub enter_sends: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            confirm: Confirm::default(),
            enter_sends: true,
        }
    }
}

/// The toolbar with the options.
pub fn options(options: Options, set: &Callback<Options>) -> Html {
    let choice = |confirm: Confirm, id: &'static str, words: &'static str| {
        let set = set.reform(move |_: Event| Options { confirm, ..options });
        html! {
            <label class="choice">
                <input type="radio" name="confirm" value={id} checked={options.confirm == confirm} onchange={set} />
                <span>{ words }</span>
            </label>
        }
    };
    let enter_sends = !options.enter_sends;
    html! {
        <div class="options" role="group" aria-label="The panel's options">
            <fieldset class="segments">
                <legend>{ "Ask before barging in" }</legend>
                { choice(Confirm::None, "none", "No") }
                { choice(Confirm::Inline, "inline", "In place") }
                { choice(Confirm::Dialog, "dialog", "Dialog") }
            </fieldset>
            <label class="switch">
                <input
                    type="checkbox"
                    name="enter"
                    checked={options.enter_sends}
                    onchange={set.reform(move |_: Event| Options { enter_sends, ..options })}
                />
                <span>{ "Enter sends" }</span>
            </label>
        </div>
    }
}
