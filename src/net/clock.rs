//! A clock that never runs backwards and includes the time that a laptop slept.
//!
//! On some systems `performance.now()` stops while the machine sleeps, and `Date.now()` jumps when somebody sets the
//! time. This clock adds the larger of the two differences since the last reading. So sleep never delays a deadline,
//! and neither does a clock that is set back.

use std::cell::Cell;

use bayeux::Millis;
use js_sys::Promise;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Performance, Window};

/// The page's window; the crate runs nowhere else. Without an `instanceof` check, as the page may have replaced
/// `Window`.
pub fn window() -> Window {
    js_sys::global().unchecked_into()
}

/// `performance.now()`, the clock of event timestamps.
pub fn ticks() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}

/// A monotonic clock in milliseconds, from an arbitrary start.
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
    /// Calls `callback` once, `delay` from now; delays longer than a browser's timer allows are cut to its maximum.
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

/// Yields to the page.
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

/// The time of day, in ms since 1970.
#[cfg(feature = "panel")]
pub fn time_of_day() -> f64 {
    js_sys::Date::now()
}
