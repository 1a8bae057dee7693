//! Random faults between a client and a server that follows the protocol. After the faults three
//! things must hold: the client is connected, it is subscribed, and it has either delivered each
//! published event or reported a gap.

use bayeux::{
    ClientConfig, ClientEvent, ClientStatus, Millis, RequestFailure, RequestId, SocketEvent,
};
use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::{Value, json};

use crate::support::{Sent, Socket, World, config, good_reply};

const CHANNELS: [&str; 2] = ["/a", "/b/*"];

/// One session of the server.
#[derive(Default)]
struct Session {
    id: String,
    channels: Vec<String>,
    /// Events, each with the batch in which it was last sent, if any.
    queue: Vec<(u64, Option<i64>)>,
    batch: i64,
}

struct Server {
    ack: bool,
    reply_first: bool,
    sessions: Vec<Session>,
    handshakes: u64,
}

impl Server {
    /// Handles a request and returns the response; `None` while it holds a connect.
    fn respond(&mut self, request: &Sent, hold: bool) -> Option<Vec<Value>> {
        let ok = |fields: Value| {
            request
                .messages
                .iter()
                .map(|m| good_reply(m, &fields))
                .collect()
        };
        if request.channel() == "/meta/handshake" {
            self.handshakes += 1;
            let id = format!("client{}", self.handshakes);
            self.sessions.push(Session {
                id: id.clone(),
                ..Session::default()
            });
            let ext = if self.ack {
                json!({"ack": true})
            } else {
                json!(null)
            };
            let advice = json!({"timeout": 30_000, "interval": 0, "maxInterval": 10_000});
            return Some(ok(json!({"clientId": id, "ext": ext, "advice": advice})));
        }
        let Some(session) = self
            .sessions
            .iter_mut()
            .find(|s| *request.field("clientId") == s.id)
        else {
            let advice = json!({"reconnect": "handshake", "interval": 0});
            let error = "402::Unknown client";
            return Some(ok(
                json!({"successful": false, "error": error, "advice": advice}),
            ));
        };
        if request.channel() == "/meta/subscribe" {
            for message in &request.messages {
                let channel = message["subscription"].as_str().unwrap();
                if !session.channels.iter().any(|c| c == channel) {
                    session.channels.push(channel.to_owned());
                }
            }
            return Some(ok(json!({})));
        }
        let said = request.field("ext")["ack"].as_i64();
        session
            .queue
            .retain(|(_, batch)| batch.is_none() || *batch > said);
        let quick = request.field("advice")["timeout"] == 0;
        if hold && !quick && session.queue.is_empty() {
            return None;
        }
        session.batch += 1;
        let events = session.queue.iter_mut().map(|(n, batch)| {
            *batch = Some(session.batch);
            json!({"channel": "/a", "data": n})
        });
        let mut response: Vec<_> = events.collect();
        let ext = if self.ack {
            json!({"ack": session.batch})
        } else {
            json!(null)
        };
        if !self.ack {
            session.queue.clear();
        }
        let at = if self.reply_first { 0 } else { response.len() };
        response.splice(at..at, ok(json!({"ext": ext})) as Vec<Value>);
        Some(response)
    }

    fn publish(&mut self, event: u64) {
        for session in self
            .sessions
            .iter_mut()
            .filter(|session| !session.channels.is_empty())
        {
            session.queue.push((event, None));
        }
    }
}

#[derive(Clone, Debug)]
enum Step {
    /// The server handles the request and its response arrives.
    Serve,
    /// The server handles only the first message of the request, and that answer arrives.
    Half,
    /// The hold of a connect ends.
    HoldEnds,
    /// The server handles the request and the connection breaks before the response arrives.
    LoseResponse,
    /// The server handles the request and its response is delayed for ever, or until `Late`.
    Swallow,
    Late,
    /// The server never saw the request.
    Fail(RequestFailure),
    Refuse,
    Publish,
    Forget,
    Wake,
    Time(Millis),
}

fn step() -> impl Strategy<Value = Step> {
    let failure = select(vec![
        RequestFailure::Transport,
        RequestFailure::Unauthenticated,
    ]);
    prop_oneof![
        8 => Just(Step::Serve),
        1 => Just(Step::Half),
        2 => Just(Step::HoldEnds),
        2 => Just(Step::LoseResponse),
        2 => Just(Step::Swallow),
        2 => Just(Step::Late),
        2 => failure.prop_map(Step::Fail),
        1 => Just(Step::Refuse),
        4 => Just(Step::Publish),
        1 => Just(Step::Forget),
        2 => Just(Step::Wake),
        3 => prop_oneof![0..1_500_u64, 0..100_000_u64].prop_map(Step::Time),
    ]
}

struct Play {
    w: World,
    server: Server,
    /// The responses that did not arrive.
    swallowed: Vec<(Option<RequestId>, Vec<Value>)>,
    published: u64,
    /// Events published after the first subscription, neither delivered nor covered by a gap.
    missing: Vec<u64>,
    subscribed: bool,
}

impl Play {
    fn step(&mut self, step: &Step) {
        let out = self
            .w
            .out
            .first()
            .cloned()
            .filter(|sent| !self.is_swallowed(sent));
        match (step, out) {
            (Step::Serve | Step::HoldEnds, None) if self.w.socket == Socket::Opening => {
                self.w.socket(SocketEvent::Opened);
            }
            (Step::Serve | Step::HoldEnds, Some(sent)) => {
                let hold = matches!(step, Step::Serve);
                if let Some(response) = self.server.respond(&sent, hold) {
                    self.w.answer(response);
                }
            }
            (Step::Half, Some(mut sent)) => {
                sent.messages.truncate(1);
                if let Some(response) = self.server.respond(&sent, true) {
                    self.w.answer(response);
                }
            }
            (Step::LoseResponse, Some(sent)) => {
                self.server.respond(&sent, false);
                self.fail(RequestFailure::Transport);
            }
            (Step::Swallow, Some(sent)) => {
                let response = self.server.respond(&sent, false).unwrap();
                self.swallowed.push((sent.id, response));
            }
            (Step::Late, _) if !self.swallowed.is_empty() => self.deliver_late(),
            (Step::Fail(failure), _) => self.fail(*failure),
            (Step::Refuse, Some(_)) => self.w.refuse("500::oops", json!(null)),
            (Step::Publish, _) => {
                self.published += 1;
                self.server.publish(self.published);
                if self.subscribed {
                    self.missing.push(self.published);
                }
            }
            (Step::Forget, _) => self.server.sessions.clear(),
            (Step::Wake, _) => self.w.wake(),
            (Step::Time(millis), _) => self.w.pass(*millis),
            _ => {}
        }
        self.take_stock();
    }

    fn is_swallowed(&self, sent: &Sent) -> bool {
        self.swallowed.iter().any(|(id, _)| *id == sent.id)
    }

    fn fail(&mut self, failure: RequestFailure) {
        match self.w.out.first().map(|sent| sent.id) {
            Some(Some(_)) => self.w.fail(failure),
            None if self.w.socket == Socket::None => {}
            _ => self.w.socket(SocketEvent::Closed),
        }
        // Responses swallowed on a socket are lost with the socket.
        self.swallowed.retain(|(id, _)| id.is_some());
    }

    /// A swallowed response arrives: in time, or after the request was given up.
    fn deliver_late(&mut self) {
        let (id, response) = self.swallowed.remove(0);
        match id {
            Some(id) => {
                self.w.out.retain(|sent| sent.id != Some(id));
                self.w.respond(id, response);
            }
            None if self.w.socket == Socket::Open && !self.w.out.is_empty() => {
                self.w.answer(response);
            }
            None => {}
        }
    }

    fn take_stock(&mut self) {
        if self.w.socket == Socket::None {
            self.swallowed.retain(|(id, _)| id.is_some());
        }
        let data = self.w.data();
        self.missing.retain(|n| !data.contains(&json!(n)));
        for event in self.w.events() {
            match event {
                ClientEvent::Subscribed { gap } => {
                    assert_eq!(gap, self.subscribed);
                    self.subscribed = true;
                    self.missing.clear();
                }
                ClientEvent::Failed(error) => panic!("{error}"),
                _ => {}
            }
        }
    }

    /// The faults are over: serves until a connect is held.
    fn quiet(&mut self) {
        self.w.wake(); // the user has signed in again
        for _ in 0..50 {
            self.step(&Step::Serve);
            let idle = self
                .w
                .out
                .first()
                .is_none_or(|sent| self.is_swallowed(sent));
            if idle && self.w.socket != Socket::Opening {
                self.w.expire();
                self.take_stock();
            }
        }
    }
}

proptest! {
    #[test]
    fn once_the_line_is_quiet_all_is_well(
        ack: bool, reply_first: bool, websocket: bool, seed: u64, steps in vec(step(), 0..80),
    ) {
        let subscriptions = CHANNELS.map(String::from).to_vec();
        let server = Server { ack, reply_first, sessions: vec![], handshakes: 0 };
        let w = World::with(ClientConfig { websocket, seed, subscriptions, ..config() });
        let mut play =
            Play { w, server, swallowed: vec![], published: 0, missing: vec![], subscribed: false };
        for step in &steps {
            play.step(step);
        }
        play.quiet();
        prop_assert_eq!(play.w.status, ClientStatus::Connected);
        prop_assert_eq!(play.w.held(), json!(null));
        let id = play.w.request().field("clientId").clone();
        let session = play.server.sessions.iter().find(|session| id == session.id);
        prop_assert_eq!(&session.unwrap().channels, &CHANNELS);

        play.step(&Step::Publish);
        play.step(&Step::Serve);
        prop_assert_eq!(&play.missing, &[0; 0]);
    }
}
