//! The component in a real browser, fed by the page (`transport="host"`), against a server that has no GWS.
//!
//! What needs a server that answers is tested end to end, in `e2e/`.
#![cfg(target_arch = "wasm32")]

mod support;

use barge_in::panel::seat::Audience;
use barge_in::{Confirm, Connection, Media, SessionKey, SessionPanel, Settings, State, Transport};
use support::{SEED_LOG, SEED_PARTICIPANTS, Stage, turn};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::*;
use web_sys::{Element, HtmlTextAreaElement};
use yew::prelude::*;

wasm_bindgen_test_configure!(run_in_browser);

const ID: &str = "0001Da9PFC93000S";
const ME: &str = "991a4bece8dd4184a93e98ad429694f6";

fn notification(visibility: &str, capabilities: &str) -> String {
    support::session(ID, ME, "Chatting", visibility, capabilities)
}

#[wasm_bindgen_test]
async fn without_a_session_the_button_is_off_and_says_why() {
    let stage = Stage::mount("", ME, |_| {}).await;
    let button = stage.part("button");
    assert_eq!(button.tag_name(), "BUTTON");
    assert_eq!(button.text_content().unwrap().trim(), "Barge in");
    assert_eq!(
        button.get_attribute("aria-disabled").as_deref(),
        Some("true")
    );
    assert!(!button.has_attribute("disabled"));
    assert_eq!(stage.description(), "No session is selected.");
}

#[wasm_bindgen_test]
async fn the_capability_turns_the_button_on_in_both_spellings() {
    for spelling in ["SwitchBargeIn", "SwitchToBargeIn"] {
        let stage = Stage::mount(ID, ME, |_| {}).await;
        stage.notify(&notification(
            "Agents",
            &["\"SwitchToMonitor\",\"", spelling, "\""].concat(),
        ));
        stage.until(State::Ready).await;
        assert!(!stage.part("button").has_attribute("aria-disabled"));
        stage.notify(&notification("Agents", "\"SwitchToMonitor\""));
        stage.until(State::Unavailable).await;
        assert_eq!(
            stage.description(),
            "The server does not allow barging in now."
        );
    }
}

#[wasm_bindgen_test]
async fn the_documented_notifications_join() {
    for text in [SEED_PARTICIPANTS, SEED_LOG] {
        let stage = Stage::mount(ID, ME, |_| {}).await;
        stage.notify(&notification("Supervisors", "\"SwitchBargeIn\""));
        stage.until(State::Ready).await;
        stage.notify(text);
        stage.until(State::Joined).await;
        assert_eq!(stage.reported("joined"), 1);
        stage.notify(text);
        stage.settle().await;
        assert_eq!(stage.reported("joined"), 1, "once per join");
    }
}

#[wasm_bindgen_test]
async fn a_refusal_is_said_and_stays_until_the_server_lists_the_capability_again() {
    // The test page's own server answers 404, which counts as a refusal.
    let stage = Stage::mount(ID, ME, |_| {}).await;
    stage.notify(&notification("Supervisors", "\"SwitchBargeIn\""));
    stage.until(State::Ready).await;
    stage.part("button").click();
    stage.until(State::Unavailable).await;
    assert!(
        stage.text("alert").contains("404"),
        "{}",
        stage.text("alert")
    );
    assert_eq!(stage.reported("error"), 1);
    stage.notify(&notification("Supervisors", "\"SwitchBargeIn\""));
    stage.until(State::Ready).await;
    assert_eq!(stage.text("alert"), "");
}

#[wasm_bindgen_test]
async fn a_refused_request_event_sends_nothing() {
    let stage = Stage::mount(ID, ME, |props| {
        props.button.on_request = yew::Callback::from(|_| false)
    })
    .await;
    stage.notify(&notification("Supervisors", "\"SwitchBargeIn\""));
    stage.until(State::Ready).await;
    stage.part("button").click();
    stage.settle().await;
    assert_eq!(stage.state(), "ready");
}

#[wasm_bindgen_test]
async fn the_inline_question_starts_on_the_safe_choice_and_gives_focus_back() {
    let stage = Stage::mount(ID, ME, |props| props.button.confirm = Confirm::Inline).await;
    stage.notify(&notification("Supervisors", "\"SwitchBargeIn\""));
    stage.until(State::Ready).await;
    stage.part("button").focus().unwrap();
    stage.part("button").click();
    stage.until(State::Confirming).await;
    assert!(stage.part("button").hidden());
    assert_eq!(stage.focused(), "cancel");
    stage.part("cancel").click();
    stage.until(State::Ready).await;
    assert_eq!(stage.focused(), "button");
}

#[wasm_bindgen_test]
async fn the_question_closes_when_the_capability_goes() {
    let stage = Stage::mount(ID, ME, |props| props.button.confirm = Confirm::Inline).await;
    stage.notify(&notification("Supervisors", "\"SwitchBargeIn\""));
    stage.until(State::Ready).await;
    stage.part("button").click();
    stage.until(State::Confirming).await;
    stage.notify(&notification("Supervisors", ""));
    stage.until(State::Unavailable).await;
    assert!(!stage.part("button").hidden());
}

#[wasm_bindgen_test]
async fn server_words_are_text_and_never_markup() {
    let stage = Stage::mount(ID, ME, |props| props.button.confirm = Confirm::Dialog).await;
    stage.notify(&support::session_of(
        ID,
        ME,
        "<img src=x onerror=alert(1)>",
        "\"SwitchBargeIn\"",
    ));
    stage.until(State::Ready).await;
    assert!(stage.text("dialog-text").contains("<img src=x"));
    assert!(stage.root().query_selector("img").unwrap().is_none());
}

#[wasm_bindgen_test]
async fn with_modes_the_current_one_is_marked() {
    let stage = Stage::mount(ID, ME, |props| props.button.modes = true).await;
    stage.notify(&notification(
        "Agents",
        "\"SwitchToMonitor\",\"SwitchBargeIn\"",
    ));
    stage.until(State::Ready).await;
    assert_eq!(
        stage.part("coach").get_attribute("aria-current").as_deref(),
        Some("true")
    );
    assert_eq!(
        stage
            .part("coach")
            .get_attribute("aria-disabled")
            .as_deref(),
        Some("true")
    );
    assert!(!stage.part("monitor").has_attribute("aria-disabled"));
    assert_eq!(
        stage.text("status"),
        "You are coaching. Only the agent sees what you write."
    );
}

#[wasm_bindgen_test]
async fn garbage_is_ignored_and_the_next_good_notification_works() {
    let stage = Stage::mount(ID, ME, |_| {}).await;
    for garbage in [
        "",
        "}",
        "null",
        "7",
        "[]",
        "{\"messageType\":5}",
        "{\"messageType\":\"SMSsessionStateChangeMessage\",\"smssession\":[]}",
    ] {
        stage.notify(garbage);
    }
    stage.notify(&notification("Supervisors", "\"SwitchBargeIn\""));
    stage.until(State::Ready).await;
}

#[derive(Clone, PartialEq, Properties)]
struct SeatedProps {
    connection: Connection,
}

/// A panel on a connection of the page.
#[component]
fn Seated(props: &SeatedProps) -> Html {
    html! {
        <ContextProvider<Connection> context={props.connection.clone()}>
            <SessionPanel session_id={ID} />
        </ContextProvider<Connection>>
    }
}

/// Mounts a page that sits down before its panel is there.
async fn seated(key: &SessionKey) -> (Connection, Element, yew::AppHandle<Seated>) {
    let connection = Connection::open(&Settings {
        base_url: "/seated".to_owned(),
        transport: Transport::Host,
        ..Settings::default()
    });
    connection.set_user_id(Some(ME.to_owned()));
    connection.sit(key, false);
    let document = web_sys::window().unwrap().document().unwrap();
    let root = document.create_element("div").unwrap();
    document.body().unwrap().append_child(&root).unwrap();
    let props = SeatedProps {
        connection: connection.clone(),
    };
    let app = yew::Renderer::<Seated>::with_root_and_props(root.clone(), props).render();
    turn(0).await;
    connection.notify((&*notification("Agents", "\"SendToAgents\"")).into());
    turn(0).await;
    (connection, root, app)
}

#[wasm_bindgen_test]
async fn what_is_unsent_comes_back_to_a_seat_that_the_page_took_before_its_panel() {
    let key = SessionKey::new(Media::SmsSession, ID);
    let draft = |connection: &Connection| {
        connection.seat(&key, |seat| seat.drafts().text(Audience::Agents).to_owned())
    };
    let (connection, root, app) = seated(&key).await;
    let area = root.query_selector("[part=box]").unwrap().unwrap();
    let area: HtmlTextAreaElement = area.unchecked_into();
    area.set_value("Offer the refund");
    let input = web_sys::Event::new("input").unwrap();
    input.init_event_with_bubbles("input", true);
    area.dispatch_event(&input).unwrap();
    turn(0).await;
    assert_eq!(draft(&connection).as_deref(), Some("Offer the refund"));
    app.destroy();
    root.remove();
    drop(connection);
    turn(0).await;

    let (connection, root, app) = seated(&key).await;
    assert_eq!(draft(&connection).as_deref(), Some("Offer the refund"));
    app.destroy();
    root.remove();
}
