//! Which session a press is meant for: the one that was shown when the pointer or the key went down.
//!
//! The page may turn a control to another session while a button is held. To carry the press out there would show the
//! supervisor to a customer whom nobody chose.

use gws::SessionKey;

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
pub(super) type Place = (Settings, SessionKey);

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
    /// The control shows another session than this one.
    pub fn moved(&mut self, from: Place) {
        self.before = Some((from, ticks()));
    }

    /// Something went down on the control, which shows `now`, at this time. The page may have been quicker than the news of it.
    pub fn down(&mut self, means: &Means, at: f64, now: Place) {
        let late = (0.0..LATE).contains(&(ticks() - at));
        let shown = match &self.before {
            Some((before, until)) if late && at < *until => before.clone(),
            _ => now,
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
    pub fn is_meant(&mut self, clicks: i32, now: &Place) -> bool {
        let begun = if clicks == 0 {
            self.key.take()
        } else {
            self.pointer.take()
        };
        begun.is_none_or(|begun| begun == *now)
    }
}
