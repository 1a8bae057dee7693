//! Faults of the connection itself: resets, hanging, half a body, a restart.

use std::io::ErrorKind;

use serde_json::json;

use crate::support::*;

const PATH: &str = "/api/v2/me/smssessions/0001Da9PFC93000S";
const BODY: &str = r#"{"operationName":"SwitchToBargeIn"}"#;

#[test]
fn a_reset_before_the_effect() {
    let sim = Sim::still();
    let browser = sim.browser();
    sim.fault(json!({ "match": { "method": "POST" }, "action": "reset-before" }));
    let error = browser.begin_post(PATH, BODY).finish().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    assert_eq!(sim.mode(MONITORED), "monitor");
    let last = sim.log().pop().unwrap();
    assert_eq!(
        (&last["outcome"], &last["status"]),
        (&"reset".into(), &json!(null))
    );
    assert_eq!(last["fault"], "reset-before");
}

#[test]
fn a_reset_after_the_effect() {
    let sim = Sim::still();
    let browser = sim.browser();
    sim.fault(json!({ "match": { "method": "POST" }, "action": "reset-after" }));
    let error = browser.begin_post(PATH, BODY).finish().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    assert_eq!(sim.mode(MONITORED), "barge-in");
}

#[test]
fn a_hanging_request_is_never_answered_and_does_nothing() {
    let sim = Sim::still();
    let browser = sim.browser();
    sim.fault(json!({ "match": { "operation": "SwitchToBargeIn" }, "action": "hang" }));
    let pending = browser.begin_post(PATH, BODY);
    sim.until(|state| state["hanging"] == 1);
    sim.clear_faults();
    assert_eq!(
        pending.finish().unwrap_err().kind(),
        ErrorKind::ConnectionReset
    );
    assert_eq!(sim.mode(MONITORED), "monitor");
    sim.until(|state| state["hanging"] == 0);
}

#[test]
fn a_client_that_gives_up_is_logged_as_aborted() {
    let sim = Sim::still();
    let browser = sim.browser();
    sim.fault(json!({ "match": { "operation": "SwitchToBargeIn" }, "action": "hang" }));
    let pending = browser.begin_post(PATH, BODY);
    sim.until(|state| state["hanging"] == 1);
    drop(pending);
    sim.until(|state| state["hanging"] == 0);
    assert_eq!(sim.log().pop().unwrap()["outcome"], "aborted");
}

#[test]
fn half_a_body() {
    let sim = Sim::still();
    sim.fault(json!({ "action": "truncate" }));
    let reply = sim.stranger().get("/api/v2/me").assert_cut();
    let whole = sim.stranger().get("/api/v2/me");
    assert!(whole.whole && whole.body.starts_with(&reply));
}

impl Reply {
    fn assert_cut(self) -> String {
        assert_eq!(self.status, 200);
        assert!(!self.whole && !self.body.is_empty());
        self.body
    }
}

#[test]
fn a_restart_drops_all_clients_and_keeps_the_port() {
    let sim = Sim::still();
    let mut client = Bayeux::subscribed(&sim, "/v2/me/*");
    let held = client.hold(&sim);
    let reply = sim.control("restart", json!({ "downMs": 400 }));
    assert_eq!(reply["dropped"], 1);
    assert_eq!(
        held.finish().unwrap_err().kind(),
        ErrorKind::ConnectionReset
    );
    let refused = std::net::TcpStream::connect(sim.address).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);

    let begun = std::time::Instant::now();
    while std::net::TcpStream::connect(sim.address).is_err() {
        assert!(begun.elapsed() < PATIENCE, "it never came back");
    }
    assert_eq!(sim.state()["polls"], 0);
    // The cookie and the client are no longer valid.
    assert_eq!(client.browser.operate(MONITORED, json!({})).status, 403);
    client.browser.get("/api/v2/me");
    let error = client.one(json!({ "channel": "/meta/connect" }));
    assert_eq!(error["error"], "402::Unknown client");
}

#[test]
fn a_restart_may_keep_the_sign_in() {
    let sim = Sim::still();
    let mut browser = sim.browser();
    sim.control("restart", json!({ "keepSignIn": true }));
    let begun = std::time::Instant::now();
    while std::net::TcpStream::connect(sim.address).is_err() {
        assert!(begun.elapsed() < PATIENCE, "it never came back");
    }
    assert_eq!(browser.post(PATH, BODY).status, 200);
}

#[test]
fn connections_can_be_dropped_while_the_server_stays() {
    let sim = Sim::still();
    let client = Bayeux::subscribed(&sim, "/v2/me/*");
    let held = client.hold(&sim);
    assert_eq!(sim.control("drop-connections", json!({}))["dropped"], 1);
    assert_eq!(
        held.finish().unwrap_err().kind(),
        ErrorKind::ConnectionReset
    );
    assert_eq!(sim.state()["clients"].as_array().unwrap().len(), 1);
}
