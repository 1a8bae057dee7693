//! Sign-in: automatic, by Basic credentials, and sign-out.

use gws_sim::args::Args;
use serde_json::json;

use crate::support::*;

fn assert_not_signed_in(reply: &Reply) {
    assert_eq!(reply.status, 403);
    assert_eq!(
        reply.json(),
        json!({ "statusCode": 20, "statusMessage": "Access denied" })
    );
}

#[test]
fn everybody_is_signed_in_by_default() {
    let mut browser = Sim::still().stranger();
    let reply = browser.get("/api/v2/me");
    let cookie = reply.header("set-cookie").unwrap();
    assert!(
        cookie.starts_with("JSESSIONID=") && cookie.ends_with("; Path=/; HttpOnly"),
        "{cookie}"
    );
    assert_eq!(browser.get("/api/v2/me").header("set-cookie"), None);
}

#[test]
fn login_asks_for_credentials_first() {
    let sim = Sim::start(Args {
        login: true,
        ..Args::still()
    });
    let mut browser = sim.stranger();
    for path in ["/api/v2/me", "/api/v2/me/smssessions?fields=*"] {
        let reply = browser.get(path);
        assert_not_signed_in(&reply);
        assert_eq!(reply.header("x-csrf-token"), None);
    }
    assert_not_signed_in(&browser.post("/api/v2/notifications/handshake", "[]"));
    let basic = [("Authorization", "Basic ZGFuYTpzZWNyZXQ=")];
    let reply = browser.send("GET", "/api/v2/me", &basic, "").unwrap();
    assert_eq!(reply.status, 200);
    let cookie = reply
        .header("set-cookie")
        .unwrap()
        .split(';')
        .next()
        .unwrap();
    let (name, value) = cookie.split_once('=').unwrap();
    browser.cookies.push((name.to_owned(), value.to_owned()));
    assert_eq!(browser.get("/api/v2/me").status, 200);
}

#[test]
fn signing_out_ends_sessions_and_clients() {
    let sim = Sim::still();
    let client = Bayeux::subscribed(&sim, "/v2/me/*");
    let held = client.hold(&sim);
    sim.control("sign-out", json!({}));
    let last = held.finish().unwrap().messages().pop().unwrap();
    assert_eq!(last["error"], "402::Unknown client");
    let mut browser = client.browser;
    assert_not_signed_in(&browser.get("/api/v2/me"));
    assert_not_signed_in(
        &browser.operate(MONITORED, json!({ "operationName": "SwitchToBargeIn" })),
    );
    sim.control("sign-in", json!({}));
    assert_eq!(browser.get("/api/v2/me").status, 200);
}

#[test]
fn secrets_are_not_logged() {
    let sim = Sim::still();
    let mut browser = sim.browser();
    browser
        .send(
            "GET",
            "/api/v2/me",
            &[("Authorization", "Basic ZGFuYTpzZWNyZXQ=")],
            "",
        )
        .unwrap();
    let shaken = handshake(&mut browser, json!({}));
    browser.operate(MONITORED, json!({ "operationName": "SwitchToBargeIn" }));
    let log = json!(sim.log()).to_string();
    let mut secrets = vec!["ZGFuYTpzZWNyZXQ=", browser.token.as_deref().unwrap()];
    secrets.push(shaken["clientId"].as_str().unwrap());
    secrets.extend(browser.cookies.iter().map(|(_, value)| value.as_str()));
    assert_eq!(secrets.len(), 5);
    for secret in secrets {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
}
