//! The page: its state, its messages and its layout.
//!
//! All facts come from the connection. At every signal the console reads them again; it stores only the visitor's
//! choices and the messages so far.

use barge_in::panel::{PanelReport, Sending};
use barge_in::{
    Connection, ConnectionStatus, Event, Media, Operation, Report, SessionKey, Signal, Subscription,
};
use wasm_bindgen_futures::spawn_local;
use yew::html::Scope;
use yew::prelude::*;

use crate::clock::{self, EverySecond};
use crate::conversation::{Calls, Conversation, conversation};
use crate::diary::Diary;
use crate::drawer::Drawer;
use crate::faults;
use crate::focus::Focus;
use crate::health::{Health, Known};
use crate::icons::Icon;
use crate::log::Log;
use crate::notice::notice;
use crate::options::Options;
use crate::roster::Roster;
use crate::sessions::sessions;

/// The supervisor's console.
pub struct Console {
    connection: Connection,
    roster: Roster,
    chosen: Option<SessionKey>,
    known: Known,
    diary: Diary,
    options: Options,
    drawer: bool,
    /// How many requests of the panel have had an outcome.
    settled: u32,
    /// How often something was typed.
    typed: u32,
    /// On a narrow page: whether the conversation is shown instead of the list.
    inside: bool,
    focus: Option<Focus>,
    now: f64,
    title: NodeRef,
    calls: Calls,
    sign_in: Callback<MouseEvent>,
    _subscription: Subscription,
    _clock: EverySecond,
}

/// What happens to the console.
pub enum Msg {
    /// The connection has news of a session.
    Look,
    /// Nobody is signed in.
    SignedOut,
    /// The connection's health changed.
    Status,
    /// The panel reported something.
    Report(PanelReport),
    /// The panel is about to switch the mode, or to leave.
    Request(Operation),
    /// The panel is about to send a message.
    Send(Sending),
    /// Something was typed into the panel.
    Typed,
    /// A session was chosen.
    Choose(SessionKey),
    /// Back to the list.
    Back,
    /// The panel's options were set.
    Options(Options),
    /// The drawer was opened or closed.
    Drawer(bool),
    /// A second has passed.
    Second,
}

impl Component for Console {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let link = ctx.link();
        // The page's only `Gws` is around this component; without one, use the default settings.
        let (connection, _) = link.context::<Connection>(Callback::noop()).unzip();
        let connection =
            connection.unwrap_or_else(|| Connection::open(&barge_in::Settings::default()));
        connection.watch(Media::SmsSession);
        connection.watch(Media::Chat);
        let mut console = Self {
            roster: Roster::default(),
            chosen: None,
            known: Known::of(connection.status()),
            diary: Diary::default(),
            options: Options::default(),
            drawer: false,
            settled: 0,
            typed: 0,
            inside: false,
            focus: None,
            now: clock::now(),
            title: NodeRef::default(),
            calls: Calls {
                back: link.callback(|_| Msg::Back),
                report: link.callback(Msg::Report),
                request: {
                    let link = link.clone();
                    Callback::from(move |operation| {
                        link.send_message(Msg::Request(operation));
                        true
                    })
                },
                send: {
                    let link = link.clone();
                    Callback::from(move |sending| {
                        link.send_message(Msg::Send(sending));
                        true
                    })
                },
                typed: link.callback(|_| Msg::Typed),
            },
            sign_in: {
                let connection = connection.clone();
                Callback::from(move |_| {
                    let connection = connection.clone();
                    spawn_local(async move {
                        // If it fails, the page still shows that nobody is signed in.
                        let _ = faults::sign_in(&connection).await;
                    });
                })
            },
            _subscription: connection.subscribe(None, listener(link.clone())),
            _clock: EverySecond::call({
                let link = link.clone();
                move || link.send_message(Msg::Second)
            }),
            connection,
        };
        console.look();
        console
    }

    fn update(&mut self, _ctx: &Context<Self>, msg: Msg) -> bool {
        self.now = clock::now();
        match msg {
            Msg::Look => {
                self.known.heard = Some(self.now);
                self.look();
            }
            Msg::SignedOut => self.known.signed_out = true,
            Msg::Status => {
                let now = self.connection.status();
                self.known.signed_out &= now.status != ConnectionStatus::Connected;
                self.known.connection = now;
                self.look();
            }
            Msg::Report(report) => {
                self.settled += u32::from(settles(&report));
                self.diary.report(&report);
            }
            Msg::Request(operation) => {
                self.diary.request(operation);
            }
            Msg::Send(sending) => self.diary.send(&sending),
            Msg::Typed => self.typed += 1,
            Msg::Choose(key) => {
                self.chosen = Some(key);
                self.look();
                self.inside = true;
                self.focus = Some(Focus::Title);
            }
            Msg::Back => {
                self.inside = false;
                self.focus = Some(Focus::Row);
            }
            Msg::Options(options) => self.options = options,
            Msg::Drawer(open) => self.drawer = open,
            Msg::Second => {}
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        let row = self.chosen.as_ref().and_then(|key| self.roster.row(key));
        html! {
            <div class="console" data-stale={self.known.is_stale().then_some("yes")} data-inside={self.inside.then_some("yes")}>
                <a class="skip" href="#conversation">{ "Skip to the conversation" }</a>
                <header class="top">
                    <span class="brand">{ Icon::Brand.html() }<span>{ "Supervisor console" }</span></span>
                    <span class="user">{ self.roster.own_name() }</span>
                    <Health known={self.known} />
                    <button
                        type="button"
                        class="plain drawer-toggle"
                        aria-expanded={if self.drawer { "true" } else { "false" }}
                        aria-controls="drawer"
                        onclick={{
                            let open = !self.drawer;
                            link.callback(move |_| Msg::Drawer(open))
                        }}
                    >
                        { Icon::Fault.html() }<span>{ "Try it out" }</span>
                    </button>
                </header>
                { notice(&self.known, &self.sign_in) }
                { sessions(&self.roster, self.chosen.as_ref(), self.now, &link.callback(Msg::Choose)) }
                { conversation(Conversation {
                    row,
                    chosen: self.chosen.as_ref(),
                    options: self.options,
                    now: self.now,
                    title: &self.title,
                    calls: &self.calls,
                }) }
                <aside class="side" aria-label="Events">
                    <Log diary={self.diary.clone()} />
                </aside>
                <Drawer
                    open={self.drawer}
                    chosen={self.chosen.clone()}
                    settled={self.settled}
                    typed={self.typed}
                    options={self.options}
                    connection={self.connection.clone()}
                    on_options={link.callback(Msg::Options)}
                    on_close={link.callback(|()| Msg::Drawer(false))}
                />
            </div>
        }
    }

    fn rendered(&mut self, _ctx: &Context<Self>, _first: bool) {
        if let Some(focus) = self.focus.take() {
            focus.restore(&self.title);
        }
    }
}

impl Console {
    fn look(&mut self) {
        self.roster.look(&self.connection, self.chosen.as_ref());
        if self.chosen.is_none() {
            let live = self.roster.rows().iter().find(|row| !row.is_over());
            self.chosen = live.map(|row| row.key.clone());
        }
    }
}

/// Whether a request of the panel has had its outcome.
fn settles(report: &PanelReport) -> bool {
    match report {
        PanelReport::Button(report) => {
            matches!(report, Report::Joined { .. } | Report::Error { .. })
        }
        PanelReport::Sent { .. }
        | PanelReport::MessageError { .. }
        | PanelReport::LeaveError { .. }
        | PanelReport::Left { .. } => true,
        _ => false,
    }
}

fn listener(link: Scope<Console>) -> impl Fn(&Signal) {
    move |signal| match signal {
        Signal::Event(Event::Status(_)) => link.send_message(Msg::Status),
        Signal::Event(Event::Unauthenticated { .. }) => link.send_message(Msg::SignedOut),
        Signal::Event(_) | Signal::Seat(_) => link.send_message(Msg::Look),
        Signal::HeadersFailed(_) => {}
    }
}
