//! Dates in the words of the panel's language and the viewer's time zone, by the browser's `Intl`.

use std::cell::OnceCell;

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type DateTimeFormat;

    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(language: &JsValue, options: &JsValue) -> Result<DateTimeFormat, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn format(this: &DateTimeFormat, moment: f64) -> Result<String, JsValue>;

    #[wasm_bindgen(js_name = Date)]
    type Moment;

    #[wasm_bindgen(constructor, js_class = "Date")]
    fn at(moment: f64) -> Moment;

    #[wasm_bindgen(method, catch, js_name = toISOString)]
    fn iso(this: &Moment) -> Result<String, JsValue>;
}

/// The dates of one language. A moment that cannot be shown gives nothing.
///
/// The first format of a page takes a browser 15 ms and more, so they are made when the first date is asked for.
pub(super) struct Dates {
    language: String,
    formats: OnceCell<Formats>,
}

struct Formats {
    time: Option<DateTimeFormat>,
    day: Option<DateTimeFormat>,
    whole: Option<DateTimeFormat>,
}

impl Dates {
    /// `language` is a BCP 47 tag; one that is empty or not known means the browser's.
    pub fn of(language: &str) -> Self {
        Self {
            language: language.to_owned(),
            formats: OnceCell::new(),
        }
    }

    /// Whether the formats are made.
    pub fn are_made(&self) -> bool {
        self.formats.get().is_some()
    }

    /// Makes the formats.
    pub fn make(&self) {
        self.formats();
    }

    /// The time of day.
    pub fn time(&self, moment: f64) -> Option<String> {
        self.formats().time.as_ref()?.format(moment).ok()
    }

    /// The day.
    pub fn day(&self, moment: f64) -> Option<String> {
        self.formats().day.as_ref()?.format(moment).ok()
    }

    /// Day and time, with seconds.
    pub fn whole(&self, moment: f64) -> Option<String> {
        self.formats().whole.as_ref()?.format(moment).ok()
    }

    fn formats(&self) -> &Formats {
        let format = |styles: &[(&str, &str)]| {
            let options = Object::new();
            for (name, style) in styles {
                let _ = Reflect::set(&options, &(*name).into(), &(*style).into());
            }
            let given = (!self.language.is_empty()).then(|| JsValue::from_str(&self.language));
            let given = given.and_then(|tag| DateTimeFormat::new(&tag, &options).ok());
            given.or_else(|| DateTimeFormat::new(&JsValue::UNDEFINED, &options).ok())
        };
        self.formats.get_or_init(|| Formats {
            time: format(&[("timeStyle", "short")]),
            day: format(&[("dateStyle", "full")]),
            whole: format(&[("dateStyle", "full"), ("timeStyle", "medium")]),
        })
    }
}

/// The moment in UTC, for machines.
pub(super) fn iso(moment: f64) -> Option<String> {
    Moment::at(moment).iso().ok()
}
