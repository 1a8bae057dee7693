//! Announces others' new messages to screen readers: by a polite node of its own outside of the list, since a live list
//! is read out as a whole when it is filled.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use web_sys::{Document, Element};

use crate::net::clock::Timer;
use crate::panel::strings::PanelText;
use crate::strings::{Strings, cut};

/// More messages than this at once are announced by their number.
const MOST: usize = 3;
/// The longest announced text, in UTF-16 units.
const LONGEST: usize = 200;
/// How long an announcement stays, in ms: readers drop nodes that go away while they still speak.
const STAYS: u64 = 7_000;

/// The announcer of one transcript.
#[derive(Default)]
pub(super) struct Announcer {
    /// Messages that arrived while the page was hidden.
    missed: Cell<usize>,
    last: RefCell<String>,
    timer: Rc<RefCell<Option<Timer>>>,
}

impl Announcer {
    /// Announces these texts, or their number.
    pub fn announce(&self, node: &Element, texts: &[String], by_number: bool, strings: &Strings) {
        if texts.is_empty() {
            return;
        }
        if node.owner_document().is_some_and(|page| page.hidden()) {
            self.missed.set(self.missed.get() + texts.len());
        } else if by_number || texts.len() > MOST {
            self.say(node, &number(texts.len(), strings));
        } else {
            texts.iter().for_each(|text| self.say(node, text));
        }
    }

    /// The page is shown again.
    pub fn shown(&self, node: &Element, strings: &Strings) {
        let missed = self.missed.take();
        if missed > 0 {
            self.say(node, &number(missed, strings));
        }
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
        let (node, slot) = (node.clone(), Rc::downgrade(&self.timer));
        let timer = Timer::after(STAYS, move || {
            node.set_text_content(None);
            if let Some(slot) = slot.upgrade() {
                slot.take();
            }
        });
        self.timer.replace(Some(timer));
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
