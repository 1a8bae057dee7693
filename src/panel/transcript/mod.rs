//! The transcript: the log of a session as a list of lines.
//!
//! Yew renders what is around the list. The lines are made by hand, as an appended one must not cost more the more
//! there are: [`line`] makes one, [`list`] puts it at its place. The list is not live; [`announcer`] announces.

mod announcer;
mod dates;
mod gestures;
mod line;
mod list;
mod size;
mod text;
mod texts;
mod unseen;

use std::cell::RefCell;
use std::rc::Rc;

use gws::seat::{Change, Place, Role};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::html::Scope;
use yew::prelude::*;

use self::announcer::{Announcer, announced, number};
use self::dates::Dates;
pub(super) use self::gestures::{focused, key, pressed};
use self::line::{Look, Told};
use self::list::{List, is_at_end, is_shown, to_end};
use self::size::Size;
pub(super) use self::texts::copy;
use self::texts::{trouble, typing};
use self::unseen::Unseen;
use super::options::Announce;
use super::panel::{self, Panel, PanelProps};
use super::strings::PanelText;
use crate::components::has_focus;
use crate::element::{Said, Words, element, slot};
use crate::net::clock::{Timer, window};
use crate::net::page::Listener;

/// How many messages of others have not been seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unread {
    /// All of them.
    pub unread: u32,
    /// Those of the customer.
    pub from_customer: u32,
}

/// The log of a session, as a panel shows it.
pub(super) struct Transcript {
    link: Scope<Panel>,
    dates: Dates,
    /// The task that adds the dates.
    dating: Option<Timer>,
    list: RefCell<List>,
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

/// What happens to a transcript.
pub enum Msg {
    /// The log has these entries now; `true`: they were read.
    Logged(Rc<Vec<Change>>, bool),
    /// The view was moved or has another size, or the page is shown again.
    Seen,
    /// "Show earlier messages" was pressed.
    Earlier,
    /// The button with the number of new messages was pressed.
    Newest,
    /// "Show all" was pressed: this button.
    Unfold(Element),
    /// A key was pressed in the list.
    Key(Element, String),
    /// A line has the focus.
    Focused(Element),
    /// The first lines can be read: their dates are added.
    Date,
}

impl Transcript {
    /// One that is not drawn yet.
    pub fn new(ctx: &Context<Panel>) -> Self {
        Self {
            link: ctx.link().clone(),
            dates: Dates::of(&ctx.props().options.language),
            dating: None,
            list: RefCell::default(),
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

    /// The panel has other properties.
    pub fn changed(&mut self, props: &PanelProps, old: &PanelProps) {
        let (options, former) = (&props.options, &old.options);
        if options.language != former.language {
            self.dates = Dates::of(&options.language);
            self.dates.make();
        }
        if props.connection != old.connection || props.session() != old.session() {
            self.announcer = Rc::default();
            if let Some(said) = self.said.cast::<Element>() {
                said.set_text_content(None);
            }
            self.unseen.seen();
            self.redraw(props);
            self.look(props);
        } else if options.language != former.language
            || options.links != former.links
            || props.strings() != old.strings()
        {
            // As if each line were told anew: the reader stays where they are.
            let changes = self.list.borrow().renewed(props.strings());
            self.logged(props, &changes, false);
        }
    }

    /// Something has happened.
    pub fn update(&mut self, props: &PanelProps, msg: Msg) {
        match msg {
            Msg::Logged(changes, read) => self.logged(props, &changes, read),
            Msg::Seen => self.look(props),
            Msg::Earlier => self.earlier(props),
            Msg::Newest => self.newest(props),
            Msg::Unfold(button) => {
                // The reader begins with the words that are in view.
                self.pinned = false;
                line::unfold(&button);
            }
            Msg::Key(line, key) => {
                let beside = self.list.borrow().beside(&line, &key);
                if let Some(beside) = beside {
                    let _ = beside.unchecked_ref::<HtmlElement>().focus();
                }
            }
            Msg::Focused(line) => self.list.borrow_mut().stop_at(Some(line)),
            Msg::Date => self.date(props),
        }
    }

    /// Goes to the end.
    pub fn scroll_to_newest(&mut self, props: &PanelProps) {
        self.pinned = true;
        self.scroller().iter().for_each(to_end);
        self.look(props);
    }

    /// What is around the list, and the list.
    pub fn view(&self, props: &PanelProps) -> Html {
        let strings = props.strings();
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
                slot("empty", props.options.slots && around.is_empty)
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

    /// The nodes are there.
    pub fn begin(&mut self, props: &PanelProps) {
        self.listen();
        self.redraw(props);
    }

    /// What is to be done after each change; true if something around the list is to be rendered.
    pub fn settle(&mut self, props: &PanelProps) -> bool {
        self.date_soon();
        self.look_around(props)
    }

    /// The number of unseen messages, if it has changed.
    pub fn unread(&mut self) -> Option<Unread> {
        self.unseen.report()
    }

    /// Looks at what is rendered around the list; true if it has changed.
    fn look_around(&mut self, props: &PanelProps) -> bool {
        let around = props.seat(|seat| {
            let list = self.list.borrow();
            let is_earlier = |first| seat.transcript().before(first).next().is_some();
            Around {
                has_earlier: list.first().is_some_and(is_earlier),
                is_empty: seat.was_read() && list.is_empty(),
                trouble: trouble(seat, props, &self.dates),
                typing: typing(seat, props.strings()),
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

    fn listen(&mut self) {
        let Some(scroller) = self.scroller() else {
            return;
        };
        let link = self.link.clone();
        let look = move || link.send_message(panel::Msg::Transcript(Msg::Seen));
        let (seen, shown) = (look.clone(), look.clone());
        let sized = [Some(scroller.clone()), self.lines.cast()];
        self.size = Size::of(sized.iter().flatten(), look);
        self.listeners
            .push(Listener::new(&scroller, &["scroll"], move |_| seen()));
        if let Some(document) = window().document() {
            let kinds = &["visibilitychange"];
            self.listeners
                .push(Listener::new(&document, kinds, move |_| shown()));
        }
    }

    /// Draws the newest lines anew.
    fn redraw(&mut self, props: &PanelProps) {
        let Some(lines) = self.lines.cast::<Element>() else {
            return;
        };
        // The observer of sizes goes to the end of lines where there were none.
        let grows = self.list.borrow().is_empty() && self.size.is_some();
        self.list.borrow_mut().clear(&lines);
        self.pinned = true;
        self.was_read = false;
        let places = props.seat(|seat| {
            let all = seat.transcript().entries().rev();
            let mut newest: Vec<_> = all
                .take(props.options.history as usize)
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
    fn look_of<'a>(&'a self, props: &'a PanelProps) -> Option<Look<'a>> {
        Some(Look {
            document: window().document()?,
            strings: props.strings(),
            dates: self.dates.are_made().then_some(&self.dates),
            links: props.options.links,
        })
    }

    /// Draws the entries at these places, in their order.
    fn draw(&self, props: &PanelProps, places: &[Place]) {
        let (Some(lines), Some(look)) = (self.lines.cast::<Element>(), self.look_of(props)) else {
            return;
        };
        let mut list = self.list.borrow_mut();
        props.seat(|seat| {
            let people = seat.people();
            for place in places {
                let Some(entry) = seat.transcript().get(*place) else {
                    continue;
                };
                let told = Told::of(seat, &people, entry, props.strings());
                let Some(line) = look.line(&told) else {
                    continue;
                };
                list.put(&lines, *place, line);
                put_day(&mut list, &lines, &look, *place, told.moment);
            }
        });
    }

    /// Has the dates of the first lines added in a task of its own, after the lines can be read.
    fn date_soon(&mut self) {
        if self.dating.is_none() && !self.dates.are_made() && !self.list.borrow().is_empty() {
            let link = self.link.clone();
            self.dating = Some(Timer::after(0, move || {
                link.send_message(panel::Msg::Transcript(Msg::Date));
            }));
        }
    }

    /// Adds the dates to the lines that were drawn before there were formats.
    fn date(&mut self, props: &PanelProps) {
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
        props.seat(|seat| {
            for (place, line) in list.all() {
                if line.last_element_child().is_some_and(is_time) {
                    continue;
                }
                let entry = seat.transcript().get(place);
                let moment = entry.and_then(|entry| entry.time());
                look.date(&line, moment);
                put_day(&mut list, &lines, &look, place, moment);
            }
        });
        drop(list);
        self.stay(&scroller, anchor);
    }

    fn logged(&mut self, props: &PanelProps, changes: &[Change], read: bool) {
        let Some(scroller) = self.scroller() else {
            return;
        };
        let is_news = self.was_read || props.connection.is_log_failing(&props.session());
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
        let are_many = changes.len() > props.options.history as usize && stays;
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
            return;
        }
        self.pinned = stays;
        self.stay(&scroller, anchor);
        self.look(props);
    }

    /// Announces and counts the new messages of others.
    fn tell_new(&mut self, props: &PanelProps, changes: &[Change]) {
        let mut texts = Vec::new();
        props.seat(|seat| {
            let people = seat.people();
            for change in changes {
                let Change::Appended(place) = change else {
                    continue;
                };
                let Some(entry) = seat.transcript().get(*place) else {
                    continue;
                };
                let told = Told::of(seat, &people, entry, props.strings());
                if told.is_others() {
                    texts.push(announced(&told.author, told.words(), props.strings()));
                    self.unseen.add(*place, told.role == Role::Customer);
                }
            }
        });
        if props.options.announce == Announce::None {
            return;
        }
        if let Some(said) = self.said.cast::<Element>() {
            let by_number = props.options.announce == Announce::Count;
            self.announcer
                .announce(&said, &texts, by_number, props.strings());
        }
    }

    /// Puts the divider before the message at this place.
    fn divide(&mut self, props: &PanelProps, place: Place) {
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
    fn look(&mut self, props: &PanelProps) {
        let Some(scroller) = self.scroller() else {
            return;
        };
        if is_shown(&scroller) {
            self.follow_end(&scroller);
            if let Some(said) = self.said.cast::<Element>() {
                self.announcer.shown(&said, props.strings());
            }
            if self.pinned {
                self.unseen.seen();
            }
        }
    }

    fn earlier(&mut self, props: &PanelProps) {
        let (Some(first), Some(scroller)) = (self.list.borrow().first(), self.scroller()) else {
            return;
        };
        let before = props.seat(|seat| {
            let mut earlier = seat.transcript().before(first).rev();
            let nearest = earlier.by_ref().take(props.options.history as usize);
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
    fn newest(&mut self, props: &PanelProps) {
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
