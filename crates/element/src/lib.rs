//! The functions that the custom element's class calls, over a table of mounted controls.
//!
//! Plain functions with numeric handles, because wasm-bindgen borrows an exported struct for each call, and after a
//! panic it would stay borrowed. The class itself is JavaScript: it must exist before WebAssembly runs, decide when to
//! load it, and outlive an instance.

mod config;
mod detail;
#[cfg(feature = "panel")]
mod panel;

use std::cell::RefCell;

use barge_in::components::{BargeInButtonProps, Control};
use barge_in::strings::{Phrase, Text};
use barge_in::{Connection, ConnectionStatus};
use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::{AppHandle, AttrValue, Renderer};

/// What is mounted.
enum App {
    Button(AppHandle<Control>),
    #[cfg(feature = "panel")]
    Panel(panel::Mount),
}

struct Mounted {
    id: u32,
    app: App,
    shown: Shown,
    user_id: Option<String>,
    emit: Function,
}

/// What it is about.
struct Shown {
    connection: Connection,
    media: barge_in::Media,
    session_id: AttrValue,
}

impl Shown {
    fn new(connection: &Connection, button: &BargeInButtonProps) -> Self {
        Self {
            connection: connection.clone(),
            media: button.media,
            session_id: button.session_id.clone(),
        }
    }
}

#[derive(Default)]
struct Table {
    last: u32,
    mounted: Vec<Mounted>,
}

/// Smaller and faster than Rust's default allocator.
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

thread_local! {
    static TABLE: RefCell<Table> = RefCell::default();
}

/// Gives up this instance after a panic: ends its requests, and lets wasm-bindgen create a new instance at the next
/// call.
///
/// WebAssembly built with `panic=abort` does not unwind, so everything borrowed stays borrowed and must not be touched.
/// The class catches the trap and mounts every element again.
#[wasm_bindgen]
pub fn abandon() {
    wasm_bindgen::handler::schedule_reinit();
    barge_in::abandon_all();
}

/// Renders a control into `root` and returns its handle.
///
/// `emit(name, detail)` is called for each event; `false` returned for `barge-in-request` cancels the request.
#[wasm_bindgen]
pub fn mount(root: Element, config: &JsValue, emit: Function) -> u32 {
    let props = config::props(config, &emit);
    let shown = Shown::new(&props.connection, &props.button);
    mounted(shown, config, emit, || {
        App::Button(Renderer::<Control>::with_root_and_props(root, props).render())
    })
}

/// Replaces a control's whole configuration.
#[wasm_bindgen]
pub fn update(id: u32, config: &JsValue) {
    let Some(emit) = with(id, |one| one.emit.clone()) else {
        return;
    };
    let props = config::props(config, &emit);
    renew(id, Shown::new(&props.connection, &props.button), config);
    with(id, |one| match &mut one.app {
        App::Button(app) => app.update(props),
        #[cfg(feature = "panel")]
        App::Panel(_) => {}
    });
}

/// Removes a control.
#[wasm_bindgen]
pub fn unmount(id: u32) {
    let gone = TABLE.with_borrow_mut(|table| {
        table
            .mounted
            .iter()
            .position(|one| one.id == id)
            .map(|at| table.mounted.swap_remove(at))
    });
    match gone.map(|gone| gone.app) {
        Some(App::Button(app)) => app.destroy(),
        #[cfg(feature = "panel")]
        Some(App::Panel(panel)) => panel.app.destroy(),
        None => {}
    }
}

/// Feeds a notification to a control's connection: its `data` object or the JSON text of it.
#[wasm_bindgen]
pub fn notify(id: u32, data: JsValue) {
    if let Some(connection) = connection(id) {
        connection.notify(data);
    }
}

/// Sets the status of the page's own connection, for controls that the page feeds; `status` is a public word.
#[wasm_bindgen]
pub fn link(id: u32, status: &str) {
    let status = match status {
        "connecting" => ConnectionStatus::Connecting,
        "connected" => ConnectionStatus::Connected,
        "broken" => ConnectionStatus::Broken,
        "closed" => ConnectionStatus::Closed,
        _ => return,
    };
    if let Some(connection) = connection(id) {
        connection.link(status);
    }
}

/// Refreshes a control's connection.
#[wasm_bindgen]
pub fn refresh(id: u32) {
    if let Some(connection) = connection(id) {
        connection.refresh();
    }
}

/// Whether the components have a text of this key.
#[wasm_bindgen]
pub fn is_text(key: &str) -> bool {
    let is_it = Text::ALL.iter().any(|text| text.key() == key);
    #[cfg(feature = "panel")]
    let is_it = is_it
        || barge_in::panel::PanelText::ALL
            .iter()
            .any(|text| text.key() == key);
    is_it
}

/// The session that a control shows, as a plain object; `undefined` while it is not known.
#[wasm_bindgen]
pub fn session(id: u32) -> JsValue {
    let found = with(id, |one| {
        let Shown {
            media, session_id, ..
        } = &one.shown;
        one.shown.connection.session(*media, session_id)
    });
    found
        .flatten()
        .map_or(JsValue::UNDEFINED, |session| detail::session(&session))
}

/// The supervisor's own user id; `undefined` while it is not known.
#[wasm_bindgen]
pub fn user_id(id: u32) -> Option<String> {
    connection(id)?.user_id()
}

/// Mounts by `render`, adds it to the table, and returns its handle. Its user id counts before its first request.
fn mounted(shown: Shown, config: &JsValue, emit: Function, render: impl FnOnce() -> App) -> u32 {
    let user_id = config::user_id(config);
    if user_id.is_some() {
        shown.connection.set_user_id(user_id.clone());
    }
    let app = render();
    TABLE.with_borrow_mut(|table| {
        table.last += 1;
        table.mounted.push(Mounted {
            id: table.last,
            app,
            shown,
            user_id,
            emit,
        });
        table.last
    })
}

/// What is mounted has another configuration.
fn renew(id: u32, shown: Shown, config: &JsValue) {
    let had_user_id = with(id, |one| one.user_id.is_some()).unwrap_or_default();
    let user_id = config::user_id(config);
    // A control without a user id must not clear the id that another control of the connection has set. The table must
    // not be borrowed here: setting it may start a request, which asks the page for headers, and the page may call in.
    if user_id.is_some() || had_user_id {
        shown.connection.set_user_id(user_id.clone());
    }
    with(id, |one| {
        one.user_id = user_id;
        one.shown = shown;
    });
}

fn connection(id: u32) -> Option<Connection> {
    with(id, |one| one.shown.connection.clone())
}

fn with<T>(id: u32, act: impl FnOnce(&mut Mounted) -> T) -> Option<T> {
    TABLE.with_borrow_mut(|table| table.mounted.iter_mut().find(|one| one.id == id).map(act))
}
