//! One HTTP exchange with the server: credentials, headers, and a body to be read.
//!
//! `fetch` is called directly, because gloo-net's `send` panics when a wrapped `fetch` rejects with something that is no
//! `Error`, and its future does not cancel the request when dropped. Here a rejection of any kind is a [`Failure`], and an
//! [`Abort`] that is dropped ends its request. Patience is the caller's.

use gloo_net::http::Response;
use gws::{Answer, Failure, Kind, Reply};
use js_sys::{Object, Promise};
use json::{Json, Take};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal};

use super::body::Body;
use super::headers::{HeaderSource, words_of};
use super::page::absolute;
use super::poll;

/// Who is signed in; any answer carries the CSRF token.
pub const ME: &str = "/api/v2/me";

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
    /// The HTTP status.
    pub status: u16,
    pub(super) source: Source,
    /// What it says.
    pub body: Body,
}

/// Where an answer came from.
pub enum Source {
    /// The browser says whether it was another address than was asked.
    Redirected(bool),
    /// The address that was asked, and that of the answer, in full.
    Addresses(String, String),
}

impl Source {
    fn is_another(&self) -> bool {
        match self {
            Self::Redirected(redirected) => *redirected,
            Self::Addresses(asked, answered) => {
                absolute(asked).is_some_and(|asked| asked != *answered)
            }
        }
    }
}

impl Received {
    /// Reads the body: an answer of the server, to be judged, and what else is in it.
    pub fn read(&self) -> (Answer, Option<Json>) {
        self.judge(self.body.json())
    }

    /// As [`Self::read`], but gives the elements of the list that is the field of this name away.
    pub fn read_giving(&self, name: &str, take: Take) -> (Answer, Option<Json>) {
        self.judge(self.body.json_giving(name, take))
    }

    fn judge(&self, mut body: Option<Json>) -> (Answer, Option<Json>) {
        let answer = Answer {
            http_status: self.status,
            reply: body.as_mut().and_then(Reply::read),
            text: match body {
                Some(_) => String::new(),
                None => self.body.beginning(),
            },
            retry_after: None,
        };
        (answer, body)
    }

    /// What the server says of a request that was to be acted on.
    pub fn outcome(&self) -> Result<(), Failure> {
        self.read().0.outcome()
    }

    /// Whether it came from another address than was asked, and is no JSON.
    pub fn is_login_page(&self) -> bool {
        self.source.is_another() && self.body.json().is_none()
    }

    /// Whether the server rejected the request for its CSRF token, before acting on it.
    pub fn is_csrf_rejection(&self) -> bool {
        let is_csrf = |failure: Failure| failure.kind == Kind::Csrf;
        self.status == 403 && self.outcome().is_err_and(is_csrf)
    }
}

/// One request's particulars: a POST if there is something to send, else a GET.
pub struct Request {
    /// The path under the base URL, from `/api`.
    pub path: String,
    /// JSON text to send.
    pub body: Option<String>,
    /// By what it is sent.
    pub way: Way,
    /// Called when an answer begins to arrive, which may be a moment before it can be read.
    pub heard: Option<Box<dyn Fn()>>,
}

/// By what a request is sent.
#[derive(Clone, Copy, PartialEq)]
pub enum Way {
    /// `fetch`.
    Fetch,
    /// `fetch`, so that it outlives the page.
    Farewell,
    /// `XMLHttpRequest`, which hands a response over sooner: see [`super::poll`].
    Poll,
}

/// What came back, or why nothing did.
pub type Outcome = Result<Received, Failure>;

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
            base_url: base_url.to_owned(),
            headers: HeaderSource::default(),
        }
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        [&self.base_url, path].concat()
    }

    /// Sends a request; one that is rejected for its CSRF token was not acted on, so it is sent once more with a new one.
    ///
    /// # Errors
    /// [`Kind::Network`] when there is no answer to read.
    pub async fn send(&self, request: Request, signal: AbortSignal) -> Outcome {
        let first = self.answer(&request, &signal).await;
        let rejected = first.as_ref().is_ok_and(Received::is_csrf_rejection);
        if request.body.is_none() || !rejected {
            return first;
        }
        let token = Request {
            path: ME.to_owned(),
            body: None,
            way: Way::Fetch,
            heard: None,
        };
        match self.answer(&token, &signal).await {
            Ok(_) => self.answer(&request, &signal).await,
            Err(_) => first,
        }
    }

    async fn answer(&self, request: &Request, signal: &AbortSignal) -> Outcome {
        let answer = self.exchange(request, signal).await;
        answer.map_err(|error| Failure::new(Kind::Network, &words_of(&error)))
    }

    async fn exchange(&self, request: &Request, signal: &AbortSignal) -> Result<Received, JsValue> {
        let headers = self.headers.of_page().await?;
        if !headers.has("Accept")? {
            headers.set("Accept", "application/json")?;
        }
        let url = self.url(&request.path);
        let init = Object::new().unchecked_into::<Init>();
        if let Some(body) = &request.body {
            self.headers.add_csrf(&headers);
            headers.set("Content-Type", "application/json")?;
            if request.way == Way::Poll {
                return poll::exchange(&url, &headers, body, signal).await;
            }
            init.set("method", &"POST".into());
            init.set("body", &body.into());
        }
        init.set("headers", &headers);
        init.set("credentials", &"include".into());
        init.set("keepalive", &(request.way == Way::Farewell).into());
        init.set("signal", signal);
        let response = JsFuture::from(Promise::resolve(&fetch(&url, &init)?)).await?;
        if !response.is_object() {
            return Err(JsValue::UNDEFINED);
        }
        let response: web_sys::Response = response.unchecked_into();
        request.heard.iter().for_each(|heard| heard());
        let bytes = JsFuture::from(response.array_buffer()?).await?;
        if request.body.is_none() {
            self.headers.learn_csrf(&response.headers());
        }
        let response = Response::from(response);
        Ok(Received {
            status: response.status(),
            source: Source::Redirected(response.redirected()),
            body: Body::of_bytes(bytes.unchecked_ref()),
        })
    }
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
