//! The list of lines in the document: where a line goes, and what stays where it is while others come.

use gws::seat::{ByPlace, Change, Place};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

use super::line::set;
use crate::components::has_focus;
use crate::panel::strings::PanelText;
use crate::strings::Strings;

/// So near to the end, in px, counts as at the end.
const NEAR: i32 = 20;

/// The lines that are drawn.
#[derive(Default)]
pub(super) struct List {
    lines: ByPlace<Element>,
    /// The separators, by the line that each stands before.
    days: ByPlace<(String, Element)>,
    divider: Option<Element>,
    /// The line with the list's tab stop.
    stop: Option<Element>,
}

impl List {
    /// Whether nothing is drawn.
    pub fn is_empty(&self) -> bool {
        self.lines.all().is_empty()
    }

    /// All lines, in their order.
    pub fn all(&self) -> Vec<(Place, Element)> {
        self.lines.all().to_vec()
    }

    /// The place of the first drawn line.
    pub fn first(&self) -> Option<Place> {
        self.lines.all().first().map(|(place, _)| *place)
    }

    /// The line at this place.
    pub fn get(&self, place: Place) -> Option<&Element> {
        self.lines.get(place)
    }

    /// The newest line.
    pub fn newest(&self) -> Option<&Element> {
        self.lines.all().last().map(|(_, line)| line)
    }

    /// Puts a line at its place, in the place of a former one, with the tab stop and the focus if that one had it.
    pub fn put(&mut self, list: &Element, place: Place, line: Element) {
        match self.lines.get(place) {
            Some(former) => {
                let is_stop = former.is_same_node(self.stop.as_ref().map(|stop| stop.as_ref()));
                let had_focus = has_focus(former);
                let _ = former.replace_with_with_node_1(&line);
                if is_stop {
                    self.stop_at(Some(line.clone()));
                }
                if had_focus {
                    let _ = line.unchecked_ref::<HtmlElement>().focus();
                }
            }
            None => {
                let next = self.lines.from(place).first();
                let before =
                    next.map(|(next, line)| self.days.get(*next).map_or(line, |day| &day.1));
                let _ = list.insert_before(&line, before.map(|node| node.unchecked_ref::<Node>()));
            }
        }
        self.lines.insert(place, line);
    }

    /// The day that stands before the nearest line with one, up to this place.
    pub fn day_at(&self, place: Place) -> Option<&str> {
        let here = self.days.get(place);
        let day = here.or_else(|| Some(&self.days.before(place).last()?.1));
        day.map(|(day, _)| day.as_str())
    }

    /// Puts a day's name before the line at this place; the next line does not repeat it.
    pub fn put_day(&mut self, list: &Element, place: Place, day: String, node: Element) {
        let Some(line) = self.lines.get(place) else {
            return;
        };
        let _ = list.insert_before(&node, Some(line.unchecked_ref()));
        let next = self.days.after(place).first();
        let repeats = next
            .filter(|(_, (other, _))| *other == day)
            .map(|(next, _)| *next);
        if let Some((_, node)) = repeats.and_then(|next| self.days.remove(next)) {
            node.remove();
        }
        if let Some((_, former)) = self.days.insert(place, (day, node)) {
            former.remove();
        }
    }

    /// Puts the divider before the line at this place.
    pub fn divide(&mut self, list: &Element, at: Place, node: Option<Element>) {
        if let Some(former) = self.divider.take() {
            former.remove();
        }
        if let (Some(line), Some(node)) = (self.lines.get(at), node) {
            let _ = list.insert_before(&node, Some(line.unchecked_ref()));
            self.divider = Some(node);
        }
    }

    /// Moves the tab stop: to this line, else to the newest one. Links and buttons are reached from their line.
    pub fn stop_at(&mut self, line: Option<Element>) {
        let stop = line.or_else(|| self.newest().cloned());
        for (line, index) in [(&self.stop, "-1"), (&stop, "0")] {
            line.iter().for_each(|line| set_stop(line, index));
        }
        self.stop = stop;
    }

    /// The line that a key moves to from this one.
    pub fn beside(&self, line: &Element, key: &str) -> Option<Element> {
        let lines = self.lines.all();
        let at = || {
            lines
                .iter()
                .position(|(_, one)| one.is_same_node(Some(line)))
        };
        let next = match key {
            "Home" => 0,
            "End" => lines.len().checked_sub(1)?,
            "ArrowUp" => at()?.checked_sub(1)?,
            "ArrowDown" => at()? + 1,
            _ => return None,
        };
        lines.get(next).map(|(_, line)| line.clone())
    }

    /// Forgets and removes everything.
    pub fn clear(&mut self, list: &Element) {
        list.set_text_content(None);
        *self = Self::default();
    }

    /// All lines, as what is to be drawn anew since the words have changed. The divider has its words at once.
    pub fn renewed(&self, strings: &Strings) -> Vec<Change> {
        if let Some(divider) = &self.divider {
            divider.set_text_content(Some(strings.get(PanelText::New)));
        }
        let places = self.lines.all().iter();
        places.map(|(place, _)| Change::Replaced(*place)).collect()
    }

    /// The first line that is in view, and where it stands.
    pub fn anchor(&self, scroller: &Element) -> Option<(Place, i32)> {
        let top = scroller.scroll_top();
        let is_above = |(_, line): &(Place, Element)| {
            let line = line.unchecked_ref::<HtmlElement>();
            line.offset_top() + line.offset_height() <= top
        };
        let lines = self.lines.all();
        let (place, line) = lines.get(lines.partition_point(is_above))?;
        Some((*place, self::top(line, scroller)))
    }

    /// Puts the line at a place back to where it stood in the view.
    pub fn restore(&self, scroller: &Element, anchor: Option<(Place, i32)>) {
        if let Some((place, offset)) = anchor
            && let Some(line) = self.get(place)
        {
            scroller.set_scroll_top(line.unchecked_ref::<HtmlElement>().offset_top() - offset);
        }
    }
}

fn set_stop(line: &Element, index: &str) {
    set(line, "tabindex", index);
    let Ok(inner) = line.query_selector_all("a, button") else {
        return;
    };
    for at in 0..inner.length() {
        if let Some(node) = inner.item(at) {
            set(node.unchecked_ref(), "tabindex", index);
        }
    }
}

/// Where a line stands in the view, in px.
fn top(line: &Element, scroller: &Element) -> i32 {
    line.unchecked_ref::<HtmlElement>().offset_top() - scroller.scroll_top()
}

/// Whether a person can see the view.
pub(super) fn is_shown(scroller: &Element) -> bool {
    let page = scroller.owner_document();
    page.is_some_and(|page| !page.hidden()) && scroller.client_height() > 0
}

/// Whether the view is at the end.
pub(super) fn is_at_end(scroller: &Element) -> bool {
    scroller.scroll_top() + scroller.client_height() + NEAR >= scroller.scroll_height()
}

/// Moves the view to the end.
pub(super) fn to_end(scroller: &Element) {
    scroller.set_scroll_top(scroller.scroll_height());
}
