//! No input from the wire makes the crate fail, and one bad value does not lose the rest.

mod support;

use gws::{Me, Notification, Reply, Session, path_segment};
use proptest::prelude::*;
use serde_json::{Value, json};
use support::*;

fn wrong_values() -> [Value; 9] {
    [
        json!(null),
        json!(true),
        json!(-1),
        json!(1e300),
        json!(""),
        json!("x"),
        json!([]),
        json!([[[[]]], null, 7, "x", {"a": {}}]),
        json!({"id": {"id": []}, "length": 3}),
    ]
}

/// All copies of the value with one part replaced by a wrong value.
fn spoilt(value: &Value) -> Vec<Value> {
    let mut all = wrong_values().to_vec();
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                for wrong in spoilt(field) {
                    let mut spoilt = value.clone();
                    spoilt[name] = wrong;
                    all.push(spoilt);
                }
                let mut without = fields.clone();
                without.remove(name);
                all.push(Value::Object(without));
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                for wrong in spoilt(item) {
                    let mut spoilt = value.clone();
                    spoilt[at] = wrong;
                    all.push(spoilt);
                }
            }
        }
        _ => {}
    }
    all
}

fn sample(text: &str) -> Value {
    serde_json::from_str(&text.replace("1000L", "1000")).expect("JSON")
}

#[test]
fn no_wrong_shape_anywhere_in_the_samples_is_an_error() {
    let mut tried = 0;
    for text in [BARGED_IN, REJOINED] {
        for value in spoilt(&sample(text)) {
            let mut page = Page::ready(&[monitored("s"), monitored("0001Da9PFC93000S")]);
            page.store.notification(notification(value), page.now);
            assert_eq!(page.state("s"), "ready");
            tried += 1;
        }
    }
    assert!(tried > 300, "{tried}");
}

#[test]
fn a_wrong_field_loses_only_itself() {
    let sample = sample(BARGED_IN);
    let fields = sample["smssession"].as_object().expect("an object");
    for name in fields.keys() {
        for wrong in wrong_values() {
            let mut spoilt = sample.clone();
            spoilt["smssession"][name] = wrong.clone();
            let Notification::Session(_, session) = notification(spoilt) else {
                // Without an id field the id comes from the address; `-1` and `"x"` are valid ids.
                panic!("{name} {wrong}");
            };
            let whole = session.participants().len() == 3 && session.capabilities().len() == 17;
            assert!(whole || name == "participants" || name == "capabilities");
        }
    }
}

#[test]
fn a_bad_element_of_a_list_is_skipped() {
    let mut bad = monitored("s");
    bad["capabilities"] = json!([null, 7, {}, ["SwitchToCoach"], "SwitchBargeIn"]);
    bad["participants"] = json!([null, "x", 7, own("Supervisors")]);
    let page = Page::ready(&[bad]);
    assert_eq!(
        (page.state("s"), page.mode("s")),
        ("ready", Some("monitor"))
    );
    assert_eq!(
        page.view("s").capabilities().to_vec(),
        ["7", "SwitchBargeIn"]
    );
}

#[test]
fn what_is_no_object_is_an_ignored_message() {
    for value in wrong_values() {
        assert_eq!(notification(value), Notification::Other);
    }
    for kind in [json!(null), json!(3), json!("CallStateChanged"), json!({})] {
        let body = json!({"messageType": kind, "smssession": barged("s")});
        assert_eq!(notification(body), Notification::Other);
    }
}

#[test]
fn a_message_that_names_no_session_is_ignored() {
    for (id, uri) in [
        (json!(null), json!(null)),
        (json!(""), json!("///")),
        (json!([]), json!("")),
    ] {
        let mut body = barged("s");
        body["id"] = id;
        body["uri"] = uri.clone();
        let update = json!({"messageType": "SMSsessionStateChangeMessage", "smssession": body});
        assert_eq!(notification(update), Notification::Other);
        let log = json!({"messageType": "MessageLogUpdated", "messages": [], "smssessionUri": uri});
        assert_eq!(notification(log), Notification::Other);
    }
}

#[test]
fn a_log_of_100_000_entries_ends_as_its_newest_entry_says() {
    let mut entries: Vec<_> = (1..=100_000)
        .map(|index| {
            let visibility = if index % 2 == 0 {
                "Agents"
            } else {
                "Supervisors"
            };
            entry(index, "ParticipantRejoined", visibility)
        })
        .collect();
    entries.reverse();
    let mut page = Page::ready(&[monitored("s")]);
    page.log("s", &entries);
    assert_eq!(page.mode("s"), Some("coach"));
}

#[test]
fn a_log_cannot_fill_the_memory_with_participants() {
    let entries: Vec<_> = (1..=100_000)
        .map(|index| {
            let user = index.to_string();
            json!({"index": index, "type": "ParticipantJoined", "from": person(&user, &user, "All")})
        })
        .collect();
    let mut page = Page::ready(&[monitored("s")]);
    page.log("s", &entries);
    let session = page.session("s");
    assert_eq!(session.participants().len(), 200);
    assert_eq!(page.state("s"), "ready");
}

#[test]
fn sessions_without_end_cannot_fill_the_memory() {
    let mut page = Page::ready(&[monitored("s")]);
    for number in 0..5_000 {
        page.notify(monitored(&number.to_string()));
        page.notify(monitored("s"));
    }
    assert!(page.store.sessions(SMS).count() <= 2_200);
    assert_eq!(page.state("4999"), "ready");
    assert_eq!(page.state("s"), "ready", "what is heard of is kept");
}

#[test]
fn huge_and_odd_numbers_are_not_indexes() {
    for index in [
        json!(1e300),
        json!(-1e300),
        json!(0.5),
        json!(9_007_199_254_740_993_u64),
    ] {
        let mut odd = entry(0, "ParticipantRejoined", "Agents");
        odd["index"] = index;
        let mut page = Page::ready(&[monitored("s")]);
        page.log("s", &[odd]);
        assert_eq!(page.mode("s"), Some("coach"));
        // It does not hide valid entries.
        page.log("s", &[entry(2, "ParticipantRejoined", "All")]);
        assert_eq!(page.state("s"), "joined");
    }
}

#[test]
fn long_and_strange_ids_are_ids() {
    let long = "ü".repeat(5_000);
    let strange = [
        "../calls/1?x#y",
        "...",
        " ",
        "%2e%2e",
        "a/b",
        "\u{0}\u{202e}",
        "\"L",
        &long,
    ];
    for id in strange {
        let mut page = Page::ready(&[monitored(id)]);
        assert_eq!(page.state(id), "ready", "{id}");
        let attempt = page.press(id, BARGE);
        page.accept(attempt);
        let segment = path_segment(id).expect("a segment");
        assert!(
            segment
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && !b"/?#\"".contains(&byte))
        );
        page.log(&segment, &[entry(1, "ParticipantRejoined", "All")]);
        assert_eq!(page.state(id), "joined", "{id}");
    }
}

#[test]
fn times_at_the_end_of_the_clock_do_not_overflow() {
    let mut page = Page::ready(&[monitored("s")]);
    page.now = u64::MAX - 1;
    let number = page.press("s", BARGE);
    page.accept(number);
    page.store.handle_timeout(u64::MAX);
    page.fail(number, network());
    page.read_fails(network());
    page.read_fails(network());
    page.store.handle_timeout(u64::MAX);
    // A clock that goes back gives no negative durations.
    page.now = 5;
    page.notify(barged("s"));
    assert_eq!(page.state("s"), "joined");
}

#[test]
fn answers_that_nobody_asked_for_do_no_harm() {
    let mut page = Page::new();
    page.fail(99, network());
    page.read(&[monitored("s")]);
    page.store.me_read(Err(network()), page.now);
    page.read_fails(network());
    page.accept(0);
    page.store.handle_timeout(0);
    assert_ne!(page.state("s"), "joined");
}

/// JSON with known keys and words, so that it gets deep into the parser.
fn arbitrary_json() -> impl Strategy<Value = Value> {
    let words = prop::sample::select(vec![
        "s",
        "All",
        "Agents",
        "Chatting",
        "Completed",
        "SwitchToBargeIn",
        "SwitchToCoach",
        "ParticipantRejoined",
        "ParticipantLeft",
        "SMSsessionStateChangeMessage",
        "ChatStateChangeMessage",
        "MessageLogUpdated",
        "/users/u",
        "http://h/api/s",
        "..",
        "5L",
        "",
    ]);
    let keys = prop::sample::select(vec![
        "id",
        "uri",
        "path",
        "state",
        "capabilities",
        "participants",
        "messageType",
        "smssession",
        "chat",
        "messages",
        "smssessionUri",
        "chatPath",
        "from",
        "type",
        "index",
        "visibility",
        "participantId",
        "timestamp",
        "timestampSeconds",
        "user",
        "statusCode",
        "statusMessage",
        "smssessions",
        "chats",
        "text",
        "userData",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        words.prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 64, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((keys.clone(), inner), 0..8).prop_map(|fields| {
                let fields = fields
                    .into_iter()
                    .map(|(key, value)| (key.to_owned(), value));
                Value::Object(fields.collect())
            }),
        ]
    })
}

proptest! {
    #[test]
    fn any_json_is_read_without_failing(values in prop::collection::vec(arbitrary_json(), 1..8)) {
        let mut page = Page::ready(&[monitored("s")]);
        for value in values {
            page.store.notification(notification(value.clone()), page.now);
            page.notify(value.clone());
            page.log("s", std::slice::from_ref(&value));
            let list = json!({"smssessions": [value.clone(), monitored("s")]});
            let sessions = sessions(&mut wire(&list), SMS).expect("a list");
            prop_assert!(sessions.iter().any(|session| session.id == "s"));
            page.store.sessions_read(SMS, Ok(sessions), page.now);
            Me::read(&mut wire(&value));
            Reply::read(&mut wire(&value));
            Session::read(&mut wire(&value));
            page.state("s");
        }
    }

    #[test]
    fn any_id_survives_its_address(id: String) {
        if let Some(segment) = path_segment(&id) {
            let address = format!("http://h/api/v2/me/smssessions/{segment}");
            let last = gws::wire::last_segment(&address).expect("a segment");
            prop_assert_eq!(last, id);
        }
    }

    #[test]
    fn any_date_is_read_or_not_without_failing(text: String, digits in "[0-9 :.TZ+-]{0,32}") {
        let _ = gws::wire::parse_date(&text);
        let _ = gws::wire::parse_date(&digits);
    }
}
