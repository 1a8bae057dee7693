//! The headers of every request: the host page's own, and the CSRF token that the server hands out.
//!
//! What the page supplies is asked for anew before each request and kept nowhere. The CSRF token is no credential but a
//! proof of same origin; the newest one seen is held in memory, for the life of the connection.

use std::cell::RefCell;

use js_sys::{Array, Function, Object, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Headers;

/// The response header that names the header in which the token goes back.
/// Source: Genesys, "CSRF Protection", GWS 8.5.2 API.
const CSRF_NAME: &str = "X-CSRF-HEADER";

/// Where the headers of a request come from.
#[derive(Default)]
pub struct HeaderSource {
    page: RefCell<JsValue>,
    csrf: RefCell<Option<(String, String)>>,
}

impl HeaderSource {
    /// Takes what the page set as `requestHeaders`: an object, a function returning one or a promise of one, or nothing.
    pub fn set_page(&self, headers: JsValue) {
        *self.page.borrow_mut() = headers;
    }

    /// Remembers the token that a response carries, if it carries one.
    pub fn learn_csrf(&self, response: &Headers) {
        let name = response.get(CSRF_NAME).ok().flatten();
        let token = name
            .as_deref()
            .and_then(|name| response.get(name).ok().flatten());
        if let (Some(name), Some(token)) = (name, token) {
            *self.csrf.borrow_mut() = Some((name, token));
        }
    }

    /// Adds the token to a request, under the name that the server gave.
    pub fn add_csrf(&self, request: &Headers) {
        if let Some((name, token)) = &*self.csrf.borrow() {
            // A server that names an impossible header gets a request without it, and says so in its rejection.
            let _ = request.set(name, token);
        }
    }

    /// Adds the page's own headers to a request.
    ///
    /// # Errors
    /// The words of what the page's function threw, or of a header that cannot be sent; never a header's value.
    pub async fn add_page(&self, request: &Headers) -> Result<(), String> {
        let source = self.page.borrow().clone();
        let answer = match source.dyn_ref::<Function>() {
            Some(function) => {
                let answer = function
                    .call0(&JsValue::UNDEFINED)
                    .map_err(|error| words_of(&error))?;
                match answer.dyn_ref::<Promise>() {
                    Some(promise) => JsFuture::from(promise.clone())
                        .await
                        .map_err(|error| words_of(&error))?,
                    None => answer,
                }
            }
            None => source,
        };
        let Some(headers) = answer.dyn_ref::<Object>() else {
            return Ok(());
        };
        for entry in Object::entries(headers).iter() {
            let entry: Array = entry.unchecked_into();
            let (Some(name), value) = (entry.get(0).as_string(), entry.get(1)) else {
                continue;
            };
            if value.is_null() || value.is_undefined() {
                continue;
            }
            let value = js_sys::JsString::from(value.as_string().unwrap_or_default());
            if request.set(&name, &String::from(value)).is_err() {
                return Err(["requestHeaders: the browser refuses the header ", &name].concat());
            }
        }
        Ok(())
    }
}

/// The words of a thrown value: an error's message, or the value as text.
pub fn words_of(error: &JsValue) -> String {
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => String::from(error.message()),
        None => error.as_string().unwrap_or_default(),
    }
}
