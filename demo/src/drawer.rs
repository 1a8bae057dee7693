//! The drawer for trying things out: the panel's options, and the server's faults with what to look for.

use barge_in::{Connection, SessionKey};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::faults::{self, Fault, GROUPS};
use crate::icons::Icon;
use crate::options::{Options, options};

/// The properties of [`Drawer`].
#[derive(Properties, PartialEq)]
pub struct DrawerProps {
    /// Whether it is open.
    pub open: bool,
    /// The chosen session.
    pub chosen: Option<SessionKey>,
    /// How many requests have had an outcome: a fault applies to one request only.
    pub settled: u32,
    /// How often something was typed.
    pub typed: u32,
    /// The panel's options.
    pub options: Options,
    /// The page's connection.
    pub connection: Connection,
    /// Sets the panel's options.
    pub on_options: Callback<Options>,
    /// Closes it.
    pub on_close: Callback<()>,
}

/// The drawer at the foot of the page.
#[component]
pub fn Drawer(props: &DrawerProps) -> Html {
    let said = use_state(AttrValue::default);
    let waiting = use_state(|| false);
    let flip = use_state(|| None::<&'static Fault>);
    let clear = {
        let (said, waiting, flip) = (said.clone(), waiting.clone(), flip.clone());
        Callback::from(move |words: &'static str| {
            let said = said.clone();
            waiting.set(false);
            flip.set(None);
            spawn_local(async move {
                said.set(match faults::clear().await {
                    Ok(()) => words.into(),
                    Err(words) => words.into(),
                });
            });
        })
    };
    {
        let (waiting, clear) = (waiting.clone(), clear.clone());
        use_effect_with(props.settled, move |_| {
            if *waiting {
                clear.emit("");
            }
        });
    }
    let trigger = {
        let (said, waiting) = (said.clone(), waiting.clone());
        let (chosen, connection) = (props.chosen.clone(), props.connection.clone());
        Callback::from(move |fault: &'static Fault| {
            let (said, waiting) = (said.clone(), waiting.clone());
            let (chosen, connection) = (chosen.clone(), connection.clone());
            spawn_local(async move {
                let done = fault.trigger(chosen, connection).await;
                let done = done.map(|()| match fault.waits_for() {
                    Some(thing) if !fault.is_flip() => waits(fault, thing),
                    _ => [fault.name, ": done."].concat(),
                });
                said.set(done.unwrap_or_else(|words| words).into());
                if fault.repeats() {
                    waiting.set(true);
                }
            });
        })
    };
    {
        let (flip, trigger) = (flip.clone(), trigger.clone());
        use_effect_with(props.typed, move |_| {
            if let Some(fault) = *flip {
                flip.set(None);
                trigger.emit(fault);
            }
        });
    }
    let press = |fault: &'static Fault| {
        let (said, flip, trigger) = (said.clone(), flip.clone(), trigger.clone());
        Callback::from(move |_: MouseEvent| match fault.waits_for() {
            Some(thing) if fault.is_flip() => {
                flip.set(Some(fault));
                said.set(waits(fault, thing).into());
            }
            _ => trigger.emit(fault),
        })
    };
    html! {
        <section class="drawer" id="drawer" aria-labelledby="drawer-title" hidden={!props.open}>
            <div class="drawer-head">
                <h2 id="drawer-title">{ "Try it out" }</h2>
                <p class="drawer-said" role="status">{ &*said }</p>
                { options(props.options, &props.on_options) }
                <button type="button" class="plain" data-fault="clear" onclick={clear.reform(|_: MouseEvent| "No fault is waiting any more.")}>{ "Clear faults" }</button>
                <button type="button" class="plain round" aria-label="Close the drawer" onclick={props.on_close.reform(|_| ())}>
                    { Icon::Close.html() }
                </button>
            </div>
            <div class="drawer-groups">
                { for GROUPS.iter().map(|group| html! {
                    <div class="fault-group" role="group" aria-label={group.name}>
                        <h3>{ group.name }<small>{ group.when }</small></h3>
                        <div class="fault-list">
                            { for group.faults.iter().map(|fault| html! {
                                <button
                                    type="button"
                                    class="fault"
                                    data-fault={fault.id}
                                    aria-disabled={(fault.needs_session() && props.chosen.is_none()).then_some("true")}
                                    onclick={press(fault)}
                                >
                                    <strong>{ fault.name }</strong>
                                    <span>{ fault.expect }</span>
                                </button>
                            }) }
                        </div>
                    </div>
                }) }
            </div>
        </section>
    }
}

fn waits(fault: &Fault, thing: &str) -> String {
    format!("{}: waiting for your next {thing}.", fault.name)
}
