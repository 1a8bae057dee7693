//! Which session a press is meant for: the one that was shown when the pointer or the key went down.
//!
//! The page may turn a control to another session while a button is held. To carry the press out there would show the
//! supervisor to a customer whom nobody chose.

use gws::Media;
use yew::AttrValue;

use super::control::ControlProps;
use crate::connection::Settings;
use crate::net::clock::ticks;

/// By what a press begins.
pub enum Means {
    /// A pointer.
    Pointer,
    /// A mouse, of which the pointer has told before, where a person moves it.
    Mouse,
    /// A key.
    Key,
}

/// A session of a server, as a control shows it. It holds no connection open.
type Place = (Settings, Media, AttrValue);

/// An event that came this much later than it happened, in ms, was dated by another clock.
const LATE: f64 = 10_000.0;

/// What a control has shown, and what it showed when something went down on it.
#[derive(Default)]
pub(super) struct Presses {
    /// What was shown before, and until when.
    before: Option<(Place, f64)>,
    pointer: Option<Place>,
    key: Option<Place>,
}

impl Presses {
    /// The control shows another session than that of `old`.
    pub fn moved(&mut self, old: &ControlProps) {
        self.before = Some((place(old), ticks()));
    }

    /// Something went down on the control, at this time. The page may have been quicker than the news of it.
    pub fn down(&mut self, means: &Means, at: f64, props: &ControlProps) {
        let late = (0.0..LATE).contains(&(ticks() - at));
        let shown = match &self.before {
            Some((before, until)) if late && at < *until => before.clone(),
            _ => place(props),
        };
        match means {
            Means::Pointer => self.pointer = Some(shown),
            Means::Mouse => _ = self.pointer.get_or_insert(shown),
            Means::Key => self.key = Some(shown),
        }
    }

    /// What went down will come up elsewhere, or not at all.
    pub fn given_up(&mut self, means: &Means) {
        match means {
            Means::Key => self.key = None,
            _ => self.pointer = None,
        }
    }

    /// Whether a click is meant for what is shown. One of a script, or of a screen reader, is; it has begun with nothing.
    pub fn is_meant(&mut self, clicks: i32, props: &ControlProps) -> bool {
        let begun = if clicks == 0 {
            self.key.take()
        } else {
            self.pointer.take()
        };
        begun.is_none_or(|begun| begun == place(props))
    }
}

fn place(props: &ControlProps) -> Place {
    let settings = props.connection.settings().clone();
    (settings, props.media, props.session_id.clone())
}
