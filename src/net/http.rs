//! One HTTP exchange with the server: credentials, headers, a deadline, and a body parsed by the browser.
//!
//! gloo-net builds the request. It does not send it: its `send` panics when a wrapped `fetch` rejects with something
//! that is no `Error`, and its future does not cancel the fetch when dropped. Here a rejection of any kind is a
//! [`Trouble`], and an [`Abort`] that is dropped ends its request.

use std::cell::Cell;
use std::rc::Rc;

use bayeux::Millis;
use gloo_net::http::{Headers, Method, RequestBuilder};
use gws::{Answer, Kind, Reply};
use js_sys::{JsString, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Request, RequestCredentials, RequestInit, Response};

use super::clock::{Timer, window};
use super::headers::{HeaderSource, words_of};
use super::json::{self, Parsed};

/// The page's own address, against which a relative base URL is resolved.
pub fn page_url() -> String {
    window()
        .document()
        .and_then(|document| document.base_uri().ok().flatten())
        .unwrap_or_default()
}

/// Ends its request when dropped, and never gives a reason: a reason that is no `Error` would be thrown as it is.
#[must_use = "dropping the guard aborts the request"]
pub struct Abort(pub AbortController);

impl Drop for Abort {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// What came back, whatever its status.
pub struct Received {
    /// The HTTP status.
    pub status: u16,
    /// The body's text, still the browser's.
    pub text: JsString,
    /// The body parsed; `None` if it is not JSON.
    pub body: Option<Parsed>,
    /// The answer came from another address and is a page: a login form where JSON was due.
    pub login_page: bool,
}

impl Received {
    /// Looks at it as an answer of the server.
    pub fn judge<T>(&self, judge: impl FnOnce(Answer<'_>) -> T) -> T {
        let reply = self.body.as_ref().and_then(Reply::read);
        let text = if self.body.is_some() {
            String::new()
        } else {
            String::from(&self.text)
        };
        judge(Answer {
            http_status: self.status,
            reply: reply.as_ref(),
            text: &text,
        })
    }

    /// Whether the server rejected the request for its CSRF token, before acting on it.
    pub fn is_csrf_rejection(&self) -> bool {
        self.status == 403
            && self
                .judge(|answer| answer.outcome())
                .is_err_and(|failure| failure.kind == Kind::Csrf)
    }
}

/// Why nothing came back.
pub enum Trouble {
    /// The network failed, or the request could not be made; with the browser's words.
    Network(String),
    /// The deadline passed.
    Timeout,
}

/// One request's particulars.
pub struct Exchange<'a> {
    /// `GET` or `POST`.
    pub method: Method,
    /// The path under the base URL, from `/api`.
    pub path: &'a str,
    /// JSON text to send.
    pub body: Option<&'a str>,
    /// The deadline, in ms from now; `None` where somebody else watches the time.
    pub timeout: Option<Millis>,
    /// The request outlives the page.
    pub keepalive: bool,
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
            base_url: base_url.trim_end_matches('/').to_owned(),
            headers: HeaderSource::default(),
        }
    }

    /// The full address of a path.
    pub fn url(&self, path: &str) -> String {
        [&self.base_url, path].concat()
    }

    /// Sends one request and reads its answer.
    ///
    /// # Errors
    /// [`Trouble`] when there is no answer to read.
    pub async fn exchange(
        &self,
        exchange: Exchange<'_>,
        abort: &AbortController,
    ) -> Result<Received, Trouble> {
        let timed_out = Rc::new(Cell::new(false));
        let _timer = exchange.timeout.map(|timeout| {
            let (timed_out, controller) = (timed_out.clone(), abort.clone());
            Timer::after(timeout, move || {
                timed_out.set(true);
                controller.abort();
            })
        });
        let answer = self.send_and_read(exchange, abort).await;
        if timed_out.get() {
            Err(Trouble::Timeout)
        } else {
            answer
        }
    }

    async fn send_and_read(
        &self,
        exchange: Exchange<'_>,
        abort: &AbortController,
    ) -> Result<Received, Trouble> {
        let is_get = exchange.method == Method::GET;
        let request = self.request(exchange, abort).await?;
        let response = JsFuture::from(fetch(&request)).await.map_err(network)?;
        let response: Response = response.dyn_into().map_err(network)?;
        if is_get {
            self.headers.learn_csrf(&response.headers());
        }
        let text = JsFuture::from(response.text().map_err(network)?)
            .await
            .map_err(network)?;
        let text: JsString = text.dyn_into().map_err(network)?;
        let is_page = response
            .headers()
            .get("Content-Type")
            .ok()
            .flatten()
            .is_some_and(|kind| kind.contains("html"));
        Ok(Received {
            status: response.status(),
            body: json::parse(&text),
            text,
            login_page: response.redirected() && is_page,
        })
    }

    async fn request(
        &self,
        exchange: Exchange<'_>,
        abort: &AbortController,
    ) -> Result<Request, Trouble> {
        let headers = self.headers.of_page(&abort.signal()).await;
        let headers = headers.map_err(Trouble::Network)?;
        if !headers.has("Accept").unwrap_or(true) {
            let _ = headers.set("Accept", "application/json");
        }
        if exchange.method == Method::POST {
            self.headers.add_csrf(&headers);
        }
        if exchange.body.is_some() {
            let _ = headers.set("Content-Type", "application/json");
        }
        let builder = RequestBuilder::new(&self.url(exchange.path))
            .method(exchange.method)
            .headers(Headers::from_raw(headers))
            .credentials(RequestCredentials::Include)
            .abort_signal(Some(&abort.signal()));
        let request = match exchange.body {
            Some(body) => builder.body(body),
            None => builder.build(),
        };
        let request: Request = request
            .map_err(|_| Trouble::Network(self.url(exchange.path)))?
            .into();
        if !exchange.keepalive {
            return Ok(request);
        }
        let init = RequestInit::new();
        js_sys::Reflect::set(&init, &"keepalive".into(), &JsValue::TRUE).map_err(network)?;
        Request::new_with_request_and_init(&request, &init).map_err(network)
    }
}

fn network(error: JsValue) -> Trouble {
    Trouble::Network(words_of(&error))
}

#[wasm_bindgen::prelude::wasm_bindgen]
extern "C" {
    fn fetch(request: &Request) -> Promise;
}
