//! A WebSocket that reports what happens to it and closes when dropped.

use js_sys::JsString;
use wasm_bindgen::JsCast;
use web_sys::{MessageEvent, WebSocket};

use super::page::Listener;

/// An event of a socket.
pub enum Happening {
    /// It is open.
    Opened,
    /// A text arrived.
    Text(JsString),
    /// It failed or was closed; no more events follow.
    Closed,
}

/// An opening or open socket.
#[must_use = "dropping a socket closes it"]
pub struct Socket {
    socket: WebSocket,
    _listener: Listener,
}

impl Socket {
    /// Opens a socket to the `ws(s)` form of a full `http(s)` address; `None` if the browser's constructor throws.
    pub fn open(url: &str, report: impl Fn(Happening) + 'static) -> Option<Self> {
        let socket = WebSocket::new(&["ws", url.get("http".len()..)?].concat()).ok()?;
        let kinds = &["open", "message", "error", "close"];
        let listener = Listener::new(&socket, kinds, move |event| match &*event.type_() {
            "open" => report(Happening::Opened),
            "message" => {
                let data = event.unchecked_ref::<MessageEvent>().data();
                if let Ok(text) = data.dyn_into() {
                    report(Happening::Text(text));
                }
            }
            _ => report(Happening::Closed),
        });
        Some(Self {
            socket,
            _listener: listener,
        })
    }

    /// Sends a text; on a socket that is no longer open this does nothing, and its close has been or will be reported.
    pub fn send(&self, text: &str) {
        let _ = self.socket.send_with_str(text);
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        let _ = self.socket.close();
    }
}
