//! The panel: shows one seat, and turns gestures into its inputs.
//!
//! It decides nothing about messages: that is [`gws::seat`]. Its own state is that of the user interface: an open
//! question, the words of the last outcome, the focus to set, and the reports to send. The tree keeps its shape: parts
//! are hidden, not removed.

use std::cell::{Cell, Ref, RefCell};
use std::rc::Rc;

use gws::seat::{Audience, Seat, Timeouts};
use gws::{Millis, Mode, SeatEvent, SessionKey, View};
use js_sys::JsString;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlTextAreaElement, Node};
use yew::prelude::*;
use yew::{AppHandle, Renderer};

use super::gestures::{Gesture, Shown, listen, value_of};
use super::handle::{Handled, PanelHandle};
use super::kept::{self, Kept};
use super::news::{Seen, subscribe};
use super::options::{Canned, PanelOptions};
use super::report::{PanelReport, Sending};
use super::transcript::{self, Transcript};
use crate::components::{
    BargeInButtonProps, Control, ControlProps, Presses, Report, has_focus, next_presser,
};
use crate::connection::{Connection, Settings, Subscription};
use crate::element::{Words, element};
use crate::net::page::Listener;
use crate::strings::Strings;

/// The properties of [`Panel`].
#[derive(Clone, Properties)]
pub struct PanelProps {
    /// The connection to ask.
    pub connection: Connection,
    /// What the panel shares with the button: the session, the timeouts, the texts, and the page's veto.
    pub button: BargeInButtonProps,
    /// What is the panel's own.
    #[prop_or_default]
    pub options: PanelOptions,
    /// The replies that can be put into the message box.
    #[prop_or_default]
    pub canned: Rc<Vec<Canned>>,
    /// Called before a message is sent; false stops it, and the words stay in the box.
    #[prop_or_else(|| Callback::from(|_| true))]
    pub on_send: Callback<Sending, bool>,
    /// Called with each event.
    #[prop_or_default]
    pub on_report: Callback<PanelReport>,
    /// The page's handle.
    #[prop_or_default]
    pub handle: PanelHandle,
    /// What was unsent before this instance was started.
    #[prop_or_default]
    pub kept: Option<Rc<Kept>>,
}

/// None are equal: a panel is given properties only when one of them has changed.
impl PartialEq for PanelProps {
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

impl PanelProps {
    pub(super) fn session(&self) -> SessionKey {
        SessionKey::new(self.button.media, &*self.button.session_id)
    }

    pub(super) fn place(&self) -> (Settings, SessionKey) {
        (self.connection.settings().clone(), self.session())
    }

    /// Looks at the seat.
    pub(super) fn seat<T>(&self, look: impl FnOnce(&Seat) -> T) -> Option<T> {
        self.seat_of().map(|seat| look(&seat))
    }

    /// What all uses of [`Self::seat`] share: each of them has a type of its own.
    fn seat_of(&self) -> Option<Ref<'_, Seat>> {
        self.connection.seat_of(&self.session())
    }

    /// Does something at the seat.
    pub(super) fn act<T>(&self, act: impl FnOnce(&mut Seat, Millis) -> T) -> Option<T> {
        self.connection.act(&self.session(), act)
    }

    pub(super) fn timeouts(&self) -> Timeouts {
        Timeouts {
            request: self.button.request_timeout.into(),
            confirm: self.button.confirm_timeout.into(),
        }
    }

    pub(super) fn strings(&self) -> &Strings {
        &self.button.strings
    }
}

/// What the panel asks a person.
#[derive(Clone, Debug, PartialEq)]
pub enum Question {
    /// Whether to leave.
    Leave,
    /// Whether the words of the box are to be moved to everyone's draft: exactly these.
    Move(String),
    /// Whether this message is to replace the words of the box.
    Edit(u32),
}

/// The supervisor's seat for one session.
pub struct Panel {
    pub(super) presser: u32,
    pub(super) _subscription: Subscription,
    pub(super) view: Rc<View>,
    /// What was seen of the seat last, and of its session.
    pub(super) seen: Option<Seen>,
    pub(super) session: Option<Rc<gws::Session>>,
    /// The audience and staleness that were reported last; `None` to report them anew.
    pub(super) told: Option<(Option<Audience>, bool)>,
    /// The messages that were pressed here.
    pub(super) mine: Vec<(SessionKey, u32)>,
    pub(super) question: Option<Question>,
    /// The question's words as rendered, and when they changed.
    pub(super) asked: RefCell<(String, f64)>,
    /// They have just changed, so the focus goes back to the safe choice.
    pub(super) is_disarmed: Cell<bool>,
    /// The words of the last outcome, polite and at once.
    pub(super) status: String,
    pub(super) alert: String,
    pub(super) reports: Vec<PanelReport>,
    pub(super) focus: Option<&'static str>,
    pub(super) shown: Rc<RefCell<Shown>>,
    pub(super) base: NodeRef,
    pub(super) area: NodeRef,
    pub(super) presses: Presses,
    pub(super) gestures: Option<Listener>,
    pub(super) transcript: Transcript,
    /// The mode control, and where it is.
    pub(super) modes: Option<AppHandle<Control>>,
    pub(super) modes_at: NodeRef,
}

/// What happens to a [`Panel`].
pub enum Msg {
    /// The seat has something new.
    Seat(SeatEvent),
    /// The session or the connection has something new.
    Look,
    /// An attempt of this panel's Leave has failed.
    LeaveFailed(Rc<gws::Failure>),
    /// The mode control reports something.
    Control(Report),
    /// Something happens in the transcript.
    Transcript(transcript::Msg),
    /// A person did something.
    Gesture(Gesture),
    /// Focus the message box.
    Focus,
    /// Go to the end of the transcript.
    End,
}

impl Component for Panel {
    type Message = Msg;
    type Properties = PanelProps;

    fn create(ctx: &Context<Self>) -> Self {
        let props = ctx.props();
        let presser = next_presser();
        let mut panel = Self {
            presser,
            _subscription: subscribe(ctx, presser),
            view: Rc::new(View::initial(&props.button.session_id)),
            seen: None,
            session: None,
            told: None,
            mine: Vec::new(),
            question: None,
            asked: RefCell::default(),
            is_disarmed: Cell::default(),
            status: String::new(),
            alert: String::new(),
            reports: Vec::new(),
            focus: None,
            shown: Rc::new(RefCell::new(Shown {
                session: props.session(),
                audience: Audience::Agents,
                text: String::new(),
                value: JsString::default(),
                enter_sends: true,
            })),
            base: NodeRef::default(),
            area: NodeRef::default(),
            presses: Presses::default(),
            gestures: None,
            transcript: Transcript::new(ctx),
            modes: None,
            modes_at: NodeRef::default(),
        };
        panel.open(props);
        panel.take_handle(ctx);
        panel
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &PanelProps) -> bool {
        let props = ctx.props();
        if props.connection != old.connection || props.session() != old.session() {
            self.hear_box(old);
            self.presses.moved(old.place());
            self.question = None;
            self.status.clear();
            self.alert.clear();
            self._subscription = subscribe(ctx, self.presser);
        }
        self.open(props);
        self.take_handle(ctx);
        self.transcript.changed(props, old);
        if let Some(modes) = &mut self.modes {
            modes.update(mode_control(ctx));
        }
        self.settle(props, true)
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let props = ctx.props();
        match msg {
            Msg::Seat(SeatEvent::Changed) | Msg::Look => return self.settle(props, false),
            Msg::Seat(event) => self.seat_event(props, event),
            Msg::LeaveFailed(failure) => self.reports.push(PanelReport::LeaveError {
                session_id: props.button.session_id.clone(),
                failure,
            }),
            Msg::Control(Report::Change { view, .. }) => {
                self.view = view;
                self.told = None;
            }
            Msg::Control(report) => self.reports.push(PanelReport::Button(report)),
            Msg::Transcript(msg) => return self.in_transcript(props, msg),
            Msg::Gesture(gesture) => {
                if !self.gesture(props, gesture) {
                    return false;
                }
            }
            Msg::Focus => self.focus = Some("box"),
            Msg::End => {
                self.transcript.scroll_to_newest(props);
                return self.settle_transcript(props, false);
            }
        }
        self.settle(props, true)
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let looked = props.seat(|seat| self.look_at(props, seat));
        let Some(looked) = looked else {
            return Html::default();
        };
        let state = self.view.state;
        let said = |part: &'static str, words: &str| {
            element!(
                "span",
                "part" = part,
                "role" = part,
                "textContent" = Words(words)
            )
        };
        element!(
            "div",
            "class" = "barge-in-panel",
            "part" = "base",
            "ref" = self.base.clone(),
            "role" = "group",
            "aria-label" = Words(&looked.title),
            "data-state" = state.as_str(),
            "data-mode" = self.view.mode.map(Mode::as_str),
            [
                looked.header,
                element!("div", "class" = "modes", "ref" = self.modes_at.clone()),
                self.transcript.view(props),
                looked.outbox,
                looked.composer,
                said("status", &looked.status),
                said("alert", &self.alert),
                looked.leave
            ]
        )
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        let props = ctx.props();
        if first && let Some(root) = self.modes_at.cast() {
            let modes = Renderer::<Control>::with_root_and_props(root, mode_control(ctx));
            self.modes = Some(modes.render());
        }
        if first && let Some(base) = self.base.cast::<Node>() {
            let hear = ctx.link().callback(Msg::Gesture);
            self.gestures = Some(listen(&base, self.shown.clone(), hear));
            self.transcript.begin(props);
            ctx.link().send_message(Msg::Look);
        }
        self.write_box(props);
        if self.is_disarmed.take()
            && let Some(confirm) = self.part::<Node>("confirm")
            && has_focus(&confirm)
        {
            self.focus = Some("cancel");
        }
        if let Some(part) = self.focus.take()
            && let Some(target) = self.part::<HtmlElement>(part)
        {
            let _ = target.focus();
        }
        self.tell(props);
    }

    fn destroy(&mut self, ctx: &Context<Self>) {
        let props = ctx.props();
        props.handle.0.take();
        if let Some(modes) = self.modes.take() {
            modes.destroy();
        }
        props.act(|seat, _| seat.stop_typing());
    }
}

impl Panel {
    /// Opens the seat. Messages that this panel had pressed before the instance was started anew are its own again.
    pub(super) fn open(&mut self, props: &PanelProps) {
        let options = &props.options;
        let notices = options
            .typing
            .unwrap_or(props.button.media == gws::Media::Chat);
        let given = props.kept.as_ref();
        let session = props.session();
        let timeouts = props.timeouts();
        if kept::open(&props.connection, &session, notices, given, timeouts) {
            let rows = given.map(|kept| &*kept.rows).unwrap_or_default();
            let mine = rows.iter().map(|row| (session.clone(), row.id));
            self.mine.extend(mine);
        }
    }

    pub(super) fn take_handle(&self, ctx: &Context<Self>) {
        let props = ctx.props();
        *props.handle.0.borrow_mut() = Some(Rc::new(Handled {
            link: ctx.link().clone(),
            connection: props.connection.clone(),
            session: props.session(),
            base: self.base.clone(),
            shown: self.shown.clone(),
            language: props.options.language.clone(),
            strings: props.strings().clone(),
        }));
    }

    /// Takes words that were typed and whose `input` event has not come yet: a listener of the page may come first and
    /// have the panel rendered. They belong to the session and the audience that were shown.
    fn hear_box(&self, props: &PanelProps) {
        let Some(value) = self.area.cast().map(|area| value_of(&area)) else {
            return;
        };
        let shown = self.shown.borrow();
        if value != shown.value {
            let place = (shown.session.clone(), shown.audience);
            drop(shown);
            self.heard(props, place, value);
        }
    }

    /// The box holds this. It belongs to the session and the audience that were shown.
    pub(super) fn heard(
        &self,
        props: &PanelProps,
        (session, audience): (SessionKey, Audience),
        value: JsString,
    ) {
        let text = String::from(&value);
        let connection = &props.connection;
        connection.act(&session, |seat, now| seat.write(audience, &text, now));
        let mut shown = self.shown.borrow_mut();
        if shown.session == session && shown.audience == audience {
            (shown.text, shown.value) = (text, value);
        }
    }

    /// Shows the draft in the box, and notes what the box shows.
    pub(super) fn write_box(&self, props: &PanelProps) {
        self.hear_box(props);
        let draft = props.seat(|seat| {
            let audience = seat.drafts().shown();
            let text = seat.drafts().text(audience);
            let is_other = text != self.shown.borrow().text;
            (audience, is_other.then(|| text.to_owned()))
        });
        let (audience, text) = draft.unwrap_or((Audience::Agents, Some(String::new())));
        let written = match (self.area.cast::<HtmlTextAreaElement>(), text) {
            (Some(area), Some(text)) => {
                area.set_value(&text);
                // The browser may have changed the ends of lines.
                let value = value_of(&area);
                Some((String::from(&value), value))
            }
            (Some(_), None) => None,
            (None, _) => Some(Default::default()),
        };
        let mut shown = self.shown.borrow_mut();
        if let Some(written) = written {
            (shown.text, shown.value) = written;
        }
        shown.session = props.session();
        shown.audience = audience;
        shown.enter_sends = props.options.enter_sends;
    }

    /// The rendered part with this name that is the panel's own.
    pub(super) fn part<T: JsCast>(&self, name: &str) -> Option<T> {
        let base = self.base.cast::<Element>()?;
        let selector = [":not([part=modes] *):not([hidden] *)[part=", name, "]"].concat();
        let found = base.query_selector(&selector).ok()??;
        Some(found.unchecked_into())
    }
}

/// The mode control is an app within the panel's: so nothing of Yew is needed that nests components.
fn mode_control(ctx: &Context<Panel>) -> ControlProps {
    let props = ctx.props();
    ControlProps {
        connection: props.connection.clone(),
        button: BargeInButtonProps {
            modes: true,
            on_report: ctx.link().callback(Msg::Control),
            ..props.button.clone()
        },
        part: "modes",
    }
}
