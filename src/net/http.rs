//! One HTTP exchange with the server: credentials, headers and body.
//!
//! `fetch` is called directly, because gloo-net's `send` panics when a page's own `fetch` rejects with a value that is
//! not an `Error`, and dropping its future does not cancel the request. Here any rejection is a [`NoAnswer`], and
//! dropping an [`Abort`] ends its request. Deadlines are kept by the caller.

use bayeux::Millis;
use gloo_net::http::Response;
use js_sys::{Date, Object};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AbortController, AbortSignal, Headers};

use super::body::Body;
use super::headers::{HeaderSource, settled, words_of};
use super::page::{absolute, of};

/// Aborts its request when dropped, unless the request has ended. It gives no abort reason: a reason that is not an
/// `Error` would be thrown as it is.
#[must_use = "dropping the guard aborts the request"]
pub struct Abort(Option<AbortController>);

impl Abort {
    /// A guard for a new request, and the signal for the request.
    pub fn new() -> Option<(Self, AbortSignal)> {
        let controller = AbortController::new().ok()?;
        let signal = controller.signal();
        Some((Self(Some(controller)), signal))
    }

    /// The request has ended; dropping the guard does nothing.
    pub fn disarm(mut self) {
        self.0 = None;
    }
}

impl Drop for Abort {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

/// An answer, of any status.
pub struct Received {
    /// The HTTP status; 0 for a redirect, whose status the browser hides.
    pub status: u16,
    /// Whether it is a redirect. Redirects are not followed, so that headers and tokens do not reach another server.
    pub redirected: bool,
    /// The `Retry-After` in ms, if any.
    pub retry_after: Option<Millis>,
    /// The body.
    pub body: Body,
}

/// Why there is no answer.
pub enum NoAnswer {
    /// The connection failed; with the browser's message.
    Network(String),
    /// The page's own headers are not available; with a message of the widget.
    Headers(&'static str),
    /// The caller cancelled it before it was sent.
    Withheld,
}

/// One request: a POST if it has a body, else a GET.
#[derive(Default)]
pub struct Request {
    /// The path under the base URL, from `/api`.
    pub path: String,
    /// JSON text to send.
    pub body: Option<String>,
    /// Whether it is to outlive the page.
    pub farewell: bool,
    /// Called when an answer begins to arrive, which may be before its body is complete.
    pub heard: Option<Box<dyn Fn()>>,
    /// Called right before each send; false cancels it.
    pub may_send: Option<Box<dyn Fn() -> bool>>,
}

impl Request {
    /// A GET of a path.
    pub fn get(path: String) -> Self {
        Self {
            path,
            ..Self::default()
        }
    }
}

/// The server to which requests are sent.
pub struct Http {
    base_url: String,
    /// The source of the headers.
    pub headers: HeaderSource,
}

impl Http {
    /// A server whose `/api/v2` lives under `base_url` (empty: the page's own origin).
    pub fn new(base_url: &str) -> Self {
        Self {
            base_url: absolute(base_url),
            headers: HeaderSource::default(),
        }
    }

    /// The full address of a path.
    pub fn url(&self, path: &str) -> String {
        [&self.base_url, path].concat()
    }

    /// Sends a request once.
    ///
    /// # Errors
    /// [`NoAnswer`]: no answer can be read, or the request never left.
    pub async fn send(
        &self,
        request: &Request,
        signal: &AbortSignal,
    ) -> Result<Received, NoAnswer> {
        let headers = self.headers.of_page(request.farewell).await;
        let headers = headers.map_err(NoAnswer::Headers)?;
        if request
            .may_send
            .as_ref()
            .is_some_and(|may_send| !may_send())
        {
            return Err(NoAnswer::Withheld);
        }
        let answer = self.exchange(request, &headers, signal).await;
        answer.map_err(|error| NoAnswer::Network(words_of(&error)))
    }

    async fn exchange(
        &self,
        request: &Request,
        headers: &Headers,
        signal: &AbortSignal,
    ) -> Result<Received, JsValue> {
        if !headers.has("Accept")? {
            headers.set("Accept", "application/json")?;
        }
        let init = Object::new().unchecked_into::<Init>();
        if let Some(body) = &request.body {
            headers.set("Content-Type", "application/json")?;
            self.headers.add_csrf(headers);
            init.set("method", &"POST".into());
            init.set("body", &body.into());
        }
        init.set("headers", headers);
        init.set("credentials", &"include".into());
        // Always ask the server, never the browser's cache.
        init.set("cache", &"no-store".into());
        init.set("redirect", &"manual".into());
        init.set("keepalive", &request.farewell.into());
        init.set("signal", signal);
        let response = settled(&fetch(&self.url(&request.path), &init)?).await?;
        if !response.is_object() {
            return Err(JsValue::UNDEFINED);
        }
        // A page's own `fetch` may have followed a redirect nevertheless.
        let redirected = of(&response, "redirected").is_truthy()
            || of(&response, "type") == JsValue::from_str("opaqueredirect");
        let response: web_sys::Response = response.unchecked_into();
        request.heard.iter().for_each(|heard| heard());
        let bytes = settled(&response.array_buffer()?.into()).await?;
        let fields = response.headers();
        if request.body.is_none() {
            self.headers.learn_csrf(&fields);
        }
        Ok(Received {
            status: Response::from(response).status(),
            redirected,
            retry_after: retry_after(&fields),
            body: Body::of_bytes(bytes.unchecked_ref()),
        })
    }
}

/// The `Retry-After` of a response in ms; it is in seconds or a date.
fn retry_after(response: &Headers) -> Option<Millis> {
    let text = response.get("Retry-After").ok()??;
    let text = text.trim_ascii();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let seconds = text.bytes().fold(0_u32, |seconds, digit| {
            let digit = u32::from(digit - b'0');
            seconds.saturating_mul(10).saturating_add(digit)
        });
        return Some(Millis::from(seconds) * 1000);
    }
    let date = Date::parse(text);
    // An invalid date is NaN; a past date gives 0.
    (!date.is_nan()).then(|| (date - Date::now()).max(0.0) as Millis)
}

#[wasm_bindgen]
extern "C" {
    /// The page may have replaced this function by one that throws or does not return a promise.
    #[wasm_bindgen(catch)]
    fn fetch(url: &str, init: &Init) -> Result<JsValue, JsValue>;

    /// The settings of a `fetch`, set by name.
    type Init;

    #[wasm_bindgen(method, structural, indexing_setter)]
    fn set(this: &Init, name: &str, value: &JsValue);
}

#[cfg(all(test, target_arch = "wasm32"))]
mod tests {
    use wasm_bindgen_test::*;

    use super::*;

    wasm_bindgen_test_configure!(run_in_browser);

    fn asked_for(words: &str) -> Option<Millis> {
        let headers = Headers::new().unwrap();
        headers.set("Retry-After", words).unwrap();
        retry_after(&headers)
    }

    #[wasm_bindgen_test]
    fn retry_after_is_seconds_or_a_date() {
        assert_eq!(retry_after(&Headers::new().unwrap()), None);
        assert_eq!(asked_for("10"), Some(10_000));
        assert_eq!(asked_for(" 0 "), Some(0));
        assert_eq!(
            asked_for("99999999999999999999"),
            Some(u64::from(u32::MAX) * 1000)
        );
        for none in ["", "soon", "ten seconds"] {
            assert_eq!(asked_for(none), None, "{none}");
        }
        assert_eq!(asked_for("Mon, 01 Jan 2024 00:00:00 GMT"), Some(0));
        let date = Date::new(&(Date::now() + 60_000.0).into());
        let delay = asked_for(&String::from(date.to_utc_string())).unwrap();
        assert!((58_000..=60_000).contains(&delay), "{delay}");
    }
}
