//! The headers of every request: the host page's own, and the server's CSRF token.
//!
//! The page's headers are requested again before each request and not stored. The page's code may throw, so each access
//! may fail. The CSRF token is not a credential but a proof of same origin; the newest one is kept in memory for the
//! life of the connection.

use std::cell::RefCell;

use js_sys::{Function, Promise, Reflect, Symbol};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Headers;

/// The response header that names the request header for the token. Source: Genesys, "CSRF Protection", GWS 8.5.2 API.
const CSRF_NAME: &str = "X-CSRF-HEADER";

const THREW: &str = "requestHeaders threw an error; the console has it.";
const REFUSED: &str = "requestHeaders gave a header that the browser refuses.";

/// The source of a request's headers.
#[derive(Default)]
pub struct HeaderSource {
    page: RefCell<JsValue>,
    csrf: RefCell<Option<(String, String)>>,
}

impl HeaderSource {
    /// Stores the page's `requestHeaders`: an object, a function returning one or a promise of one, or nothing.
    pub fn set_page(&self, headers: JsValue) {
        *self.page.borrow_mut() = headers;
    }

    /// Stores the token of a response, if it has one.
    pub fn learn_csrf(&self, response: &Headers) {
        let name = response.get(CSRF_NAME).ok().flatten();
        let token = name
            .as_deref()
            .and_then(|name| response.get(name).ok().flatten());
        if let (Some(name), Some(token)) = (name, token) {
            *self.csrf.borrow_mut() = Some((name, token));
        }
    }

    /// Adds the token to an otherwise complete request, under the name given by the server.
    pub fn add_csrf(&self, request: &Headers) {
        if let Some((name, token)) = &*self.csrf.borrow()
            // A server must not overwrite a header of the page. If it names an invalid header, the request goes without
            // the token and the server rejects it.
            && request.has(name) == Ok(false)
        {
            let _ = request.set(name, token);
        }
    }

    /// The page's own headers for a request; a promise is awaited. A farewell goes without headers that it would have
    /// to wait for, as the page may be closed by then.
    ///
    /// Anything that `new Headers()` accepts is allowed: an object, a `Headers`, a list of pairs. In an object, `null`
    /// and `undefined` values are left out.
    ///
    /// # Errors
    /// A fixed message: the thrown value goes to the console, and a header's value is never logged.
    pub async fn of_page(&self, farewell: bool) -> Result<Headers, &'static str> {
        let threw = |error| failure(THREW, &error);
        let mut given = self.page.borrow().clone();
        if let Some(function) = given.dyn_ref::<Function>() {
            let answer = function.call0(&JsValue::UNDEFINED).map_err(threw)?;
            given = if !is_thenable(&answer) {
                answer
            } else if farewell {
                JsValue::UNDEFINED
            } else {
                settled(&answer).await.map_err(threw)?
            };
        }
        let refused = |name: &JsValue| failure(REFUSED, name);
        let nothing = &JsValue::UNDEFINED;
        let is_object = given.is_object();
        if is_object && Reflect::has(&given, &Symbol::iterator()).map_err(threw)? {
            return Headers::new_with_headers(given.unchecked_ref()).map_err(|_| refused(nothing));
        }
        let headers = Headers::new().map_err(threw)?;
        if is_object {
            let names = Reflect::own_keys(&given).map_err(threw)?;
            for at in 0..names.length() {
                let name = names.get(at);
                let value = Reflect::get(&given, &name).map_err(threw)?;
                if name.is_string() && !value.is_null() && !value.is_undefined() {
                    let to = headers.unchecked_ref::<List>();
                    to.append(&name, &value).map_err(|_| refused(&name))?;
                }
            }
        }
        Ok(headers)
    }
}

fn failure(words: &'static str, about: &JsValue) -> &'static str {
    let _ = log_error(&["barge-in: ", words].concat(), about);
    words
}

/// Whether a value must be awaited. If reading its `then` throws, it is awaited and fails there.
fn is_thenable(value: &JsValue) -> bool {
    value.is_object() && Reflect::get(value, &"then".into()).map_or(true, |then| then.is_function())
}

/// Waits for a promise or for the page's value in its place. A value that throws when it is read counts as failed.
pub async fn settled(value: &JsValue) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |resolve, _| {
        let _ = resolve.call1(&JsValue::UNDEFINED, value);
    });
    JsFuture::from(promise).await
}

/// The message of a thrown value: an error's message, or the value as text.
pub fn words_of(error: &JsValue) -> String {
    let message = error.as_string();
    message.unwrap_or_else(|| {
        let message = Reflect::get(error, &"message".into());
        message
            .ok()
            .and_then(|message| message.as_string())
            .unwrap_or_default()
    })
}

#[wasm_bindgen]
extern "C" {
    /// The page may have replaced this function.
    #[wasm_bindgen(catch, js_namespace = console, js_name = error)]
    fn log_error(words: &str, about: &JsValue) -> Result<(), JsValue>;

    /// Headers that accept a value of any type; the browser converts it to text.
    type List;

    #[wasm_bindgen(method, catch)]
    fn append(this: &List, name: &JsValue, value: &JsValue) -> Result<(), JsValue>;
}
