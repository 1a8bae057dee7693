//! The session of a press: the one that was shown when the pointer or the key went down.
//!
//! The page may switch a control to another session while the button is held. Sending the press there would show the
//! supervisor to the wrong customer.

use gws::SessionKey;

use crate::connection::Settings;
use crate::net::clock::ticks;

/// What an event says of a press.
pub enum Hold {
    /// One begins; the number is the event's timestamp.
    Down(Means, f64),
    /// One that began ends elsewhere, or not at all.
    GivenUp(Means),
}

/// What begins a press.
pub enum Means {
    /// A pointer.
    Pointer,
    /// A mouse. A person's mouse press follows a pointer press.
    Mouse,
    /// A key.
    Key,
}

/// A session of a server, as a control shows it. It does not keep a connection open.
pub(crate) type Place = (Settings, SessionKey);

/// An event older than this, in ms, has a timestamp of another clock.
const LATE: f64 = 10_000.0;

/// What a control has shown, and what it showed at each press.
#[derive(Default)]
pub(crate) struct Presses {
    /// The session shown before, and until when.
    before: Option<(Place, f64)>,
    pointer: Option<Place>,
    key: Option<Place>,
}

impl Presses {
    /// The control has switched away from this session.
    pub fn moved(&mut self, from: Place) {
        self.before = Some((from, ticks()));
    }

    /// A press began on what shows `now`, or is given up. The page may have switched sessions between the press and its
    /// event.
    pub fn note(&mut self, hold: &Hold, now: Place) {
        match hold {
            Hold::Down(means, at) => self.down(means, *at, now),
            Hold::GivenUp(Means::Key) => self.key = None,
            Hold::GivenUp(_) => self.pointer = None,
        }
    }

    fn down(&mut self, means: &Means, at: f64, now: Place) {
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

    /// Whether a click is meant for the session shown. A click by a script or a screen reader is, as it has no press.
    pub fn is_meant(&mut self, clicks: i32, now: &Place) -> bool {
        let begun = if clicks == 0 {
            self.key.take()
        } else {
            self.pointer.take()
        };
        begun.is_none_or(|begun| begun == *now)
    }
}
