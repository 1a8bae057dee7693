//! Two Bayeux clients in one browser: CometD holds one long poll per browser and advises the other
//! client.

use gws_sim::args::Args;
use serde_json::json;

use crate::support::*;

fn neighbours(args: Args) -> (Sim, Bayeux, Bayeux) {
    let sim = Sim::start(args);
    let one = Bayeux::subscribed(&sim, "/v2/me/*");
    let same = Browser {
        cookies: one.browser.cookies.clone(),
        token: one.browser.token.clone(),
        ..one.browser
    };
    let two = Bayeux::ready(same, "/v2/me/*", json!({}));
    (sim, one_again(one.id, &two), two)
}

/// The first client, in the browser of the second.
fn one_again(id: String, two: &Bayeux) -> Bayeux {
    let browser = Browser {
        cookies: two.browser.cookies.clone(),
        token: two.browser.token.clone(),
        address: two.browser.address,
    };
    Bayeux { browser, id }
}

#[test]
fn the_surplus_client_is_told_to_poll_slowly() {
    let (sim, one, mut two) = neighbours(Args::still());
    let _held = one.hold(&sim);
    let reply = two.one(json!({ "channel": "/meta/connect" }));
    assert_eq!(reply["successful"], true);
    // The first time with the full advice, then only with what differs.
    let mut advice = json!({
        "multiple-clients": true, "reconnect": "retry", "interval": 2000, "timeout": 30000,
    });
    assert_eq!(reply["advice"], advice);
    let reply = two.one(json!({ "channel": "/meta/connect" }));
    advice.as_object_mut().unwrap().remove("timeout");
    assert_eq!(reply["advice"], advice);
    // Its events still arrive.
    sim.control("publish", json!({ "channel": "/v2/me/x", "data": 1 }));
    let messages = two.send(json!({ "channel": "/meta/connect" }));
    assert_eq!(events(&messages).len(), 1);
}

#[test]
fn a_connect_that_is_answered_at_once_does_not_count() {
    let (sim, one, mut two) = neighbours(Args::still());
    let _held = one.hold(&sim);
    sim.control("publish", json!({ "channel": "/v2/me/x", "data": 1 }));
    // The held poll has its event; the client polls again.
    let _held = one.hold(&sim);
    let messages = two.send(json!({ "channel": "/meta/connect" }));
    assert_eq!(events(&messages).len(), 1);
    assert_eq!(messages[1].get("advice"), None);
    let connect = json!({ "channel": "/meta/connect", "clientId": two.id });
    let subscribe =
        json!({ "channel": "/meta/subscribe", "subscription": "/a", "clientId": two.id });
    let body = json!([subscribe, connect]).to_string();
    let batched = two.browser.post("/api/v2/notifications", &body).messages();
    assert_eq!(batched[1].get("advice"), None);
}

#[test]
fn a_client_that_is_alone_again_is_told_so() {
    let (sim, mut one, mut two) = neighbours(Args::still());
    let held = one.hold(&sim);
    two.one(json!({ "channel": "/meta/connect" }));
    one.one(json!({ "channel": "/meta/disconnect" }));
    held.finish().unwrap();
    let alone = two.hold(&sim);
    sim.control("publish", json!({ "channel": "/v2/me/x", "data": 1 }));
    let last = alone.finish().unwrap().messages().pop().unwrap();
    assert_eq!(
        last["advice"],
        json!({ "interval": 0, "timeout": 30000, "reconnect": "retry" })
    );
}

#[test]
fn the_poll_of_a_closed_page_counts_until_its_time_is_up() {
    let (sim, one, mut two) = neighbours(Args {
        hold_ms: 700,
        ..Args::still()
    });
    drop(one.hold(&sim));
    assert_eq!(
        two.one(json!({ "channel": "/meta/connect" }))["advice"]["multiple-clients"],
        true
    );
    sim.until(|state| state["polls"] == 0);
    let _alone = two.hold(&sim);
}

#[test]
fn other_browsers_do_not_count() {
    let sim = Sim::still();
    let one = Bayeux::subscribed(&sim, "/v2/me/*");
    let two = Bayeux::subscribed(&sim, "/v2/me/*");
    let _one = one.hold(&sim);
    let _two = two.hold(&sim);
    assert_eq!(sim.state()["polls"], 2);
}

#[test]
fn any_number_may_be_allowed() {
    let (sim, one, two) = neighbours(Args {
        max_sessions_per_browser: -1,
        ..Args::still()
    });
    let _one = one.hold(&sim);
    let _two = two.hold(&sim);
}

#[test]
fn without_an_interval_the_surplus_client_is_rejected() {
    let (sim, one, mut two) = neighbours(Args {
        multi_session_interval_ms: 0,
        ..Args::still()
    });
    let _held = one.hold(&sim);
    let reply = two.one(json!({ "channel": "/meta/connect" }));
    assert_eq!(reply["successful"], false);
    assert_eq!(reply.get("error"), None);
    assert_eq!(reply["advice"]["multiple-clients"], true);
    assert_eq!(reply["advice"]["reconnect"], "none");
}
