//! Timers that fire late by any time, wakes at any moment, a machine that sleeps, a clock that jumps, and a server with
//! faults. In any order: there is no storm of requests, a dead server is detected, and the client reconnects when the
//! server is well again.

use std::collections::VecDeque;

use bayeux::{ClientConfig, ClientStatus, Millis, RequestFailure, RequestId, SocketEvent};
use proptest::{collection::vec, option, prelude::*, sample::select};
use serde_json::{Value, json};

use crate::support::{Socket, World, config, good_reply};

/// How long the server holds a connect.
const HOLD: Millis = 30_000;
/// A timer that fires later than this comes as a wake, as in the widget.
const SLEPT: Millis = 5_000;
/// The most requests, and the most timers, in a second without a wake. Opening a session takes five, with the socket,
/// and may happen twice; then there are the repetition, two polls that were not held, and the other transport.
const MOST: usize = 20;
/// How many more a wake may add.
const MORE: usize = 3;

#[derive(Clone, Copy, Debug)]
enum Mode {
    Well,
    /// It receives requests and never answers.
    Dead,
    Refusing,
    Busy(Option<Millis>),
    /// It answers each connect at once.
    Instant,
    /// A proxy ends held connects after this time.
    Cuts(Millis),
}

/// What happens to the outstanding request when a phase begins.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Kept,
    Swallowed,
    Broken,
}

#[derive(Clone, Debug)]
struct Phase {
    mode: Mode,
    fate: Fate,
    /// The server was restarted and knows no client.
    restart: bool,
    /// Each timer of this phase fires late by this time.
    late: Millis,
    span: Millis,
    /// When the page wakes the client, in hundredths of the phase.
    wakes: Vec<Millis>,
    /// The machine sleeps for this time after the phase; the flag says whether the page wakes the client.
    sleep: Option<(Millis, bool)>,
    /// The clock is set forward after the phase.
    leap: Millis,
}

fn phase() -> impl Strategy<Value = Phase> {
    let mode = prop_oneof![
        3 => Just(Mode::Well),
        3 => Just(Mode::Dead),
        1 => Just(Mode::Refusing),
        1 => option::of(0..20_000_u64).prop_map(Mode::Busy),
        1 => Just(Mode::Instant),
        1 => (0..2_000_u64).prop_map(Mode::Cuts),
    ];
    let fate = select(vec![Fate::Kept, Fate::Swallowed, Fate::Broken]);
    let millis = prop_oneof![0..1_500_u64, 0..20_000_u64, 0..70_000_u64];
    let leap = prop_oneof![5 => Just(0), 1 => 0..20_000_u64, 1 => 0..10_000_000_u64];
    let wakes = vec(0..100_u64, 0..4).prop_map(|mut wakes| {
        wakes.sort_unstable();
        wakes
    });
    let sleep = option::weighted(
        0.3,
        (
            prop_oneof![millis.clone(), 0..20_000_000_u64],
            any::<bool>(),
        ),
    );
    let restart = prop::bool::weighted(0.2);
    (mode, fate, restart, lateness(), millis, wakes, sleep, leap).prop_map(
        |(mode, fate, restart, late, span, wakes, sleep, leap)| Phase {
            mode,
            fate,
            restart,
            late,
            span,
            wakes,
            sleep,
            leap,
        },
    )
}

fn lateness() -> impl Strategy<Value = Millis> {
    prop_oneof![
        2 => Just(0),
        1 => 0..100_u64,
        2 => 0..10_000_u64,
        1 => 5_001..9_000_u64,
        1 => 0..10_000_000_u64,
    ]
}

#[derive(Clone, Debug)]
struct Line {
    ack: bool,
    websocket: bool,
    seed: u64,
    /// The duration of a request; over a new connection it is four times as long.
    round_trip: Millis,
    /// A timer that is due together with an answer comes first.
    timers_first: bool,
}

fn line() -> impl Strategy<Value = Line> {
    let round_trip = prop_oneof![Just(0), 0..50_u64, 0..400_u64];
    (
        any::<bool>(),
        any::<bool>(),
        any::<u64>(),
        round_trip,
        any::<bool>(),
    )
        .prop_map(|(ack, websocket, seed, round_trip, timers_first)| Line {
            ack,
            websocket,
            seed,
            round_trip,
            timers_first,
        })
}

/// What is on the way to the client.
enum Reply {
    Messages(Option<RequestId>, Vec<Value>),
    Failed(RequestId, Option<Millis>),
    Socket(SocketEvent),
}

struct Game {
    w: World,
    line: Line,
    mode: Mode,
    late: Millis,
    /// The sessions that the server knows, and whether they are subscribed.
    sessions: Vec<(String, bool)>,
    opened: u64,
    /// The server holds a connect of a known and subscribed client.
    held: bool,
    cold: bool,
    reply: Option<(Millis, Reply)>,
    /// The deadline for which the timer is set, and when it fires.
    timer: Option<(Millis, Millis)>,
    asked: VecDeque<Millis>,
    fired: VecDeque<Millis>,
    woken: VecDeque<Millis>,
}

impl Game {
    fn new(line: Line) -> Self {
        let (websocket, seed) = (line.websocket, line.seed);
        let mut game = Self {
            w: World::with(ClientConfig {
                websocket,
                seed,
                ..config()
            }),
            line,
            mode: Mode::Well,
            late: 0,
            sessions: vec![],
            opened: 0,
            held: false,
            cold: true,
            reply: None,
            timer: None,
            asked: VecDeque::new(),
            fired: VecDeque::new(),
            woken: VecDeque::new(),
        };
        game.settle();
        game
    }

    fn play(&mut self, phase: &Phase) {
        self.begin(phase.mode, phase.fate, phase.late);
        if phase.restart {
            self.sessions.clear();
        }
        let start = self.w.now;
        for part in &phase.wakes {
            self.pass_until(start + phase.span * part / 100);
            self.wake();
        }
        self.pass_until(start + phase.span);
        if let Some((sleep, wakes)) = phase.sleep {
            self.w.now += sleep;
            if wakes {
                self.wake();
            }
            self.pass_until(self.w.now);
        }
        self.leap(phase.leap);
    }

    fn begin(&mut self, mode: Mode, fate: Fate, late: Millis) {
        self.mode = mode;
        self.late = late;
        self.timer = None; // it is set again, with the new lateness
        match fate {
            Fate::Kept => {}
            Fate::Swallowed => {
                self.reply = None;
                self.held = false;
            }
            Fate::Broken => {
                self.held = false;
                self.reply = match self.w.out.first().and_then(|sent| sent.id) {
                    _ if self.w.socket != Socket::None => Some(Reply::Socket(SocketEvent::Closed)),
                    Some(id) => Some(Reply::Failed(id, None)),
                    None => None,
                }
                .map(|reply| (self.w.now, reply));
            }
        }
        self.settle();
    }

    /// The clock is set forward; timers and answers do not come sooner.
    fn leap(&mut self, leap: Millis) {
        self.w.now += leap;
        if let Some((at, _)) = &mut self.reply {
            *at += leap;
        }
        if let Some((_, fires)) = &mut self.timer {
            *fires += leap;
        }
    }

    fn pass_until(&mut self, end: Millis) {
        loop {
            let timer = self.timer.map(|(_, fires)| fires);
            let reply = self.reply.as_ref().map(|(at, _)| *at);
            let Some(next) = timer.into_iter().chain(reply).min().filter(|&at| at <= end) else {
                break;
            };
            // After a sleep several things are due at once.
            let now = self.w.now.max(next);
            self.w.now = now;
            let is_due = |at: Option<Millis>| at.is_some_and(|at| at <= now);
            if is_due(timer) && (self.line.timers_first || !is_due(reply)) {
                self.fire();
            } else {
                self.deliver();
            }
        }
        self.w.now = self.w.now.max(end);
    }

    fn fire(&mut self) {
        self.timer = None;
        let due = self.w.client.poll_timeout().unwrap_or(Millis::MAX);
        if self.w.now > due.saturating_add(SLEPT) {
            self.w.wake();
        } else {
            self.w.client.handle_timeout(self.w.now);
            self.w.pump();
        }
        self.is_ahead();
        let (now, most) = (self.w.now, MOST + MORE * self.wakes());
        count(&mut self.fired, now, most, "timers");
        self.settle();
    }

    fn wake(&mut self) {
        self.woken.push_back(self.w.now);
        self.w.wake();
        self.is_ahead();
        self.settle();
    }

    /// Nothing is overdue.
    fn is_ahead(&self) {
        let due = self.w.client.poll_timeout();
        assert!(
            due.is_none_or(|due| due > self.w.now),
            "{due:?} of {}",
            self.w.now
        );
    }

    fn wakes(&mut self) -> usize {
        let now = self.w.now;
        self.woken.retain(|&at| at + 1_000 > now);
        self.woken.len()
    }

    fn deliver(&mut self) {
        let Some((_, reply)) = self.reply.take() else {
            return;
        };
        self.held = false;
        match reply {
            Reply::Messages(id, messages) => {
                self.w.out.clear();
                match id {
                    Some(id) => self.w.respond(id, messages),
                    None => self.w.frame(messages),
                }
            }
            Reply::Failed(id, retry_after) => {
                self.w.out.clear();
                self.cold = true;
                let failure = RequestFailure::Transport;
                let now = self.w.now;
                self.w.client.handle_failure(id, failure, now, retry_after);
                self.w.pump();
            }
            Reply::Socket(event) => self.w.socket(event),
        }
        self.settle();
    }

    /// Delivers the client's requests to the server and sets the timer.
    fn settle(&mut self) {
        self.w.events();
        self.w.data();
        for line in self.w.wire() {
            match &*line {
                "abort" | "close" => {
                    self.reply = None;
                    self.held = false;
                    self.cold = true;
                }
                _ => {
                    let (now, most) = (self.w.now, MOST + MORE * self.wakes());
                    count(&mut self.asked, now, most, "requests");
                    self.receive(line == "open");
                }
            }
        }
        let due = self.w.client.poll_timeout();
        if due != self.timer.map(|(due, _)| due) {
            self.timer = due.map(|due| (due, due.max(self.w.now) + self.late));
        }
    }

    /// The server receives the outstanding request.
    fn receive(&mut self, opening: bool) {
        let round_trip = self.line.round_trip;
        let round_trip = if self.cold {
            4 * round_trip
        } else {
            round_trip
        };
        let at = self.w.now + round_trip;
        self.held = false;
        let (id, mut at_last) = (self.w.out.first().and_then(|sent| sent.id), at);
        let reply = match (self.mode, id) {
            (Mode::Dead, _) => return self.reply = None,
            (Mode::Refusing | Mode::Busy(_), None) => Reply::Socket(SocketEvent::Closed),
            (Mode::Refusing, Some(id)) => Reply::Failed(id, None),
            (Mode::Busy(retry_after), Some(id)) => Reply::Failed(id, retry_after),
            _ if opening => Reply::Socket(SocketEvent::Opened),
            _ => {
                self.cold = false;
                let sent = self.w.request();
                let messages = self.answer(&sent.messages);
                let reply = Reply::Messages(id, messages);
                match (self.mode, id) {
                    (Mode::Cuts(after), _) if self.held => {
                        at_last += after;
                        id.map_or(Reply::Socket(SocketEvent::Closed), |id| {
                            Reply::Failed(id, None)
                        })
                    }
                    _ => {
                        at_last += if self.held { HOLD } else { 0 };
                        reply
                    }
                }
            }
        };
        self.reply = Some((at_last, reply));
    }

    /// The answer of a healthy server; records whether it is held.
    fn answer(&mut self, messages: &[Value]) -> Vec<Value> {
        let first = &messages[0];
        let mut fields = json!({});
        if first["channel"] == "/meta/handshake" {
            self.opened += 1;
            let id = format!("client{}", self.opened);
            let ext = if self.line.ack {
                json!({"ack": true})
            } else {
                json!(null)
            };
            let advice = json!({"timeout": HOLD, "interval": 0, "maxInterval": 10_000});
            fields = json!({"clientId": id, "ext": ext, "advice": advice});
            self.sessions.push((id, false));
        } else {
            let client = first["clientId"].as_str().unwrap();
            let session = self.sessions.iter_mut().find(|(id, _)| id == client);
            match (session, first["channel"].as_str()) {
                (None, _) => {
                    fields = json!({"successful": false, "error": "402::Unknown client"});
                }
                (Some((_, subscribed)), Some("/meta/subscribe")) => *subscribed = true,
                (Some((_, subscribed)), _) => {
                    let quick = first["advice"]["timeout"] == 0;
                    self.held = *subscribed && !quick && !matches!(self.mode, Mode::Instant);
                    if self.line.ack {
                        fields = json!({"ext": {"ack": 1}});
                    }
                }
            }
        }
        messages
            .iter()
            .map(|message| good_reply(message, &fields))
            .collect()
    }

    /// From now on the server does not answer.
    fn dies(&mut self, late: Millis, wakes: bool, even: bool) {
        self.begin(Mode::Dead, Fate::Swallowed, late);
        // The sum of a held connect, two requests in its place (if the timer came as a wake, the first does not count
        // as a repetition), and the waits between them. After a wake: a second until the connect is old enough, and two
        // probes of five round trips. If the machine slept or the clock jumped, the last measured round trip may be too
        // long, up to the deadline of a request.
        let mut patience = HOLD + 10_000 + 2 * 10_000 + 2_000;
        if wakes {
            self.wake();
            let round_trips = 20 * self.line.round_trip;
            let prompt = if even { round_trips } else { 10_000 };
            patience = 1_000 + 2 * prompt.max(1_000);
        }
        let died = self.w.now;
        self.pass_until(died + patience + 4 * late);
        let known = self.w.status;
        assert_ne!(known, ClientStatus::Connected, "a dead server");
        self.pass_until(self.w.now + 200_000);
        let known = self.w.status;
        assert_ne!(known, ClientStatus::Connected, "a dead server");
    }

    /// From now on the server is well and timers fire on time.
    fn recovers(&mut self, wakes: bool) {
        self.begin(Mode::Well, Fate::Kept, 0);
        // The longest back-off, and one last request that fails; after a wake, at most a short back-off.
        let mut patience = 60_000 + 10_000 + 25_000;
        if wakes {
            self.wake();
            patience = 10_000 + 25_000;
        }
        self.pass_until(self.w.now + patience);
        assert_eq!(self.w.status, ClientStatus::Connected);
        let is_held = || self.held;
        assert!(is_held(), "{:?}", self.w.out);
    }
}

/// Counts one event and checks the number within the last second.
fn count(times: &mut VecDeque<Millis>, now: Millis, most: usize, what: &str) {
    times.push_back(now);
    times.retain(|&at| at + 1_000 > now);
    assert!(times.len() <= most, "{} {what} in a second", times.len());
}

proptest! {

    #[test]
    fn however_late_the_timers_the_truth_comes_out(
        line in line(),
        phases in vec(phase(), 0..6),
        late in prop_oneof![3 => 0..10_000_u64, 1 => 0..10_000_000_u64],
        wakes in any::<[bool; 2]>(),
    ) {
        let mut game = Game::new(line);
        for phase in &phases {
            game.play(phase);
        }
        let even = phases
            .iter()
            .all(|phase| phase.sleep.is_none() && phase.leap == 0);
        game.dies(late, wakes[0], even);
        game.recovers(wakes[1]);
    }
}
