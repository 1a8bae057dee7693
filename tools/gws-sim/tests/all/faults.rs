//! Faults that answer: refusals, wrong bodies, late and silent acceptance.

use std::time::Instant;

use serde_json::json;

use crate::support::*;

const PATH: &str = "/api/v2/me/smssessions/0001Da9PFC93000S";
const BODY: &str = r#"{"operationName":"SwitchToBargeIn"}"#;

#[test]
fn a_refusal_is_answered_once_and_nothing_is_done() {
    let sim = Sim::still();
    let mut browser = sim.browser();
    sim.fault(json!({
        "match": { "operation": "SwitchToBargeIn" },
        "action": "refuse",
        "httpStatus": 409,
        "statusCode": 2,
        "statusMessage": "Not now",
    }));
    let reply = browser.post(PATH, BODY);
    assert_eq!(reply.status, 409);
    assert_eq!(
        reply.json(),
        json!({ "statusCode": 2, "statusMessage": "Not now" })
    );
    assert_eq!(sim.mode(MONITORED), "monitor");
    assert_eq!(browser.post(PATH, BODY).status, 200);
    assert_eq!(sim.mode(MONITORED), "barge-in");
}

#[test]
fn actions_may_be_nested_and_bodies_verbatim() {
    let sim = Sim::still();
    let action = json!({ "refuse": { "httpStatus": 500, "body": "{\"statusCode\":", "contentType": "text/plain" } });
    sim.fault(json!({ "action": action }));
    let reply = sim.stranger().get("/api/v2/me");
    assert_eq!(
        (reply.status, reply.body.as_str()),
        (500, "{\"statusCode\":")
    );
    assert_eq!(reply.header("content-type"), Some("text/plain"));
}

#[test]
fn the_usual_http_status_goes_with_a_status_code() {
    let sim = Sim::still();
    for (code, status) in [(4, 500), (5, 403), (6, 404), (20, 403)] {
        sim.fault(json!({ "action": "refuse", "statusCode": code }));
        assert_eq!(sim.stranger().get("/api/v2/me").status, status);
    }
    sim.fault(json!({ "action": "refuse" }));
    assert_eq!(sim.stranger().get("/api/v2/me").status, 503);
}

#[test]
fn proxies_answer_html_and_nothing_and_redirects() {
    let sim = Sim::still();
    sim.fault(json!({ "action": "html" }));
    let html = sim.stranger().get("/api/v2/me");
    assert_eq!(
        (html.status, html.header("content-type")),
        (502, Some("text/html"))
    );
    sim.fault(json!({ "action": "empty" }));
    let empty = sim.stranger().get("/api/v2/me");
    assert_eq!((empty.status, empty.body.as_str()), (200, ""));
    sim.fault(json!({ "action": "redirect", "location": "/login.html" }));
    let redirect = sim.stranger().get("/api/v2/me");
    assert_eq!(
        (redirect.status, redirect.header("location")),
        (302, Some("/login.html"))
    );
}

#[test]
fn answers_may_carry_more_header_lines() {
    let sim = Sim::still();
    let busy = json!({ "Retry-After": "10" });
    sim.fault(json!({ "action": "refuse", "httpStatus": 503, "headers": busy }));
    let reply = sim.stranger().get("/api/v2/me");
    assert_eq!(
        (reply.status, reply.header("retry-after")),
        (503, Some("10"))
    );
    // The real answer, with headers that let a cache store it.
    let cache = json!({ "Cache-Control": "max-age=60" });
    sim.fault(json!({ "match": { "method": "GET" }, "action": "headers", "headers": cache }));
    let reply = sim.stranger().get("/api/v2/me");
    assert_eq!(reply.header("cache-control"), Some("max-age=60"));
    assert_eq!(reply.json()["statusCode"], 0);
    let wrong = json!({ "action": "headers", "headers": { "a b": "c" } });
    let refused = sim.stranger().post("/control/fault", &wrong.to_string());
    assert_eq!(refused.status, 400);
}

#[test]
fn a_post_may_be_redirected() {
    let sim = Sim::still();
    let mut browser = sim.browser();
    for status in [302, 307] {
        sim.fault(json!({
            "match": { "operation": "SwitchToBargeIn" },
            "action": "redirect",
            "httpStatus": status,
            "location": "http://other.example/login",
        }));
        let reply = browser.post(PATH, BODY);
        assert_eq!(reply.status, status);
        assert_eq!(reply.header("location"), Some("http://other.example/login"));
        assert_eq!(sim.mode(MONITORED), "monitor");
    }
}

#[test]
fn matches_must_all_fit() {
    let sim = Sim::still();
    let matcher = json!({ "method": "POST", "path": MONITORED, "operation": "SwitchToCoach" });
    sim.fault(json!({ "match": matcher, "action": "empty" }));
    sim.fault(json!({ "match": { "channel": "/meta/handshake" }, "action": "html" }));
    let mut browser = sim.browser();
    assert_eq!(browser.get(PATH).status, 200);
    assert_eq!(
        browser
            .operate(JOINED, json!({ "operationName": "SwitchToCoach" }))
            .json()["statusCode"],
        0
    );
    assert_eq!(browser.post(PATH, BODY).json()["statusCode"], 0);
    assert_eq!(
        browser
            .post(
                "/api/v2/notifications",
                r#"[{"channel":"/meta/handshake"}]"#
            )
            .status,
        502
    );
    assert_eq!(
        browser
            .operate(MONITORED, json!({ "operationName": "SwitchToCoach" }))
            .body,
        ""
    );
}

#[test]
fn faults_happen_as_often_as_set_until_cleared() {
    let sim = Sim::still();
    let mut browser = sim.stranger();
    sim.fault(json!({ "action": "empty", "times": 2 }));
    let bodies: Vec<bool> = (0..3)
        .map(|_| browser.get("/api/v2/me").body.is_empty())
        .collect();
    assert_eq!(bodies, [true, true, false]);
    for always in [json!(0), json!("always")] {
        sim.fault(json!({ "action": "empty", "times": always }));
        assert!((0..5).all(|_| browser.get("/api/v2/me").body.is_empty()));
        sim.clear_faults();
        assert!(!browser.get("/api/v2/me").body.is_empty());
    }
}

#[test]
fn a_delay_comes_before_the_effect() {
    let sim = Sim::still();
    let mut browser = sim.browser();
    sim.fault(json!({ "match": { "method": "POST" }, "action": "delay", "ms": 250 }));
    let begun = Instant::now();
    let pending = browser.begin_post(PATH, BODY);
    assert_eq!(sim.mode(MONITORED), "monitor");
    assert_eq!(pending.finish().unwrap().json()["statusCode"], 0);
    assert!(begun.elapsed().as_millis() >= 250);
    assert_eq!(sim.mode(MONITORED), "barge-in");
    assert_eq!(browser.get(PATH).status, 200);
}

#[test]
fn silent_acceptance_does_nothing() {
    let sim = Sim::still();
    let mut client = Bayeux::subscribed(&sim, "/v2/me/*");
    sim.fault(json!({ "match": { "operation": "SwitchToBargeIn" }, "action": "accept-silently" }));
    assert_eq!(client.browser.post(PATH, BODY).body, r#"{"statusCode":0}"#);
    assert_eq!(sim.mode(MONITORED), "monitor");
    let zero = json!({ "channel": "/meta/connect", "advice": { "timeout": 0 } });
    assert_eq!(client.send(zero).len(), 1);
}

#[test]
fn silent_acceptance_still_refuses_what_is_wrong() {
    let sim = Sim::still();
    sim.fault(json!({ "action": "accept-silently", "match": { "method": "POST" } }));
    let reply = sim
        .browser()
        .operate("nope", json!({ "operationName": "SwitchToBargeIn" }));
    assert_eq!(reply.json()["statusCode"], 6);
}

#[test]
fn a_late_effect_comes_after_the_answer() {
    let sim = Sim::still();
    let client = Bayeux::subscribed(&sim, "/v2/me/*");
    let held = client.hold(&sim);
    let mut browser = sim.browser();
    sim.fault(
        json!({ "match": { "operation": "SwitchToBargeIn" }, "action": "act-late", "ms": 600 }),
    );
    let begun = Instant::now();
    assert_eq!(browser.post(PATH, BODY).json()["statusCode"], 0);
    assert_eq!(sim.mode(MONITORED), "monitor");
    assert!(!events(&held.finish().unwrap().messages()).is_empty());
    assert!(begun.elapsed().as_millis() >= 600);
    assert_eq!(sim.mode(MONITORED), "barge-in");
}

#[test]
fn a_notification_may_come_before_the_answer() {
    let sim = Sim::still();
    let client = Bayeux::subscribed(&sim, "/v2/me/*");
    let held = client.hold(&sim);
    let browser = sim.browser();
    sim.fault(
        json!({ "match": { "operation": "SwitchToBargeIn" }, "action": "notify-first", "ms": 600 }),
    );
    let pending = browser.begin_post(PATH, BODY);
    assert!(!events(&held.finish().unwrap().messages()).is_empty());
    let under_way = sim
        .log()
        .into_iter()
        .find(|line| line["operation"] == "SwitchToBargeIn")
        .unwrap();
    assert_eq!(under_way["outcome"], "open");
    assert_eq!(pending.finish().unwrap().json()["statusCode"], 0);
}

#[test]
fn invalid_faults_are_rejected() {
    let sim = Sim::still();
    for body in [
        "[]",
        "{",
        "{}",
        r#"{"action":"explode"}"#,
        r#"{"action":"delay"}"#,
        r#"{"action":"empty","times":-1}"#,
        r#"{"action":"refuse","httpStatus":7}"#,
        r#"{"action":"refuse","statusCode":999}"#,
    ] {
        let reply = sim.stranger().post("/control/fault", body);
        assert_eq!(reply.status, 400, "{body}");
        assert!(reply.json()["error"].is_string());
    }
    assert_eq!(sim.state()["faults"], json!([]));
}
