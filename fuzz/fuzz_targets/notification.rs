//! Any bytes as a notification: it is read or ignored, and the next good one works.
#![no_main]

use gws::{Config, Me, Media, Notification, Session, State, Store, wire};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

const ME: &str = "991a4bece8dd4184a93e98ad429694f6";

fn monitored() -> Value {
    json!({
        "id": "s", "state": "Chatting", "capabilities": ["SwitchBargeIn", "SwitchToCoach"],
        "participants": [{"type": "Agent", "path": format!("/users/{ME}"), "visibility": "Supervisors"}],
    })
}

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let _ = wire::parse_date(&text);
    let _ = wire::last_segment(&text);
    if let Some(segment) = gws::path_segment(&text) {
        assert!(!segment.contains(['/', '?', '#', '\\']));
        assert_eq!(wire::last_segment(&segment).as_deref(), Some(&*text));
    }
    let plain = gws::strip_java_longs(&text);
    if let Ok(value) = serde_json::from_str::<Value>(&text) {
        assert_eq!(
            serde_json::from_str::<Value>(&plain).ok(),
            Some(value),
            "plain JSON stays what it is"
        );
    }
    let Ok(value) = serde_json::from_str::<Value>(&plain) else {
        return;
    };

    let mut store = Store::new(Config {
        host: false,
        request_timeout: 10_000,
        seed: 1,
    });
    store.start(0);
    store.watch(Media::SmsSession, 0);
    while store.poll_command().is_some() {}
    store.me_read(
        Ok(Me {
            user_id: Some(ME.to_owned()),
        }),
        1,
    );
    while store.poll_command().is_some() {}
    store.link(gws::Link::Connected, 1);
    store.subscribed(1);
    while store.poll_command().is_some() {}
    store.sessions_read(
        Media::SmsSession,
        Ok(Session::read(&monitored()).into_iter().collect()),
        2,
    );
    assert_eq!(store.view(Media::SmsSession, "s").state, State::Ready);

    store.notification(Notification::read(&value), 3);
    while store.poll_event().is_some() {}
    while store.poll_command().is_some() {}

    let mut session = monitored();
    session["participants"][0]["visibility"] = json!("All");
    let good = json!({"messageType": "SMSsessionStateChangeMessage", "smssession": session});
    store.notification(Notification::read(&good), 4);
    assert_eq!(store.view(Media::SmsSession, "s").state, State::Joined);
});
