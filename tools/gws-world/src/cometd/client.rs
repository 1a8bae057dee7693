//! One Bayeux client as the server remembers it: subscriptions, waiting events, and the poll or
//! socket that waits for them.

use core::time::Duration;
use std::collections::VecDeque;
use std::sync::Arc;

use super::channel;
use crate::http::Line;

/// Why a held long poll ends before its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wake {
    /// Events are waiting.
    Events,
    /// A second `/meta/connect` took its place.
    Superseded,
    /// The client has disconnected.
    Disconnected,
    /// The server has forgotten the client.
    Unknown,
}

/// What waits at the server for a client's events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waiting {
    /// Nothing: the client is between two polls.
    Nothing,
    /// A held long poll, by a number that tells it from the next.
    Poll(u64),
    /// An open WebSocket.
    Socket(Line),
}

/// Who waited and is to be looked after now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Woken {
    /// This poll ends, and why.
    Poll(u64, Wake),
    /// For this socket there is something to send or to end.
    Socket(Line),
}

/// An event on its way; with acknowledgements it stays until its batch is acknowledged.
#[derive(Debug)]
struct Queued {
    batch: Option<i64>,
    text: Arc<str>,
    /// It comes once more, with the response after.
    again: bool,
}

/// A Bayeux client.
#[derive(Debug)]
pub struct Client {
    /// `clientId`
    pub id: String,
    /// `BAYEUX_BROWSER` cookie it shook hands with.
    pub browser: String,
    /// The user it shook hands as. A later change of login does not change it.
    pub user: &'static str,
    /// Channels subscribed to.
    pub subscriptions: Vec<String>,
    /// Whether it has connected once; the first connect is answered at once.
    pub connected: bool,
    /// Whether the next connect reply carries the full advice.
    pub advise: bool,
    /// Whether it was last told that another client of its browser holds the poll.
    pub surplus: bool,
    /// Whether the acknowledgement extension is on.
    pub ack: bool,
    /// What waits for its events.
    pub waiting: Waiting,
    /// When it is swept, unless something waits.
    pub expires: Duration,
    /// Who is woken and not looked after yet.
    pub woken: Vec<Woken>,
    /// How long it may be silent.
    silence: Duration,
    batch: i64,
    queue: VecDeque<Queued>,
}

impl Client {
    /// A client that has just shaken hands.
    pub fn new(
        id: String,
        browser: String,
        user: &'static str,
        ack: bool,
        silence: Duration,
        now: Duration,
    ) -> Client {
        Client {
            id,
            browser,
            user,
            subscriptions: Vec::new(),
            connected: false,
            advise: false,
            surplus: false,
            ack,
            waiting: Waiting::Nothing,
            expires: now + silence,
            woken: Vec::new(),
            silence,
            batch: 0,
            queue: VecDeque::new(),
        }
    }

    /// It has been heard of, or answered: its time begins anew.
    pub fn renew(&mut self, now: Duration) {
        self.expires = now + self.silence;
    }

    /// Whether a poll or a socket waits for it, or has just been woken.
    pub fn is_held(&self) -> bool {
        self.waiting != Waiting::Nothing || !self.woken.is_empty()
    }

    /// Whether it has subscribed to what covers the channel.
    pub fn hears(&self, channel: &str) -> bool {
        let mut subscriptions = self.subscriptions.iter();
        subscriptions.any(|subscription| channel::covers(subscription, channel))
    }

    /// Whether a long poll of it is held.
    pub fn is_polling(&self) -> bool {
        matches!(self.waiting, Waiting::Poll(_))
    }

    /// Lays an event in its queue and wakes whoever waits for it. What comes `again` goes with two
    /// responses, one after the other.
    pub fn push(&mut self, text: Arc<str>, again: bool) {
        self.queue.push_back(Queued {
            batch: None,
            text,
            again,
        });
        self.wake(Wake::Events);
    }

    /// Events not yet delivered or not yet acknowledged.
    pub fn queued(&self) -> usize {
        self.queue.len()
    }

    /// Ends the held poll, or rings the socket's bell.
    pub fn wake(&mut self, why: Wake) {
        match self.waiting {
            Waiting::Nothing => {}
            Waiting::Socket(line) => self.woken.push(Woken::Socket(line)),
            Waiting::Poll(number) => {
                self.waiting = Waiting::Nothing;
                self.woken.push(Woken::Poll(number, why));
            }
        }
    }

    /// The client has every batch up to this one: what is younger will be sent again.
    pub fn acknowledge(&mut self, batch: i64) {
        self.queue
            .retain(|queued| queued.batch.is_none_or(|sent| sent > batch));
    }

    /// The events for one response, and the batch number that a connect reply then carries.
    ///
    /// With acknowledgements events go with connect replies only, for else their order against
    /// the batch numbers would be lost.
    pub fn take(&mut self, for_connect: bool) -> (Vec<Arc<str>>, Option<i64>) {
        if self.ack && !for_connect {
            return (Vec::new(), None);
        }
        let texts: Vec<_> = self.queue.iter().map(|one| Arc::clone(&one.text)).collect();
        let again = self
            .queue
            .iter_mut()
            .filter_map(|one| std::mem::take(&mut one.again).then(|| Arc::clone(&one.text)));
        let again: Vec<_> = again.collect();
        let batch = self.ack.then(|| {
            self.batch += 1;
            for queued in &mut self.queue {
                queued.batch.get_or_insert(self.batch);
            }
            self.batch
        });
        if batch.is_none() {
            self.queue.clear();
        }
        for text in again {
            self.push(text, false);
        }
        (texts, batch)
    }
}
