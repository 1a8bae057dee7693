//! The page: its state, its messages and its layout.
//!
//! All facts come from the connection. At every signal the console reads them again; it stores only the visitor's
//! choices and the messages so far.

use barge_in::{
    Connection, ConnectionStatus, Event, LogEntry, Media, Operation, Report, SessionKey, Signal,
    Subscription,
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
use crate::participants::participants;
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
    /// How many presses have had an outcome.
    settled: u32,
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
    /// Messages arrived.
    Messages(SessionKey, Vec<LogEntry>),
    /// The button reported something.
    Report(Report),
    /// The button is about to send a request.
    Request(Operation),
    /// A session was chosen.
    Choose(SessionKey),
    /// Back to the list.
    Back,
    /// The button's options were set.
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
        console.look(link);
        console
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        self.now = clock::now();
        match msg {
            Msg::Look => {
                self.known.heard = Some(self.now);
                self.look(ctx.link());
            }
            Msg::SignedOut => self.known.signed_out = true,
            Msg::Status => {
                let now = self.connection.status();
                let status = now.status;
                let back =
                    status == ConnectionStatus::Connected && self.known.connection.status != status;
                self.known.connection = now;
                self.known.signed_out &= status != ConnectionStatus::Connected;
                if back {
                    self.catch_up();
                }
                self.look(ctx.link());
            }
            Msg::Messages(key, entries) => {
                self.known.heard = Some(self.now);
                let shown = self.chosen.as_ref() == Some(&key);
                if let Some(from) = self.roster.take_messages(&key, &entries, shown, self.now) {
                    self.connection.read_messages(key.clone(), from);
                }
            }
            Msg::Report(report) => {
                self.settled += u32::from(matches!(
                    report,
                    Report::Joined { .. } | Report::Error { .. }
                ));
                self.diary.report(&report);
            }
            Msg::Request(operation) => {
                self.diary.request(operation);
            }
            Msg::Choose(key) => {
                self.roster.mark_read(&key);
                self.chosen = Some(key);
                self.inside = true;
                self.focus = Some(Focus::Title);
            }
            Msg::Back => {
                self.inside = false;
                self.focus = Some(Focus::Row);
            }
            Msg::Options(options) => self.options = options,
            Msg::Drawer(open) => self.drawer = open,
            Msg::Second => {
                self.roster.expire(self.now);
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        let row = self.chosen.as_ref().and_then(|key| self.roster.row(key));
        let me = self.connection.user_id();
        html! {
            <div class="console" data-stale={self.known.is_stale().then_some("yes")} data-inside={self.inside.then_some("yes")}>
                <a class="skip" href="#conversation">{ "Skip to the conversation" }</a>
                <header class="top">
                    <span class="brand">{ Icon::Brand.html() }<span>{ "Supervisor console" }</span></span>
                    <span class="user">{ me.as_deref().and_then(|me| self.roster.own_name(me)) }</span>
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
                { sessions(&self.roster, self.chosen.as_ref(), me.as_deref(), self.now, &link.callback(Msg::Choose)) }
                { conversation(Conversation {
                    row,
                    chosen: self.chosen.as_ref(),
                    me: me.clone().map(AttrValue::from),
                    stale: self.known.is_stale(),
                    options: self.options,
                    now: self.now,
                    title: &self.title,
                    calls: &self.calls,
                }) }
                <aside class="side" aria-label="About this session">
                    { participants(row, me.as_deref()) }
                    <Log diary={self.diary.clone()} />
                </aside>
                <Drawer
                    open={self.drawer}
                    chosen={self.chosen.clone()}
                    settled={self.settled}
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
    fn look(&mut self, link: &Scope<Self>) {
        let connection = self.connection.clone();
        self.roster
            .look(&self.connection, self.chosen.as_ref(), |key| {
                connection.read_messages(key.clone(), 1);
                let (link, session) = (link.clone(), key.clone());
                connection.subscribe(Some(key), move |signal| {
                    if let Signal::Messages(log) = signal {
                        link.send_message(Msg::Messages(session.clone(), log.entries()));
                    }
                })
            });
        if self.chosen.is_none() {
            self.chosen = self
                .roster
                .rows()
                .iter()
                .find(|row| !row.ended)
                .map(|row| row.key.clone());
        }
    }

    /// Reads messages that may have been missed while the connection was lost.
    fn catch_up(&self) {
        for row in self.roster.rows().iter().filter(|row| !row.ended) {
            self.connection
                .read_messages(row.key.clone(), row.transcript.next_index());
        }
    }
}

fn listener(link: Scope<Console>) -> impl Fn(&Signal) {
    move |signal| match signal {
        Signal::Event(Event::Status(_)) => link.send_message(Msg::Status),
        Signal::Event(Event::Unauthenticated { .. }) => link.send_message(Msg::SignedOut),
        Signal::Event(_) => link.send_message(Msg::Look),
        Signal::Messages(_) | Signal::Seat(_) | Signal::HeadersFailed(_) => {}
    }
}
