//! The time of day, for display only.

use js_sys::Date;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Now, in milliseconds since 1970.
pub fn now() -> f64 {
    Date::now()
}

/// `14:05` in the visitor's time zone.
pub fn hours_minutes(ms: f64) -> String {
    let date = date(ms);
    format!("{:02}:{:02}", date.get_hours(), date.get_minutes())
}

/// `14:05:09` in the visitor's time zone.
pub fn hours_minutes_seconds(ms: f64) -> String {
    let date = date(ms);
    format!(
        "{:02}:{:02}:{:02}",
        date.get_hours(),
        date.get_minutes(),
        date.get_seconds()
    )
}

/// `0:42`, `12:05` or `3 h 10 min`; a negative time counts as zero.
pub fn span(ms: f64) -> String {
    let seconds = (ms.max(0.0) / 1000.0) as u64;
    match seconds / 3600 {
        0 => format!("{}:{:02}", seconds / 60, seconds % 60),
        hours => format!("{hours} h {} min", seconds / 60 % 60),
    }
}

fn date(ms: f64) -> Date {
    Date::new(&ms.into())
}

/// Calls a function every second until it is dropped.
pub struct EverySecond {
    id: i32,
    _call: Closure<dyn FnMut()>,
}

impl EverySecond {
    /// Starts calling.
    pub fn call(call: impl FnMut() + 'static) -> Self {
        let call = Closure::<dyn FnMut()>::new(call);
        let function = call.as_ref().unchecked_ref();
        let id = web_sys::window().and_then(|window| {
            window
                .set_interval_with_callback_and_timeout_and_arguments_0(function, 1000)
                .ok()
        });
        Self {
            id: id.unwrap_or(0),
            _call: call,
        }
    }
}

impl Drop for EverySecond {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            window.clear_interval_with_handle(self.id);
        }
    }
}
