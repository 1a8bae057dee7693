//! Cross-origin requests.

use gws_sim::args::Args;

use crate::support::*;

const ORIGIN: &str = "https://desktop.example";

fn allowing() -> Sim {
    Sim::start(Args {
        allow_origins: vec![ORIGIN.to_owned()],
        ..Args::still()
    })
}

#[test]
fn a_preflight_allows_the_token() {
    let sim = allowing();
    let headers = [
        ("Origin", ORIGIN),
        ("Access-Control-Request-Method", "POST"),
        ("Access-Control-Request-Headers", "x-csrf-token"),
    ];
    let reply = sim
        .stranger()
        .send("OPTIONS", "/api/v2/notifications", &headers, "")
        .unwrap();
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("access-control-allow-origin"), Some(ORIGIN));
    assert_eq!(
        reply.header("access-control-allow-credentials"),
        Some("true")
    );
    assert!(
        reply
            .header("access-control-allow-headers")
            .unwrap()
            .contains("X-CSRF-TOKEN")
    );
    assert!(
        reply
            .header("access-control-allow-methods")
            .unwrap()
            .contains("POST")
    );
    assert_eq!(reply.header("x-csrf-token"), None);
    assert!(sim.log().is_empty());
}

#[test]
fn answers_expose_the_token_even_when_a_fault_made_them() {
    let sim = allowing();
    let ask = || {
        sim.stranger()
            .send("GET", "/api/v2/me", &[("Origin", ORIGIN)], "")
            .unwrap()
    };
    assert_eq!(
        ask().header("access-control-expose-headers"),
        Some("X-CSRF-HEADER,X-CSRF-TOKEN")
    );
    sim.fault(serde_json::json!({ "action": "html" }));
    let fault = ask();
    assert_eq!(
        (fault.status, fault.header("access-control-allow-origin")),
        (502, Some(ORIGIN))
    );
}

#[test]
fn other_origins_get_nothing() {
    for sim in [allowing(), Sim::still()] {
        let other = [("Origin", "https://elsewhere.example")];
        let reply = sim
            .stranger()
            .send("GET", "/api/v2/me", &other, "")
            .unwrap();
        assert_eq!(reply.header("access-control-allow-origin"), None);
    }
}
