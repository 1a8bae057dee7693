//! Another user signs in with the same browser.

use serde_json::{Value, json};

use crate::support::*;

/// The user's own participant in a session, from `/me/smssessions/{id}`.
fn own(browser: &mut Browser, id: &str) -> Value {
    let me = browser.get("/api/v2/me").json()["user"]["uri"].clone();
    let session = browser.get(&format!("/api/v2/me/smssessions/{id}")).json();
    let participants = session["smssession"]["participants"].as_array().unwrap();
    let mine = participants.iter().find(|p| p["uri"] == me);
    mine.cloned().unwrap_or(Value::Null)
}

#[test]
fn another_user_has_another_view() {
    let sim = Sim::still();
    let mut browser = sim.browser();
    let first = browser.get("/api/v2/me").json()["user"]["id"].clone();
    assert_eq!(own(&mut browser, JOINED)["visibility"], "All");
    assert_eq!(sim.mode(JOINED), "barge-in");
    let told = sim.control("user", json!({ "user": "sam", "mode": "monitor" }));
    let user = browser.get("/api/v2/me").json()["user"].clone();
    assert_ne!(user["id"], first);
    assert_eq!(user["id"], told["id"]);
    assert_eq!(user["firstName"], "Sam");
    assert_eq!(own(&mut browser, JOINED)["visibility"], "Supervisors");
    assert_eq!(sim.mode(JOINED), "monitor");
    // Operations of the second user apply to the second user, and the first has not changed.
    browser.operate(MONITORED, json!({ "operationName": "SwitchToCoach" }));
    assert_eq!(own(&mut browser, MONITORED)["visibility"], "Agents");
    sim.control("user", json!({ "user": "dana" }));
    assert_eq!(own(&mut browser, MONITORED)["visibility"], "Supervisors");
    assert_eq!(own(&mut browser, JOINED)["visibility"], "All");
}

#[test]
fn a_user_without_sessions_can_do_nothing() {
    let sim = Sim::still();
    let mut browser = sim.browser();
    sim.control("user", json!({ "user": "sam", "mode": "none" }));
    browser.get("/api/v2/me");
    assert_eq!(own(&mut browser, MONITORED), Value::Null);
    let refused = browser.operate(MONITORED, json!({ "operationName": "SwitchToBargeIn" }));
    assert_eq!(refused.json()["statusCode"], 3);
}

#[test]
fn the_old_tokens_are_wrong() {
    let sim = Sim::still();
    let mut browser = sim.browser();
    sim.control("user", json!({ "user": "sam", "mode": "monitor" }));
    let body = json!({ "operationName": "SwitchToBargeIn" });
    let refused = browser.operate(MONITORED, body.clone());
    assert_eq!(refused.status, 403);
    browser.get("/api/v2/me");
    assert_eq!(browser.operate(MONITORED, body).status, 200);
}

#[test]
fn the_old_users_client_stays_and_gets_nothing_of_the_new_user() {
    let sim = Sim::still();
    let mut old = Bayeux::subscribed(&sim, "/v2/me/*");
    sim.control("user", json!({ "user": "sam", "mode": "monitor" }));
    old.browser.get("/api/v2/me");
    let mut new = Bayeux::subscribed(&sim, "/v2/me/*");
    let rename = json!({ "nickname": "Casey" });
    sim.control(&format!("sessions/{MONITORED}/rename"), rename);
    let zero = json!({ "channel": "/meta/connect", "advice": { "timeout": 0 } });
    assert_eq!(events(&old.send(zero.clone())).len(), 0);
    assert_eq!(events(&new.send(zero)).len(), 1);
}

#[test]
fn a_pending_operation_of_the_first_user_applies_to_the_first_user() {
    let sim = Sim::still();
    let mut browser = sim.browser();
    sim.fault(json!({ "match": { "method": "POST" }, "action": "act-late", "ms": 300 }));
    let asked = browser.operate(MONITORED, json!({ "operationName": "SwitchToBargeIn" }));
    assert_eq!(asked.json()["statusCode"], 0);
    sim.control("user", json!({ "user": "sam", "mode": "monitor" }));
    let has_barged_in = |state: &Value| {
        let sessions = state["sessions"].as_array().unwrap();
        let session = sessions.iter().find(|s| s["id"] == MONITORED).unwrap();
        let mut people = session["participants"].as_array().unwrap().iter();
        people.any(|p| p["nickname"] == "Dana Whitfield" && p["visibility"] == "All")
    };
    sim.until(has_barged_in);
    assert_eq!(sim.mode(MONITORED), "monitor");
}

#[test]
fn the_old_users_client_may_be_forgotten() {
    let sim = Sim::still();
    let client = Bayeux::subscribed(&sim, "/v2/me/*");
    let held = client.hold(&sim);
    sim.control("user", json!({ "user": "sam", "clients": "forget" }));
    let last = held.finish().unwrap().messages().pop().unwrap();
    assert_eq!(last["error"], "402::Unknown client");
}
