//! The panel: shows one seat, and turns gestures into its inputs.
//!
//! It decides nothing about messages: that is [`gws::seat`]. Its own state is that of the user interface: an open
//! question, the words of the last outcome, the focus to set, and the reports to send. The tree keeps its shape: parts
//! are hidden, not removed.

use std::cell::RefCell;
use std::rc::Rc;

use gws::seat::{Audience, Hindrance, Seat, Timeouts, leaving, people};
use gws::{Event, Mode, Operation, Press, SeatEvent, SessionKey, State, View, Visibility};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlTextAreaElement, Node};
use yew::prelude::*;

use super::gestures::{Act, Gesture, Shown, listen};
use super::handle::{Calls, PanelHandle};
use super::kept::{self, Kept};
use super::options::{Canned, PanelOptions};
use super::report::{PanelReport, Sending};
use super::strings::PanelText;
use super::transcript::{Transcript, TranscriptHandle, Unread};
use super::{composer, header, leave, outbox, phrases};
use crate::components::{BargeInButtonProps, Control, Presses, Report, next_presser};
use crate::connection::{Connection, Settings, Signal, Subscription};
use crate::net::clock::ticks;
use crate::net::page::Listener;
use crate::strings::{LONGEST_MESSAGE, Strings, foreign};

/// A question whose words have changed cannot be answered with yes for this time, in ms: the press may have been meant
/// for the former words.
const DISARMED: f64 = 1_000.0;

/// The properties of [`Panel`].
#[derive(Clone, Properties, PartialEq)]
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

impl PanelProps {
    fn session(&self) -> SessionKey {
        SessionKey::new(self.button.media, &*self.button.session_id)
    }

    fn place(&self) -> (Settings, SessionKey) {
        (self.connection.settings().clone(), self.session())
    }

    fn timeouts(&self) -> Timeouts {
        Timeouts {
            request: self.button.request_timeout.into(),
            confirm: self.button.confirm_timeout.into(),
        }
    }

    fn strings(&self) -> &Strings {
        &self.button.strings
    }
}

/// What the panel asks a person.
#[derive(Clone, Debug, PartialEq)]
enum Question {
    /// Whether to leave.
    Leave,
    /// Whether the words of the box are to be moved to everyone's draft: exactly these.
    Move(String),
    /// Whether this message is to replace the words of the box.
    Edit(u32),
}

/// The supervisor's seat for one session.
pub struct Panel {
    presser: u32,
    _subscription: Subscription,
    view: Rc<View>,
    /// The audience and staleness that were reported last; `None` to report them anew.
    told: Option<(Option<Audience>, bool)>,
    /// The messages that were pressed here.
    mine: Vec<(SessionKey, u32)>,
    question: Option<Question>,
    /// The question's words as rendered, and when they changed.
    asked: RefCell<(String, f64)>,
    /// The words of the last outcome, polite and at once.
    status: String,
    alert: String,
    reports: Vec<PanelReport>,
    focus: Option<&'static str>,
    shown: Rc<RefCell<Shown>>,
    base: NodeRef,
    presses: Presses,
    gestures: Option<Listener>,
    transcript: TranscriptHandle,
    on_control: Callback<Report>,
    on_unread: Callback<Unread>,
    on_escape: Callback<()>,
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
    /// The number of unseen messages has changed.
    Unread(Unread),
    /// A person did something.
    Gesture(Gesture),
    /// Focus the message box.
    Focus,
}

impl Component for Panel {
    type Message = Msg;
    type Properties = PanelProps;

    fn create(ctx: &Context<Self>) -> Self {
        let props = ctx.props();
        let link = ctx.link();
        let presser = next_presser();
        let panel = Self {
            presser,
            _subscription: subscribe(ctx, presser),
            view: Rc::new(View::initial(&props.button.session_id)),
            told: None,
            mine: Vec::new(),
            question: None,
            asked: RefCell::default(),
            status: String::new(),
            alert: String::new(),
            reports: Vec::new(),
            focus: None,
            shown: Rc::new(RefCell::new(Shown {
                session: props.session(),
                audience: Audience::Agents,
                enter_sends: true,
            })),
            base: NodeRef::default(),
            presses: Presses::default(),
            gestures: None,
            transcript: TranscriptHandle::default(),
            on_control: link.callback(Msg::Control),
            on_unread: link.callback(Msg::Unread),
            on_escape: link.callback(|()| Msg::Focus),
        };
        panel.open(props);
        panel.take_handle(ctx);
        panel
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &PanelProps) -> bool {
        let props = ctx.props();
        if props.connection != old.connection || props.session() != old.session() {
            self.presses.moved(old.place());
            self.question = None;
            self.status.clear();
            self.alert.clear();
            self._subscription = subscribe(ctx, self.presser);
        }
        self.open(props);
        self.take_handle(ctx);
        self.look(props);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let props = ctx.props();
        match msg {
            Msg::Seat(event) => self.seat_event(props, event),
            Msg::Look => {}
            Msg::LeaveFailed(failure) => self.reports.push(PanelReport::LeaveError {
                session_id: props.button.session_id.clone(),
                failure,
            }),
            Msg::Control(Report::Change { view, .. }) => {
                self.view = view;
                self.told = None;
            }
            Msg::Control(report) => self.reports.push(PanelReport::Button(report)),
            Msg::Unread(unread) => self.reports.push(PanelReport::Unread {
                session_id: props.button.session_id.clone(),
                unread,
            }),
            Msg::Gesture(gesture) => {
                if !self.gesture(props, gesture) {
                    return false;
                }
            }
            Msg::Focus => self.focus = Some("box"),
        }
        self.look(props);
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let key = props.session();
        let strings = props.strings();
        let mode_control = BargeInButtonProps {
            modes: true,
            on_report: self.on_control.clone(),
            ..props.button.clone()
        };
        let looked = props
            .connection
            .seat(&key, |seat| self.look_at(props, seat));
        let Some(looked) = looked else {
            return Html::default();
        };
        let state = self.view.state;
        html! {
            <div
                class="barge-in-panel"
                part="base"
                ref={self.base.clone()}
                role="group"
                aria-label={looked.title.clone()}
                data-state={state.as_str()}
                data-mode={self.view.mode.map(Mode::as_str)}
            >
                { looked.header }
                <Control connection={props.connection.clone()} button={mode_control} part="modes" />
                <Transcript
                    connection={props.connection.clone()}
                    session={key}
                    strings={strings.clone()}
                    language={props.options.language.clone()}
                    links={props.options.links}
                    announce={props.options.announce}
                    history={props.options.history}
                    slots={props.options.slots}
                    on_unread={self.on_unread.clone()}
                    on_escape={self.on_escape.clone()}
                    handle={self.transcript.clone()}
                />
                { looked.outbox }
                { looked.composer }
                { looked.leave }
                <span part="status" role="status" ~textContent={looked.status} />
                <span part="alert" role="alert" ~textContent={self.alert.clone()} />
            </div>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        let props = ctx.props();
        if first && let Some(base) = self.base.cast::<Node>() {
            let hear = ctx.link().callback(Msg::Gesture);
            self.gestures = Some(listen(&base, self.shown.clone(), hear));
        }
        self.write_box(props);
        if let Some(part) = self.focus.take()
            && let Some(target) = self.part::<HtmlElement>(part)
        {
            let _ = target.focus();
        }
        for report in std::mem::take(&mut self.reports) {
            props.on_report.emit(report);
        }
    }

    fn destroy(&mut self, ctx: &Context<Self>) {
        ctx.props().handle.0.take();
        let props = ctx.props();
        props
            .connection
            .act(&props.session(), |seat, _| seat.stop_typing());
    }
}

/// What is rendered of a seat.
struct Looked {
    title: String,
    header: Html,
    outbox: Html,
    composer: Html,
    leave: Html,
    status: String,
}

impl Panel {
    fn open(&self, props: &PanelProps) {
        let options = &props.options;
        let notices = options
            .typing
            .unwrap_or(props.button.media == gws::Media::Chat);
        let given = props.kept.as_deref();
        kept::open(
            &props.connection,
            &props.session(),
            notices,
            given,
            props.timeouts(),
        );
    }

    fn take_handle(&self, ctx: &Context<Self>) {
        let (props, link) = (ctx.props(), ctx.link());
        let (connection, key) = (props.connection.clone(), props.session());
        let (base, shown) = (self.base.clone(), self.shown.clone());
        let insert = Callback::from(move |(text, audience): (AttrValue, Audience)| {
            insert(&connection, &key, &base, &shown, &text, audience)
        });
        let (copied, scrolled) = (self.transcript.clone(), self.transcript.clone());
        *props.handle.0.borrow_mut() = Some(Calls {
            insert,
            copy: Callback::from(move |()| copied.copy()),
            scroll: Callback::from(move |()| scrolled.scroll_to_newest()),
            focus: link.callback(|()| Msg::Focus),
        });
    }

    /// Reports what has changed at the seat.
    fn look(&mut self, props: &PanelProps) {
        let key = props.session();
        let seen = props.connection.seat(&key, |seat| {
            let audience = seat.drafts().audience(seat.rights());
            (audience, !seat.situation().connected)
        });
        let told = seen.unwrap_or((None, true));
        if self.told != Some(told) {
            self.told = Some(told);
            self.reports.push(PanelReport::Change {
                session_id: props.button.session_id.clone(),
                view: self.view.clone(),
                audience: told.0,
                stale: told.1,
            });
        }
        if let Some(kept) = kept::keep(&props.connection, &key) {
            self.reports.push(PanelReport::Kept {
                session_id: props.button.session_id.clone(),
                kept,
            });
        }
    }

    fn seat_event(&mut self, props: &PanelProps, event: SeatEvent) {
        let session_id = props.button.session_id.clone();
        match event {
            SeatEvent::Changed | SeatEvent::Logged(..) => {}
            SeatEvent::Left(left) => {
                self.question = None;
                self.reports.push(PanelReport::Left {
                    session_id,
                    ended_for_customer: left.ended_for_customer,
                });
            }
            SeatEvent::Row(change) => {
                let mine = (props.session(), change.id);
                if self.mine.contains(&mine) {
                    self.row_changed(props, change, session_id);
                }
            }
        }
    }

    fn row_changed(
        &mut self,
        props: &PanelProps,
        change: gws::seat::RowChange,
        session_id: AttrValue,
    ) {
        use gws::seat::RowState;
        let (id, audience) = (change.id, change.audience);
        self.reports.push(PanelReport::Message {
            session_id: session_id.clone(),
            id,
            audience,
            state: change.state.as_str(),
        });
        let strings = props.strings();
        let failure = match change.state {
            RowState::Sent(receipt) => {
                self.mine.retain(|(_, other)| *other != id);
                let text = match audience {
                    Audience::Agents => PanelText::SentAgents,
                    Audience::Everyone => PanelText::SentEveryone,
                };
                strings.get(text).clone_into(&mut self.status);
                self.alert.clear();
                if receipt.differs(audience) {
                    let seen = strings.get(phrases::visibility(receipt.visibility));
                    let meant = strings.get(phrases::badge(audience));
                    let values = [("audience", seen), ("meant", meant)];
                    self.alert = strings.fill(PanelText::SeenBy, &values);
                    self.status.clear();
                }
                self.reports.push(PanelReport::Sent {
                    session_id,
                    id,
                    audience,
                    receipt,
                });
                return;
            }
            RowState::Refused(failure) | RowState::Failed(failure) => Some(failure),
            RowState::Unconfirmed => Some(Rc::new(gws::Failure::new(gws::Kind::Unconfirmed, ""))),
            RowState::NotAllowed => None,
            RowState::Waiting { .. } | RowState::Sending | RowState::Accepted => return,
        };
        self.status.clear();
        self.alert = match &failure {
            Some(failure) => crate::components::failure_words(failure, strings),
            None => strings.get(PanelText::RowNotAllowed).to_owned(),
        };
        self.reports.push(PanelReport::MessageError {
            session_id,
            id,
            audience,
            failure,
        });
    }

    fn look_at(&self, props: &PanelProps, seat: &Seat) -> Looked {
        let strings = props.strings();
        let session = seat.facts().cloned().unwrap_or_default();
        let people = people(&session, seat.oneself());
        let customer = phrases::customer(&people, strings);
        let title = match people.is_empty() {
            true => strings.get(PanelText::Panel).to_owned(),
            false => strings.fill(PanelText::PanelWith, &[("customer", &customer)]),
        };
        let is_leaving = self.view.pending == Some(Operation::Leave);
        let status = match (seat.left(), self.view.state) {
            _ if is_leaving => strings.get(PanelText::Leaving).to_owned(),
            (Some(left), State::Left) => match left.ended_for_customer {
                Some(true) => strings.fill(PanelText::LeftEnded, &[("customer", &customer)]),
                Some(false) => strings.get(PanelText::Left).to_owned(),
                None => strings.get(PanelText::LeftUnknown).to_owned(),
            },
            _ => self.status.clone(),
        };
        let asked = self.question.as_ref().map(|question| {
            let words = self.ask_words(props, seat, question, &customer);
            self.note_question(&words);
            words
        });
        let ask = |question: bool| {
            leave::question(
                asked.as_deref().filter(|_| question),
                self.confirm_text(seat),
                strings,
            )
        };
        let is_leave = self.question == Some(Question::Leave);
        Looked {
            header: header::header(&title, &people, props.options.slots, strings),
            outbox: outbox::outbox(seat, strings),
            composer: composer::composer(
                &composer::Composer {
                    seat,
                    people: &people,
                    id: self.presser,
                    media: props.button.media,
                    longest: props.options.max_length as usize,
                    slots: props.options.slots,
                    canned: &props.canned,
                },
                ask(!is_leave && asked.is_some()),
                strings,
            ),
            leave: leave::leave(
                &leave::Leave {
                    shown: props.options.leave,
                    ends: ends(seat),
                    can: self.view.operations.leave,
                    busy: is_leaving,
                },
                ask(is_leave),
                strings,
            ),
            title,
            status,
        }
    }

    fn ask_words(
        &self,
        props: &PanelProps,
        seat: &Seat,
        question: &Question,
        customer: &str,
    ) -> String {
        let strings = props.strings();
        match question {
            Question::Leave => {
                let mut words = match ends(seat) {
                    true => strings.fill(PanelText::EndAsk, &[("customer", customer)]),
                    false => strings.get(PanelText::LeaveAsk).to_owned(),
                };
                if is_dirty(seat) {
                    words.push(' ');
                    words.push_str(strings.get(PanelText::UnsentAsk));
                }
                words
            }
            Question::Move(text) => {
                let session = seat.facts().cloned().unwrap_or_default();
                let people = people(&session, seat.oneself());
                let readers = phrases::readers(&people, Audience::Everyone, strings);
                let text = foreign(text, LONGEST_MESSAGE, false).unwrap_or_default();
                strings.fill(
                    PanelText::MoveAsk,
                    &[("text", &text), ("readers", &readers)],
                )
            }
            Question::Edit(_) => strings.get(PanelText::EditAsk).to_owned(),
        }
    }

    fn confirm_text(&self, seat: &Seat) -> PanelText {
        match &self.question {
            Some(Question::Move(_)) => PanelText::MoveConfirm,
            Some(Question::Edit(_)) => PanelText::EditConfirm,
            _ if ends(seat) => PanelText::EndConversation,
            _ => PanelText::Leave,
        }
    }

    /// Notes when the question's words change.
    fn note_question(&self, words: &str) {
        let mut asked = self.asked.borrow_mut();
        if asked.0 != words {
            // The first words of a question are not disarmed.
            let since = if asked.0.is_empty() { 0.0 } else { ticks() };
            *asked = (words.to_owned(), since);
        }
    }

    fn ask(&mut self, question: Option<Question>) {
        self.asked.take();
        self.focus = Some(match (&self.question, &question) {
            (_, Some(_)) => "cancel",
            (Some(Question::Leave), None) => "leave",
            _ => "box",
        });
        self.question = question;
    }

    /// Handles a gesture; true if anything is to be rendered or reported.
    fn gesture(&mut self, props: &PanelProps, gesture: Gesture) -> bool {
        match gesture {
            Gesture::Down(means, at) => {
                self.presses.down(&means, at, props.place());
                return false;
            }
            Gesture::GivenUp(means) => {
                self.presses.given_up(&means);
                return false;
            }
            Gesture::Clicked(_, clicks)
                if !self.presses.is_meant(clicks, &props.place()) || clicks > 1 =>
            {
                return false;
            }
            Gesture::Clicked(act, _) => self.act(props, act),
            Gesture::Written(session, audience, text) => {
                let connection = &props.connection;
                connection.act(&session, |seat, now| seat.write(audience, &text, now));
            }
            Gesture::Entered(session, audience) => {
                if session == props.session() {
                    self.send(props, audience);
                }
            }
            Gesture::Turned => self.turn(props),
            Gesture::Chosen(at) => {
                if let Some(canned) = props.canned.get(at) {
                    let audience = self.shown.borrow().audience;
                    let key = props.session();
                    let text = &canned.text;
                    insert(
                        &props.connection,
                        &key,
                        &self.base,
                        &self.shown,
                        text,
                        audience,
                    );
                }
                self.focus = Some("box");
            }
            Gesture::Escaped => self.ask(None),
        }
        true
    }

    fn act(&mut self, props: &PanelProps, act: Act) {
        let key = props.session();
        let connection = &props.connection;
        match act {
            Act::To(audience) => {
                connection.act(&key, |seat, _| seat.choose(audience));
            }
            Act::Send => {
                let audience = self.shown.borrow().audience;
                self.send(props, audience);
            }
            Act::Move => self.start_move(props),
            Act::Resend(id) => self.resend(props, id),
            Act::Edit(id) => {
                if connection.act(&key, |seat, _| seat.edit(id)) == Some(false) {
                    self.ask(Some(Question::Edit(id)));
                } else {
                    self.focus = Some("box");
                }
            }
            Act::Discard(id) => {
                connection.act(&key, |seat, _| seat.discard(id));
                self.focus = Some("box");
            }
            Act::Leave => self.start_leave(props),
            Act::Cancel => self.ask(None),
            Act::Confirm => self.confirm(props),
        }
    }

    fn send(&mut self, props: &PanelProps, audience: Audience) {
        let key = props.session();
        let longest = props.options.max_length as usize;
        let pressed = props.connection.seat(&key, |seat| {
            let id = seat.outbox().next_id();
            seat.press(audience, longest).map(|message| (id, message))
        });
        match pressed {
            Some(Ok((id, message))) => {
                let sending = Sending {
                    session_id: props.button.session_id.clone(),
                    id,
                    audience,
                    text: message.text.clone(),
                };
                if !props.on_send.emit(sending) {
                    return;
                }
                self.alert.clear();
                self.status.clear();
                self.mine.push((key.clone(), id));
                self.transcript.pin_to_end();
                let timeouts = props.timeouts();
                props
                    .connection
                    .act(&key, |seat, _| seat.send(message, timeouts));
            }
            Some(Err(hindrance)) => self.say_hindrance(props, hindrance, audience),
            None => {}
        }
    }

    fn resend(&mut self, props: &PanelProps, id: u32) {
        let key = props.session();
        let message = props.connection.seat(&key, |seat| {
            let row = seat.outbox().rows().iter().find(|row| row.id == id)?;
            Some(row.message.clone())
        });
        let Some(Some(message)) = message else { return };
        let sending = Sending {
            session_id: props.button.session_id.clone(),
            id,
            audience: message.audience,
            text: message.text,
        };
        if !props.on_send.emit(sending) {
            return;
        }
        let mine = (key.clone(), id);
        if !self.mine.contains(&mine) {
            self.mine.push(mine);
        }
        self.alert.clear();
        let timeouts = props.timeouts();
        let sent = props
            .connection
            .act(&key, |seat, _| seat.resend(id, timeouts));
        if let Some(Err(hindrance)) = sent {
            self.say_hindrance(props, hindrance, message.audience);
        }
    }

    fn say_hindrance(&mut self, props: &PanelProps, hindrance: Hindrance, audience: Audience) {
        self.alert = phrases::hindrance(hindrance, audience, props.strings());
    }

    fn start_move(&mut self, props: &PanelProps) {
        let key = props.session();
        let shown = props.connection.seat(&key, |seat| {
            let audience = seat.drafts().shown();
            (audience, seat.drafts().text(audience).to_owned())
        });
        match shown {
            Some((Audience::Agents, text)) => self.ask(Some(Question::Move(text))),
            Some((Audience::Everyone, text)) => {
                props
                    .connection
                    .act(&key, |seat, _| seat.move_to(Audience::Agents, &text));
                self.focus = Some("box");
            }
            None => {}
        }
    }

    fn start_leave(&mut self, props: &PanelProps) {
        let key = props.session();
        let asks = props.connection.seat(&key, |seat| {
            let joined = seat.rights().visibility == Some(Visibility::All);
            ends(seat) || joined || is_dirty(seat)
        });
        if !self.can_leave(props) {
            return;
        }
        match asks {
            Some(false) => self.leave(props),
            _ => self.ask(Some(Question::Leave)),
        }
    }

    fn confirm(&mut self, props: &PanelProps) {
        let is_armed = ticks() - self.asked.borrow().1 >= DISARMED;
        if !is_armed {
            return;
        }
        let key = props.session();
        let question = self.question.clone();
        self.ask(None);
        match question {
            Some(Question::Leave) => self.leave(props),
            Some(Question::Move(text)) => {
                props
                    .connection
                    .act(&key, |seat, _| seat.move_to(Audience::Everyone, &text));
            }
            Some(Question::Edit(id)) => {
                props.connection.act(&key, |seat, now| {
                    let row = seat.outbox().rows().iter().find(|row| row.id == id);
                    if let Some(audience) = row.map(|row| row.message.audience) {
                        seat.write(audience, "", now);
                        seat.edit(id);
                    }
                });
            }
            None => {}
        }
    }

    fn leave(&mut self, props: &PanelProps) {
        if !self.can_leave(props) || !props.button.on_request.emit(Operation::Leave) {
            return;
        }
        self.alert.clear();
        props.connection.leave(Press {
            session: props.session(),
            operation: Operation::Leave,
            presser: self.presser,
            request_timeout: props.button.request_timeout.into(),
            confirm_timeout: props.button.confirm_timeout.into(),
        });
    }

    fn can_leave(&self, props: &PanelProps) -> bool {
        let SessionKey { media, id } = props.session();
        props.connection.view(media, &id, false).operations.leave
    }

    /// A key moves to the other audience.
    fn turn(&mut self, props: &PanelProps) {
        let other = match self.shown.borrow().audience {
            Audience::Agents => Audience::Everyone,
            Audience::Everyone => Audience::Agents,
        };
        let key = props.session();
        props.connection.act(&key, |seat, _| seat.choose(other));
        self.focus = Some(match self.shown_audience(props) {
            Audience::Agents => "to-agents",
            Audience::Everyone => "to-everyone",
        });
    }

    fn shown_audience(&self, props: &PanelProps) -> Audience {
        let shown = props
            .connection
            .seat(&props.session(), |seat| seat.drafts().shown());
        shown.unwrap_or(Audience::Agents)
    }

    /// Shows the draft in the box, and notes what the box shows.
    fn write_box(&self, props: &PanelProps) {
        let key = props.session();
        let draft = props.connection.seat(&key, |seat| {
            let audience = seat.drafts().shown();
            (audience, seat.drafts().text(audience).to_owned())
        });
        let (audience, text) = draft.unwrap_or((Audience::Agents, String::new()));
        if let Some(area) = self.part::<HtmlTextAreaElement>("box")
            && area.value() != text
        {
            area.set_value(&text);
        }
        *self.shown.borrow_mut() = Shown {
            session: key,
            audience,
            enter_sends: props.options.enter_sends,
        };
    }

    /// The rendered part with this name that is the panel's own.
    fn part<T: JsCast>(&self, name: &str) -> Option<T> {
        let base = self.base.cast::<Element>()?;
        let selector = [":not([part=modes] *)[part=", name, "]"].concat();
        let found = base.query_selector(&selector).ok()??;
        Some(found.unchecked_into())
    }
}

fn subscribe(ctx: &Context<Panel>, presser: u32) -> Subscription {
    let props = ctx.props();
    let link = ctx.link().clone();
    let hear = move |signal: &Signal| {
        let msg = match signal {
            Signal::Seat(event) => Msg::Seat(event.clone()),
            Signal::Event(Event::Failed {
                presser: by,
                failure,
                ..
            }) if *by == presser => Msg::LeaveFailed(failure.clone()),
            Signal::Event(Event::Changed(_) | Event::Failed { .. } | Event::Status(_)) => Msg::Look,
            _ => return,
        };
        link.send_message(msg);
    };
    props.connection.subscribe(Some(props.session()), hear)
}

/// Whether the conversation would end for the customer, or may: that is asked in the same way.
fn ends(seat: &Seat) -> bool {
    let session = seat.facts();
    let alone = session.and_then(|session| leaving::leaves_alone(session, seat.oneself()));
    alone != Some(false)
}

/// Whether something is unsent.
fn is_dirty(seat: &Seat) -> bool {
    !seat.drafts().is_empty() || !seat.outbox().rows().is_empty()
}

/// Inserts text at the caret of the box, if it shows this audience.
fn insert(
    connection: &Connection,
    key: &SessionKey,
    base: &NodeRef,
    shown: &Rc<RefCell<Shown>>,
    text: &str,
    audience: Audience,
) -> bool {
    let seen = connection.seat(key, |seat| {
        let audience = seat.drafts().audience(seat.rights());
        (audience, seat.drafts().shown())
    });
    let fits = seen == Some((Some(audience), audience)) && shown.borrow().audience == audience;
    let base = base.cast::<Element>().filter(|_| fits);
    let area = base.and_then(|base| base.query_selector("[part=box]").ok()?);
    let Some(area) = area.map(|area| area.unchecked_into::<HtmlTextAreaElement>()) else {
        return false;
    };
    let _ = area.set_range_text(text);
    let value = area.value();
    connection.act(key, |seat, now| seat.write(audience, &value, now));
    true
}
