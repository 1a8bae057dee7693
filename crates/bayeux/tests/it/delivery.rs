//! Application messages: delivered whatever they contain and whatever surrounds them.

use bayeux::{Client, ClientConfig, ClientEvent, ClientStatus, ErrorKind};
use serde_json::{Value, json};

use crate::support::{World, event, status};

fn delivered(data: Value) -> Vec<Value> {
    let mut w = World::connected();
    w.answer([vec![event(data)], w.replies(json!({}))].concat());
    w.data()
}

#[test]
fn presence_decides_and_not_truth() {
    for data in [
        json!(""),
        json!(0),
        json!(false),
        json!(null),
        json!({}),
        json!([]),
    ] {
        assert_eq!(delivered(data.clone()), [data]);
    }
}

#[test]
fn a_message_without_data_is_no_event() {
    let mut w = World::connected();
    let publish_reply = json!({"channel": "/v2/me/x", "successful": true});
    w.answer([vec![publish_reply], w.replies(json!({}))].concat());
    assert_eq!(w.data(), [""; 0]);
}

#[test]
fn any_script_arrives_as_it_was_sent() {
    let data = json!({"text": "Grüße, 你好, שלום, 👩‍💻 \u{2028} \" \\ \u{0}"});
    assert_eq!(delivered(data.clone()), [data]);
}

#[test]
fn a_service_message_needs_no_subscription() {
    let mut w = World::connected();
    w.answer(
        [
            vec![json!({"channel": "/service/x", "data": 1})],
            w.replies(json!({})),
        ]
        .concat(),
    );
    assert_eq!(w.data(), [json!(1)]);
}

#[test]
fn messages_arrive_with_any_response() {
    let mut w = World::started();
    w.accept();
    w.answer([w.replies(json!({})), vec![event(json!(1))]].concat());
    assert_eq!(w.data(), [json!(1)]);
}

#[test]
fn copies_by_overlapping_wildcards_are_all_handed_over() {
    let mut w = World::connected();
    w.answer([vec![event(json!(1)); 3], w.replies(json!({}))].concat());
    assert_eq!(w.data(), vec![json!(1); 3]);
}

#[test]
fn a_reply_of_a_megabyte_is_nothing_special() {
    let mut w = World::connected();
    let events: Vec<_> = (0..1_000)
        .map(|n| event(json!([n, "x".repeat(1_000)])))
        .collect();
    w.answer([events, w.replies(json!({}))].concat());
    let data = w.data();
    assert_eq!(data.len(), 1_000);
    assert!(data.iter().enumerate().all(|(n, data)| data[0] == n));
}

#[test]
fn unknown_fields_and_numeric_ids_are_no_obstacle() {
    let mut w = World::connected();
    let id: u64 = w.request().field("id").as_str().unwrap().parse().unwrap();
    let message = json!({
        "channel": "/v2/me/smssessions", "data": 1, "id": {"a": []}, "timestamp": 7, "x": null,
    });
    w.answer([vec![message], w.replies(json!({"id": id, "x": [[[[[]]]]]}))].concat());
    assert_eq!(w.data(), [json!(1)]);
    assert_eq!(w.wire(), ["connect"]);
}

#[test]
fn one_bad_message_does_not_cost_the_others() {
    let mut w = World::connected();
    let bad = [
        json!(7),
        json!("x"),
        json!(null),
        json!({}),
        json!({"channel": 7, "data": 1}),
    ];
    w.answer(
        [
            bad.to_vec(),
            vec![event(json!("good"))],
            w.replies(json!({})),
        ]
        .concat(),
    );
    assert_eq!(w.data(), [json!("good")]);
    assert_eq!(w.wire(), ["connect"]);
}

#[test]
fn wrong_types_around_it_do_not_cost_the_data() {
    let mut w = World::connected();
    let message = json!({
        "channel": "/v2/me/x", "data": "kept", "advice": "none", "ext": 5, "id": [], "error": {},
        "successful": "no", "clientId": 1, "supportedConnectionTypes": "all",
    });
    w.answer([vec![message], w.replies(json!({}))].concat());
    assert_eq!(w.data(), [json!("kept")]);
}

#[test]
fn a_kick_ends_the_session() {
    let mut w = World::connected();
    let kick = json!({"channel": "/meta/disconnect", "successful": true});
    let reply = w.replies(json!({"advice": {"reconnect": "none"}}));
    w.answer([vec![event(json!("last")), kick], reply].concat());
    let events = w.events();
    let [ClientEvent::Failed(error), closed] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!(w.data(), ["last"], "sent just before the kick");
    assert_eq!(error.kind, ErrorKind::Disconnected);
    assert_eq!(*closed, status(ClientStatus::Closed));
    w.pass(300_000);
    w.wake();
    assert_eq!(w.wire(), [""; 0]);
    w.start();
    assert_eq!(w.wire(), ["handshake"]);
}

#[test]
fn a_kick_after_the_connect_reply_takes_the_next_connect_back() {
    let mut w = World::connected();
    let kick = json!({"channel": "/meta/disconnect", "successful": true});
    w.answer([w.replies(json!({})), vec![kick]].concat());
    assert_eq!(w.wire(), [""; 0]);
    assert_eq!(w.status, ClientStatus::Closed);
}

#[test]
fn what_happens_while_events_are_handed_over_is_told_after_them() {
    let mut client = Client::new(ClientConfig::default());
    client.start(0);
    client.disconnect();
    assert_eq!(client.poll_event(), Some(status(ClientStatus::Connecting)));
    client.start(2);
    assert_eq!(client.poll_event(), Some(status(ClientStatus::Closed)));
    assert_eq!(client.poll_event(), Some(status(ClientStatus::Connecting)));
    assert_eq!(client.poll_event(), None);
}
