//! Announces others' new messages to screen readers: by a polite node of its own outside of the list, since a live list
//! is read out as a whole when it is filled.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use web_sys::{Document, Element};

use crate::net::clock::Timer;
use crate::panel::strings::PanelText;
use crate::strings::{Strings, cut};

/// More messages than this within a second are announced by their number.
const MOST: usize = 3;
/// That second, in ms.
const BURST: u64 = 1_000;
/// The longest announced text, in UTF-16 units.
const LONGEST: usize = 200;
/// How long an announcement stays, in ms: readers drop nodes that go away while they still speak.
const STAYS: u64 = 7_000;

/// The announcer of one transcript. Dropping it ends its timers.
#[derive(Default)]
pub(super) struct Announcer {
    /// Messages that arrived while the page was hidden.
    missed: Cell<usize>,
    burst: RefCell<Burst>,
    last: RefCell<String>,
    second: RefCell<Option<Timer>>,
    /// One for each announcement that stands, in their order.
    stays: Rc<RefCell<Vec<Timer>>>,
}

impl Announcer {
    /// Announces these texts, or their number.
    pub fn announce(
        self: &Rc<Self>,
        node: &Element,
        texts: &[String],
        by_number: bool,
        strings: &Strings,
    ) {
        if texts.is_empty() {
            return;
        }
        if node.owner_document().is_some_and(|page| page.hidden()) {
            self.missed.set(self.missed.get() + texts.len());
            return;
        }
        if self.burst.borrow_mut().take(texts.len(), by_number) {
            texts.iter().for_each(|text| self.say(node, text));
        }
        self.wait(node, strings);
    }

    /// The page is shown again.
    pub fn shown(&self, node: &Element, strings: &Strings) {
        let missed = self.missed.take();
        if missed > 0 {
            self.say(node, &number(missed, strings));
        }
    }

    /// Announces what was held, once the second is over.
    fn wait(self: &Rc<Self>, node: &Element, strings: &Strings) {
        if self.second.borrow().is_some() {
            return;
        }
        let (this, node, strings) = (Rc::downgrade(self), node.clone(), strings.clone());
        let timer = Timer::after(BURST, move || {
            let Some(this) = this.upgrade() else {
                return;
            };
            let held = this.burst.take().held;
            if held > 0 {
                this.say(&node, &number(held, &strings));
            }
            this.second.take();
        });
        self.second.replace(Some(timer));
    }

    fn say(&self, node: &Element, text: &str) {
        let Some(document) = node.owner_document() else {
            return;
        };
        let mut text = text.to_owned();
        // The same words again are news only if they differ.
        if *self.last.borrow() == text {
            text.push('\u{200b}');
        }
        text.clone_into(&mut self.last.borrow_mut());
        add(&document, node, &text);
        let (node, stays) = (node.clone(), Rc::downgrade(&self.stays));
        let timer = Timer::after(STAYS, move || {
            if let Some(first) = node.first_child() {
                let _ = node.remove_child(&first);
            }
            if let Some(stays) = stays.upgrade() {
                let _over = stays.borrow_mut().remove(0);
            }
        });
        self.stays.borrow_mut().push(timer);
    }
}

/// The messages of one second.
#[derive(Debug, Default)]
struct Burst {
    said: usize,
    /// How many are announced by their number when the second is over.
    held: usize,
}

impl Burst {
    /// So many messages have come: whether their words are announced now, else they are held.
    fn take(&mut self, count: usize, by_number: bool) -> bool {
        let are_few = self.held == 0 && self.said + count <= MOST;
        match are_few && !by_number {
            true => self.said += count,
            false => self.held += count,
        }
        are_few && !by_number
    }
}

fn add(document: &Document, node: &Element, text: &str) {
    if let Ok(child) = document.create_element("div") {
        child.set_text_content(Some(text));
        let _ = node.append_child(&child);
    }
}

/// A message as it is announced.
pub(super) fn announced(name: &str, text: &str, strings: &Strings) -> String {
    let short = cut(text, LONGEST);
    let text = match short.len() < text.len() {
        true => strings.fill(PanelText::GoesOn, &[("text", short)]),
        false => short.to_owned(),
    };
    strings.fill(PanelText::Announced, &[("name", name), ("text", &text)])
}

/// "3 new messages".
pub(super) fn number(count: usize, strings: &Strings) -> String {
    let digits = json::digits(count as i64);
    let text = match count {
        1 => PanelText::NewestOne,
        _ => PanelText::Newest,
    };
    strings.fill(text, &[("count", &digits)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_messages_of_one_second_are_told_by_their_number() {
        let mut burst = Burst::default();
        assert!(burst.take(2, false));
        assert!(burst.take(1, false));
        assert!(!burst.take(1, false));
        assert!(!burst.take(5, false));
        assert_eq!(burst.held, 6);
    }

    #[test]
    fn what_comes_at_once_or_is_only_counted_is_told_by_its_number() {
        let mut burst = Burst::default();
        assert!(!burst.take(40, false));
        assert!(
            !burst.take(1, false),
            "words after a number would be out of order"
        );
        assert_eq!(burst.held, 41);
        let mut counted = Burst::default();
        assert!(!counted.take(1, true));
        assert_eq!(counted.held, 1);
    }
}
