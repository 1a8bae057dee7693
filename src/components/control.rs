//! The control: shows a session's view as buttons and texts, and turns a press into an intent.
//!
//! It decides no state. It shows [`Connection::view`], which it gets again at every signal. Its own state is only that
//! of the user interface: the last view, whether a question is open, where a press began, the focus to set, and the
//! reports to send. The tree that it renders keeps its shape: parts are hidden, not removed, so that focus is never
//! lost with a node and Yew never has to swap siblings.

use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};

use gws::{Mode, Operation, Press, Reason, Session, SessionKey, State, View};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlElement, Node};
use yew::prelude::*;

use super::button::BargeInButtonProps;
use super::confirm::{Confirm, question};
use super::gestures::{Gesture, has_focus, listen, listen_for_escape, listen_for_release};
use super::news::{Attention, News};
use super::parts::Button;
use super::press::{Place, Presses};
use super::report::Report;
use super::words::{Line, words_for};
use crate::connection::Connection;
use crate::element::{Said, Words, element};
use crate::net::page::{Listener, Sight, is_drawn};
use crate::strings::Text;

/// The properties of [`Control`].
#[derive(Clone, Properties)]
pub struct ControlProps {
    /// The connection to ask.
    pub connection: Connection,
    /// The button.
    pub button: BargeInButtonProps,
    /// The part that the control is; within a panel it is not the base.
    #[cfg(feature = "panel")]
    #[prop_or("base")]
    pub part: &'static str,
}

/// None are equal: a control is given properties only when one of them has changed.
impl PartialEq for ControlProps {
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

impl ControlProps {
    fn session(&self) -> SessionKey {
        SessionKey::new(self.button.media, &*self.button.session_id)
    }

    fn place(&self) -> Place {
        (self.connection.settings().clone(), self.session())
    }
}

/// The buttons and words of one session.
pub struct Control {
    presser: u32,
    attention: Attention,
    former: Vec<Attention>,
    view: Rc<View>,
    asking: bool,
    /// The session, while the question is open.
    session: Option<Rc<Session>>,
    reports: Vec<Report>,
    /// The part to focus after rendering.
    focus: Option<&'static str>,
    /// The ids of the text lines.
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
    /// The connection has news.
    News(News),
    /// A person did something.
    Gesture(Gesture),
    /// The dialog may no longer be visible.
    Seen,
}

impl Component for Control {
    type Message = Msg;
    type Properties = ControlProps;

    fn create(ctx: &Context<Self>) -> Self {
        let props = ctx.props();
        props
            .connection
            .set_request_timeout(props.button.request_timeout.into());
        let presser = next_presser();
        let lines = Line::ALL.map(|line| id(presser, line.as_str()));
        let hear = ctx.link().callback(Msg::News);
        let mut control = Self {
            presser,
            attention: Attention::new(&props.connection, props.session(), presser, hear),
            former: Vec::new(),
            view: Rc::new(View::initial(&props.button.session_id)),
            asking: false,
            session: None,
            reports: vec![Report::Connection(props.connection.status())],
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
        let (connection, session) = (&props.connection, props.session());
        let moved = *connection != old.connection || session != old.session();
        if moved || props.button.confirm != old.button.confirm || !self.is_dialog_shown() {
            self.close_question(old);
        }
        // Set before the first request on another connection.
        if props.connection != old.connection
            || props.button.request_timeout != old.button.request_timeout
        {
            props
                .connection
                .set_request_timeout(props.button.request_timeout.into());
        }
        if moved {
            self.presses.moved(old.place());
            let is_to = |one: &Attention| one.is_to(connection, &session);
            let back = self.former.iter().position(is_to);
            let now = match back {
                Some(back) => self.former.swap_remove(back).resume(),
                None => {
                    let hear = ctx.link().callback(Msg::News);
                    Attention::new(connection, session, self.presser, hear)
                }
            };
            let former = std::mem::replace(&mut self.attention, now);
            self.former.extend(former.retire());
        }
        if props.connection != old.connection {
            let status = props.connection.status();
            self.reports.push(Report::Connection(status));
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
                self.reports.push(*report);
                true
            }
            Msg::Gesture(gesture) => self.gesture(ctx, gesture),
            Msg::Seen if !self.asking || self.is_dialog_shown() => false,
            Msg::Seen => {
                self.close_question(props);
                true
            }
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        #[cfg(feature = "panel")]
        let part = props.part;
        #[cfg(not(feature = "panel"))]
        let part = "base";
        let view = &*self.view;
        let strings = &props.button.strings;
        let words = words_for(view, props.button.modes, strings);
        // The panel around it says how one has left.
        #[cfg(feature = "panel")]
        let words = match view.state {
            State::Left if props.part != "base" => Default::default(),
            _ => words,
        };
        // All visible texts describe the buttons.
        let mut described: Option<AttrValue> = None;
        for line in Line::ALL {
            if words.at(line).is_some() {
                let line = &self.lines[line as usize];
                described = Some(match described {
                    None => line.clone(),
                    Some(others) => [&*others, " ", line].concat().into(),
                });
            }
        }
        let line = |at: Line, role: Option<&'static str>| {
            let words = words.at(at).unwrap_or_default();
            let id = self.lines[at as usize].clone();
            element!(
                "span",
                "part" = at.as_str(),
                "role" = role,
                "id" = id,
                "textContent" = Words(words)
            )
        };
        let mode = |operation, is_there: bool| {
            is_there.then(|| self.button(props, Button::Mode(operation), described.clone()))
        };
        let choice = |button| self.button(props, button, Some(self.id("ask").into()));
        let modes = props.button.modes;
        let ask = match props.button.confirm {
            Confirm::Inline => Some(element!(
                "span",
                "part" = "ask",
                "hidden" = !self.asking,
                [
                    element!(
                        "span",
                        "part" = "ask-text",
                        "id" = self.id("ask"),
                        "textContent" = self.question(props)
                    ),
                    choice(Button::Cancel),
                    choice(Button::Confirm)
                ]
            )),
            _ => None,
        };
        let dialog = match props.button.confirm {
            Confirm::Dialog => Some(element!(
                "dialog",
                "part" = "dialog",
                "role" = "alertdialog",
                "aria-labelledby" = self.id("ask-title"),
                "aria-describedby" = self.id("ask"),
                [
                    element!(
                        "h2",
                        "part" = "dialog-title",
                        "id" = self.id("ask-title"),
                        "textContent" = Said(Text::AskTitle, strings)
                    ),
                    element!(
                        "p",
                        "part" = "dialog-text",
                        "id" = self.id("ask"),
                        "textContent" = self.question(props)
                    ),
                    element!(
                        "div",
                        "class" = "choices",
                        [choice(Button::Cancel), choice(Button::Confirm)]
                    )
                ]
            )),
            _ => None,
        };
        element!(
            "div",
            "class" = "barge-in",
            "part" = part,
            "ref" = self.base.clone(),
            "data-state" = view.state.as_str(),
            "data-reason" = view.reason.map(Reason::as_str),
            "data-mode" = view.mode.map(Mode::as_str),
            [
                element!(
                    "div",
                    "class" = "controls",
                    "role" = modes.then_some("group"),
                    "aria-label" = modes.then(|| Words(strings.get(Text::SupervisorMode))),
                    [
                        mode(Operation::SwitchToMonitor, modes),
                        mode(Operation::SwitchToCoach, modes),
                        mode(Operation::SwitchToBargeIn, true),
                        ask
                    ]
                ),
                line(Line::Reason, None),
                line(Line::Status, Some("status")),
                line(Line::Alert, Some("alert")),
                dialog
            ]
        )
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first {
            let base = self.base.cast::<Node>();
            let hear = ctx.link().callback(Msg::Gesture);
            self.gestures = base.map(|base| listen(&base, hear));
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
            ctx.props().button.on_report.emit(report);
        }
    }
}

impl Control {
    /// Handles a gesture; true if anything is to be rendered or reported.
    fn gesture(&mut self, ctx: &Context<Self>, gesture: Gesture) -> bool {
        let props = ctx.props();
        match gesture {
            Gesture::Held(hold) => {
                self.presses.note(&hold, props.place());
                return false;
            }
            Gesture::Released => {
                self.release = None;
                return false;
            }
            // The later clicks of a double or triple click belong to the first one.
            Gesture::Clicked(_, clicks)
                if !self.presses.is_meant(clicks, &props.place()) || clicks > 1 =>
            {
                return false;
            }
            Gesture::Clicked(Button::Mode(operation), _) => {
                // Another control may have been pressed just before.
                let changed = self.look(props);
                if !self.can(operation) {
                    return changed;
                }
                if operation == Operation::SwitchToBargeIn && props.button.confirm != Confirm::None
                {
                    self.asking = true;
                    self.focus = Some("cancel");
                    self.look(props);
                    return true;
                }
                self.close_question(props);
                self.ask_server(props, operation);
            }
            _ if !self.asking => return false,
            Gesture::Clicked(Button::Confirm, _) => {
                self.close_question(props);
                if self.can(Operation::SwitchToBargeIn) {
                    self.ask_server(props, Operation::SwitchToBargeIn);
                }
            }
            Gesture::Escaped => {
                let (base, hear) = (self.base.cast::<Node>(), ctx.link().callback(Msg::Gesture));
                self.release = base.map(|base| listen_for_release(&base, hear));
                self.close_question(props);
            }
            Gesture::Clicked(Button::Cancel, _) | Gesture::Cancelled => self.close_question(props),
        }
        true
    }

    /// Updates the view; true if anything is to be rendered or reported.
    fn look(&mut self, props: &ControlProps) -> bool {
        let view = props
            .connection
            .view(props.button.media, &props.button.session_id, self.asking);
        if view.state != State::Confirming && std::mem::take(&mut self.asking) {
            // Closed by a choice, or because barge-in is no longer possible.
            self.focus = self.has_focus().then_some("button");
        }
        let old = std::mem::replace(&mut self.view, Rc::new(view));
        let view = &self.view;
        let told = is_told_alike(&old, view);
        if !told {
            self.reports.push(Report::Change {
                session_id: props.button.session_id.clone(),
                view: view.clone(),
            });
        }
        let shown = told
            && (old.operations, old.closed, old.pending)
                == (view.operations, view.closed, view.pending)
            && is_same(&old.failure, &view.failure);
        // Only the question names the participants. Otherwise the session is not kept, so that fifty controls do not
        // keep fifty sessions.
        let session = self.asking.then(|| self.session_of(props)).flatten();
        let same_session = is_same(&self.session, &session);
        self.session = session;
        !(shown && same_session)
    }

    fn session_of(&self, props: &ControlProps) -> Option<Rc<Session>> {
        props
            .connection
            .session(props.button.media, &props.button.session_id)
    }

    fn close_question(&mut self, props: &ControlProps) {
        if std::mem::take(&mut self.asking) {
            self.focus = self.has_focus().then_some("button");
            self.look(props);
        }
    }

    /// Opens or closes the dialog and the key listeners to match the rendered question.
    fn attend_to_question(&mut self, ctx: &Context<Self>) {
        let is_dialog = ctx.props().button.confirm == Confirm::Dialog;
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
                    ctx.link().send_message(Msg::Gesture(Gesture::Cancelled));
                }
            }
        }
        if self.asking && self.escape.is_none() {
            let base = self.base.cast::<Node>();
            let hear = ctx.link().callback(Msg::Gesture);
            self.escape = base.map(|base| listen_for_escape(base, is_dialog, hear));
        }
    }

    /// Whether an open dialog can be answered; true if none is open. A dialog that the page hides or moves would leave
    /// the page inert or get no keys.
    fn is_dialog_shown(&self) -> bool {
        if self.dialog.is_none() {
            return true;
        }
        self.part::<Element>("dialog").is_some_and(|dialog| {
            let is_modal = dialog.matches(":modal") != Ok(false);
            is_modal && is_drawn(&dialog)
        })
    }

    /// Whether one of the buttons has the focus. If not, the focus is not moved.
    fn has_focus(&self) -> bool {
        self.base.cast().is_some_and(|base| has_focus(&base))
    }

    fn ask_server(&mut self, props: &ControlProps, operation: Operation) {
        if !props.button.on_request.emit(operation) {
            return;
        }
        props.connection.press(Press {
            session: props.session(),
            operation,
            presser: self.presser,
            request_timeout: props.button.request_timeout.into(),
            confirm_timeout: props.button.confirm_timeout.into(),
        });
        self.look(props);
    }

    fn can(&self, operation: Operation) -> bool {
        self.view.operations.allows(operation)
    }

    fn question(&self, props: &ControlProps) -> String {
        question(
            self.session_of(props).as_deref(),
            props.connection.user_id().as_deref(),
            &props.button.strings,
        )
    }

    fn button(&self, props: &ControlProps, button: Button, described: Option<AttrValue>) -> Html {
        let (part, text) = button.look();
        let operation = button.operation();
        let is = |holds: bool| holds.then_some("true");
        let off = operation.is_some_and(|operation| !self.can(operation));
        // The barge-in button represents the control, so it is busy with any pending operation.
        let busy = self.view.state == State::Pending
            && (part == "button" || operation.is_some() && operation == self.view.pending);
        let current = props.button.modes
            && operation.is_some()
            && self.view.mode == operation.and_then(Operation::mode);
        let replaced = part == "button" && self.asking && props.button.confirm == Confirm::Inline;
        element!(
            "button",
            "type" = "button",
            "part" = part,
            "hidden" = replaced,
            "aria-disabled" = is(off),
            "aria-busy" = is(busy),
            "aria-current" = is(current),
            "aria-describedby" = described,
            "textContent" = Said(text, &props.button.strings)
        )
    }

    /// An id that is unique in the page.
    fn id(&self, name: &str) -> String {
        id(self.presser, name)
    }

    /// The rendered part with this name.
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

/// A number that is unique in the page.
pub(crate) fn next_presser() -> u32 {
    static LAST: AtomicU32 = AtomicU32::new(0);
    LAST.fetch_add(1, Ordering::Relaxed).wrapping_add(1)
}

fn is_same<T>(one: &Option<Rc<T>>, other: &Option<Rc<T>>) -> bool {
    one.as_ref().map(Rc::as_ptr) == other.as_ref().map(Rc::as_ptr)
}

/// Whether both views give the same `barge-in-change` report.
fn is_told_alike(one: &View, other: &View) -> bool {
    (one.state, one.reason, one.mode) == (other.state, other.reason, other.mode)
        && one.capabilities() == other.capabilities()
}
