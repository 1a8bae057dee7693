//! The transcript: the log of a session as a list of lines.
//!
//! Yew renders what is around the list. The lines are made by hand, as an appended one must not cost more the more
//! there are: [`line`] makes one, [`list`] puts it at its place. The list is not live; [`announcer`] announces.

mod announcer;
mod dates;
mod handle;
mod line;
mod list;
mod text;

use std::cell::RefCell;
use std::rc::Rc;

use gws::seat::{Change, Place, Seat};
use gws::{Event, SeatEvent, SessionKey};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::prelude::*;

use self::announcer::{Announcer, announced, number};
use self::dates::Dates;
use self::handle::Calls;
pub use self::handle::TranscriptHandle;
use self::line::{Look, Told};
use self::list::{List, is_at_end, restore, to_end};
use super::options::{Announce, Links};
use super::phrases::visibility;
use super::strings::PanelText;
use crate::connection::{Connection, Signal, Subscription};
use crate::net::clock::window;
use crate::net::page::Listener;
use crate::strings::Strings;

/// How many messages of others have not been seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unread {
    /// All of them.
    pub unread: u32,
    /// Those of the customer.
    pub from_customer: u32,
}

/// The properties of [`Transcript`].
#[derive(Clone, Properties, PartialEq)]
pub struct TranscriptProps {
    /// The connection to ask.
    pub connection: Connection,
    /// The session.
    pub session: SessionKey,
    /// The texts.
    pub strings: Strings,
    /// The language of dates; empty for the browser's.
    pub language: AttrValue,
    /// Whose links can be followed.
    pub links: Links,
    /// What is announced.
    pub announce: Announce,
    /// How many lines are drawn at first, and by each press of "Show earlier messages".
    pub history: u32,
    /// Render the slots of the custom element.
    pub slots: bool,
    /// Called when the number of unseen messages has changed.
    pub on_unread: Callback<Unread>,
    /// Called when Escape is pressed in the list.
    pub on_escape: Callback<()>,
    /// The panel's handle.
    pub handle: TranscriptHandle,
}

/// The log of a session.
pub struct Transcript {
    _subscription: Subscription,
    dates: Rc<Dates>,
    list: Rc<RefCell<List>>,
    announcer: Announcer,
    unread: Unread,
    /// The number that was reported last.
    told: Unread,
    first_unread: Option<Place>,
    /// The view stays at the end.
    pinned: bool,
    /// The divider has been passed: the next unseen message begins a new run.
    passed: bool,
    scroller: NodeRef,
    lines: NodeRef,
    said: NodeRef,
    listeners: Vec<Listener>,
}

/// What happens to a [`Transcript`].
pub enum Msg {
    /// The log has these entries now; `true`: they were read.
    Logged(Rc<Vec<Change>>, bool),
    /// Something else of the seat has changed.
    Look,
    /// The view was moved, or the page is shown again.
    Seen,
    /// "Show earlier messages" was pressed.
    Earlier,
    /// Go to the newest messages.
    Newest,
    /// The user has sent something.
    Pin,
    /// A key was pressed in the list.
    Key(Element, String),
    /// A line has the focus.
    Focused(Element),
}

impl Component for Transcript {
    type Message = Msg;
    type Properties = TranscriptProps;

    fn create(ctx: &Context<Self>) -> Self {
        let props = ctx.props();
        let this = Self {
            _subscription: subscribe(ctx),
            dates: Rc::new(Dates::of(&props.language)),
            list: Rc::default(),
            announcer: Announcer::default(),
            unread: Unread::default(),
            told: Unread::default(),
            first_unread: None,
            pinned: true,
            passed: true,
            scroller: NodeRef::default(),
            lines: NodeRef::default(),
            said: NodeRef::default(),
            listeners: Vec::new(),
        };
        this.take_handle(ctx);
        this
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &TranscriptProps) -> bool {
        let props = ctx.props();
        if props.connection != old.connection || props.session != old.session {
            self._subscription = subscribe(ctx);
        }
        if props.language != old.language {
            self.dates = Rc::new(Dates::of(&props.language));
        }
        let is_same = props.connection == old.connection
            && props.session == old.session
            && props.language == old.language
            && props.strings == old.strings
            && props.links == old.links;
        if !is_same {
            self.unread = Unread::default();
            self.first_unread = None;
            self.pinned = true;
            self.redraw(props);
        }
        self.take_handle(ctx);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let props = ctx.props();
        match msg {
            Msg::Logged(changes, read) => self.logged(props, &changes, read),
            Msg::Look => {}
            Msg::Seen => self.look(props),
            Msg::Earlier => self.earlier(props),
            Msg::Newest => self.newest(props),
            Msg::Pin => {
                self.pinned = true;
                self.scroller().iter().for_each(to_end);
            }
            Msg::Key(line, key) => {
                if key == "Escape" {
                    props.on_escape.emit(());
                }
                let beside = self.list.borrow().beside(&line, &key);
                if let Some(beside) = beside {
                    let _ = beside.unchecked_ref::<HtmlElement>().focus();
                }
                return false;
            }
            Msg::Focused(line) => {
                self.list.borrow_mut().stop_at(Some(line));
                return false;
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let strings = &props.strings;
        let seen = props.connection.seat(&props.session, |seat| {
            let first = self.list.borrow().first();
            let has_earlier =
                first.is_some_and(|first| seat.transcript().before(first).next().is_some());
            (
                has_earlier,
                trouble(seat, props),
                typing(seat, strings),
                seat.was_read(),
            )
        });
        let (has_earlier, trouble, typing, was_read) = seen.unwrap_or_default();
        let is_empty = was_read && self.list.borrow().is_empty();
        let unread = self.unread.unread as usize;
        html! {
            <section part="transcript" aria-label={strings.get(PanelText::Messages).to_owned()}>
                <p class="trouble" hidden={trouble.is_empty()} ~textContent={trouble.clone()} />
                <div class="scroller" ref={self.scroller.clone()}>
                    <button type="button" part="earlier" hidden={!has_earlier} ~textContent={strings.get(PanelText::Earlier).to_owned()} />
                    <ol role="list" part="lines" aria-label={strings.get(PanelText::Messages).to_owned()} ref={self.lines.clone()}></ol>
                    if props.slots && is_empty {
                        <slot name="empty"></slot>
                    }
                </div>
                <div part="typing" ~textContent={typing} />
                <button type="button" part="newest" hidden={unread == 0} ~textContent={number(unread, strings)} />
                <div class="said" aria-live="polite" ref={self.said.clone()}></div>
            </section>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first {
            self.listen(ctx);
            self.redraw(ctx.props());
            ctx.link().send_message(Msg::Look);
        }
    }

    fn destroy(&mut self, ctx: &Context<Self>) {
        ctx.props().handle.0.take();
    }
}

impl Transcript {
    fn scroller(&self) -> Option<Element> {
        self.scroller.cast()
    }

    fn take_handle(&self, ctx: &Context<Self>) {
        let (props, link) = (ctx.props().clone(), ctx.link());
        let dates = self.dates.clone();
        *ctx.props().handle.0.borrow_mut() = Some(Calls {
            scroll: link.callback(|()| Msg::Newest),
            pin: link.callback(|()| Msg::Pin),
            copy: Callback::from(move |()| {
                let copied = props
                    .connection
                    .seat(&props.session, |seat| copy(seat, &dates, &props.strings));
                copied.unwrap_or_default()
            }),
        });
    }

    fn listen(&mut self, ctx: &Context<Self>) {
        let link = ctx.link().clone();
        let Some(scroller) = self.scroller() else {
            return;
        };
        let Some(section) = scroller.parent_element() else {
            return;
        };
        let seen = link.clone();
        let look = move |_| seen.send_message(Msg::Seen);
        self.listeners
            .push(Listener::new(&scroller, &["scroll"], look.clone()));
        if let Some(document) = window().document() {
            self.listeners
                .push(Listener::new(&document, &["visibilitychange"], look));
        }
        let kinds = &["click", "keydown", "focusin"];
        self.listeners
            .push(Listener::new(&section, kinds, move |event| {
                if let Some(msg) = gesture(&event) {
                    link.send_message(msg);
                }
            }));
    }

    /// Draws the newest lines anew.
    fn redraw(&mut self, props: &TranscriptProps) {
        let Some(lines) = self.lines.cast::<Element>() else {
            return;
        };
        self.list.borrow_mut().clear(&lines);
        let places = props.connection.seat(&props.session, |seat| {
            let all = seat.transcript().entries().rev();
            let mut newest: Vec<_> = all
                .take(props.history as usize)
                .map(|(place, _)| place)
                .collect();
            newest.reverse();
            newest
        });
        self.draw(props, &places.unwrap_or_default());
        self.list.borrow_mut().stop_at(None);
        self.scroller().iter().for_each(to_end);
    }

    /// Draws the entries at these places, in their order.
    fn draw(&self, props: &TranscriptProps, places: &[Place]) {
        let (Some(lines), Some(document)) = (self.lines.cast::<Element>(), window().document())
        else {
            return;
        };
        let look = Look {
            document: &document,
            strings: &props.strings,
            dates: &self.dates,
            links: props.links,
        };
        let mut list = self.list.borrow_mut();
        props.connection.seat(&props.session, |seat| {
            for place in places {
                let Some(entry) = seat.transcript().get(*place) else {
                    continue;
                };
                let told = Told::of(seat, entry, &props.strings);
                let Some(line) = look.line(&told) else {
                    continue;
                };
                list.put(&lines, *place, line);
                let day = told.moment.and_then(|at| self.dates.day(at));
                if let Some(day) = day.filter(|day| list.day_at(*place) != Some(day))
                    && let Some(node) = look.day(told.moment)
                {
                    list.put_day(&lines, *place, day, node);
                }
            }
        });
    }

    fn logged(&mut self, props: &TranscriptProps, changes: &[Change], read: bool) {
        let Some(scroller) = self.scroller() else {
            return;
        };
        let is_history = read && self.list.borrow().is_empty();
        let stays = self.pinned || is_at_end(&scroller);
        let anchor = (!stays)
            .then(|| self.list.borrow().anchor(&scroller))
            .flatten();
        if is_history || self.is_beyond(props, changes) {
            self.redraw(props);
        } else {
            let first = self.list.borrow().first();
            let is_drawn = |change: &&Change| first.is_none_or(|first| change.place() >= first);
            let drawn: Vec<_> = changes
                .iter()
                .filter(is_drawn)
                .map(|change| change.place())
                .collect();
            let had_focus = self.list.borrow().len();
            self.draw(props, &drawn);
            if had_focus == 0 || !has_focus(&scroller) {
                self.list.borrow_mut().stop_at(None);
            }
        }
        if !is_history {
            self.tell_new(props, changes);
        }
        match stays {
            true => to_end(&scroller),
            false => restore(&scroller, anchor),
        }
        self.look(props);
    }

    /// Whether so many entries came at once that drawing the newest ones anew is less work.
    fn is_beyond(&self, props: &TranscriptProps, changes: &[Change]) -> bool {
        changes.len() > props.history as usize && self.pinned
    }

    /// Announces and counts the new messages of others.
    fn tell_new(&mut self, props: &TranscriptProps, changes: &[Change]) {
        let mut words = Vec::new();
        let before = self.unread;
        props.connection.seat(&props.session, |seat| {
            for change in changes {
                let Change::Appended(place) = change else {
                    continue;
                };
                let Some(entry) = seat.transcript().get(*place) else {
                    continue;
                };
                let told = Told::of(seat, entry, &props.strings);
                if !told.is_others() {
                    continue;
                }
                if props.announce != Announce::None {
                    words.push(announced(&told.author, told.words(), &props.strings));
                }
                self.unread.unread += 1;
                self.unread.from_customer += u32::from(told.role == gws::seat::Role::Customer);
                self.first_unread.get_or_insert(*place);
            }
        });
        if let Some(said) = self.said.cast::<Element>() {
            let by_number = props.announce == Announce::Count;
            self.announcer
                .announce(&said, &words, by_number, &props.strings);
        }
        if before.unread == 0 && self.unread.unread > 0 && self.passed && !self.is_seen() {
            self.divide(props);
        }
    }

    fn divide(&mut self, props: &TranscriptProps) {
        let (Some(lines), Some(document)) = (self.lines.cast::<Element>(), window().document())
        else {
            return;
        };
        let look = Look {
            document: &document,
            strings: &props.strings,
            dates: &self.dates,
            links: props.links,
        };
        self.passed = false;
        let divider = look.divider();
        self.list
            .borrow_mut()
            .divide(&lines, self.first_unread, divider);
    }

    fn is_seen(&self) -> bool {
        let is_shown = window()
            .document()
            .is_some_and(|document| !document.hidden());
        is_shown && self.scroller().is_some_and(|scroller| is_at_end(&scroller))
    }

    /// What is at the end of the view has been seen.
    fn look(&mut self, props: &TranscriptProps) {
        let Some(scroller) = self.scroller() else {
            return;
        };
        self.pinned = is_at_end(&scroller);
        if let Some(said) = self.said.cast::<Element>()
            && window()
                .document()
                .is_some_and(|document| !document.hidden())
        {
            self.announcer.shown(&said, &props.strings);
        }
        if self.is_seen() {
            self.unread = Unread::default();
            self.first_unread = None;
            self.passed = true;
        }
        if self.unread != self.told {
            self.told = self.unread;
            props.on_unread.emit(self.unread);
        }
    }

    fn earlier(&mut self, props: &TranscriptProps) {
        let (Some(first), Some(scroller)) = (self.list.borrow().first(), self.scroller()) else {
            return;
        };
        let places = props.connection.seat(&props.session, |seat| {
            let earlier = seat.transcript().before(first).rev();
            let mut places: Vec<_> = earlier
                .take(props.history as usize)
                .map(|(place, _)| place)
                .collect();
            places.reverse();
            places
        });
        let line = self.list.borrow().get(first).cloned();
        let top = |line: &Element| {
            line.unchecked_ref::<HtmlElement>().offset_top() - scroller.scroll_top()
        };
        let anchor = line.map(|line| (line.clone(), top(&line)));
        self.pinned = false;
        self.draw(props, &places.unwrap_or_default());
        restore(&scroller, anchor);
    }

    /// Goes to the first unseen message, else to the end. All are seen then.
    fn newest(&mut self, props: &TranscriptProps) {
        let first = self
            .first_unread
            .and_then(|place| self.list.borrow().get(place).cloned());
        self.pinned = true;
        self.scroller().iter().for_each(to_end);
        if let Some(first) = first {
            let _ = first.unchecked_ref::<HtmlElement>().focus();
        }
        self.unread = Unread::default();
        self.first_unread = None;
        self.look(props);
    }
}

fn subscribe(ctx: &Context<Transcript>) -> Subscription {
    let link = ctx.link().clone();
    let props = ctx.props();
    props
        .connection
        .subscribe(Some(props.session.clone()), move |signal| {
            link.send_message(match signal {
                Signal::Seat(SeatEvent::Logged(changes, read)) => {
                    Msg::Logged(changes.clone(), *read)
                }
                Signal::Seat(SeatEvent::Changed) | Signal::Event(Event::Status(_)) => Msg::Look,
                _ => return,
            });
        })
}

fn gesture(event: &web_sys::Event) -> Option<Msg> {
    let target = event.target()?.unchecked_into::<Element>();
    let line = || target.closest("[part=lines] > [tabindex]").ok()?;
    match &*event.type_() {
        "click" => {
            let button = target.closest("button").ok()??;
            if button.get_attribute("class").as_deref() == Some("all") {
                let text = button.parent_element()?.query_selector(".folded").ok()??;
                let _ = text.remove_attribute("class");
                button.remove();
                return None;
            }
            match &*button.get_attribute("part")? {
                "earlier" => Some(Msg::Earlier),
                "newest" => Some(Msg::Newest),
                _ => None,
            }
        }
        "focusin" => Some(Msg::Focused(line()?)),
        _ => {
            let key = event.unchecked_ref::<KeyboardEvent>().key();
            let moves = matches!(&*key, "ArrowUp" | "ArrowDown" | "Home" | "End" | "Escape");
            let line = line().filter(|_| moves)?;
            event.prevent_default();
            Some(Msg::Key(line, key))
        }
    }
}

fn has_focus(node: &Element) -> bool {
    crate::components::has_focus(node)
}

fn trouble(seat: &Seat, props: &TranscriptProps) -> String {
    let dropped = seat.transcript().dropped();
    if props.connection.is_log_failing(&props.session) {
        props.strings.get(PanelText::LogFailed).to_owned()
    } else if seat.was_read() && !seat.situation().connected && !seat.situation().over {
        props.strings.get(PanelText::Stale).to_owned()
    } else if dropped > 0 {
        let count = json::digits(dropped as i64);
        props.strings.fill(PanelText::Dropped, &[("count", &count)])
    } else {
        String::new()
    }
}

fn typing(seat: &Seat, strings: &Strings) -> String {
    let is_other = |typist: &&gws::seat::Typist| !seat.oneself().is(&typist.person);
    let others: Vec<_> = seat.typing().typists().iter().filter(is_other).collect();
    match others[..] {
        [] => String::new(),
        [one] => {
            let name = super::people::name(&one.person, false, gws::seat::Role::External, strings);
            strings.fill(PanelText::TypingOne, &[("name", &name)])
        }
        ref some => {
            let count = json::digits(some.len() as i64);
            strings.fill(PanelText::TypingSome, &[("count", &count)])
        }
    }
}

fn copy(seat: &Seat, dates: &Dates, strings: &Strings) -> String {
    let line = |(_, entry): (Place, &Rc<gws::LogEntry>)| {
        let told = Told::of(seat, entry, strings);
        let time = told
            .moment
            .and_then(|at| dates.time(at))
            .unwrap_or_default();
        let audience = strings.get(visibility(told.audience));
        let values = [
            ("time", &*time),
            ("name", &*told.author),
            ("audience", audience),
            ("text", told.words()),
        ];
        strings.fill(PanelText::Copied, &values).trim().to_owned()
    };
    let lines: Vec<_> = seat.transcript().entries().map(line).collect();
    lines.join("\n")
}
