//! The world: clients, network, server, and the clock that drives them.

use crate::{
    Millis, Outcome, Rule, Scenario,
    outcome::Tally,
    policy::{Answer, Ask, Ours, Plain, Policy, Wait},
    server::{Server, Verdict},
    wheel::Wheel,
};
use fastrand::Rng;

/// Clients arrive spread over one hold, so that their polls end evenly spread.
const ARRIVALS: Millis = 30_000;
/// When the server fails: late enough for all to be connected.
const FAULT: Millis = 60_000;
/// A run ends when all has been well for longer than a hold.
const QUIET: Millis = 45_000;
/// The shortest time of a run after the fault, so that all charts cover it.
const LEAST: Millis = 135_000;
/// The latest end of a run.
const END: Millis = FAULT + 20 * 60_000;

/// Runs `clients` clients that reconnect by `rule` through `scenario`. The same seed gives the same
/// outcome.
pub fn run(rule: Rule, scenario: Scenario, clients: u32, seed: u64) -> Outcome {
    match rule {
        Rule::Ours => World::new(scenario, clients, seed, Ours::new).run(),
        Rule::Official => World::new(scenario, clients, seed, |_| Plain::new(Wait::Linear)).run(),
        Rule::Eager => World::new(scenario, clients, seed, |_| Plain::new(Wait::Short)).run(),
    }
}

struct World<P> {
    wheel: Wheel<(u32, Event)>,
    server: Server,
    tally: Tally,
    clients: Vec<Client<P>>,
}

struct Client<P> {
    policy: P,
    /// The one-way latency of a message.
    latency: Millis,
    /// The time for which the timer is set; the clock cannot cancel an event.
    armed: Millis,
}

#[derive(Clone, Copy)]
enum Event {
    Start,
    /// A request reaches the server.
    Request(Ask),
    /// The hold of the connect with this id runs out.
    Release(u32),
    /// The answer to the request with this id reaches the client.
    Answer(u32, Answer),
    Timer,
    Fault,
}

impl<P: Policy> World<P> {
    fn new(scenario: Scenario, clients: u32, seed: u64, policy: impl Fn(u64) -> P) -> Self {
        let mut random = Rng::with_seed(seed);
        let mut wheel = Wheel::new();
        wheel.at(FAULT, (0, Event::Fault));
        let server = Server::new(scenario, clients, random.u64(..), FAULT);
        let clients = (0..clients)
            .map(|client| {
                wheel.at(random.u64(..ARRIVALS), (client, Event::Start));
                Client {
                    policy: policy(random.u64(..)),
                    latency: random.u64(5..=80),
                    armed: Millis::MAX,
                }
            })
            .collect::<Vec<_>>();
        Self {
            wheel,
            tally: Tally::new(clients.len(), FAULT, server.back()),
            server,
            clients,
        }
    }

    fn run(mut self) -> Outcome {
        let mut end = 0;
        while let Some((now, events)) = self.wheel.next() {
            end = now;
            let quiet = self.tally.is_quiet_since(now.saturating_sub(QUIET));
            if now > END || quiet && now > FAULT + LEAST {
                break;
            }
            for (client, event) in events {
                self.step(client, event, now);
            }
        }
        self.tally.finish(end)
    }

    fn step(&mut self, client: u32, event: Event, now: Millis) {
        match event {
            Event::Fault => {
                let (lost, answer) = self.server.fail();
                for (client, id) in lost {
                    self.answer(client, id, answer, now);
                }
            }
            Event::Request(ask) => {
                self.tally.request(now);
                match self.server.receive(client, ask, now) {
                    Verdict::Answered(answer, at) => self.answer(client, ask.id, answer, at),
                    Verdict::Held(from, until) => {
                        self.tally.connected(client, from);
                        self.wheel.at(until, (client, Event::Release(ask.id)));
                    }
                    Verdict::Ignored => self.tally.lost(client, now),
                }
            }
            Event::Release(id) => {
                if self.server.release(client, id, now) {
                    self.answer(client, id, Answer::Done, now);
                }
            }
            Event::Start => self.tell(client, now, |policy| policy.start(now)),
            Event::Answer(id, answer) => {
                self.tell(client, now, |policy| policy.answered(id, answer, now));
            }
            Event::Timer => {
                let due = {
                    let client = &mut self.clients[client as usize];
                    if client.armed == now {
                        client.armed = Millis::MAX;
                    }
                    client.policy.deadline().is_some_and(|at| at <= now)
                };
                self.tell(client, now, |policy| {
                    if due {
                        policy.timed_out(now);
                    }
                });
            }
        }
    }

    /// Schedules the arrival of an answer.
    fn answer(&mut self, client: u32, id: u32, answer: Answer, at: Millis) {
        if !matches!(answer, Answer::Welcome(_) | Answer::Done) {
            self.tally.lost(client, at);
        }
        let arrival = at + self.clients[client as usize].latency;
        self.wheel.at(arrival, (client, Event::Answer(id, answer)));
    }

    /// Passes an input to a client, sends its requests, and sets its timer.
    fn tell(&mut self, client: u32, now: Millis, what: impl FnOnce(&mut P)) {
        let state = &mut self.clients[client as usize];
        what(&mut state.policy);
        while let Some(ask) = state.policy.poll() {
            let arrival = now + state.latency;
            self.wheel.at(arrival, (client, Event::Request(ask)));
        }
        let deadline = state.policy.deadline().unwrap_or(Millis::MAX);
        if deadline < state.armed {
            state.armed = deadline;
            self.wheel.at(deadline.max(now), (client, Event::Timer));
        }
    }
}
