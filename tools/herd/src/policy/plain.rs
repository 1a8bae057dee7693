//! A small client that takes the widget's steps and waits by another rule.
//!
//! The official client's rule is modelled at its best: with an application that subscribes again
//! after every handshake and repeats a failed subscription. Its source is the reconnection code of
//! `cometd` 9.0.0 (`Client.js`).

use super::{Answer, Ask, Kind, Policy};
use crate::Millis;

/// How long to wait after a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wait {
    /// One second more each time, up to a minute. A failed handshake waits as long as the failure
    /// before it; the first does not wait.
    Linear,
    /// Always the same short time. It is not zero, as otherwise the clients would do nothing but
    /// fail.
    Short,
}

const STEP: Millis = 1_000;
const MAX: Millis = 60_000;
const SHORT: Millis = 50;

const MAX_NETWORK_DELAY: Millis = 10_000;
const HOLD: Millis = 30_000;

/// The client: its state and its outstanding request.
pub(crate) struct Plain {
    wait: Wait,
    backoff: Millis,
    last: u32,
    /// The outstanding request; without one, the deadline is the time of the next request.
    out: Option<Ask>,
    unsent: bool,
    deadline: Option<Millis>,
    session: Option<u32>,
    subscribed: bool,
    /// The last connect was answered.
    connected: bool,
}

impl Plain {
    pub fn new(wait: Wait) -> Self {
        Self {
            wait,
            backoff: 0,
            last: 0,
            out: None,
            unsent: false,
            deadline: None,
            session: None,
            subscribed: false,
            connected: false,
        }
    }

    fn advance(&mut self, now: Millis) {
        let kind = match self.session {
            None => Kind::Handshake,
            Some(_) if !self.subscribed => Kind::Subscribe,
            Some(_) if !self.connected => Kind::QuickConnect,
            Some(_) => Kind::Connect,
        };
        // A connect that is answered at once gets the same deadline as a held one.
        let hold = match kind {
            Kind::Handshake | Kind::Subscribe => 0,
            Kind::QuickConnect | Kind::Connect => HOLD,
        };
        self.last += 1;
        self.out = Some(Ask {
            id: self.last,
            kind,
            session: self.session.unwrap_or(0),
        });
        self.unsent = true;
        self.deadline = Some(now + hold + MAX_NETWORK_DELAY);
    }

    fn failed(&mut self, kind: Kind, now: Millis) {
        self.connected = false;
        let before = self.backoff;
        self.backoff = (before + STEP).min(MAX);
        let wait = match (self.wait, kind) {
            (Wait::Short, _) => SHORT,
            (Wait::Linear, Kind::Handshake) => before,
            (Wait::Linear, _) => self.backoff,
        };
        if wait == 0 {
            self.advance(now);
        } else {
            self.deadline = Some(now + wait);
        }
    }
}

impl Policy for Plain {
    fn start(&mut self, now: Millis) {
        self.advance(now);
    }

    fn answered(&mut self, id: u32, answer: Answer, now: Millis) {
        let Some(ask) = self.out.take_if(|ask| ask.id == id) else {
            return;
        };
        match (answer, ask.kind) {
            (Answer::Lost | Answer::Unavailable, kind) => return self.failed(kind, now),
            (Answer::Unknown, _) => {
                self.session = None;
                self.subscribed = false;
                self.connected = false;
            }
            (Answer::Welcome(session), _) => self.session = Some(session),
            (Answer::Done, Kind::Subscribe) => self.subscribed = true,
            (Answer::Done, _) => self.connected = true,
        }
        self.backoff = 0;
        self.advance(now);
    }

    fn timed_out(&mut self, now: Millis) {
        match self.out.take() {
            Some(ask) => self.failed(ask.kind, now),
            None => self.advance(now),
        }
    }

    fn deadline(&self) -> Option<Millis> {
        self.deadline
    }

    fn poll(&mut self) -> Option<Ask> {
        let unsent = std::mem::take(&mut self.unsent);
        self.out.filter(|_| unsent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How long the client waits after each of six failed requests.
    fn waits(client: &mut Plain) -> Vec<Millis> {
        let fail = |client: &mut Plain| {
            let ask = client.poll().expect("a request");
            client.answered(ask.id, Answer::Lost, 0);
            if client.out.is_some() {
                return 0;
            }
            let wait = client.deadline().expect("a wait");
            client.timed_out(wait);
            wait
        };
        (0..6).map(|_| fail(client)).collect()
    }

    fn answer(client: &mut Plain, answer: Answer) -> Kind {
        let ask = client.poll().expect("a request");
        client.answered(ask.id, answer, 0);
        ask.kind
    }

    fn connected(wait: Wait) -> Plain {
        let mut client = Plain::new(wait);
        client.start(0);
        assert_eq!(answer(&mut client, Answer::Welcome(1)), Kind::Handshake);
        assert_eq!(answer(&mut client, Answer::Done), Kind::Subscribe);
        assert_eq!(answer(&mut client, Answer::Done), Kind::QuickConnect);
        client
    }

    #[test]
    fn the_official_client_waits_longer_by_a_second_each_time() {
        let mut client = connected(Wait::Linear);
        assert_eq!(
            waits(&mut client),
            [1_000, 2_000, 3_000, 4_000, 5_000, 6_000]
        );
        client.backoff = 59_500;
        assert_eq!(waits(&mut client), [60_000; 6]);
    }

    #[test]
    fn its_failed_handshakes_wait_a_step_less() {
        let mut client = Plain::new(Wait::Linear);
        client.start(0);
        assert_eq!(waits(&mut client), [0, 1_000, 2_000, 3_000, 4_000, 5_000]);
    }

    #[test]
    fn without_back_off_the_wait_is_always_the_same() {
        assert_eq!(waits(&mut connected(Wait::Short)), [50; 6]);
    }

    #[test]
    fn an_unknown_session_is_replaced_at_once() {
        let mut client = connected(Wait::Linear);
        waits(&mut client);
        assert_eq!(answer(&mut client, Answer::Unknown), Kind::QuickConnect);
        assert_eq!(answer(&mut client, Answer::Lost), Kind::Handshake);
        assert_eq!(answer(&mut client, Answer::Welcome(2)), Kind::Handshake);
        assert_eq!(answer(&mut client, Answer::Done), Kind::Subscribe);
    }
}
