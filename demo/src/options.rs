//! The button's own options, as an embedding page would set them.

use barge_in::Confirm;
use yew::prelude::*;

/// The button's options.
#[derive(Clone, Copy, Default, PartialEq)]
pub struct Options {
    /// Whether a barge-in is confirmed first.
    pub confirm: Confirm,
    /// Also offer Monitor and Coach.
    pub modes: bool,
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
    html! {
        <div class="options" role="group" aria-label="The button's options">
            <fieldset class="segments">
                <legend>{ "Ask before barging in" }</legend>
                { choice(Confirm::None, "none", "No") }
                { choice(Confirm::Inline, "inline", "In place") }
                { choice(Confirm::Dialog, "dialog", "Dialog") }
            </fieldset>
            <label class="switch">
                <input
                    type="checkbox"
                    name="modes"
                    checked={options.modes}
                    onchange={set.reform(move |_: Event| Options { modes: !options.modes, ..options })}
                />
                <span>{ "Offer Monitor and Coach too" }</span>
            </label>
        </div>
    }
}
