//! Shared by the tests: the documentation's samples, builders of bodies, and a store with a clock.
#![allow(dead_code, reason = "each test binary uses its own part")]

use std::rc::Rc;

use gws::{
    Command, ConnectionStatus, Event, Failure, Kind, Link, Me, Media, Millis, Notification,
    Operation, Press, Reason, Reply, Session, SessionKey, State, Store, StoreConfig, View,
};
use json::{Fields, Json};
use serde_json::{Value, json};

/// The supervisor's user id in the samples.
pub const SUPERVISOR: &str = "991a4bece8dd4184a93e98ad429694f6";

/// The documentation's first notification, byte for byte.
pub const BARGED_IN: &str = r#"{ "smssession": { "receivedDate": "2014-05-0511:08:45.000-0700", "chatType": "Inbound", "capabilities": [ "Leave", "SetInFocus", "SetDisposition", "AttachUserData", "DeleteUserData", "UpdateUserData", "Transfer", "Invite", "Consult", "SendToAgents", "SendStartTypingToAgentsNotification", "SendStopTypingToAgentsNotification", "SendMessage", "SendStartTypingNotification", "SendStopTypingNotification", "SwitchToMonitor", "SwitchToCoach" ], "uri": "http://10.10.15.212:9090/api/v2/smssessions/0001Da9PFC93000S", "state": "Chatting", "participants": [ { "nickname": "test_agent", "type": "Agent", "uri": "http://10.10.15.212:9090/api/v2/users/90cc5439ff6848748e5e67811273f266", "visibility": "All", "participantId": "00AF5367D3D0000A" }, { "nickname": "test_supervisor", "type": "Agent", "uri": "http://10.10.15.212:9090/api/v2/users/991a4bece8dd4184a93e98ad429694f6", "visibility": "All", "participantId": "00AF5367D3D0000B" }, { "nickname": "test_clientL", "type": "Customer", "participantId": "00AF5367D3AD0008", "visibility": "All" } ], "id": "0001Da9PFC93000S" }, "notificationType": "ParticipantsUpdated", "messageType": "SMSsessionStateChangeMessage" }"#;

/// The documentation's second notification, byte for byte, with its Java long.
pub const REJOINED: &str = r#"{ "messages": [ { "index": 4, "from": { "nickname": "test_supervisor", "type": "Agent", "uri": "http://10.10.15.212:9090/api/v2/users/991a4bece8dd4184a93e98ad429694f6", "visibility": "All", "participantId": "00AF5367D3D0000B" }, "timestamp": "2014-05-0511:09:31.000-0700", "visibility": "All", "type": "ParticipantRejoined", "timestampSeconds": 1399313371000L } ], "notificationType": "NewMessages", "messageType": "MessageLogUpdated", "smssessionUri": "http://10.10.15.212:9090/api/v2/smssessions/0001Da9PFC93000S" }"#;

/// JSON text as the caller parses it.
pub fn read(text: &str) -> Option<Json> {
    Fields::new(&[gws::FIELDS]).read_text(text.as_bytes())
}

/// A value as the caller parses it from the wire.
pub fn wire(value: &Value) -> Json {
    read(&value.to_string()).expect("JSON")
}

/// The sessions of a body, as the caller collects them.
pub fn sessions(body: &mut Json, media: Media) -> Option<Vec<Session>> {
    let mut sessions = gws::Sessions::default();
    let list = body.field(media.segment()).and_then(Json::elements);
    list.into_iter()
        .flatten()
        .for_each(|one| sessions.push(one));
    sessions.listed_by(body, media)
}

/// A notification from its JSON text, as a page's `notify()` takes it.
pub fn decode(text: &str) -> Notification {
    Notification::read(&mut read(text).expect("JSON"))
}

/// A notification from its value.
pub fn notification(value: Value) -> Notification {
    Notification::read(&mut wire(&value))
}

/// The capabilities while monitoring, coaching and barged in, shortened.
pub const MONITORING: &[&str] = &["Leave", "SwitchToCoach", "SwitchBargeIn"];
pub const COACHING: &[&str] = &["Leave", "SwitchToMonitor", "SwitchToBargeIn"];
pub const BARGED: &[&str] = &["Leave", "SendMessage", "SwitchToMonitor", "SwitchToCoach"];

pub const SMS: Media = Media::SmsSession;
pub const READ: Command = Command::ReadSessions(SMS);
pub const BARGE: Operation = Operation::SwitchToBargeIn;
pub const COACH: Operation = Operation::SwitchToCoach;
pub const MONITOR: Operation = Operation::SwitchToMonitor;

/// The element that presses in these tests.
pub const PRESSER: u32 = 7;
pub const CONFIRM_TIMEOUT: Millis = 5_000;
pub const REQUEST_TIMEOUT: Millis = 10_000;

/// A participant entry of the supervisor; `""` for one without a visibility.
pub fn own(visibility: &str) -> Value {
    person(SUPERVISOR, "P-own", visibility)
}

pub fn person(user: &str, participant: &str, visibility: &str) -> Value {
    let mut person = json!({
        "nickname": user, "type": "Agent",
        "uri": format!("http://h:1/api/v2/users/{user}"), "participantId": participant,
    });
    if !visibility.is_empty() {
        person["visibility"] = json!(visibility);
    }
    person
}

/// A session's body; the agent and the customer are always in it.
pub fn body(id: &str, own: &[Value], capabilities: &[&str]) -> Value {
    let mut participants = vec![
        person("agent", "P-agent", "All"),
        json!({"nickname": "customer", "type": "Customer", "visibility": "All"}),
    ];
    participants.extend_from_slice(own);
    json!({
        "id": id, "state": "Chatting", "capabilities": capabilities, "participants": participants,
    })
}

pub fn monitored(id: &str) -> Value {
    body(id, &[own("Supervisors")], MONITORING)
}

pub fn coached(id: &str) -> Value {
    body(id, &[own("Agents")], COACHING)
}

pub fn barged(id: &str) -> Value {
    body(id, &[own("All")], BARGED)
}

/// As `body`, with another state.
pub fn in_state(mut body: Value, state: &str) -> Value {
    body["state"] = json!(state);
    body
}

/// A log entry about the supervisor.
pub fn entry(index: i64, kind: &str, visibility: &str) -> Value {
    json!({"index": index, "type": kind, "visibility": visibility, "from": own(visibility)})
}

pub fn session_from(body: Value) -> Session {
    Session::read(&mut wire(&body)).expect("a session")
}

pub fn me(id: &str) -> Me {
    Me {
        user_id: Some(id.to_owned()),
    }
}

pub fn network() -> Failure {
    Failure::new(Kind::Network, "")
}

/// The server's answer with this HTTP status and `statusCode`.
pub fn answer(http_status: u16, status_code: i64) -> Failure {
    let reply = Reply::read(&mut wire(&json!({
        "statusCode": status_code, "statusMessage": "words of the server",
    })));
    let answer = gws::Answer {
        http_status,
        reply,
        text: String::new(),
        retry_after: None,
    };
    answer.outcome().expect_err("a failure")
}

pub fn signed_out() -> Failure {
    answer(403, 20)
}

/// A store and a clock; nothing sleeps.
pub struct Page {
    pub store: Store,
    pub now: Millis,
}

impl Page {
    pub fn new() -> Self {
        Self::with(false)
    }

    pub fn host() -> Self {
        Self::with(true)
    }

    fn with(host: bool) -> Self {
        let config = StoreConfig {
            host,
            request_timeout: REQUEST_TIMEOUT,
            seed: 42,
        };
        let mut page = Self {
            store: Store::new(config),
            now: 1_000_000,
        };
        page.store.watch(SMS);
        page
    }

    /// A page that is signed in and connected and has read the list.
    pub fn ready(sessions: &[Value]) -> Self {
        let mut page = Self::new();
        page.sign_in();
        page.connect();
        assert_eq!(page.commands(), [Command::ReadSessions(SMS)]);
        page.read(sessions);
        page.forget();
        page
    }

    /// As [`Self::ready`], but the page feeds the notifications.
    pub fn fed(sessions: &[Value]) -> Self {
        let mut page = Self::host();
        page.store.start();
        page.same_user();
        assert_eq!(page.commands(), [READ]);
        page.read(sessions);
        page.forget();
        page
    }

    pub fn sign_in(&mut self) {
        self.store.start();
        assert_eq!(self.commands(), [Command::ReadMe]);
        self.store.me_read(Ok(me(SUPERVISOR)), self.now);
    }

    /// Carries out `Connect`: the link comes up and is subscribed.
    pub fn connect(&mut self) {
        assert_eq!(self.commands(), [Command::Connect]);
        self.store.subscribed(self.now);
        self.store.link(Link::Connected);
    }

    /// The broken link comes back, and the sessions are as before.
    pub fn connect_again(&mut self) {
        self.store.subscribed(self.now);
        self.store.link(Link::Connected);
        self.same_user();
        assert_eq!(self.commands(), [Command::ReadSessions(SMS)]);
        let all: Vec<_> = self
            .store
            .sessions(SMS)
            .map(|one| (**one).clone())
            .collect();
        self.store.sessions_read(SMS, Ok(all), self.now);
    }

    /// Reads everything again: `/me` first; then the read of the list is outstanding.
    pub fn refresh(&mut self) {
        self.store.refresh();
        self.same_user();
        assert_eq!(self.commands(), [Command::ReadSessions(SMS)]);
    }

    /// `/me` is read and gives the same user as before.
    pub fn same_user(&mut self) {
        assert_eq!(self.commands(), [Command::ReadMe]);
        self.store.me_read(Ok(me(SUPERVISOR)), self.now);
    }

    pub fn read(&mut self, sessions: &[Value]) {
        let sessions = sessions.iter().cloned().map(session_from).collect();
        self.store.sessions_read(SMS, Ok(sessions), self.now);
    }

    pub fn read_fails(&mut self, failure: Failure) {
        self.store.sessions_read(SMS, Err(failure), self.now);
    }

    pub fn notify(&mut self, body: Value) {
        let value = json!({"messageType": "SMSsessionStateChangeMessage", "smssession": body});
        self.store.notification(notification(value), self.now);
    }

    pub fn log(&mut self, id: &str, entries: &[Value]) {
        let value = json!({
            "messageType": "MessageLogUpdated", "messages": entries,
            "smssessionUri": format!("http://h:1/api/v2/smssessions/{id}"),
        });
        self.store.notification(notification(value), self.now);
    }

    /// Presses and returns the number of the attempt that waits for its answer.
    pub fn press(&mut self, id: &str, operation: Operation) -> u32 {
        assert!(self.try_press(id, operation), "{operation:?} is off");
        match self.commands().as_slice() {
            [Command::Post { attempt, .. }] => *attempt,
            other => panic!("one POST, not {other:?}"),
        }
    }

    pub fn try_press(&mut self, id: &str, operation: Operation) -> bool {
        self.store.press(press(id, operation, PRESSER), self.now)
    }

    pub fn accept(&mut self, attempt: u32) {
        self.store.answered(attempt, Ok(()), self.now);
    }

    pub fn fail(&mut self, attempt: u32, failure: Failure) {
        self.store.answered(attempt, Err(failure), self.now);
    }

    /// Advances the clock, firing the timer whenever it is due.
    pub fn pass(&mut self, duration: Millis) {
        let end = self.now + duration;
        while let Some(due) = self.store.poll_timeout().filter(|due| *due <= end) {
            self.now = self.now.max(due);
            self.store.handle_timeout(self.now);
        }
        self.now = end;
    }

    pub fn commands(&mut self) -> Vec<Command> {
        std::iter::from_fn(|| self.store.poll_command()).collect()
    }

    /// The events, without changes.
    pub fn events(&mut self) -> Vec<Event> {
        let all = std::iter::from_fn(|| self.store.poll_event());
        all.filter(|event| !matches!(event, Event::Changed(_)))
            .collect()
    }

    pub fn forget(&mut self) {
        self.commands();
        self.events();
    }

    pub fn session(&self, id: &str) -> Rc<Session> {
        self.store.session(SMS, id).expect("a session").clone()
    }

    pub fn view(&self, id: &str) -> View {
        self.store.view(SMS, id)
    }

    /// The state, or the reason if it is `unavailable`.
    pub fn state(&self, id: &str) -> &'static str {
        let view = self.view(id);
        assert_eq!(view.state == State::Unavailable, view.reason.is_some());
        view.reason.map_or(view.state.as_str(), Reason::as_str)
    }

    pub fn mode(&self, id: &str) -> Option<&'static str> {
        self.view(id).mode.map(|mode| mode.as_str())
    }
}

/// The session of this id.
pub fn key(id: &str) -> SessionKey {
    SessionKey::new(SMS, id)
}

/// A press with the usual timeouts.
pub fn press(id: &str, operation: Operation, presser: u32) -> Press {
    Press {
        session: key(id),
        operation,
        presser,
        request_timeout: REQUEST_TIMEOUT,
        confirm_timeout: CONFIRM_TIMEOUT,
    }
}

/// A `Joined` event of the presser's, or from elsewhere.
pub fn joined(id: &str, by: Option<(Option<Millis>, Millis)>) -> Event {
    Event::Joined {
        session: key(id),
        presser: by.map(|_| PRESSER),
        request_ms: by.and_then(|(request, _)| request),
        confirm_ms: by.map(|(_, confirm)| confirm),
    }
}

/// A `Failed` event of the presser's.
pub fn failed(id: &str, operation: Operation, failure: Failure) -> Event {
    Event::Failed {
        session: key(id),
        presser: PRESSER,
        operation,
        failure: failure.into(),
    }
}

pub fn status(status: ConnectionStatus) -> Event {
    Event::Status(status)
}
