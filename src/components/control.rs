//! The control itself: a session's view as buttons and words, and a press as an intent.
//!
//! It keeps no truth. What it shows is [`Connection::view`], asked again at every signal; what it remembers is only that
//! a question is open. The tree that it renders keeps its shape: parts are hidden, not removed, so that focus is never
//! lost with a node and Yew never has to swap siblings.

use std::rc::Rc;

use gws::{Media, Mode, Operation, Operations, Reason, State, View};
use js_sys::Reflect;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement, KeyboardEvent, MouseEvent, Node};
use yew::prelude::*;

use super::confirm::{Confirm, question};
use super::news::{Attention, News, connection_report, next_presser};
use super::report::Report;
use super::words::{Place, words_for};
use crate::connection::{Connection, Press};
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
    operation: Operation,
    reports: Vec<Report>,
    focus: Option<NodeRef>,
    base: NodeRef,
    main: NodeRef,
    cancel: NodeRef,
    dialog: NodeRef,
}

/// What happens to a [`Control`].
pub enum Msg {
    /// The connection has news.
    News(News),
    /// A mode was asked for.
    Pressed(Operation),
    /// The question was answered with yes.
    Confirmed,
    /// The question was answered with no.
    Cancelled,
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
        let mut control = Self {
            presser,
            attention: Attention::new(ctx, presser),
            former: Vec::new(),
            view: Rc::new(initial_view(&props.session_id)),
            asking: false,
            operation: Operation::SwitchToBargeIn,
            reports: vec![connection_report(&props.connection)],
            focus: None,
            base: NodeRef::default(),
            main: NodeRef::default(),
            cancel: NodeRef::default(),
            dialog: NodeRef::default(),
        };
        control.look(props);
        control
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &ControlProps) -> bool {
        let props = ctx.props();
        let moved = props.connection != old.connection
            || props.session_id != old.session_id
            || props.media != old.media;
        if moved || props.confirm != old.confirm {
            self.close_question(old);
        }
        if moved {
            let former = std::mem::replace(&mut self.attention, Attention::new(ctx, self.presser));
            self.former.extend(former.retire());
        }
        if props.connection != old.connection {
            self.reports.push(connection_report(&props.connection));
        }
        if props.request_timeout != old.request_timeout {
            props
                .connection
                .set_request_timeout(props.request_timeout.into());
        }
        self.look(props);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let props = ctx.props();
        match msg {
            Msg::News(news) => {
                self.former.retain(Attention::is_pending);
                let changed = self.look(props);
                let News::Report(report) = news else {
                    return changed;
                };
                self.reports.push(report);
            }
            Msg::Pressed(operation) => {
                // Another control may have been pressed in the same breath.
                let changed = self.look(props);
                if !self.view.operations.allows(operation) {
                    return changed;
                }
                if operation == Operation::SwitchToBargeIn && props.confirm != Confirm::None {
                    self.asking = true;
                    self.focus = Some(self.cancel.clone());
                    self.look(props);
                    return true;
                }
                self.close_question(props);
                self.ask_server(props, operation);
            }
            Msg::Confirmed if self.asking => {
                self.close_question(props);
                if self.can(Operation::SwitchToBargeIn) {
                    self.ask_server(props, Operation::SwitchToBargeIn);
                }
            }
            Msg::Cancelled if self.asking => self.close_question(props),
            Msg::Confirmed | Msg::Cancelled => return false,
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let view = &*self.view;
        let words = words_for(view, self.operation, props.modes, &props.strings);
        let words_at = |place| {
            words
                .as_ref()
                .filter(|(at, _)| *at == place)
                .map(|(_, words)| words.clone())
        };
        let id = |name: &str| ["barge-in-", &self.presser.to_string(), name].concat();
        let described = words.as_ref().map(|(place, _)| match place {
            Place::Reason => id("-reason"),
            Place::Status => id("-status"),
            Place::Alert => id("-alert"),
        });
        let inline = self.asking && props.confirm == Confirm::Inline;
        html! {
            <div
                class="barge-in"
                part="base"
                ref={self.base.clone()}
                data-state={view.state.as_str()}
                data-reason={view.reason.map(Reason::as_str)}
                data-mode={view.mode.map(Mode::as_str)}
                onkeydown={ctx.link().batch_callback(|event: KeyboardEvent| {
                    // A held key would press the button that has just taken the other's place.
                    if event.repeat() && matches!(event.key().as_str(), "Enter" | " ") {
                        event.prevent_default();
                    }
                    (event.key() == "Escape").then_some(Msg::Cancelled)
                })}
            >
                <div
                    class="controls"
                    role={props.modes.then_some("group")}
                    aria-label={props.modes.then(|| props.strings.get(Text::SupervisorMode).to_owned())}
                >
                    if props.modes {
                        { self.mode_button(ctx, Operation::SwitchToMonitor) }
                        { self.mode_button(ctx, Operation::SwitchToCoach) }
                    }
                    <button
                        type="button"
                        part="button"
                        class="main"
                        ref={self.main.clone()}
                        hidden={inline}
                        aria-disabled={(!self.can(Operation::SwitchToBargeIn)).then_some("true")}
                        aria-busy={self.is_busy(Operation::SwitchToBargeIn).then_some("true")}
                        aria-current={(props.modes && view.mode == Some(Mode::BargeIn)).then_some("true")}
                        aria-describedby={described}
                        onclick={ctx.link().callback(|_| Msg::Pressed(Operation::SwitchToBargeIn))}
                    >
                        { props.strings.get(Text::BargeIn) }
                    </button>
                    if props.confirm == Confirm::Inline {
                        <span class="ask" part="ask" hidden={!inline}>
                            { self.choices(ctx, &id("-ask")) }
                            <span class="ask-text" part="ask-text" id={id("-ask")}>{ self.question(props) }</span>
                        </span>
                    }
                </div>
                <span class="reason" part="reason" id={id("-reason")}>{ words_at(Place::Reason) }</span>
                <span class="status" part="status" role="status" id={id("-status")}>{ words_at(Place::Status) }</span>
                <span class="alert" part="alert" role="alert" id={id("-alert")}>{ words_at(Place::Alert) }</span>
                if props.confirm == Confirm::Dialog {
                    <dialog
                        part="dialog"
                        role="alertdialog"
                        aria-labelledby={id("-ask-title")}
                        aria-describedby={id("-ask")}
                        ref={self.dialog.clone()}
                        oncancel={ctx.link().callback(|_| Msg::Cancelled)}
                        onclose={ctx.link().callback(|_| Msg::Cancelled)}
                    >
                        <h2 part="dialog-title" id={id("-ask-title")}>{ props.strings.get(Text::AskTitle) }</h2>
                        <p part="dialog-text" id={id("-ask")}>{ self.question(props) }</p>
                        <div class="choices">{ self.choices(ctx, &id("-ask")) }</div>
                    </dialog>
                }
            </div>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first: bool) {
        if let Some(dialog) = self.dialog.cast::<HtmlDialogElement>() {
            if self.asking && !dialog.open() {
                let _ = dialog.show_modal();
            } else if !self.asking && dialog.open() {
                dialog.close();
            }
        }
        if let Some(target) = self
            .focus
            .take()
            .and_then(|node| node.cast::<HtmlElement>())
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
        let view = props
            .connection
            .view(props.media, &props.session_id, self.asking);
        if view.state != State::Confirming && std::mem::take(&mut self.asking) {
            // Closed by a choice, or because what was asked about is no longer to be had.
            self.focus = self.has_focus().then(|| self.main.clone());
        }
        if *self.view == view {
            return false;
        }
        let told = is_told_alike(&self.view, &view);
        self.view = Rc::new(view);
        if !told {
            self.reports.push(Report::Change {
                session_id: props.session_id.clone(),
                view: self.view.clone(),
            });
        }
        true
    }

    fn close_question(&mut self, props: &ControlProps) {
        if std::mem::take(&mut self.asking) {
            self.focus = self.has_focus().then(|| self.main.clone());
            self.look(props);
        }
    }

    /// Whether one of the buttons has the focus; a person who is elsewhere is left there.
    fn has_focus(&self) -> bool {
        let Some(base) = self.base.cast::<Node>() else {
            return false;
        };
        let active = Reflect::get(&base.get_root_node(), &"activeElement".into());
        active.is_ok_and(|active| base.contains(active.dyn_ref::<Node>()))
    }

    fn ask_server(&mut self, props: &ControlProps, operation: Operation) {
        if !props.on_request.emit(operation) {
            return;
        }
        self.operation = operation;
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

    fn is_busy(&self, operation: Operation) -> bool {
        self.view.state == State::Pending && self.operation == operation
    }

    fn question(&self, props: &ControlProps) -> String {
        question(
            self.view.session.as_deref(),
            props.connection.user_id().as_deref(),
            &props.strings,
        )
    }

    fn mode_button(&self, ctx: &Context<Self>, operation: Operation) -> Html {
        let (part, text, mode) = match operation {
            Operation::SwitchToMonitor => ("monitor", Text::Monitor, Mode::Monitor),
            _ => ("coach", Text::Coach, Mode::Coach),
        };
        html! {
            <button
                type="button"
                class="mode"
                {part}
                aria-disabled={(!self.can(operation)).then_some("true")}
                aria-busy={self.is_busy(operation).then_some("true")}
                aria-current={(self.view.mode == Some(mode)).then_some("true")}
                onclick={ctx.link().callback(move |_| Msg::Pressed(operation))}
            >
                { ctx.props().strings.get(text) }
            </button>
        }
    }

    fn choices(&self, ctx: &Context<Self>, described: &str) -> Html {
        let described = AttrValue::from(described.to_owned());
        let strings = &ctx.props().strings;
        // The later clicks of a double or triple click belong to the press that opened the question.
        let cancel = ctx
            .link()
            .batch_callback(|event: MouseEvent| (event.detail() < 2).then_some(Msg::Cancelled));
        let confirm = ctx
            .link()
            .batch_callback(|event: MouseEvent| (event.detail() < 2).then_some(Msg::Confirmed));
        html! {
            <>
                <button type="button" class="cancel" part="cancel" ref={self.cancel.clone()} aria-describedby={&described} onclick={cancel}>
                    { strings.get(Text::Cancel) }
                </button>
                <button type="button" class="confirm" part="confirm" aria-describedby={described} onclick={confirm}>
                    { strings.get(Text::BargeIn) }
                </button>
            </>
        }
    }
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
        capabilities: Rc::default(),
        session: None,
        failure: None,
        operations: Operations::default(),
    }
}

/// Whether the page would be told the same of both.
fn is_told_alike(one: &View, other: &View) -> bool {
    (one.state, one.reason, one.mode) == (other.state, other.reason, other.mode)
        && one.capabilities == other.capabilities
}
