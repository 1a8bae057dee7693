//! The transcript: the log of a session as a list of lines.
//!
//! Yew renders what is around the list. The lines are made by hand, as an appended one must not cost more the more
//! there are: [`line`] makes one, [`list`] puts it at its place. The list is not live; [`announcer`] announces.

mod announcer;
mod dates;
mod gestures;
mod handle;
mod line;
mod list;
mod size;
mod text;
mod texts;
mod unseen;

use std::cell::RefCell;
use std::rc::Rc;

use gws::seat::transcript::time_of;
use gws::seat::{Change, Place, Role};
use gws::{Event, SeatEvent, SessionKey};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use self::announcer::{Announcer, announced, number};
use self::dates::Dates;
use self::gestures::gesture;
pub use self::handle::TranscriptHandle;
use self::line::{Look, Told};
use self::list::{List, is_at_end, is_shown, to_end};
use self::size::Size;
pub(super) use self::texts::copy;
use self::texts::{trouble, typing};
use self::unseen::Unseen;
use super::options::{Announce, Links};
use super::strings::PanelText;
use crate::components::has_focus;
use crate::connection::{Connection, Signal, Subscription};
use crate::element::{Said, Words, element, slot};
use crate::net::clock::{Timer, window};
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
    /// The panel's handle; always the same.
    pub handle: TranscriptHandle,
}

/// The log of a session.
pub struct Transcript {
    _subscription: Subscription,
    dates: Rc<Dates>,
    /// The task that adds the dates.
    dating: Option<Timer>,
    list: Rc<RefCell<List>>,
    announcer: Rc<Announcer>,
    unseen: Unseen,
    /// What is rendered around the list.
    around: Around,
    /// The view stays at the end.
    pinned: bool,
    /// The heights of the view and of what is in it, as last seen.
    room: (i32, i32),
    /// What was read at first is drawn; what comes then is new.
    was_read: bool,
    scroller: NodeRef,
    lines: NodeRef,
    said: NodeRef,
    listeners: Vec<Listener>,
    size: Option<Size>,
}

/// What is rendered around the list.
#[derive(Default, PartialEq)]
struct Around {
    has_earlier: bool,
    is_empty: bool,
    trouble: String,
    typing: String,
    unread: usize,
}

/// What happens to a [`Transcript`].
pub enum Msg {
    /// The log has these entries now; `true`: they were read.
    Logged(Rc<Vec<Change>>, bool),
    /// Something else of the seat has changed.
    Look,
    /// The view was moved or has another size, or the page is shown again.
    Seen,
    /// "Show earlier messages" was pressed.
    Earlier,
    /// The button with the number of new messages was pressed.
    Newest,
    /// Go to the end.
    End,
    /// "Show all" was pressed: this button.
    Unfold(Element),
    /// A key was pressed in the list.
    Key(Element, String),
    /// A line has the focus.
    Focused(Element),
    /// The first lines can be read: their dates are added.
    Date,
}

impl Component for Transcript {
    type Message = Msg;
    type Properties = TranscriptProps;

    fn create(ctx: &Context<Self>) -> Self {
        let props = ctx.props();
        *props.handle.0.borrow_mut() = Some(ctx.link().clone());
        Self {
            _subscription: subscribe(ctx),
            dates: Rc::new(Dates::of(&props.language)),
            dating: None,
            list: Rc::default(),
            announcer: Rc::default(),
            unseen: Unseen::default(),
            around: Around::default(),
            pinned: true,
            room: (0, 0),
            was_read: false,
            scroller: NodeRef::default(),
            lines: NodeRef::default(),
            said: NodeRef::default(),
            listeners: Vec::new(),
            size: None,
        }
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &TranscriptProps) -> bool {
        let props = ctx.props();
        if props.connection != old.connection || props.session != old.session {
            self._subscription = subscribe(ctx);
            self.announcer = Rc::default();
            if let Some(said) = self.said.cast::<Element>() {
                said.set_text_content(None);
            }
        }
        if props.language != old.language {
            self.dates = Rc::new(Dates::of(&props.language));
            self.dates.make();
        }
        let is_here = props.connection == old.connection && props.session == old.session;
        let looks_same = props.language == old.language
            && props.strings == old.strings
            && props.links == old.links;
        if !is_here {
            self.unseen.seen();
            self.redraw(props);
            self.look(props);
        } else if !looks_same {
            // As if each line were told anew: the reader stays where they are.
            let changes = self.list.borrow().renewed(&props.strings);
            self.logged(props, &changes, false);
        }
        self.date_soon(ctx);
        self.look_around(props);
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
            Msg::End => {
                self.pinned = true;
                self.scroller().iter().for_each(to_end);
                self.look(props);
            }
            Msg::Unfold(button) => {
                // The reader begins with the words that are in view.
                self.pinned = false;
                line::unfold(&button);
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
            Msg::Date => self.date(props),
        }
        self.date_soon(ctx);
        self.look_around(props)
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let strings = &props.strings;
        let around = &self.around;
        let button = |part: &'static str, is_shown: bool, words: &str| {
            element!(
                "button",
                "type" = "button",
                "part" = part,
                "hidden" = !is_shown,
                "textContent" = Words(words)
            )
        };
        let scroller = element!(
            "div",
            "class" = "scroller",
            "ref" = self.scroller.clone(),
            [
                button(
                    "earlier",
                    around.has_earlier,
                    strings.get(PanelText::Earlier)
                ),
                element!(
                    "ol",
                    "role" = "list",
                    "part" = "lines",
                    "aria-label" = Said(PanelText::Messages, strings),
                    "ref" = self.lines.clone()
                ),
                slot("empty", props.slots && around.is_empty)
            ]
        );
        element!(
            "section",
            "part" = "transcript",
            "aria-label" = Said(PanelText::Messages, strings),
            [
                element!(
                    "p",
                    "class" = "trouble",
                    "hidden" = around.trouble.is_empty(),
                    "textContent" = Words(&around.trouble)
                ),
                scroller,
                element!(
                    "div",
                    "part" = "typing",
                    "textContent" = Words(&around.typing)
                ),
                button("newest", around.unread > 0, &number(around.unread, strings)),
                element!(
                    "div",
                    "class" = "said",
                    "aria-live" = "polite",
                    "ref" = self.said.clone()
                )
            ]
        )
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
    /// Looks at what is rendered around the list; true if it has changed.
    fn look_around(&mut self, props: &TranscriptProps) -> bool {
        let around = props.connection.seat(&props.session, |seat| {
            let list = self.list.borrow();
            let is_earlier = |first| seat.transcript().before(first).next().is_some();
            Around {
                has_earlier: list.first().is_some_and(is_earlier),
                is_empty: seat.was_read() && list.is_empty(),
                trouble: trouble(seat, props, &self.dates),
                typing: typing(seat, &props.strings),
                unread: self.unseen.count(),
            }
        });
        let around = around.unwrap_or_default();
        let is_new = self.around != around;
        self.around = around;
        is_new
    }

    fn scroller(&self) -> Option<Element> {
        self.scroller.cast()
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
        let resized = link.clone();
        let sized = [Some(scroller.clone()), self.lines.cast()];
        self.size = Size::of(sized.iter().flatten(), move || {
            resized.send_message(Msg::Seen)
        });
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
        // The observer of sizes goes to the end of lines where there were none.
        let grows = self.list.borrow().is_empty() && self.size.is_some();
        self.list.borrow_mut().clear(&lines);
        self.pinned = true;
        self.was_read = false;
        let places = props.connection.seat(&props.session, |seat| {
            let all = seat.transcript().entries().rev();
            let mut newest: Vec<_> = all
                .take(props.history as usize)
                .map(|(place, _)| place)
                .collect();
            newest.reverse();
            (newest, seat.was_read())
        });
        let (places, was_read) = places.unwrap_or_default();
        self.was_read = was_read;
        self.draw(props, &places);
        self.list.borrow_mut().stop_at(None);
        if !grows {
            self.scroller().iter().for_each(to_end);
        }
    }

    /// After a change of lines: the view stays at the end, or at the line where it was.
    fn stay(&self, scroller: &Element, anchor: Option<(Place, i32)>) {
        match self.pinned {
            true => to_end(scroller),
            false => self.list.borrow().restore(scroller, anchor),
        }
    }

    /// How lines look now.
    fn look_of<'a>(&'a self, props: &'a TranscriptProps) -> Option<Look<'a>> {
        Some(Look {
            document: window().document()?,
            strings: &props.strings,
            dates: self.dates.are_made().then_some(&*self.dates),
            links: props.links,
        })
    }

    /// Draws the entries at these places, in their order.
    fn draw(&self, props: &TranscriptProps, places: &[Place]) {
        let (Some(lines), Some(look)) = (self.lines.cast::<Element>(), self.look_of(props)) else {
            return;
        };
        let mut list = self.list.borrow_mut();
        props.connection.seat(&props.session, |seat| {
            let people = seat.people();
            for place in places {
                let Some(entry) = seat.transcript().get(*place) else {
                    continue;
                };
                let told = Told::of(seat, &people, entry, &props.strings);
                let Some(line) = look.line(&told) else {
                    continue;
                };
                list.put(&lines, *place, line);
                put_day(&mut list, &lines, &look, *place, told.moment);
            }
        });
    }

    /// Has the dates of the first lines added in a task of its own, after the lines can be read.
    fn date_soon(&mut self, ctx: &Context<Self>) {
        if self.dating.is_none() && !self.dates.are_made() && !self.list.borrow().is_empty() {
            let link = ctx.link().clone();
            self.dating = Some(Timer::after(0, move || link.send_message(Msg::Date)));
        }
    }

    /// Adds the dates to the lines that were drawn before there were formats.
    fn date(&mut self, props: &TranscriptProps) {
        let (Some(scroller), Some(lines)) = (self.scroller(), self.lines.cast::<Element>()) else {
            return;
        };
        self.dating = None;
        self.dates.make();
        let Some(look) = self.look_of(props) else {
            return;
        };
        let mut list = self.list.borrow_mut();
        let anchor = (!self.pinned).then(|| list.anchor(&scroller)).flatten();
        props.connection.seat(&props.session, |seat| {
            for (place, line) in list.all() {
                if line.last_element_child().is_some_and(is_time) {
                    continue;
                }
                let entry = seat.transcript().get(place);
                let moment = entry.and_then(|entry| time_of(entry));
                look.date(&line, moment);
                put_day(&mut list, &lines, &look, place, moment);
            }
        });
        drop(list);
        self.stay(&scroller, anchor);
    }

    fn logged(&mut self, props: &TranscriptProps, changes: &[Change], read: bool) {
        let Some(scroller) = self.scroller() else {
            return;
        };
        let is_news = self.was_read || props.connection.is_log_failing(&props.session);
        let shown = is_shown(&scroller);
        if shown {
            self.follow_end(&scroller);
        }
        let stays = self.pinned;
        let anchor = (!stays)
            .then(|| self.list.borrow().anchor(&scroller))
            .flatten();
        let is_history = read && !self.was_read;
        // Drawing the newest ones anew is less work than drawing many that came at once.
        let are_many = changes.len() > props.history as usize && stays;
        let mut grows = self.list.borrow().is_empty();
        if is_history || are_many {
            self.redraw(props);
        } else {
            grows = true;
            let first = self.list.borrow().first();
            let places = changes.iter().map(|change| change.place());
            let drawn: Vec<_> = places
                .filter(|place| first.is_none_or(|first| *place >= first))
                .collect();
            self.draw(props, &drawn);
            if !has_focus(&scroller) {
                self.list.borrow_mut().stop_at(None);
            }
        }
        if is_news {
            self.tell_new(props, changes);
        }
        if stays && shown {
            self.unseen.seen();
        } else if let Some(place) = self.unseen.divide() {
            self.divide(props, place);
        }
        if stays && shown && grows && self.size.is_some() {
            // The observer of sizes goes to the end in the same frame. Here that would need a layout for each entry.
            return self.report(props);
        }
        self.pinned = stays;
        self.stay(&scroller, anchor);
        self.look(props);
    }

    /// Announces and counts the new messages of others.
    fn tell_new(&mut self, props: &TranscriptProps, changes: &[Change]) {
        let mut texts = Vec::new();
        props.connection.seat(&props.session, |seat| {
            let people = seat.people();
            for change in changes {
                let Change::Appended(place) = change else {
                    continue;
                };
                let Some(entry) = seat.transcript().get(*place) else {
                    continue;
                };
                let told = Told::of(seat, &people, entry, &props.strings);
                if told.is_others() {
                    texts.push(announced(&told.author, told.words(), &props.strings));
                    self.unseen.add(*place, told.role == Role::Customer);
                }
            }
        });
        if props.announce == Announce::None {
            return;
        }
        if let Some(said) = self.said.cast::<Element>() {
            let by_number = props.announce == Announce::Count;
            self.announcer
                .announce(&said, &texts, by_number, &props.strings);
        }
    }

    /// Puts the divider before the message at this place.
    fn divide(&mut self, props: &TranscriptProps, place: Place) {
        let (Some(lines), Some(look)) = (self.lines.cast::<Element>(), self.look_of(props)) else {
            return;
        };
        let divider = look.divider();
        self.list.borrow_mut().divide(&lines, place, divider);
    }

    /// Notes whether the reader is at the end. One who was there stays there if only the heights have changed.
    fn follow_end(&mut self, scroller: &Element) {
        let room = (scroller.client_height(), scroller.scroll_height());
        if std::mem::replace(&mut self.room, room) != room && self.pinned {
            to_end(scroller);
        }
        self.pinned = is_at_end(scroller);
    }

    /// What is at the end of the view has been seen.
    fn look(&mut self, props: &TranscriptProps) {
        let Some(scroller) = self.scroller() else {
            return;
        };
        if is_shown(&scroller) {
            self.follow_end(&scroller);
            if let Some(said) = self.said.cast::<Element>() {
                self.announcer.shown(&said, &props.strings);
            }
            if self.pinned {
                self.unseen.seen();
            }
        }
        self.report(props);
    }

    /// Tells the number of unseen messages, if it has changed.
    fn report(&mut self, props: &TranscriptProps) {
        if let Some(unread) = self.unseen.report() {
            props.on_unread.emit(unread);
        }
    }

    fn earlier(&mut self, props: &TranscriptProps) {
        let (Some(first), Some(scroller)) = (self.list.borrow().first(), self.scroller()) else {
            return;
        };
        let before = props.connection.seat(&props.session, |seat| {
            let mut earlier = seat.transcript().before(first).rev();
            let nearest = earlier.by_ref().take(props.history as usize);
            let mut places: Vec<_> = nearest.map(|(place, _)| place).collect();
            places.reverse();
            (places, earlier.next().is_some())
        });
        let (places, has_more) = before.unwrap_or_default();
        let anchor = self.list.borrow().anchor(&scroller);
        self.pinned = false;
        self.draw(props, &places);
        if let Some(button) = scroller.first_element_child().filter(|_| !has_more) {
            let had_focus = has_focus(&button);
            // Now, as the list would move up when Yew does it.
            let _ = button.set_attribute("hidden", "");
            let line = self.list.borrow().get(first).cloned();
            if let Some(line) = line.filter(|_| had_focus) {
                let _ = line.unchecked_ref::<HtmlElement>().focus();
            }
        }
        self.stay(&scroller, anchor);
    }

    /// Goes to the first unseen message, else to the end. All are seen then.
    fn newest(&mut self, props: &TranscriptProps) {
        let list = self.list.borrow();
        let first = self.unseen.first().and_then(|place| list.get(place));
        // The button goes, so the focus needs another place.
        let line = first.or(list.newest()).cloned();
        drop(list);
        self.pinned = true;
        self.scroller().iter().for_each(to_end);
        if let Some(line) = line {
            let _ = line.unchecked_ref::<HtmlElement>().focus();
        }
        self.unseen.seen();
        self.look(props);
    }
}

/// Whether a line's last child is its time.
fn is_time(child: Element) -> bool {
    child.get_attribute("part").as_deref() == Some("time")
}

/// Puts a day's name before a line, if its day is not that of the line before.
fn put_day(list: &mut List, lines: &Element, look: &Look<'_>, place: Place, moment: Option<f64>) {
    let day = moment.and_then(|at| look.dates?.day(at));
    if let Some(day) = day.filter(|day| list.day_at(place) != Some(day))
        && let Some(node) = look.day(moment)
    {
        list.put_day(lines, place, day, node);
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
