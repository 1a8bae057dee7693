//! The CSRF token: in every GET answer, required for every POST, Bayeux included.

use serde_json::json;

use crate::support::*;

const PATH: &str = "/api/v2/me/smssessions/0001Da9PFC93000S";
const BODY: &str = r#"{"operationName":"SwitchToBargeIn"}"#;

fn assert_refused(reply: &Reply) {
    assert_eq!(reply.status, 403);
    assert_eq!(
        reply.json(),
        json!({ "statusMessage": "Missing or invalid Csrf token" })
    );
}

#[test]
fn every_get_tells_header_and_token() {
    let sim = Sim::still();
    let mut browser = sim.stranger();
    let first = browser.get("/api/v2/me");
    assert_eq!(first.header("x-csrf-header"), Some("X-CSRF-TOKEN"));
    let token = first.header("x-csrf-token").unwrap().to_owned();
    assert_eq!(token.len(), 36);
    for path in ["/api/v2/me/smssessions?fields=*", "/api/v2/nothing"] {
        assert_eq!(
            browser.get(path).header("x-csrf-token"),
            Some(token.as_str()),
            "{path}"
        );
    }
}

#[test]
fn a_change_without_token_or_cookie_is_refused_and_not_done() {
    let sim = Sim::still();
    let mut browser = sim.browser();
    let token = browser.token.take();
    assert_refused(&browser.post(PATH, BODY));
    browser.token = Some("00000000-0000-0000-0000-000000000000".to_owned());
    assert_refused(&browser.post(PATH, BODY));
    browser.token = token;
    let cookies = std::mem::take(&mut browser.cookies);
    let reply = browser.begin_post(PATH, BODY).finish().unwrap();
    assert_refused(&reply);
    assert_eq!(sim.mode(MONITORED), "monitor");
    browser.cookies = cookies;
    assert_eq!(browser.post(PATH, BODY).status, 200);
}

#[test]
fn a_token_belongs_to_its_session() {
    let sim = Sim::still();
    let mut one = sim.browser();
    one.token = sim.browser().token;
    assert_refused(&one.post(PATH, BODY));
}

#[test]
fn a_rotated_token_must_be_fetched_again() {
    let sim = Sim::still();
    let mut browser = sim.browser();
    sim.control("csrf", json!({ "rotate": true }));
    assert_refused(&browser.post(PATH, BODY));
    browser.get("/api/v2/me");
    assert_eq!(browser.post(PATH, BODY).status, 200);
}

#[test]
fn it_can_be_off() {
    let sim = Sim::still();
    sim.control("csrf", json!({ "enabled": false }));
    let mut browser = sim.stranger();
    assert_eq!(browser.get("/api/v2/me").header("x-csrf-header"), None);
    assert_eq!(browser.post(PATH, BODY).status, 200);
}

#[test]
fn bayeux_needs_it_too() {
    let sim = Sim::still();
    let mut browser = sim.browser();
    browser.token = None;
    let body = r#"[{"channel":"/meta/handshake","version":"1.0"}]"#;
    assert_refused(&browser.post("/api/v2/notifications/handshake", body));
    assert_eq!(sim.state()["clients"], json!([]));
}
