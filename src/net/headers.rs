//! The headers of every request: the host page's own, and the CSRF token that the server hands out.
//!
//! What the page supplies is asked for anew before each request and kept nowhere. The CSRF token is no credential but a
//! proof of same origin; the newest one seen is held in memory, for the life of the connection.

use std::cell::RefCell;

use js_sys::{Array, Function, Object, Promise, Reflect, Symbol};
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

    /// The page's own headers for a request, waited for if need be.
    ///
    /// Whatever `new Headers()` takes will do: an object, a `Headers`, a list of pairs. Of an object, `null` and
    /// `undefined` are left out.
    ///
    /// # Errors
    /// What the page's function threw, or that a header cannot be sent; never a header's value.
    pub async fn of_page(&self) -> Result<Headers, JsValue> {
        let mut given = self.page.borrow().clone();
        if let Some(function) = given.dyn_ref::<Function>() {
            let answer = function.call0(&JsValue::UNDEFINED)?;
            given = JsFuture::from(Promise::resolve(&answer)).await?;
        }
        if !given.is_object() {
            return Headers::new();
        }
        let headers = Headers::new_with_headers(without_nothing(&given).unchecked_ref());
        headers.map_err(|_| "requestHeaders: the browser refuses a header".into())
    }
}

/// A plain object without the entries that are `null` or `undefined`; anything that can be iterated as it is.
fn without_nothing(given: &JsValue) -> JsValue {
    if Reflect::has(given, &Symbol::iterator()).unwrap_or(false) {
        return given.clone();
    }
    let entries = Object::entries(given.unchecked_ref());
    let is_something = |entry: &JsValue| {
        let value = entry.unchecked_ref::<Array>().get(1);
        !value.is_null() && !value.is_undefined()
    };
    entries
        .iter()
        .filter(is_something)
        .collect::<Array>()
        .into()
}

/// The words of a thrown value: an error's message, or the value as text.
pub fn words_of(error: &JsValue) -> String {
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => String::from(error.message()),
        None => error.as_string().unwrap_or_default(),
    }
}
