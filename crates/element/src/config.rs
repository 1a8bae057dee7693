//! Converts the class's configuration object into the properties of a control.

use barge_in::components::{BargeInButtonProps, Confirm, ControlProps};
#[cfg(feature = "panel")]
use barge_in::panel::PanelText;
use barge_in::strings::{Phrase, Text};
use barge_in::{Connection, DEFAULT_CHANNEL, Media, Settings, Strings, Transport};
use js_sys::{Function, Reflect};
use wasm_bindgen::JsValue;
use yew::{AttrValue, Callback};

use crate::detail;

/// Reads a configuration, which already holds the class's defaults; a value of the wrong type counts as empty.
pub fn props(config: &JsValue, emit: &Function) -> ControlProps {
    let channel = text(config, "channel");
    let connection = Connection::open(&Settings {
        base_url: text(config, "baseUrl"),
        transport: Transport::from_name(&text(config, "transport")),
        channel: if channel.is_empty() {
            DEFAULT_CHANNEL.to_owned()
        } else {
            channel
        },
    });
    let headers = get(config, "requestHeaders");
    if !headers.is_undefined() {
        connection.set_request_headers(headers);
    }
    let session_id = AttrValue::from(text(config, "sessionId"));
    let (asker, teller) = (emit.clone(), emit.clone());
    let asked = session_id.clone();
    let button = BargeInButtonProps {
        session_id,
        media: Media::parse(&text(config, "media")).unwrap_or(Media::SmsSession),
        confirm: Confirm::from_name(&text(config, "confirm")),
        modes: get(config, "modes").is_truthy(),
        request_timeout: number(config, "requestTimeout"),
        confirm_timeout: number(config, "confirmTimeout"),
        strings: strings(&get(config, "strings")),
        on_request: Callback::from(move |operation| detail::request(&asker, &asked, operation)),
        on_report: Callback::from(move |report| detail::tell(&teller, report)),
    };
    yew::props!(ControlProps { connection, button })
}

/// The user id of a configuration, if any.
pub fn user_id(config: &JsValue) -> Option<String> {
    let given = text(config, "userId");
    (!given.is_empty()).then_some(given)
}

pub(crate) fn get(config: &JsValue, name: &str) -> JsValue {
    Reflect::get(config, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

pub(crate) fn text(config: &JsValue, name: &str) -> String {
    get(config, name).as_string().unwrap_or_default()
}

pub(crate) fn number(config: &JsValue, name: &str) -> u32 {
    get(config, name).as_f64().unwrap_or_default() as u32
}

fn strings(value: &JsValue) -> Strings {
    let mut pairs = Vec::new();
    let keys = Text::ALL.iter().map(|text| text.key());
    #[cfg(feature = "panel")]
    let keys = keys.chain(PanelText::ALL.iter().map(|text| text.key()));
    for key in keys {
        if let Some(text) = get(value, key).as_string() {
            pairs.push((key.to_owned(), text));
        }
    }
    Strings::new(pairs)
}
