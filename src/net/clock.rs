//! A clock that never runs backwards and does not lose the hours that a laptop slept.
//!
//! `performance.now()` stands still on some systems while the machine sleeps, and `Date.now()` jumps when somebody sets
//! the time. This clock adds up whichever of the two moved further since the last reading, so that a deadline is never
//! missed by sleep and never postponed by a clock that was set back.

use std::cell::Cell;

use bayeux::Millis;
use js_sys::Promise;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Performance, Window};

/// The page's window; the crate runs nowhere else. Not asked whether it is one: a page may have another `Window`.
pub fn window() -> Window {
    js_sys::global().unchecked_into()
}

/// What `performance.now()` says, by which events are dated too.
pub fn ticks() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}

/// A monotone clock in milliseconds, from an arbitrary start.
pub struct Clock {
    ticks_of: Option<Performance>,
    total: Cell<f64>,
    ticks: Cell<f64>,
    date: Cell<f64>,
}

impl Clock {
    /// A clock that starts now.
    pub fn new() -> Self {
        let clock = Self {
            ticks_of: window().performance(),
            total: Cell::new(0.0),
            ticks: Cell::new(0.0),
            date: Cell::new(js_sys::Date::now()),
        };
        clock.ticks.set(clock.ticks());
        clock
    }

    /// Milliseconds since the start.
    pub fn now(&self) -> Millis {
        let (ticks, date) = (self.ticks(), js_sys::Date::now());
        let moved = (ticks - self.ticks.replace(ticks))
            .max(date - self.date.replace(date))
            .max(0.0);
        self.total.set(self.total.get() + moved);
        self.total.get() as Millis
    }

    fn ticks(&self) -> f64 {
        self.ticks_of.as_ref().map_or(0.0, Performance::now)
    }
}

/// A one-shot timer that is cancelled when dropped.
#[must_use = "dropping a timer cancels it"]
pub struct Timer {
    id: i32,
    _callback: Closure<dyn FnMut()>,
}

impl Timer {
    /// Calls `callback` once, `delay` from now; longer delays than a browser can count are cut to the longest.
    pub fn after(delay: Millis, callback: impl FnMut() + 'static) -> Self {
        let callback = Closure::<dyn FnMut()>::new(callback);
        let delay = delay.min(i32::MAX as Millis) as i32;
        let id = window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(
                callback.as_ref().unchecked_ref(),
                delay,
            )
            .unwrap_or(0);
        Self {
            id,
            _callback: callback,
        }
    }
}

/// Lets the page have its turn.
pub async fn pause() {
    let mut timer = None;
    let turn = Promise::new(&mut |resolve, _| {
        timer = Some(Timer::after(0, move || {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }));
    });
    let _ = JsFuture::from(turn).await;
}

impl Drop for Timer {
    fn drop(&mut self) {
        window().clear_timeout_with_handle(self.id);
    }
}
