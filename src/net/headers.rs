//! The headers of every request: the host page's own, and the CSRF token that the server hands out.
//!
//! What the page supplies is asked for anew before each request and kept nowhere. It may do anything when it is asked, so
//! each look at it is one that may fail. The CSRF token is no credential but a proof of same origin; the newest one seen is
//! held in memory, for the life of the connection.

use std::cell::RefCell;

use js_sys::{Function, Promise, Reflect, Symbol};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Headers;

/// The response header that names the header in which the token goes back.
/// Source: Genesys, "CSRF Protection", GWS 8.5.2 API.
const CSRF_NAME: &str = "X-CSRF-HEADER";

const THREW: &str = "requestHeaders threw an error; the console has it.";
const REFUSED: &str = "requestHeaders gave a header that the browser refuses.";

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

    /// Adds the token to a request that is complete but for it, under the name that the server gave.
    pub fn add_csrf(&self, request: &Headers) {
        if let Some((name, token)) = &*self.csrf.borrow()
            // No server may put its value in the place of the page's. One that names an impossible header gets a request
            // without it, and says so in its rejection.
            && request.has(name) == Ok(false)
        {
            let _ = request.set(name, token);
        }
    }

    /// The page's own headers for a request, waited for if need be; a farewell does without those that it would have to wait
    /// for, as the page may be gone by then.
    ///
    /// Whatever `new Headers()` takes will do: an object, a `Headers`, a list of pairs. Of an object, `null` and
    /// `undefined` are left out.
    ///
    /// # Errors
    /// Words of ours: what was thrown goes to the console, and a header's value goes nowhere.
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

/// Whether a value is to be waited for; one that will not say is, and ends badly there.
fn is_thenable(value: &JsValue) -> bool {
    value.is_object() && Reflect::get(value, &"then".into()).map_or(true, |then| then.is_function())
}

/// Waits for a promise, or for what the page gave in place of one. What throws when it is looked at has failed.
pub async fn settled(value: &JsValue) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |resolve, _| {
        let _ = resolve.call1(&JsValue::UNDEFINED, value);
    });
    JsFuture::from(promise).await
}

/// The words of a thrown value: an error's message, or the value as text.
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
    /// A page may have put another function in its place.
    #[wasm_bindgen(catch, js_namespace = console, js_name = error)]
    fn log_error(words: &str, about: &JsValue) -> Result<(), JsValue>;

    /// Headers, to which a value of any kind is added as the browser makes text of it.
    type List;

    #[wasm_bindgen(method, catch)]
    fn append(this: &List, name: &JsValue, value: &JsValue) -> Result<(), JsValue>;
}
