//! A test stage for one control: its root in the page, the connection that feeds it, and its
//! reports.

use std::cell::RefCell;
use std::rc::Rc;

use barge_in::components::{BargeInButtonProps, Control, ControlProps, Report};
use barge_in::{Confirm, Connection, Media, Settings, State, Strings, Transport};
use js_sys::Promise;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;
use yew::{AppHandle, Callback, Renderer};

/// The seed document's first notification, byte for byte.
pub const SEED_PARTICIPANTS: &str = include_str!("seed_participants.json");
/// The seed document's second notification, byte for byte, with its Java long.
pub const SEED_LOG: &str = include_str!("seed_log.json");

/// One mounted control.
pub struct Stage {
    root: HtmlElement,
    connection: Connection,
    reports: Rc<RefCell<Vec<Report>>>,
    app: Option<AppHandle<Control>>,
}

impl Stage {
    /// Mounts a control for a session; the page feeds the notifications.
    pub async fn mount(session_id: &str, me: &str, adjust: impl FnOnce(&mut ControlProps)) -> Self {
        let document = web_sys::window().unwrap().document().unwrap();
        let root: HtmlElement = document.create_element("div").unwrap().unchecked_into();
        document.body().unwrap().append_child(&root).unwrap();
        let connection = Connection::open(&Settings {
            transport: Transport::Host,
            ..Settings::default()
        });
        connection.set_user_id(Some(me.to_owned()));
        let reports = Rc::new(RefCell::new(Vec::new()));
        let told = reports.clone();
        let mut props = ControlProps {
            part: "base",
            connection: connection.clone(),
            button: BargeInButtonProps {
                session_id: session_id.to_owned().into(),
                media: Media::SmsSession,
                confirm: Confirm::None,
                modes: false,
                request_timeout: 10_000,
                confirm_timeout: 5_000,
                strings: Strings::default(),
                on_request: Callback::from(|_| true),
                on_report: Callback::from(move |report| told.borrow_mut().push(report)),
            },
        };
        adjust(&mut props);
        let app =
            Some(Renderer::<Control>::with_root_and_props(root.clone().into(), props).render());
        let stage = Self {
            root,
            connection,
            reports,
            app,
        };
        stage.settle().await;
        stage
    }

    pub fn root(&self) -> &HtmlElement {
        &self.root
    }

    pub fn notify(&self, text: &str) {
        self.connection.notify(text.into());
    }

    pub fn part(&self, part: &str) -> HtmlElement {
        let found = self
            .root
            .query_selector(&["[part=", part, "]"].concat())
            .unwrap();
        found
            .unwrap_or_else(|| panic!("no part {part}"))
            .unchecked_into()
    }

    pub fn text(&self, part: &str) -> String {
        self.part(part).text_content().unwrap()
    }

    pub fn state(&self) -> String {
        self.part("base").get_attribute("data-state").unwrap()
    }

    /// The button's accessible description.
    pub fn description(&self) -> String {
        let id = self
            .part("button")
            .get_attribute("aria-describedby")
            .unwrap();
        self.root
            .query_selector(&["#", &id].concat())
            .unwrap()
            .unwrap()
            .text_content()
            .unwrap()
    }

    pub fn focused(&self) -> String {
        let active = self.root.owner_document().unwrap().active_element();
        active
            .and_then(|one| one.get_attribute("part"))
            .unwrap_or_default()
    }

    /// How many reports of a kind there were.
    pub fn reported(&self, kind: &str) -> usize {
        let reports = self.reports.borrow();
        let of_kind = reports.iter().filter(|report| match report {
            Report::Change { .. } => kind == "change",
            Report::Joined { .. } => kind == "joined",
            Report::Error { .. } => kind == "error",
            Report::Connection { .. } => kind == "connection",
        });
        of_kind.count()
    }

    /// Waits until the control shows a state, for 10 seconds at most.
    pub async fn until(&self, state: State) {
        for _ in 0..1_000 {
            if self.state() == state.as_str() {
                return;
            }
            turn(10).await;
        }
        panic!("the control shows {}, not {}", self.state(), state.as_str());
    }

    /// Runs everything that is scheduled: two turns of the browser's event loop.
    pub async fn settle(&self) {
        turn(0).await;
        turn(0).await;
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
        self.root.remove();
    }
}

/// Waits for this long.
pub async fn turn(ms: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        web_sys::window()
            .unwrap()
            .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms)
            .unwrap();
    });
    JsFuture::from(promise).await.unwrap();
}

/// A session's notification with the supervisor in it.
pub fn session(id: &str, me: &str, state: &str, visibility: &str, capabilities: &str) -> String {
    [
        "{\"messageType\":\"SMSsessionStateChangeMessage\",\"smssession\":{\"id\":\"",
        id,
        "\",\"state\":\"",
        state,
        "\",\"capabilities\":[",
        capabilities,
        "],\"participants\":[{\"nickname\":\"me\",\"type\":\"Agent\",\"path\":\"/users/",
        me,
        "\",\"visibility\":\"",
        visibility,
        "\"}]}}",
    ]
    .concat()
}

/// A session's notification with a customer of this nickname.
pub fn session_of(id: &str, me: &str, customer: &str, capabilities: &str) -> String {
    [
        "{\"messageType\":\"SMSsessionStateChangeMessage\",\"smssession\":{\"id\":\"",
        id,
        "\",\"state\":\"Chatting\",\"capabilities\":[",
        capabilities,
        "],\"participants\":[{\"type\":\"Agent\",\"path\":\"/users/",
        me,
        "\",\"visibility\":\"Agents\"},{\"type\":\"Customer\",\"nickname\":\"",
        customer,
        "\",\"visibility\":\"All\"}]}}",
    ]
    .concat()
}
