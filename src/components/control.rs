//! The control itself: a session's view as buttons and words, and a press as an intent.
//!
//! It keeps no truth. What it shows is [`Connection::view`], asked again at every signal; what it remembers is only that
//! a question is open, and where a press began. The tree that it renders keeps its shape: parts are hidden, not removed, so that focus is never
//! lost with a node and Yew never has to swap siblings.

use std::rc::Rc;

use gws::{Media, Mode, Operation, Operations, Reason, State, View};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlElement, Node};
use yew::prelude::*;

use super::confirm::{Confirm, question};
use super::gestures::{has_focus, listen, listen_for_escape, listen_for_release};
use super::news::{Attention, connection_report, next_presser};
use super::press::{Means, Presses};
use super::report::Report;
use super::words::{Place, words_for};
use crate::connection::{Connection, Press};
use crate::net::page::{Listener, Sight, is_drawn};
use crate::strings::{Strings, Text};

/// What [`Control`] takes.
#[derive(Clone, Properties, PartialEq)]
pub struct ControlProps {
    /// The connection to ask.
    pub connection: Connection,
    /// The session's id.
    pub session_id: AttrValue,
    /// The kind of session.
    pub media: Media,
    /// Whether a barge-in is confirmed first.
    pub confirm: Confirm,
    /// Also offer Monitor and Coach.
    pub modes: bool,
    /// Ms until an unanswered request counts as failed.
    pub request_timeout: u32,
    /// Ms from the server's acceptance until the session is read again.
    pub confirm_timeout: u32,
    /// Texts laid over the English ones.
    pub strings: Strings,
    /// Asked before a request is sent; false stops it.
    pub on_request: Callback<Operation, bool>,
    /// Told everything that happens.
    pub on_report: Callback<Report>,
}

/// The buttons and words of one session.
pub struct Control {
    presser: u32,
    attention: Attention,
    former: Vec<Attention>,
    view: Rc<View>,
    asking: bool,
    reports: Vec<Report>,
    /// The part to be focused once it is drawn.
    focus: Option<&'static str>,
    /// The ids of the lines that say something.
    lines: [AttrValue; 3],
    base: NodeRef,
    presses: Presses,
    gestures: Option<Listener>,
    /// While a question is open.
    escape: Option<Listener>,
    /// While the Escape key that closed a question is held.
    release: Option<Listener>,
    /// While a dialog is open.
    dialog: Option<Sight>,
}

/// What happens to a [`Control`].
pub enum Msg {
    /// The connection has news; there may be something to tell the page.
    News(Option<Box<Report>>),
    /// A press begins, at a time of the events' clock.
    Down(Means, f64),
    /// A press that began ends elsewhere.
    GivenUp(Means),
    /// A button was clicked, for the so manieth time in a row.
    Clicked(Button, i32),
    /// The dialog may have gone from sight.
    Seen,
    /// The question was answered with no.
    Cancelled,
    /// The same, by the Escape key.
    Escaped,
    /// That key was let go.
    Released,
}

/// One of the buttons.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Button {
    /// Asks for a mode.
    Mode(Operation),
    /// Answers the question with yes.
    Confirm,
    /// Answers the question with no.
    Cancel,
}

impl Button {
    /// Its part and its words.
    fn look(self) -> (&'static str, Text) {
        match self {
            Self::Mode(Operation::SwitchToBargeIn) => ("button", Text::BargeIn),
            Self::Mode(Operation::SwitchToMonitor) => ("monitor", Text::Monitor),
            Self::Mode(Operation::SwitchToCoach) => ("coach", Text::Coach),
            Self::Confirm => ("confirm", Text::BargeIn),
            Self::Cancel => ("cancel", Text::Cancel),
        }
    }
}

impl Component for Control {
    type Message = Msg;
    type Properties = ControlProps;

    fn create(ctx: &Context<Self>) -> Self {
        let props = ctx.props();
        props
            .connection
            .set_request_timeout(props.request_timeout.into());
        let presser = next_presser();
        let lines = Place::ALL.map(|place| id(presser, place.as_str()));
        let mut control = Self {
            presser,
            attention: Attention::new(ctx, presser),
            former: Vec::new(),
            view: Rc::new(initial_view(&props.session_id)),
            asking: false,
            reports: vec![connection_report(&props.connection)],
            focus: None,
            lines: lines.map(AttrValue::from),
            base: NodeRef::default(),
            presses: Presses::default(),
            gestures: None,
            escape: None,
            release: None,
            dialog: None,
        };
        control.look(props);
        control
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &ControlProps) -> bool {
        let props = ctx.props();
        let moved = props.connection != old.connection
            || props.session_id != old.session_id
            || props.media != old.media;
        if moved || props.confirm != old.confirm || !self.is_dialog_shown() {
            self.close_question(old);
        }
        // Before the first request on another connection.
        if props.connection != old.connection || props.request_timeout != old.request_timeout {
            props
                .connection
                .set_request_timeout(props.request_timeout.into());
        }
        if moved {
            self.presses.moved(old);
            let back = self.former.iter().position(|one| one.is_to(props));
            let now = match back {
                Some(back) => self.former.swap_remove(back).resume(),
                None => Attention::new(ctx, self.presser),
            };
            let former = std::mem::replace(&mut self.attention, now);
            self.former.extend(former.retire());
        }
        if props.connection != old.connection {
            self.reports.push(connection_report(&props.connection));
        }
        self.look(props);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let props = ctx.props();
        match msg {
            Msg::News(report) => {
                self.former.retain(Attention::is_pending);
                let changed = self.look(props);
                let told = report.is_some();
                self.reports.extend(report.map(|report| *report));
                return changed || told;
            }
            Msg::Down(means, at) => {
                self.presses.down(&means, at, props);
                return false;
            }
            Msg::GivenUp(means) => {
                self.presses.given_up(&means);
                return false;
            }
            // The later clicks of a double or triple click belong to the first one.
            Msg::Clicked(_, clicks) if !self.presses.is_meant(clicks, props) || clicks > 1 => {
                return false;
            }
            Msg::Clicked(Button::Mode(operation), _) => {
                // Another control may have been pressed in the same breath.
                let changed = self.look(props);
                if !self.can(operation) {
                    return changed;
                }
                if operation == Operation::SwitchToBargeIn && props.confirm != Confirm::None {
                    self.asking = true;
                    self.focus = Some("cancel");
                    self.look(props);
                    return true;
                }
                self.close_question(props);
                self.ask_server(props, operation);
            }
            Msg::Released => {
                self.release = None;
                return false;
            }
            _ if !self.asking => return false,
            Msg::Seen if self.is_dialog_shown() => return false,
            Msg::Clicked(Button::Confirm, _) => {
                self.close_question(props);
                if self.can(Operation::SwitchToBargeIn) {
                    self.ask_server(props, Operation::SwitchToBargeIn);
                }
            }
            Msg::Escaped => {
                let base = self.base.cast::<Node>();
                self.release = base.map(|base| listen_for_release(&base, ctx.link()));
                self.close_question(props);
            }
            Msg::Clicked(Button::Cancel, _) | Msg::Cancelled | Msg::Seen => {
                self.close_question(props)
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let view = &*self.view;
        let strings = &props.strings;
        let words = words_for(view, props.modes, strings);
        // Whatever is said describes the buttons.
        let mut described: Option<AttrValue> = None;
        for place in Place::ALL {
            if words.at(place).is_some() {
                let line = &self.lines[place as usize];
                described = Some(match described {
                    None => line.clone(),
                    Some(others) => [&*others, " ", line].concat().into(),
                });
            }
        }
        let line = |at: Place, role: Option<&'static str>| {
            let words = words.at(at).unwrap_or_default();
            html! { <span part={at.as_str()} {role} id={&self.lines[at as usize]} ~textContent={words} /> }
        };
        let mode = |operation| self.button(props, Button::Mode(operation), &described);
        let choices = || {
            let described = Some(self.id("ask").into());
            html! {
                <>
                    { self.button(props, Button::Cancel, &described) }
                    { self.button(props, Button::Confirm, &described) }
                </>
            }
        };
        html! {
            <div
                class="barge-in"
                part="base"
                ref={self.base.clone()}
                data-state={view.state.as_str()}
                data-reason={view.reason.map(Reason::as_str)}
                data-mode={view.mode.map(Mode::as_str)}
            >
                <div
                    class="controls"
                    role={props.modes.then_some("group")}
                    aria-label={props.modes.then(|| strings.get(Text::SupervisorMode).to_owned())}
                >
                    if props.modes {
                        { mode(Operation::SwitchToMonitor) }
                        { mode(Operation::SwitchToCoach) }
                    }
                    { mode(Operation::SwitchToBargeIn) }
                    if props.confirm == Confirm::Inline {
                        <span part="ask" hidden={!self.asking}>
                            { choices() }
                            <span part="ask-text" id={self.id("ask")} ~textContent={self.question(props)} />
                        </span>
                    }
                </div>
                { line(Place::Reason, None) }
                { line(Place::Status, Some("status")) }
                { line(Place::Alert, Some("alert")) }
                if props.confirm == Confirm::Dialog {
                    <dialog
                        part="dialog"
                        role="alertdialog"
                        aria-labelledby={self.id("ask-title")}
                        aria-describedby={self.id("ask")}
                    >
                        <h2 part="dialog-title" id={self.id("ask-title")} ~textContent={strings.get(Text::AskTitle)} />
                        <p part="dialog-text" id={self.id("ask")} ~textContent={self.question(props)} />
                        <div class="choices">{ choices() }</div>
                    </dialog>
                }
            </div>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first {
            let base = self.base.cast::<Node>();
            self.gestures = base.map(|base| listen(&base, ctx.link()));
        }
        self.attend_to_question(ctx);
        if let Some(target) = self
            .focus
            .take()
            .and_then(|part| self.part::<HtmlElement>(part))
        {
            let _ = target.focus();
        }
        for report in std::mem::take(&mut self.reports) {
            ctx.props().on_report.emit(report);
        }
    }
}

impl Control {
    /// Asks for the view again; true if anything is to be shown or told.
    fn look(&mut self, props: &ControlProps) -> bool {
        let mut view = props
            .connection
            .view(props.media, &props.session_id, self.asking);
        // Held by fifty controls, the sessions would be in memory twice while news of them comes in.
        view.session.take_if(|_| !self.asking);
        if view.state != State::Confirming && std::mem::take(&mut self.asking) {
            // Closed by a choice, or because what was asked about is no longer to be had.
            self.focus = self.has_focus().then_some("button");
        }
        let old = std::mem::replace(&mut self.view, Rc::new(view));
        let view = &self.view;
        let told = is_told_alike(&old, view);
        if !told {
            self.reports.push(Report::Change {
                session_id: props.session_id.clone(),
                view: view.clone(),
            });
        }
        let same_session = is_same(&old.session, &view.session);
        let shown = told
            && (old.operations, old.closed, old.pending)
                == (view.operations, view.closed, view.pending)
            && is_same(&old.failure, &view.failure);
        !(shown && same_session)
    }

    fn close_question(&mut self, props: &ControlProps) {
        if std::mem::take(&mut self.asking) {
            self.focus = self.has_focus().then_some("button");
            self.look(props);
        }
    }

    /// Opens or closes what belongs to the question, as drawn.
    fn attend_to_question(&mut self, ctx: &Context<Self>) {
        let is_dialog = ctx.props().confirm == Confirm::Dialog;
        if !self.asking {
            self.escape = None;
            self.dialog = None;
        }
        if is_dialog && let Some(dialog) = self.part::<HtmlDialogElement>("dialog") {
            if !self.asking && dialog.open() {
                dialog.close();
            } else if self.asking && !dialog.open() {
                let link = ctx.link().clone();
                let look = move || link.send_message(Msg::Seen);
                let shown = dialog.show_modal();
                self.dialog = Sight::of(&dialog, look);
                if shown.is_err() || !self.is_dialog_shown() {
                    ctx.link().send_message(Msg::Cancelled);
                }
            }
        }
        if self.asking && self.escape.is_none() {
            let base = self.base.cast::<Node>();
            self.escape = base.map(|base| listen_for_escape(base, is_dialog, ctx.link()));
        }
    }

    /// Whether the dialog is where a person can answer it, if it is open at all. One that the page hides or moves would leave
    /// the page inert, or take no keys.
    fn is_dialog_shown(&self) -> bool {
        if self.dialog.is_none() {
            return true;
        }
        self.part::<Element>("dialog").is_some_and(|dialog| {
            let is_modal = dialog.matches(":modal") != Ok(false);
            is_modal && is_drawn(&dialog)
        })
    }

    /// Whether one of the buttons has the focus; a person who is elsewhere is left there.
    fn has_focus(&self) -> bool {
        self.base.cast().is_some_and(|base| has_focus(&base))
    }

    fn ask_server(&mut self, props: &ControlProps, operation: Operation) {
        if !props.on_request.emit(operation) {
            return;
        }
        props.connection.press(Press {
            media: props.media,
            session_id: &props.session_id,
            operation,
            presser: self.presser,
            request_timeout: props.request_timeout.into(),
            confirm_timeout: props.confirm_timeout.into(),
        });
        self.look(props);
    }

    fn can(&self, operation: Operation) -> bool {
        self.view.operations.allows(operation)
    }

    fn question(&self, props: &ControlProps) -> String {
        let view = props.connection.view(props.media, &props.session_id, false);
        question(
            view.session.as_deref(),
            props.connection.user_id().as_deref(),
            &props.strings,
        )
    }

    fn button(&self, props: &ControlProps, button: Button, described: &Option<AttrValue>) -> Html {
        let (part, text) = button.look();
        let operation = match button {
            Button::Mode(operation) => Some(operation),
            _ => None,
        };
        let is = |holds: bool| holds.then_some("true");
        let off = operation.is_some_and(|operation| !self.can(operation));
        // The barge-in button stands for the control: it is busy with whatever is pending.
        let busy = self.view.state == State::Pending
            && (part == "button" || operation.is_some() && operation == self.view.pending);
        let current =
            props.modes && operation.is_some() && self.view.mode == operation.map(Operation::mode);
        let replaced = part == "button" && self.asking && props.confirm == Confirm::Inline;
        html! {
            <button
                type="button"
                {part}
                hidden={replaced}
                aria-disabled={is(off)}
                aria-busy={is(busy)}
                aria-current={is(current)}
                aria-describedby={described}
                ~textContent={props.strings.get(text)}
            />
        }
    }

    /// An id that no other control of the page gives.
    fn id(&self, name: &str) -> String {
        id(self.presser, name)
    }

    /// The part of this name, as drawn.
    fn part<T: JsCast>(&self, name: &str) -> Option<T> {
        let selector = ["[part=", name, "]"].concat();
        let base = self.base.cast::<Element>()?;
        let found = base.query_selector(&selector).ok()??;
        Some(found.unchecked_into())
    }
}

fn id(presser: u32, name: &str) -> String {
    ["barge-in-", &json::digits(presser.into()), "-", name].concat()
}

/// What an element shows before it has asked; from here on the page is told of changes.
fn initial_view(session_id: &str) -> View {
    let reason = if session_id.is_empty() {
        Reason::NoSession
    } else {
        Reason::Connecting
    };
    View {
        state: State::Unavailable,
        reason: Some(reason),
        mode: None,
        session: None,
        capabilities: None,
        failure: None,
        closed: false,
        pending: None,
        operations: Operations::default(),
    }
}

fn is_same<T>(one: &Option<Rc<T>>, other: &Option<Rc<T>>) -> bool {
    one.as_ref().map(Rc::as_ptr) == other.as_ref().map(Rc::as_ptr)
}

/// Whether the page would be told the same of both.
fn is_told_alike(one: &View, other: &View) -> bool {
    (one.state, one.reason, one.mode) == (other.state, other.reason, other.mode)
        && one.capabilities() == other.capabilities()
}
