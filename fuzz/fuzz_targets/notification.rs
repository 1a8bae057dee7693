//! Any bytes as a notification: they are read or ignored, and the next valid one works.
#![no_main]

use fuzz::{NAMES, wire};
use gws::{Me, Media, Notification, Session, State, Store, StoreConfig};
use json::Json;
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
    let _ = gws::wire::parse_date(&text);
    let _ = gws::wire::last_segment(&text);
    if let Some(segment) = gws::path_segment(&text) {
        assert!(!segment.contains(['/', '?', '#', '\\']));
        assert_eq!(gws::wire::last_segment(&segment).as_deref(), Some(&*text));
    }
    let read = NAMES.read_text(bytes);
    let pieces = |size| {
        let mut pieces = bytes.chunks(size);
        move |window: &mut Vec<u8>| window.extend_from_slice(pieces.next().unwrap_or_default())
    };
    for size in [1, 2, 3, 7] {
        assert_eq!(NAMES.read(pieces(size)), read, "the window does not matter");
    }
    if serde_json::from_slice::<Value>(bytes).is_ok() {
        assert!(read.is_some(), "what is JSON is read");
    }
    let mut elements = Vec::<Json>::new();
    let is_whole = NAMES.each(pieces(5), &mut |element| elements.push(element));
    if let Some(object @ Json::Object(_)) = &read {
        assert!(is_whole);
        assert_eq!(elements, std::slice::from_ref(object));
    }
    let Some(mut value) = read else {
        return;
    };

    let mut store = Store::new(StoreConfig {
        host: false,
        request_timeout: 10_000,
        seed: 1,
    });
    store.start();
    store.watch(Media::SmsSession);
    while store.poll_command().is_some() {}
    store.me_read(
        Ok(Me {
            user_id: Some(ME.to_owned()),
        }),
        1,
    );
    while store.poll_command().is_some() {}
    store.link(gws::Link::Connected);
    store.subscribed(1);
    while store.poll_command().is_some() {}
    store.sessions_read(
        Media::SmsSession,
        Ok(Session::read(&mut wire(&monitored())).into_iter().collect()),
        2,
    );
    assert_eq!(store.view(Media::SmsSession, "s").state, State::Ready);

    store.notification(Notification::read(&mut value), 3);
    while store.poll_event().is_some() {}
    while store.poll_command().is_some() {}

    let mut session = monitored();
    session["participants"][0]["visibility"] = json!("All");
    let good = json!({"messageType": "SMSsessionStateChangeMessage", "smssession": session});
    store.notification(Notification::read(&mut wire(&good)), 4);
    assert_eq!(store.view(Media::SmsSession, "s").state, State::Joined);
});
