//! Any input in any order: no panic, one request at a time, nothing after the end.

use bayeux::{ClientStatus, RequestFailure, RequestId, SocketEvent};
use proptest::{collection::vec, option, prelude::*, sample::select};
use serde_json::{Map, Value, json};

use crate::support::{Socket, World, config};

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (0..40_u64).prop_map(|id| json!(id.to_string())),
        select(vec![-1e300, -1.0, -0.0, 0.5, 1e15, 1e300]).prop_map(Value::from),
        select(vec![
            "",
            "x",
            "none",
            "handshake",
            "retry",
            "402::x",
            "403::x",
            "402",
            "::",
            "é::é"
        ])
        .prop_map(Value::from),
        Just(json!("long".repeat(2_500))),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    scalar().prop_recursive(5, 16, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((key(), inner), 0..4).prop_map(|entries| Value::Object(Map::from_iter(entries))),
        ]
    })
}

fn key() -> impl Strategy<Value = String> {
    select(vec![
        "reconnect",
        "interval",
        "timeout",
        "maxInterval",
        "multiple-clients",
        "long-polling",
        "websocket",
        "hosts",
        "ack",
        "enabled",
        "batch",
        "",
    ])
    .prop_map(String::from)
}

/// An arbitrary message, often invalid.
fn message() -> impl Strategy<Value = Value> {
    let channel = prop_oneof![
        select(vec![
            "/meta/handshake",
            "/meta/connect",
            "/meta/subscribe",
            "/meta/disconnect",
            "/meta/x",
            "/v2/me/x",
            "",
            "x",
        ])
        .prop_map(Value::from),
        value(),
    ];
    // Mostly valid, so that the deeper states are reached.
    let successful = prop_oneof![3 => Just(json!(true)), 1 => value()];
    let id = prop_oneof![3 => Just(None), 1 => (0..40_u64).prop_map(|id| Some(json!(id))), 1 => option::of(value())];
    let client_id = prop_oneof![3 => Just(json!("c")), 1 => value()];
    let rest = vec(
        (
            select(vec![
                "advice",
                "ext",
                "error",
                "data",
                "subscription",
                "supportedConnectionTypes",
            ])
            .prop_map(String::from),
            value(),
        ),
        0..3,
    );
    (channel, successful, id, client_id, rest).prop_map(
        |(channel, successful, id, client, rest)| {
            let mut message = Map::from_iter(rest);
            message.insert("channel".into(), channel);
            message.insert("successful".into(), successful);
            message.insert("clientId".into(), client);
            if let Some(id) = id {
                message.insert("id".into(), id);
            }
            Value::Object(message)
        },
    )
}

fn messages() -> impl Strategy<Value = Vec<Value>> {
    vec(prop_oneof![9 => message(), 1 => value()], 0..5)
}

#[derive(Clone, Debug)]
enum Input {
    Good,
    Answer(Vec<Value>),
    Late(usize, Vec<Value>),
    Fail(usize, RequestFailure),
    Opened,
    Frame(Vec<Value>),
    Closed,
    Time(u64),
    Wake,
    Start,
    Disconnect,
}

fn input() -> impl Strategy<Value = Input> {
    let failure = select(vec![
        RequestFailure::Transport,
        RequestFailure::Unauthenticated,
    ]);
    prop_oneof![
        4 => Just(Input::Good),
        4 => messages().prop_map(Input::Answer),
        1 => (any::<usize>(), messages()).prop_map(|(n, messages)| Input::Late(n, messages)),
        2 => (any::<usize>(), failure).prop_map(|(n, failure)| Input::Fail(n, failure)),
        2 => Just(Input::Opened),
        2 => messages().prop_map(Input::Frame),
        1 => Just(Input::Closed),
        3 => prop_oneof![0..100_u64, 0..100_000_u64, Just(1 << 40)].prop_map(Input::Time),
        1 => Just(Input::Wake),
        1 => Just(Input::Start),
        1 => Just(Input::Disconnect),
    ]
}

/// All requests sent so far, so that they can be answered late.
fn remember(w: &World, ids: &mut Vec<RequestId>) {
    ids.extend(
        w.out
            .iter()
            .filter_map(|sent| sent.id)
            .filter(|id| !ids.contains(id))
            .collect::<Vec<_>>(),
    );
}

fn apply(w: &mut World, input: Input, ids: &mut Vec<RequestId>) {
    remember(w, ids);
    match input {
        Input::Good if !w.out.is_empty() => w.accept(),
        Input::Answer(messages) if !w.out.is_empty() => {
            w.answer(messages);
        }
        Input::Late(n, messages) if !ids.is_empty() => {
            let id = ids[n % ids.len()];
            w.out.retain(|sent| sent.id != Some(id));
            w.respond(id, messages);
        }
        Input::Fail(n, failure) if !ids.is_empty() => {
            let id = ids[n % ids.len()];
            w.out.retain(|sent| sent.id != Some(id));
            w.fail_of(id, failure);
        }
        Input::Opened if w.socket == Socket::Opening => w.socket(SocketEvent::Opened),
        Input::Frame(messages) => {
            w.out.retain(|sent| sent.id.is_some());
            w.frame(messages);
        }
        Input::Closed => w.socket(SocketEvent::Closed),
        Input::Time(millis) => {
            w.now = w.now.saturating_add(millis);
            w.client.handle_timeout(w.now);
            w.pump();
        }
        Input::Wake => w.wake(),
        Input::Start => w.start(),
        Input::Disconnect => {
            w.out.retain(|sent| sent.id.is_some());
            w.disconnect();
        }
        _ => {}
    }
}

proptest! {
    #[test]
    fn no_input_makes_it_panic_or_send_two_requests(
        websocket: bool, seed: u64, inputs in vec(input(), 0..60),
    ) {
        let subscriptions = vec!["/a".into(), "/b".into()];
        let mut w = World::with(bayeux::ClientConfig { websocket, seed, subscriptions, ..config() });
        let mut ids = Vec::new();
        for input in inputs {
            apply(&mut w, input, &mut ids);
            // It never hangs: a request is outstanding, a deadline is set, a socket is opening, or
            // the caller has been told.
            let idle = w.client.poll_timeout().is_none();
            prop_assert!(!idle || matches!(w.status, ClientStatus::Closed | ClientStatus::Broken));
            prop_assert!(w.status != ClientStatus::Closed || idle);
            prop_assert!(w.status != ClientStatus::Closed || w.socket == Socket::None);
            // It never spins: nothing is due any more.
            w.client.handle_timeout(w.now);
            w.pump();
            prop_assert!(w.client.poll_timeout().is_none_or(|due| due > w.now));
        }
    }

    #[test]
    fn nothing_but_the_goodbye_is_sent_after_disconnect(
        websocket: bool, before in vec(input(), 0..30), after in vec(input(), 0..30),
    ) {
        let mut w = World::with(bayeux::ClientConfig { websocket, ..config() });
        let mut ids = Vec::new();
        for input in before {
            apply(&mut w, input, &mut ids);
        }
        w.wire();
        apply(&mut w, Input::Disconnect, &mut ids);
        for input in after {
            if !matches!(input, Input::Start) {
                apply(&mut w, input, &mut ids);
            }
        }
        w.pass(300_000);
        let wire = w.wire();
        prop_assert!(wire.iter().all(|line| ["abort", "close", "disconnect"].contains(&&**line)), "{wire:?}");
        prop_assert!(wire.iter().filter(|line| **line == "disconnect").count() < 2, "{wire:?}");
        prop_assert_eq!(w.status, ClientStatus::Closed);
    }

    #[test]
    fn whatever_surrounds_it_the_data_is_delivered(mut message in message(), data in ".{0,8}", other in value()) {
        message["channel"] = json!("/v2/me/x");
        message["data"] = json!(data);
        let another = json!({"channel": "/v2/me/x", "data": other});
        let mut w = World::connected();
        w.answer([vec![message, another], w.replies(json!({}))].concat());
        let delivered = w.data();
        prop_assert_eq!(delivered.len(), 2);
        prop_assert_eq!(&delivered[0], &json!(data));
        prop_assert_eq!(w.wire(), ["connect"]);
    }
}

#[test]
fn a_server_cannot_answer_what_was_not_asked_yet() {
    // Two answers without an id, or with a guess at the next one, in one response.
    for guess in [json!(null), json!("5")] {
        let mut w = World::connected();
        let mut messages = w.replies(json!({}));
        messages.extend(w.replies(json!({"id": guess})));
        w.answer(messages);
        assert_eq!(w.wire(), ["connect"]);
    }
}

#[test]
fn the_clock_may_stand_at_its_end() {
    let mut w = World::connected();
    w.now = u64::MAX;
    w.wake();
    w.fail(RequestFailure::Transport);
    w.fail(RequestFailure::Transport);
    w.client.handle_timeout(u64::MAX);
    w.pump();
    assert_eq!(w.request().channel(), "/meta/connect");
}
