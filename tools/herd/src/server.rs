//! The server: a model of CometD 3.1.12 that holds polls, forgets sessions and can be overloaded.
//!
//! Requests are served one after another, at the rate of the capacity. A request that would wait
//! longer than [`QUEUE`] is rejected: half of those get a 503, half get no answer. A rejection
//! takes no time in this model, which favours the rules with the most requests.

use crate::{
    Millis, Scenario,
    policy::{Answer, Ask, Kind},
};
use fastrand::Rng;

/// How long a connect is held.
const HOLD: Millis = 30_000;
/// How long a session outlives its last answer (`maxInterval`).
const KEEP: Millis = 10_000;
/// How long a request waits for its turn, at most.
const QUEUE: Millis = 2_000;

/// A server and, per client, its only session.
pub(crate) struct Server {
    scenario: Scenario,
    random: Rng,
    sessions: Vec<Session>,
    last: u32,
    /// The time of the fault.
    fault: Millis,
    /// The service time of a request once the server is back, in microseconds.
    service: u64,
    /// The time until which it is busy, in microseconds.
    busy: u64,
}

#[derive(Clone, Copy, Default)]
struct Session {
    /// 0 for none.
    id: u32,
    /// The id of the held connect.
    held: Option<u32>,
    /// The time of the last answer.
    seen: Millis,
}

/// The fate of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is answered at this time.
    Answered(Answer, Millis),
    /// It is held from the first time until the second.
    Held(Millis, Millis),
    /// It is never answered.
    Ignored,
}

impl Server {
    /// A healthy server that will fail at `fault`.
    pub fn new(scenario: Scenario, clients: u32, seed: u64, fault: Millis) -> Self {
        Self {
            scenario,
            random: Rng::with_seed(seed),
            sessions: vec![Session::default(); clients as usize],
            last: 0,
            fault,
            service: scenario
                .capacity(clients)
                .map_or(0, |per_second| 1_000_000 / u64::from(per_second)),
            busy: 0,
        }
    }

    /// When it is available again.
    pub fn back(&self) -> Millis {
        self.fault + self.scenario.outage()
    }

    /// The fault: every held poll is lost. Returns the lost polls as (client, id), and the answer
    /// to all of them.
    pub fn fail(&mut self) -> (Vec<(u32, u32)>, Answer) {
        let mut lost = Vec::new();
        let unavailable = self.scenario == Scenario::Unavailable;
        for (client, session) in (0..).zip(&mut self.sessions) {
            if let Some(id) = session.held.take() {
                lost.push((client, id));
                session.seen = self.fault;
            }
            if !unavailable {
                *session = Session::default();
            }
        }
        let answer = if unavailable {
            Answer::Unavailable
        } else {
            Answer::Lost
        };
        (lost, answer)
    }

    /// A request arrives.
    pub fn receive(&mut self, client: u32, ask: Ask, now: Millis) -> Verdict {
        if now >= self.fault && now < self.back() {
            return match self.scenario {
                Scenario::Unavailable => Verdict::Answered(Answer::Unavailable, now),
                _ => Verdict::Answered(Answer::Lost, now),
            };
        }
        let mut at = now;
        if now >= self.fault && self.service > 0 {
            let turn = self.busy.max(now * 1_000);
            if turn > (now + QUEUE) * 1_000 {
                return match self.random.bool() {
                    true => Verdict::Answered(Answer::Unavailable, now),
                    false => Verdict::Ignored,
                };
            }
            self.busy = turn + self.service;
            at = self.busy.div_ceil(1_000);
        }
        self.serve(client, ask, at)
    }

    /// The hold of a connect has run out. Says whether it was still held.
    pub fn release(&mut self, client: u32, id: u32, now: Millis) -> bool {
        let session = &mut self.sessions[client as usize];
        if session.held != Some(id) {
            return false;
        }
        session.held = None;
        session.seen = now;
        true
    }

    fn serve(&mut self, client: u32, ask: Ask, at: Millis) -> Verdict {
        let session = &mut self.sessions[client as usize];
        if ask.kind == Kind::Handshake {
            self.last += 1;
            *session = Session {
                id: self.last,
                held: None,
                seen: at,
            };
            return Verdict::Answered(Answer::Welcome(self.last), at);
        }
        let swept = session.held.is_none() && at > session.seen + KEEP;
        if session.id != ask.session || session.id == 0 || swept {
            return Verdict::Answered(Answer::Unknown, at);
        }
        session.seen = at;
        if ask.kind == Kind::Connect {
            session.held = Some(ask.id);
            return Verdict::Held(at, at + HOLD);
        }
        Verdict::Answered(Answer::Done, at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(kind: Kind, session: u32) -> Ask {
        Ask {
            id: 9,
            kind,
            session,
        }
    }

    fn welcomed(scenario: Scenario) -> Server {
        let mut server = Server::new(scenario, 10, 1, 1_000);
        let verdict = server.receive(0, ask(Kind::Handshake, 0), 0);
        assert_eq!(verdict, Verdict::Answered(Answer::Welcome(1), 0));
        server
    }

    #[test]
    fn a_connect_is_held_and_released_once() {
        let mut server = welcomed(Scenario::Restart);
        let verdict = server.receive(0, ask(Kind::Connect, 1), 5);
        assert_eq!(verdict, Verdict::Held(5, 30_005));
        assert!(server.release(0, 9, 30_005));
        assert!(!server.release(0, 9, 30_005));
    }

    #[test]
    fn a_restart_refuses_and_then_knows_nobody() {
        let mut server = welcomed(Scenario::Restart);
        server.receive(0, ask(Kind::Connect, 1), 5);
        assert_eq!(server.fail(), (vec![(0, 9)], Answer::Lost));
        let verdict = server.receive(0, ask(Kind::Connect, 1), 30_999);
        assert_eq!(verdict, Verdict::Answered(Answer::Lost, 30_999));
        let verdict = server.receive(0, ask(Kind::Connect, 1), 31_000);
        assert_eq!(verdict, Verdict::Answered(Answer::Unknown, 31_000));
    }

    #[test]
    fn a_silent_client_is_swept_after_ten_seconds() {
        let mut server = welcomed(Scenario::Failover);
        let done = server.receive(0, ask(Kind::Subscribe, 1), 10_000);
        assert_eq!(done, Verdict::Answered(Answer::Done, 10_000));
        let swept = server.receive(0, ask(Kind::Connect, 1), 20_001);
        assert_eq!(swept, Verdict::Answered(Answer::Unknown, 20_001));
    }

    #[test]
    fn a_slow_server_serves_in_turn_and_turns_away_what_would_wait_too_long() {
        let mut server = welcomed(Scenario::Slow); // one request a second
        server.fail();
        let mut receive = || server.receive(0, ask(Kind::Handshake, 0), 31_000);
        for (session, at) in [(2, 32_000), (3, 33_000), (4, 34_000)] {
            assert_eq!(receive(), Verdict::Answered(Answer::Welcome(session), at));
        }
        let away: Vec<_> = (0..20).map(|_| receive()).collect();
        let unavailable = Verdict::Answered(Answer::Unavailable, 31_000);
        assert!(away.contains(&Verdict::Ignored) && away.contains(&unavailable));
        assert!(
            away.iter()
                .all(|v| *v == Verdict::Ignored || *v == unavailable)
        );
    }
}
