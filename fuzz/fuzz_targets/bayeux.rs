//! A server that answers anything at any time: no panic, one request at a time, nothing sent after the end, and the
//! client is connected and subscribed once the server behaves.
#![no_main]

use bayeux::{
    Client, ClientConfig, ClientEvent, ClientStatus, Messages, RequestFailure, RequestId,
    SocketEvent, Transmit,
};
use fuzz::{Choices, NAMES, wire};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

struct World {
    client: Client,
    now: u64,
    out: Option<(RequestId, String)>,
    socket: bool,
    over: bool,
    status: ClientStatus,
    /// Whether the well-behaved server has the subscription; a handshake removes it.
    subscribed: bool,
}

impl World {
    fn drain(&mut self) {
        while let Some(transmit) = self.client.poll_transmit() {
            match transmit {
                Transmit::Send(request) if request.path == "/disconnect" => {}
                Transmit::Send(request) => {
                    assert!(!self.over, "silence after the end");
                    assert!(self.out.is_none(), "one request at a time");
                    self.out = Some((request.id, request.body));
                }
                Transmit::Abort(id) => {
                    if self.out.as_ref().is_some_and(|(out, _)| *out == id) {
                        self.out = None;
                    }
                }
                Transmit::OpenSocket => {
                    assert!(!self.over && !self.socket, "one socket at a time");
                    self.socket = true;
                }
                Transmit::SendSocket(_) => {}
                Transmit::CloseSocket => self.socket = false,
            }
        }
        while let Some(event) = self.client.poll_event() {
            if let ClientEvent::Status(status) = event {
                self.status = status;
            }
        }
        assert!(
            !self.socket || self.status != ClientStatus::Closed,
            "no socket after the end"
        );
    }

    /// Advances the clock and fires the timer if it is due.
    fn pass(&mut self, span: u64) {
        self.now += span;
        if self.client.poll_timeout().is_some_and(|at| at <= self.now) {
            self.client.handle_timeout(self.now);
            assert!(
                self.client.poll_timeout().is_none_or(|at| at > self.now),
                "what was due is done"
            );
        }
    }

    /// Answers the outstanding request as a well-behaved server would.
    fn serve(&mut self) {
        let Some((id, body)) = self.out.take() else {
            return;
        };
        let sent: Vec<Value> = serde_json::from_str(&body).expect("what goes out is JSON");
        self.subscribed = match sent[0]["channel"].as_str() {
            Some("/meta/handshake") => false,
            Some("/meta/subscribe") => true,
            _ => self.subscribed,
        };
        let mut messages = Messages::default();
        for message in sent {
            messages.push(wire(&json!({
                "channel": message["channel"], "id": message["id"], "successful": true, "clientId": "c",
                "subscription": message["subscription"], "supportedConnectionTypes": ["long-polling"],
                "advice": {"reconnect": "retry", "interval": 0, "timeout": 30_000},
            })));
        }
        self.client.handle_response(id, &messages, self.now);
    }
}

/// Text up to the next zero, as a body.
fn messages(choices: &mut Choices) -> Messages {
    let text = choices.text();
    let mut rest = Some(text.as_bytes());
    let mut messages = Messages::default();
    NAMES.each(
        move |window: &mut Vec<u8>| window.extend_from_slice(rest.take().unwrap_or_default()),
        &mut |element| drop(messages.push(element)),
    );
    messages
}

fuzz_target!(|bytes: &[u8]| {
    let mut choices = Choices(bytes);
    let websocket = choices.byte() & 1 == 1;
    let subscriptions = vec!["/v2/me/*".to_owned(), "/x".to_owned()];
    let client = Client::new(ClientConfig {
        subscriptions,
        websocket,
        seed: choices.byte().into(),
        ..ClientConfig::default()
    });
    let mut world = World {
        client,
        now: 0,
        out: None,
        socket: false,
        over: false,
        status: ClientStatus::Closed,
        subscribed: false,
    };
    world.client.start(0);
    world.drain();
    while !choices.is_over() {
        match choices.byte() % 12 {
            0 | 1 => world.serve(),
            2 | 3 => {
                let messages = messages(&mut choices);
                if let Some((id, _)) = world.out.take() {
                    world.client.handle_response(id, &messages, world.now);
                }
            }
            4 => {
                let failure =
                    choices.one_of(&[RequestFailure::Transport, RequestFailure::Unauthenticated]);
                if let Some((id, _)) = world.out.take() {
                    let retry_after = choices.one_of(&[true, false]).then(|| choices.span());
                    world
                        .client
                        .handle_failure(id, failure, world.now, retry_after);
                }
            }
            5 => world.client.wake(world.now),
            6 if choices.byte() < 8 => {
                world.client.disconnect();
                world.over = true;
                world.out = None;
            }
            7 if !world.over => {
                // A start gives up any outstanding request.
                world.client.start(world.now);
            }
            8 if world.socket => world.client.handle_socket(SocketEvent::Opened, world.now),
            9 if world.socket => {
                world.socket = false;
                world.client.handle_socket(
                    choices
                        .one_of(&[true, false])
                        .then_some(SocketEvent::Closed)
                        .unwrap_or(SocketEvent::Closed),
                    world.now,
                );
            }
            10 if world.socket => {
                let messages = SocketEvent::Messages(messages(&mut choices));
                world.client.handle_socket(messages, world.now);
            }
            _ => {
                let span = choices.span();
                world.pass(span);
            }
        }
        world.drain();
    }
    if world.over {
        return;
    }
    // From here on the server behaves, as if it had been restarted. Whether it is started or left alone, the client
    // must end connected and subscribed.
    world.subscribed = false;
    world.client.start(world.now);
    world.drain();
    let mut forgotten = true;
    for _ in 0..100 {
        if world.socket {
            world.socket = false;
            world.client.handle_socket(SocketEvent::Closed, world.now);
        }
        let connects = world
            .out
            .as_ref()
            .is_some_and(|(_, body)| body.contains("/meta/connect"));
        match world.out.take_if(|_| connects && forgotten) {
            Some((id, _)) => {
                let unknown = json!({"channel": "/meta/connect", "successful": false, "error": "402::Unknown client"});
                let mut messages = Messages::default();
                messages.push(wire(&unknown));
                world.client.handle_response(id, &messages, world.now);
            }
            None => world.serve(),
        }
        forgotten &= !world.subscribed;
        world.drain();
        let next = world
            .client
            .poll_timeout()
            .map_or(0, |at| at.saturating_sub(world.now));
        if world.status == ClientStatus::Connected && world.subscribed {
            return;
        }
        if world.out.is_none() {
            world.pass(next);
            world.drain();
        }
    }
    panic!("the client did not come back: {:?}", world.status);
});
