//! From the class's configuration object to the properties of a control.

use barge_in::components::{Confirm, ControlProps};
use barge_in::{Connection, Media, Settings, Strings, Transport};
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use yew::Callback;

use crate::detail;

/// Reads a configuration; what is absent or of another type takes its default.
pub fn props(config: &JsValue, emit: &Function) -> ControlProps {
    let get =
        |name: &str| Reflect::get(config, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED);
    let text = |name: &str| get(name).as_string();
    let number = |name: &str, default: u32| {
        get(name)
            .as_f64()
            .filter(|value| *value >= 1.0)
            .map_or(default, |value| value as u32)
    };
    let defaults = Settings::default();
    let connection = Connection::open(&Settings {
        base_url: text("baseUrl").unwrap_or_default(),
        transport: Transport::from_name(&text("transport").unwrap_or_default()),
        channel: text("channel")
            .filter(|channel| !channel.is_empty())
            .unwrap_or(defaults.channel),
    });
    let headers = get("requestHeaders");
    if !headers.is_undefined() {
        connection.set_request_headers(headers);
    }
    let session_id = text("sessionId").unwrap_or_default();
    let (asker, teller) = (emit.clone(), emit.clone());
    let asked = session_id.clone();
    ControlProps {
        connection,
        session_id: session_id.into(),
        media: Media::parse(&text("media").unwrap_or_default()).unwrap_or(Media::SmsSession),
        confirm: Confirm::from_name(&text("confirm").unwrap_or_default()),
        modes: get("modes").is_truthy(),
        request_timeout: number("requestTimeout", 10_000),
        confirm_timeout: number("confirmTimeout", 5_000),
        strings: strings(&get("strings")),
        on_request: Callback::from(move |operation| detail::request(&asker, &asked, operation)),
        on_report: Callback::from(move |report| detail::tell(&teller, report)),
    }
}

/// The user id that a configuration gives, if it gives one.
pub fn user_id(config: &JsValue) -> Option<String> {
    let given = Reflect::get(config, &"userId".into()).ok()?.as_string();
    given.filter(|id| !id.is_empty())
}

fn strings(value: &JsValue) -> Strings {
    let Some(object) = value.dyn_ref::<Object>() else {
        return Strings::default();
    };
    let pair = |entry: JsValue| {
        let entry: Array = entry.unchecked_into();
        Some((entry.get(0).as_string()?, entry.get(1).as_string()?))
    };
    Strings::new(Object::entries(object).iter().filter_map(pair).collect())
}
