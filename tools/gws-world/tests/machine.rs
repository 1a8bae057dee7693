//! The machine on a virtual clock: what waits, until when, and what comes out.

use core::time::Duration;

use gws_world::scenario::still::MONITORED;
use gws_world::{Answer, Line, Machine, Outcome, Request, Settings, Ticket};
use serde_json::{Value, json};

const MONITORED_PATH: &str = "/api/v2/me/smssessions/0001Da9PFC93000S";
const BARGE_IN: &str = r#"{"operationName":"SwitchToBargeIn"}"#;

/// A machine, its clock, and a browser with cookies, each request over a connection of its own.
struct Bench {
    machine: Machine,
    now: Duration,
    lines: u64,
    cookies: Vec<String>,
    token: String,
    /// The message of its client's next poll.
    connect: Value,
}

impl Bench {
    fn new(settings: Settings) -> Bench {
        Bench {
            machine: Machine::new(settings),
            now: Duration::ZERO,
            lines: 0,
            cookies: Vec::new(),
            token: String::new(),
            connect: Value::Null,
        }
    }

    fn still() -> Bench {
        Bench::new(Settings::still())
    }

    /// Sends a request; its ticket and its connection.
    fn send(&mut self, method: &str, target: &str, body: &str) -> (Ticket, Line) {
        self.lines += 1;
        let line = Line(self.lines);
        let headers = [
            ("Cookie", self.cookies.join("; ")),
            ("X-CSRF-TOKEN", self.token.clone()),
        ];
        let request = Request {
            line,
            method: method.to_owned(),
            target: target.to_owned(),
            headers: headers
                .map(|(name, value)| (name.to_owned(), value))
                .to_vec(),
            body: body.as_bytes().to_vec(),
            upgrade: false,
        };
        self.machine.line_opened(line);
        (self.machine.handle(request, self.now), line)
    }

    /// What comes out.
    fn outcomes(&mut self) -> Vec<Outcome> {
        std::iter::from_fn(|| self.machine.poll_outcome()).collect()
    }

    /// The answer to a request that is answered now.
    fn ask(&mut self, method: &str, target: &str, body: &str) -> Answer {
        let (ticket, _) = self.send(method, target, body);
        let answer = self.answer(ticket).expect("an answer");
        for (name, value) in &answer.headers {
            if name == "set-cookie" {
                let cookie = value.split(';').next().unwrap();
                self.cookies.push(cookie.to_owned());
            }
        }
        if let Some(token) = answer.header("x-csrf-token") {
            self.token = token.to_owned();
        }
        answer
    }

    fn answer(&mut self, wanted: Ticket) -> Option<Answer> {
        self.outcomes()
            .into_iter()
            .find_map(|outcome| match outcome {
                Outcome::Answer(ticket, answer) if ticket == wanted => Some(answer),
                _ => None,
            })
    }

    fn control(&mut self, method: &str, call: &str, body: Value) -> Value {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let answer = self.ask(method, &format!("/control/{call}"), &body);
        assert_eq!(answer.status, 200, "{}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    }

    fn state(&mut self) -> Value {
        self.control("GET", "state", Value::Null)
    }

    fn mode(&mut self) -> Value {
        let state = self.state();
        let sessions = state["sessions"].as_array().unwrap().clone();
        let session = sessions.into_iter().find(|s| s["id"] == MONITORED);
        session.unwrap()["mode"].clone()
    }

    /// Lets the machine wake at its next deadline; how long that took.
    fn wake(&mut self) -> Duration {
        let due = self.machine.poll_timeout().expect("a deadline");
        let passed = due.saturating_sub(self.now);
        self.now = self.now.max(due);
        self.machine.handle_timeout(self.now);
        passed
    }

    fn post(&mut self, message: Value) -> (Ticket, Line) {
        self.send("POST", "/api/v2/notifications", &message.to_string())
    }

    /// A client that has subscribed to everything, and its held poll.
    fn poll(&mut self) -> (Ticket, Line) {
        self.ask("GET", "/api/v2/me", "");
        let shake = r#"{"channel":"/meta/handshake"}"#;
        let reply = self.ask("POST", "/api/v2/notifications", shake);
        let reply: Value = serde_json::from_str(&reply.body).unwrap();
        let id = reply[0]["clientId"].clone();
        self.connect = json!({ "channel": "/meta/connect", "clientId": id });
        let subscribe =
            json!({ "channel": "/meta/subscribe", "clientId": id, "subscription": "/**" });
        self.post(self.connect.clone());
        self.post(subscribe);
        self.outcomes();
        self.post(self.connect.clone())
    }
}

const fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

#[test]
fn a_poll_is_held_for_its_time() {
    let mut bench = Bench::still();
    let (poll, _) = bench.poll();
    assert!(bench.answer(poll).is_none());
    assert_eq!(bench.wake(), ms(30_000));
    assert!(bench.answer(poll).unwrap().body.contains("/meta/connect"));
    assert_eq!(bench.machine.poll_timeout(), None);
}

/// Half a minute, the default, and a minute.
const HOLDS: [Duration; 2] = [ms(30_000), ms(60_000)];

/// Ten idle minutes, the clock read at odd times as well, and then a switch made elsewhere.
#[test]
fn ten_idle_minutes_change_nothing() {
    for hold in HOLDS {
        let mut bench = Bench::new(Settings {
            hold,
            ..Settings::still()
        });
        let (mut poll, _) = bench.poll();
        let mut polls = 0;
        while bench.now < ms(600_000) {
            // A client that is held is not silent.
            bench.now += hold - ms(1);
            assert_eq!(bench.state()["clients"][0]["waiting"], "poll");
            assert_eq!(bench.wake(), ms(1));
            let answer = bench.answer(poll).expect("the hold is over");
            let replies: Value = serde_json::from_str(&answer.body).unwrap();
            assert_eq!(replies.as_array().unwrap().len(), 1, "{replies}");
            assert_eq!(replies[0]["successful"], true);
            polls += 1;
            (poll, _) = bench.post(bench.connect.clone());
        }
        assert_eq!(u128::from(600_000_u32).div_ceil(hold.as_millis()), polls);
        bench.now += hold / 2;
        told_of_a_switch(&mut bench, poll);
    }
}

/// A switch made elsewhere is told by the held poll, in full, and the client goes on.
fn told_of_a_switch(bench: &mut Bench, poll: Ticket) {
    let operation = json!({ "operation": "SwitchToBargeIn" });
    let call = format!("/control/sessions/{MONITORED}/switch");
    bench.send("POST", &call, &operation.to_string());
    let answer = bench.answer(poll).expect("told at once");
    let replies: Value = serde_json::from_str(&answer.body).unwrap();
    let replies = replies.as_array().unwrap();
    let events = replies.iter().filter(|one| !one["data"].is_null()).count();
    assert!(events > 0, "{replies:?}");
    assert_eq!(replies.len(), events + 1, "the events and the connect");
    let (poll, _) = bench.post(bench.connect.clone());
    // What of the switch was not told yet may come with this one.
    let polled = match bench.answer(poll) {
        Some(answer) => answer.body,
        None => {
            bench.wake();
            bench.answer(poll).expect("the hold is over").body
        }
    };
    assert!(polled.contains(r#""successful":true"#), "{polled}");
    assert_eq!(bench.mode(), "barge-in");
    assert_eq!(bench.state()["clients"].as_array().unwrap().len(), 1);
}

#[test]
fn a_press_is_answered_before_the_poll_tells_of_it() {
    let mut bench = Bench::still();
    let (poll, _) = bench.poll();
    let (press, _) = bench.send("POST", MONITORED_PATH, BARGE_IN);
    let answered: Vec<Ticket> = bench
        .outcomes()
        .iter()
        .map(|outcome| match outcome {
            Outcome::Answer(ticket, _) => *ticket,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(answered, [press, poll]);
}

#[test]
fn an_operation_takes_effect_after_the_latency() {
    let mut bench = Bench::new(Settings {
        latency: ms(120),
        ..Settings::still()
    });
    bench.ask("GET", "/api/v2/me", "");
    assert_eq!(bench.ask("POST", MONITORED_PATH, BARGE_IN).status, 200);
    assert_eq!(bench.mode(), "monitor");
    assert_eq!(bench.wake(), ms(120));
    assert_eq!(bench.mode(), "barge-in");
}

#[test]
fn what_is_overdue_happens_before_the_next_request_is_looked_at() {
    let mut bench = Bench::new(Settings {
        latency: ms(120),
        ..Settings::still()
    });
    bench.ask("GET", "/api/v2/me", "");
    bench.ask("POST", MONITORED_PATH, BARGE_IN);
    bench.now += Duration::from_secs(3_600);
    assert_eq!(bench.mode(), "barge-in");
}

#[test]
fn delayed_hanging_and_late_requests_wait() {
    let mut bench = Bench::still();
    bench.ask("GET", "/api/v2/me", "");
    for (fault, until, mode) in [
        (
            json!({ "action": "delay", "ms": 250 }),
            Some(ms(250)),
            "monitor",
        ),
        (
            json!({ "action": "notify-first", "ms": 600 }),
            Some(ms(600)),
            "barge-in",
        ),
        (json!({ "action": "hang" }), None, "monitor"),
    ] {
        bench.control("POST", "fault", fault);
        let (press, line) = bench.send("POST", MONITORED_PATH, BARGE_IN);
        assert_eq!(bench.mode(), mode);
        assert_eq!(
            bench.machine.poll_timeout().map(|due| due - bench.now),
            until
        );
        if until.is_some() {
            bench.wake();
            assert!(bench.answer(press).is_some());
            bench.control(
                "POST",
                &format!("sessions/{MONITORED}/switch"),
                json!({ "operation": "SwitchToMonitor" }),
            );
            continue;
        }
        bench.send("DELETE", "/control/fault", "");
        assert!(
            matches!(bench.outcomes()[..], [Outcome::Cut(cut), Outcome::Answer(..)] if cut == line)
        );
    }
}

#[test]
fn what_is_delivered_comes_without_a_subscription() {
    let mut bench = Bench::still();
    bench.ask("GET", "/api/v2/me", "");
    let shake = r#"{"channel":"/meta/handshake"}"#;
    bench.ask("POST", "/api/v2/notifications", shake);
    for (deliver, clients) in [(false, 0), (true, 1)] {
        let event = json!({ "channel": "/x", "data": 1, "deliver": deliver });
        assert_eq!(bench.control("POST", "publish", event)["clients"], clients);
    }
    assert_eq!(bench.state()["clients"][0]["queued"], 1);
}

#[test]
fn half_a_body_is_said_to_be_half() {
    let mut bench = Bench::still();
    bench.control("POST", "fault", json!({ "action": "truncate" }));
    let answer = bench.ask("GET", "/api/v2/me", "");
    assert!(answer.half && serde_json::from_str::<Value>(&answer.body).is_ok());
}

#[test]
fn a_closed_page_is_aborted_in_the_log_and_its_poll_is_held_on() {
    let mut bench = Bench::still();
    let (poll, line) = bench.poll();
    bench.machine.line_closed(line, bench.now);
    let log = bench.control("GET", "log", Value::Null);
    assert_eq!(
        log["requests"].as_array().unwrap().last().unwrap()["outcome"],
        "aborted"
    );
    assert_eq!(bench.state()["polls"], 1);
    bench.wake();
    assert!(bench.answer(poll).is_none());
    assert_eq!(bench.state()["polls"], 0);
}

#[test]
fn a_restart_closes_the_port_before_it_cuts_and_is_down_for_its_time() {
    let mut bench = Bench::still();
    let (_, poll) = bench.poll();
    bench.outcomes();
    bench.send("POST", "/control/restart", r#"{"downMs":400}"#);
    let outcomes = bench.outcomes();
    assert!(matches!(outcomes[0], Outcome::ClosePort(down) if down == ms(400)));
    assert!(
        outcomes
            .iter()
            .any(|one| matches!(one, Outcome::Cut(line) if *line == poll))
    );
    assert!(matches!(outcomes.last(), Some(Outcome::Answer(..))));
    let (_, line) = bench.send("GET", "/api/v2/me", "");
    assert!(matches!(bench.outcomes()[..], [Outcome::Cut(cut)] if cut == line));
    bench.now += ms(400);
    assert_eq!(bench.ask("GET", "/api/v2/me", "").status, 200);
    assert_eq!(bench.state()["clients"], json!([]));
}

#[test]
fn names_in_a_path_are_decoded_whatever_the_script() {
    let mut bench = Bench::still();
    bench.ask("GET", "/api/v2/me", "");
    bench.control("POST", "sessions", json!({ "id": "gespräch 1/2" }));
    let path = "/api/v2/me/smssessions/gespr%C3%A4ch%201%2F2";
    assert_eq!(bench.ask("GET", path, "").status, 200);
    assert_eq!(bench.ask("POST", path, BARGE_IN).status, 200);
    assert_eq!(
        bench.ask("GET", "/api/v2/me/smssessions/%C3%A4", "").status,
        404
    );
    let answer = bench.ask("GET", "/api/v2/me/smssessions/%E4", "");
    assert_eq!(answer.status, 400);
    assert!(answer.body.contains("not valid UTF-8"), "{}", answer.body);
}

#[test]
fn unknown_calls_are_told_so() {
    let mut bench = Bench::still();
    for (method, target) in [
        ("POST", "/control/dance"),
        ("GET", "/control/fault"),
        ("GET", "/control"),
    ] {
        assert_eq!(bench.ask(method, target, "").status, 404, "{target}");
    }
    assert_eq!(bench.ask("GET", "/api/v3/me", "").status, 404);
    let answer = bench.ask("DELETE", "/api/v2/me", "");
    assert_eq!(
        (answer.status, answer.header("allow")),
        (405, Some("GET,HEAD"))
    );
}

/// Control calls that are refused, their bodies, and what is said; `ID` is a session.
const WRONG: &str = r#"
fault | {"action":"hang","mtach":{}} | no member `mtach`
fault | {"action":"hang","ms":1} | no member `ms`
fault | {"action":{"delay":{"ms":1}},"ms":1} | no member `ms`
fault | {"action":{"delay":{"s":1}}} | no member `s`
fault | {"action":{"delay":1}} | what delay is given is no object
fault | {"action":"delay","ms":"1"} | ms is a whole number
fault | {"action":"notify-first","ms":"1"} | ms is a whole number
fault | {"action":"hang","match":"/api"} | match is no object
fault | {"action":"hang","match":{"verb":"GET"}} | no member `verb`
fault | {"action":"hang","match":{"method":""}} | method is a text that is not
fault | {"action":"hang","match":{"path":["/api"]}} | path is a text
fault | {"action":"hang","match":{"channel":7}} | channel is a text
fault | {"action":"hang","match":{"operation":7}} | operation is a name or a list
fault | {"action":"hang","match":{"operation":[]}} | operation is a name or a list
fault | {"action":"hang","match":{"operation":["Leave",7]}} | operation is a name
fault | {"action":"hang","times":"ever"} | times is a number or
fault | {"action":"hang","times":1.5} | times is a number or
fault | {"action":"refuse","httpStatus":"403"} | httpStatus is a whole number
fault | {"action":"refuse","statusMessage":5} | statusMessage is a text
fault | {"action":"refuse","headers":"X: y"} | headers is no object
fault | {"action":"headers","headers":{"X":"…"}} | X is no header value
fault | {"action":"redirect","location":"/…"} | location is no header value
fault | {"action":"html","contentType":"a\nb"} | contentType is no header value
forget-clients | {"poll":"hold"} | no member `poll`
forget-clients | {"polls":"held"} | polls is answer or hold
drop-connections | {"what":"polls"} | what is all or sockets
restart | {"downMs":"400"} | downMs is a whole number
restart | {"downMs":400,"keepSignin":true} | no member `keepSignin`
csrf | {"rotate":true,"enabled":"no"} | enabled is true or false
sign-out | {"user":"dana"} | no member `user`
sign-in | {"user":"dana"} | no member `user`
user | {"user":"sam","clients":"forgot"} | clients is keep or forget
user | {"user":"sam","mode":1} | mode is a text
handshakes | {"denied":"yes"} | denied is true or false
publish | {"channel":"/x","data":1,"deliver":1} | deliver is true or false
publish | {"channel":"/x","raw":{}} | raw is a text
overlap | {"channels":["/x",7]} | channels is a list of names
scenario | {"speed":2,"paused":"yes"} | paused is true or false
latency | {"ms":-1} | ms is a whole number from 0
sessions | {"agnet":"Ann"} | there is no member `agnet`
sessions | {"id":7} | id is a text that is not empty
sessions | {"id":""} | id is a text that is not empty
sessions | {"mode":"hover"} | unknown mode
sessions | {"capabilities":"Leave"} | capabilities is a list of names
sessions/ID/dance | {"list":[]} | unknown action dance
sessions/ID/remove | {"keep":true} | no member `keep`
sessions/ID/revoke | {"keep":1} | keep is true or false
sessions/ID/transfer | {"agent":7} | agent is a text
sessions/ID/rename | {"nickname":"A","who":"me"} | customer or agent or supervisor
sessions/ID/switch | {"mode":"coach"} | no member `mode`
"#;

#[test]
fn wrong_control_calls_are_told_so_and_change_nothing() {
    let polling = || {
        let mut bench = Bench::still();
        bench.poll();
        bench
    };
    // The lines of the calls themselves are left out.
    let state = |bench: &mut Bench| {
        let mut state = bench.state();
        state["connections"] = Value::Null;
        state
    };
    let (mut bench, mut untouched) = (polling(), polling());
    for row in WRONG.trim().lines() {
        let [call, body, words] = row.split(" | ").collect::<Vec<_>>()[..] else {
            panic!("{row}");
        };
        let target = format!("/control/{}", call.replace("ID", MONITORED));
        let answer = bench.ask("POST", &target, body);
        assert_eq!(answer.status, 400, "{row}");
        assert!(answer.body.contains(words), "{row}: {}", answer.body);
        assert_eq!(state(&mut bench), state(&mut untouched), "{row}");
    }
    for bench in [&mut bench, &mut untouched] {
        bench.ask("GET", "/api/v2/me", "");
    }
    assert_eq!(bench.token, untouched.token);
    let made = bench.control("POST", "sessions", Value::Null);
    assert_eq!(made, untouched.control("POST", "sessions", Value::Null));
}

#[test]
fn what_is_null_is_not_given_and_a_body_may_be_missing() {
    let mut bench = Bench::still();
    let null = json!({ "action": "hang", "match": null, "times": null, "body": null });
    assert_eq!(
        bench
            .ask("POST", "/control/fault", &null.to_string())
            .status,
        400
    );
    let null = json!({ "action": "hang", "match": { "path": null }, "times": null });
    bench.control("POST", "fault", null);
    let null = json!({ "id": null, "media": null, "denied": null });
    bench.control("POST", "sessions", null);
    for call in [
        "sessions",
        "forget-clients",
        "drop-connections",
        "csrf",
        "sign-in",
    ] {
        bench.control("POST", call, Value::Null);
    }
}

#[test]
fn a_pace_that_would_never_end_is_refused() {
    let mut bench = Bench::new(Settings::default());
    for speed in ["-1", "1e300", "10001", "\"fast\""] {
        let body = format!(r#"{{"speed":{speed},"paused":true}}"#);
        let answer = bench.ask("POST", "/control/scenario", &body);
        assert_eq!(answer.status, 400, "{speed}");
        assert!(answer.body.contains("0 to 10000"), "{}", answer.body);
    }
    let pace = bench.control("POST", "scenario", json!({}));
    assert_eq!(pace, json!({ "paused": false, "speed": 1.0 }));
}

/// All that an hour of the demo tells one who polls, and how often the machine was woken.
fn hour(seed: u64) -> (String, u32) {
    let mut bench = Bench::new(Settings {
        seed,
        epoch_ms: 1_700_000_000_000,
        ..Settings::default()
    });
    let (mut poll, _) = bench.poll();
    let (mut told, mut wakes) = (String::new(), 0);
    while bench.now < Duration::from_secs(3_600) {
        bench.wake();
        wakes += 1;
        if let Some(answer) = bench.answer(poll) {
            told += &answer.body;
            (poll, _) = bench.post(bench.connect.clone());
        }
    }
    (told, wakes)
}

#[test]
fn the_same_seed_and_clock_tell_the_same_to_the_byte() {
    let (told, wakes) = hour(7);
    assert!(told.len() > 100_000, "{} bytes", told.len());
    assert!(wakes < 5_000, "woken only when something is due: {wakes}");
    assert_eq!(told, hour(7).0);
    assert_ne!(told, hour(8).0);
}
