//! The meaning of each HTTP answer, by status, body and `statusCode`.

mod support;

use gws::{Answer, Failure, Kind, Me, Media, Reply};
use serde_json::{Value, json};
use support::{sessions, wire};

fn outcome(http_status: u16, body: Option<Value>, text: &str) -> Result<(), Failure> {
    let reply = body.and_then(|body| Reply::read(&mut wire(&body)));
    let answer = Answer {
        http_status,
        reply,
        text: text.to_owned(),
        retry_after: None,
    };
    answer.outcome()
}

/// The failure's kind, and whether the server decided no.
fn judged(http_status: u16, body: Option<Value>) -> (Kind, bool) {
    let failure = outcome(http_status, body, "").expect_err("a failure");
    assert_eq!(failure.http_status, Some(http_status));
    (failure.kind, failure.refused)
}

#[test]
fn only_status_code_0_with_a_success_is_accepted() {
    for status in [200, 201, 202, 299] {
        assert_eq!(outcome(status, Some(json!({"statusCode": 0})), ""), Ok(()));
    }
}

#[test]
fn a_success_without_a_status_code_is_malformed() {
    for body in [
        None,
        Some(json!({})),
        Some(json!({"statusCode": null})),
        Some(json!(7)),
    ] {
        assert_eq!(judged(200, body), (Kind::Malformed, false));
    }
    assert_eq!(judged(204, None), (Kind::Malformed, false));
}

#[test]
fn a_status_code_decides_whatever_the_http_status() {
    for status in [200, 400, 403, 404, 409, 500, 503] {
        for code in [-1, 1, 2, 3, 5, 6, 7, 8, 10, 11, 12, 17, 18, 19, 21, 999] {
            let body = Some(json!({"statusCode": code}));
            assert_eq!(judged(status, body), (Kind::Api, true), "{status} {code}");
        }
        for code in [4, 9] {
            let body = Some(json!({"statusCode": code}));
            assert_eq!(judged(status, body), (Kind::Api, false), "{status} {code}");
        }
        let body = Some(json!({"statusCode": 20}));
        assert_eq!(judged(status, body), (Kind::Unauthenticated, false));
    }
}

#[test]
fn without_a_status_code_the_http_status_decides() {
    for body in [
        None,
        Some(json!({"statusMessage": "no"})),
        Some(json!({"statusCode": 0})),
    ] {
        for status in [400, 403, 404, 409, 429] {
            assert_eq!(judged(status, body.clone()), (Kind::Http, true), "{status}");
        }
        for status in [500, 502, 503, 504, 302, 0] {
            assert_eq!(
                judged(status, body.clone()),
                (Kind::Http, false),
                "{status}"
            );
        }
        assert_eq!(judged(401, body), (Kind::Unauthenticated, false));
    }
}

#[test]
fn the_two_meanings_of_403_are_told_apart_by_words() {
    let words = json!({"statusMessage": "Missing or invalid Csrf token"});
    assert_eq!(judged(403, Some(words)), (Kind::Csrf, false));
    // The text of a decision may quote anything, such as a token or a nickname, so its code
    // decides.
    for words in ["invalid CSRF token", "Agent Kacsrfi may not barge in."] {
        let decided = json!({"statusCode": 3, "statusMessage": words});
        assert_eq!(judged(403, Some(decided)), (Kind::Api, true));
    }
    let documented = json!({"statusCode": 3, "statusMessage": "Missing or invalid Csrf token"});
    assert_eq!(judged(403, Some(documented)), (Kind::Csrf, false));
    let name = json!({"statusMessage": "Agent Kacsrfi may not barge in."});
    assert_eq!(judged(403, Some(name)), (Kind::Http, true));
    let page = outcome(
        403,
        None,
        "<html><title>Missing or invalid csrf token</title></html>",
    );
    assert_eq!(page.expect_err("a failure").kind, Kind::Csrf);
    let signed_out = json!({"statusCode": 20, "statusMessage": "Access denied, no csrf"});
    assert_eq!(
        judged(403, Some(signed_out)),
        (Kind::Unauthenticated, false)
    );
    // With another HTTP status such a text means nothing.
    let other = json!({"statusCode": 2, "statusMessage": "csrf"});
    assert_eq!(judged(400, Some(other)), (Kind::Api, true));
}

#[test]
fn the_servers_message_is_cut_and_html_pages_are_dropped() {
    let failure = outcome(500, None, "  out of order \n").expect_err("a failure");
    assert_eq!(failure.message, "out of order");
    let failure = outcome(502, None, "<html>Bad gateway</html>").expect_err("a failure");
    assert_eq!(failure.message, "");
    let long = json!({"statusCode": 3, "statusMessage": "ü".repeat(10_000)});
    let failure = outcome(200, Some(long), "").expect_err("a failure");
    assert_eq!(failure.message, "ü".repeat(500));
    let words = json!({"statusCode": 4, "statusMessage": "Device '5001' is not registered."});
    let failure = outcome(500, Some(words), "").expect_err("a failure");
    assert_eq!(failure.message, "Device '5001' is not registered.");
    assert_eq!(
        (failure.http_status, failure.status_code),
        (Some(500), Some(4))
    );
}

#[test]
fn me_without_an_id_still_says_that_one_is_signed_in() {
    let read = |http_status, body: Value| {
        let mut body = wire(&body);
        let reply = Reply::read(&mut body);
        let me = Some(Me::read(&mut body));
        let answer = Answer {
            http_status,
            reply,
            text: String::new(),
            retry_after: None,
        };
        answer.me(me).map_err(|failure| failure.kind)
    };
    let id = |id: &str| {
        Ok(Me {
            user_id: Some(id.to_owned()),
        })
    };
    assert_eq!(
        read(200, json!({"statusCode": 0, "user": {"id": "u1"}})),
        id("u1")
    );
    assert_eq!(
        read(200, json!({"statusCode": 0, "user": {"uri": "/users/u2"}})),
        id("u2")
    );
    assert_eq!(read(200, json!({"user": {"id": 5}})), id("5"));
    assert_eq!(
        read(200, json!({"statusCode": 0})),
        Ok(Me { user_id: None })
    );
    assert_eq!(read(200, json!({"page": "login"})), Err(Kind::Malformed));
    assert_eq!(
        read(403, json!({"statusCode": 20})),
        Err(Kind::Unauthenticated)
    );
    assert_eq!(read(500, json!({"user": {"id": "u1"}})), Err(Kind::Http));
}

#[test]
fn sessions_need_their_list() {
    let read = |http_status, body: Value| {
        let mut body = wire(&body);
        let reply = Reply::read(&mut body);
        let sessions = sessions(&mut body, Media::Chat);
        let answer = Answer {
            http_status,
            reply,
            text: String::new(),
            retry_after: None,
        };
        let read = answer.sessions(sessions);
        read.map(|sessions| sessions.len())
            .map_err(|failure| failure.kind)
    };
    assert_eq!(
        read(200, json!({"statusCode": 0, "chats": [{"id": "a"}]})),
        Ok(1)
    );
    assert_eq!(read(200, json!({"chats": []})), Ok(0));
    assert_eq!(read(200, json!({"statusCode": 0})), Err(Kind::Malformed));
    assert_eq!(
        read(200, json!({"statusCode": 0, "uris": []})),
        Err(Kind::Malformed)
    );
    assert_eq!(
        read(200, json!({"statusCode": 5, "chats": []})),
        Err(Kind::Api)
    );
    assert_eq!(read(503, json!({"chats": []})), Err(Kind::Http));
}

#[test]
fn kinds_have_the_contracts_words() {
    let words = [
        (Kind::Network, "network"),
        (Kind::Timeout, "timeout"),
        (Kind::Http, "http"),
        (Kind::Api, "api"),
        (Kind::Malformed, "malformed"),
        (Kind::Unconfirmed, "unconfirmed"),
        (Kind::Csrf, "csrf"),
        (Kind::Unauthenticated, "unauthenticated"),
    ];
    for (kind, word) in words {
        assert_eq!(kind.as_str(), word);
    }
}
