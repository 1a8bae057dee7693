//! The caller's side in the tests: it does no I/O, keeps the clock, and checks at every step what
//! must hold for every client (one request at a time, the right path, nothing sent after the end).

use bayeux::{
    Client, ClientConfig, ClientEvent, ClientStatus, FIELDS, Messages, Millis, Request,
    RequestFailure, RequestId, SocketEvent, Transmit,
};
use json::{Fields, Json};
use serde_json::{Map, Value, json};

pub const CHANNEL: &str = "/v2/me/*";

/// One outstanding request.
#[derive(Clone, Debug)]
pub struct Sent {
    /// `None` if it went over the socket.
    pub id: Option<RequestId>,
    pub messages: Vec<Value>,
}

impl Sent {
    /// The field of the first message.
    pub fn field(&self, name: &str) -> &Value {
        &self.messages[0][name]
    }

    pub fn channel(&self) -> &str {
        self.field("channel").as_str().unwrap()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Socket {
    None,
    Opening,
    Open,
}

pub struct World {
    pub client: Client,
    pub now: Millis,
    pub out: Vec<Sent>,
    pub socket: Socket,
    pub status: ClientStatus,
    wire: Vec<String>,
    events: Vec<ClientEvent>,
    data: Vec<Value>,
}

impl World {
    /// A client that subscribes to [`CHANNEL`] and has sent its handshake.
    pub fn started() -> Self {
        Self::with(config())
    }

    pub fn with(config: ClientConfig) -> Self {
        let mut world = Self {
            client: Client::new(config),
            now: 1_000_000,
            out: Vec::new(),
            socket: Socket::None,
            status: ClientStatus::Closed,
            wire: Vec::new(),
            events: Vec::new(),
            data: Vec::new(),
        };
        world.start();
        world
    }

    /// A client whose second connect is held by the server, with the log of the wire cleared.
    pub fn connected() -> Self {
        Self::connected_with(json!({}))
    }

    /// The same, with these fields in the handshake reply.
    pub fn connected_with(handshake: Value) -> Self {
        let mut world = Self::started();
        world.reach_connected(handshake);
        world
    }

    pub fn reach_connected(&mut self, handshake: Value) {
        let agreed = !handshake["ext"]["ack"].is_null();
        self.accept_with(handshake);
        self.accept();
        // If acknowledgements were agreed to, replies have numbers.
        let ext = if agreed {
            json!({"ack": 0})
        } else {
            json!(null)
        };
        self.accept_with(json!({"ext": ext}));
        assert_eq!(self.status, ClientStatus::Connected);
        if self.out.is_empty() {
            self.expire(); // the interval that the handshake reply advised
        }
        assert_eq!(self.held(), json!(null));
        self.wire.clear();
        self.events.clear();
        self.data.clear();
    }

    pub fn start(&mut self) {
        self.client.start(self.now);
        self.pump();
    }

    pub fn wake(&mut self) {
        self.client.wake(self.now);
        self.pump();
    }

    pub fn disconnect(&mut self) {
        self.client.disconnect();
        self.pump();
    }

    /// The one outstanding request.
    pub fn request(&self) -> Sent {
        assert_eq!(self.out.len(), 1, "out: {:?}", self.out);
        self.out[0].clone()
    }

    /// The advice of the outstanding connect; null if it may be held.
    pub fn held(&self) -> Value {
        let request = self.request();
        assert_eq!(request.channel(), "/meta/connect");
        request.field("advice").clone()
    }

    /// The successful answers to the outstanding request.
    pub fn replies(&self, fields: Value) -> Vec<Value> {
        self.request()
            .messages
            .iter()
            .map(|message| good_reply(message, &fields))
            .collect()
    }

    pub fn accept(&mut self) {
        self.accept_with(json!({}));
    }

    pub fn accept_with(&mut self, fields: Value) {
        let replies = self.replies(fields);
        self.answer(replies);
    }

    pub fn refuse(&mut self, error: &str, advice: Value) {
        let mut fields = json!({"successful": false, "error": error, "clientId": null});
        if !advice.is_null() {
            fields["advice"] = advice;
        }
        self.accept_with(fields);
    }

    /// Answers the outstanding request with these messages.
    pub fn answer(&mut self, messages: Vec<Value>) {
        let request = self.request();
        self.out.clear();
        match request.id {
            Some(id) => self.respond(id, messages),
            None => self.frame(messages),
        }
    }

    pub fn respond(&mut self, id: RequestId, messages: Vec<Value>) {
        let messages = self.decode(messages);
        self.client.handle_response(id, &messages, self.now);
        self.pump();
    }

    /// Messages over the socket that answer no request.
    pub fn frame(&mut self, messages: Vec<Value>) {
        let messages = self.decode(messages);
        self.socket(SocketEvent::Messages(messages));
    }

    pub fn socket(&mut self, event: SocketEvent) {
        match event {
            SocketEvent::Opened => self.socket = Socket::Open,
            SocketEvent::Closed => {
                self.socket = Socket::None;
                self.out.retain(|sent| sent.id.is_some());
            }
            SocketEvent::Messages(_) => {}
        }
        self.client.handle_socket(event, self.now);
        self.pump();
    }

    pub fn fail(&mut self, failure: RequestFailure) {
        let id = self.request().id.unwrap();
        self.out.clear();
        self.fail_of(id, failure);
    }

    /// The server answers with a `Retry-After` of this many milliseconds.
    pub fn turn_away(&mut self, retry_after: Millis) {
        let id = self.request().id.unwrap();
        self.out.clear();
        let failure = RequestFailure::Transport;
        let retry_after = Some(retry_after);
        self.client
            .handle_failure(id, failure, self.now, retry_after);
        self.pump();
    }

    pub fn fail_of(&mut self, id: RequestId, failure: RequestFailure) {
        self.client.handle_failure(id, failure, self.now, None);
        self.pump();
    }

    /// The time until the client's deadline.
    pub fn wait(&self) -> Millis {
        self.client.poll_timeout().expect("no deadline") - self.now
    }

    /// Advances the clock to the deadline and returns how long that took.
    pub fn expire(&mut self) -> Millis {
        let wait = self.wait();
        self.pass(wait);
        wait
    }

    /// Advances the clock; the timer fires whenever it is due.
    pub fn pass(&mut self, millis: Millis) {
        let end = self.now + millis;
        while let Some(due) = self.client.poll_timeout().filter(|&due| due <= end) {
            self.now = self.now.max(due);
            self.client.handle_timeout(self.now);
            self.pump();
        }
        self.now = end;
    }

    /// What went over the wire since the last call.
    pub fn wire(&mut self) -> Vec<String> {
        std::mem::take(&mut self.wire)
    }

    pub fn events(&mut self) -> Vec<ClientEvent> {
        std::mem::take(&mut self.events)
    }

    /// The data of the event messages since the last call.
    pub fn data(&mut self) -> Vec<Value> {
        std::mem::take(&mut self.data)
    }

    fn decode(&mut self, elements: Vec<Value>) -> Messages {
        let (messages, data) = sort(elements);
        self.data.extend(data);
        messages
    }

    pub fn pump(&mut self) {
        while let Some(transmit) = self.client.poll_transmit() {
            self.carry_out(transmit);
        }
        while let Some(event) = self.client.poll_event() {
            if let ClientEvent::Status(status) = event {
                assert_ne!(status, self.status, "a status is reported on change only");
                self.status = status;
            }
            self.events.push(event);
        }
    }

    fn carry_out(&mut self, transmit: Transmit) {
        match transmit {
            Transmit::Send(request) => {
                let Request {
                    id,
                    path,
                    body,
                    keepalive,
                } = request;
                let sent = Sent {
                    id: Some(id),
                    messages: serde_json::from_str(&body).unwrap(),
                };
                let suffix = match sent.channel() {
                    "/meta/handshake" => "/handshake",
                    "/meta/connect" => "/connect",
                    "/meta/disconnect" => "/disconnect",
                    _ => "/",
                };
                assert_eq!(path, suffix);
                assert_eq!(keepalive, path == "/disconnect");
                self.note(sent);
            }
            Transmit::SendSocket(body) => {
                assert_eq!(self.socket, Socket::Open);
                self.note(Sent {
                    id: None,
                    messages: serde_json::from_str(&body).unwrap(),
                });
            }
            Transmit::Abort(id) => {
                let before = self.out.len();
                self.out.retain(|sent| sent.id != Some(id));
                assert_eq!(
                    self.out.len() + 1,
                    before,
                    "only what is out can be aborted"
                );
                self.wire.push("abort".into());
            }
            Transmit::OpenSocket => {
                assert_eq!(self.socket, Socket::None);
                self.socket = Socket::Opening;
                self.wire.push("open".into());
            }
            Transmit::CloseSocket => {
                assert_ne!(self.socket, Socket::None);
                self.socket = Socket::None;
                self.out.retain(|sent| sent.id.is_some());
                self.wire.push("close".into());
            }
        }
    }

    /// Records what was sent, as words.
    fn note(&mut self, sent: Sent) {
        let mut line = sent.channel().trim_start_matches("/meta/").to_owned();
        for message in &sent.messages {
            if let Some(channel) = message["subscription"].as_str() {
                line = format!("{line} {channel}");
            }
        }
        if sent.field("advice") == &json!({"timeout": 0}) {
            line.push_str(" now");
        }
        self.wire.push(line);
        if sent.channel() != "/meta/disconnect" {
            self.out.push(sent);
        }
        assert!(self.out.len() < 2, "two requests at once: {:?}", self.out);
    }
}

pub fn config() -> ClientConfig {
    ClientConfig {
        subscriptions: vec![CHANNEL.into()],
        ..ClientConfig::default()
    }
}

/// The successful answer to this message of a request; `fields` replace its fields, and null
/// removes one.
pub fn good_reply(message: &Value, fields: &Value) -> Value {
    let mut reply = json!({"id": message["id"], "channel": message["channel"], "successful": true});
    match message["channel"].as_str().unwrap() {
        "/meta/handshake" => {
            reply["clientId"] = json!("client1");
            reply["version"] = json!("1.0");
            reply["supportedConnectionTypes"] = json!(["websocket", "long-polling"]);
        }
        "/meta/subscribe" => reply["subscription"] = message["subscription"].clone(),
        _ => {}
    }
    for (key, value) in fields.as_object().unwrap() {
        reply[key] = value.clone();
    }
    reply
        .as_object_mut()
        .unwrap()
        .retain(|_, value| !value.is_null());
    reply
}

pub fn event(data: Value) -> Value {
    json!({"channel": "/v2/me/smssessions", "data": data})
}

/// Splits a body as the caller does: the messages for the client, and the data of events.
pub fn sort(elements: Vec<Value>) -> (Messages, Vec<Value>) {
    // The data of events in these tests have this field.
    let names = Fields::new(&[FIELDS, &["text"]]);
    let mut messages = Messages::default();
    let mut data = Vec::new();
    for element in elements {
        let element = names
            .read_text(element.to_string().as_bytes())
            .expect("JSON");
        data.extend(messages.push(element).map(value));
    }
    (messages, data)
}

/// As [`sort`], if no events are expected.
pub fn decode(elements: Vec<Value>) -> Messages {
    sort(elements).0
}

/// Converts a parsed value to the tests' JSON type.
fn value(read: Json) -> Value {
    match read {
        Json::Null => Value::Null,
        Json::Bool(value) => value.into(),
        Json::Number(number) => json::integer(number).map_or(number.into(), Value::from),
        Json::Text(text) => text.into(),
        Json::List(elements) => elements.into_iter().map(value).collect(),
        Json::Object(fields) => {
            let field = |(name, one): (&str, _)| (name.to_owned(), value(one));
            fields.into_iter().map(field).collect::<Map<_, _>>().into()
        }
    }
}

pub fn status(status: ClientStatus) -> ClientEvent {
    ClientEvent::Status(status)
}
