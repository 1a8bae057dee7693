//! One HTTP exchange with the server: credentials, headers, and a body to be read.
//!
//! `fetch` is called directly, because gloo-net's `send` panics when a wrapped `fetch` rejects with something that is no
//! `Error`, and its future does not cancel the request when dropped. Here a rejection of any kind is a [`NoAnswer`], and an
//! [`Abort`] that is dropped ends its request. Patience is the caller's.

use bayeux::Millis;
use gloo_net::http::Response;
use js_sys::{Date, Object};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AbortController, AbortSignal, Headers};

use super::body::Body;
use super::headers::{HeaderSource, settled, words_of};
use super::page::{absolute, of};

/// Ends its request when dropped, unless that is over; and never gives a reason: one that is no `Error` would be thrown as
/// it is.
#[must_use = "dropping the guard aborts the request"]
pub struct Abort(Option<AbortController>);

impl Abort {
    /// A guard for a new request, and what the request watches.
    pub fn new() -> Option<(Self, AbortSignal)> {
        let controller = AbortController::new().ok()?;
        let signal = controller.signal();
        Some((Self(Some(controller)), signal))
    }

    /// There is nothing left to end.
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

/// What came back, whatever its status.
pub struct Received {
    /// The HTTP status; 0 for a redirect, of which the browser tells nothing else.
    pub status: u16,
    /// Whether the server points elsewhere. It is not followed: headers and tokens go to nobody else.
    pub redirected: bool,
    /// In how many ms the server wants to be asked again, if it says so.
    pub retry_after: Option<Millis>,
    /// What it says.
    pub body: Body,
}

/// Why nothing came back.
pub enum NoAnswer {
    /// The connection failed; with the browser's words.
    Network(String),
    /// The page's own headers cannot be had; with words of ours.
    Headers(&'static str),
    /// Its sender thought better of it.
    Withheld,
}

/// One request's particulars: a POST if there is something to send, else a GET.
#[derive(Default)]
pub struct Request {
    /// The path under the base URL, from `/api`.
    pub path: String,
    /// JSON text to send.
    pub body: Option<String>,
    /// Whether it is to outlive the page.
    pub farewell: bool,
    /// Called when an answer begins to arrive, which may be a moment before it can be read.
    pub heard: Option<Box<dyn Fn()>>,
    /// Asked at the last moment, each time that it is to be sent: false, and nothing goes out.
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

/// The server, as requests see it.
pub struct Http {
    base_url: String,
    /// Where headers come from.
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

    /// The address of a path, in full.
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
        // The truth is the server's, not that of the browser's cache.
        init.set("cache", &"no-store".into());
        init.set("redirect", &"manual".into());
        init.set("keepalive", &request.farewell.into());
        init.set("signal", signal);
        let response = settled(&fetch(&self.url(&request.path), &init)?).await?;
        if !response.is_object() {
            return Err(JsValue::UNDEFINED);
        }
        // A page's own `fetch` may have followed a redirect all the same.
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

/// How long the server wants to be left alone, in ms: it says so in seconds, or by a date.
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
    // What is no date is no number either, and what is past is at once.
    (!date.is_nan()).then(|| (date - Date::now()).max(0.0) as Millis)
}

#[wasm_bindgen]
extern "C" {
    /// A page may have put another function in its place, which may throw or give something that is no promise.
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
