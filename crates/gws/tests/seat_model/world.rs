//! The seat, the server, and what is on the way between them.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use gws::seat::{Audience, Message, Post, Receipt, Row, RowState, Seat, Timeouts};
use gws::{Failure, LogEntry, Session};
use serde_json::Value;

use crate::server::{Body, Fact, Manner, Server};
use crate::step::{Fault, Step, WORDS};
use crate::support::{SUPERVISOR, answer, network, wire};

const TIMEOUTS: Timeouts = Timeouts {
    request: 10_000,
    confirm: 5_000,
};
const PLAIN: Manner = Manner {
    parts: false,
    hidden: 0,
    uri: true,
};

/// A POST that is out, and its answer once the server has it.
pub struct Flight {
    post: Post,
    answer: Option<Result<(), Failure>>,
}

/// A read of the log that is out, and what it brings once the server has it.
pub struct Read {
    start: i64,
    entries: Option<Vec<Value>>,
}

pub struct World {
    pub server: Server,
    pub seat: Seat,
    now: u64,
    link: bool,
    switching: bool,
    pub told: Body,
    delivered: Vec<Fact>,
    flight: Option<Flight>,
    read: Option<Read>,
    /// Up to this index the first read was history.
    pub floor: Option<i64>,
    /// Whose box the person sees.
    seen: Audience,
    /// Words that the person moved to everyone.
    pub moved: BTreeSet<String>,
    /// The box may turn to everyone by itself.
    pub may_widen: bool,
    pub presses: BTreeMap<u32, u32>,
    pub posted: BTreeMap<u32, u32>,
    pub captured: BTreeMap<u32, Message>,
    pub before: BTreeMap<u32, i64>,
    /// The index up to which the log was written before the page was there.
    pub history: i64,
    /// What was in the queue when the line broke, and was not pressed again.
    stale: BTreeSet<u32>,
    /// The words that the person is asked about moving.
    asked: String,
    pub taken: BTreeSet<u32>,
    pub receipts: BTreeMap<u32, Receipt>,
}

fn number(audience: Audience) -> usize {
    usize::from(audience == Audience::Everyone)
}

fn entry(value: &Value) -> LogEntry {
    LogEntry::read(&mut wire(value))
}

impl World {
    /// One who coaches, or has barged in, and who has said before what may be said again. The first read of the log
    /// may be lost.
    pub fn new(joined: bool, log_fails: bool) -> Self {
        let mut server = Server::new();
        for words in WORDS[0] {
            server
                .operate("SendToAgents", words, PLAIN)
                .expect("coaching");
        }
        if joined {
            server.visibility = "All";
        }
        server.outbox.clear();
        let history = server.log.last().map_or(0, |(index, _)| *index);
        let told = server.body();
        let mut world = Self {
            server,
            seat: Seat::default(),
            now: 0,
            link: true,
            switching: false,
            told,
            delivered: Vec::new(),
            flight: None,
            read: None,
            floor: None,
            seen: Audience::Agents,
            moved: BTreeSet::new(),
            may_widen: false,
            presses: BTreeMap::new(),
            posted: BTreeMap::new(),
            captured: BTreeMap::new(),
            before: BTreeMap::new(),
            history,
            stale: BTreeSet::new(),
            asked: String::new(),
            taken: BTreeSet::new(),
            receipts: BTreeMap::new(),
        };
        world.seat.signed_in(Some(SUPERVISOR), 0);
        world.seat.connected(true);
        world.tell(Fact::Body(world.told.clone()));
        world.pump();
        if log_fails {
            world.apply(Step::ReadFails);
        } else {
            world.apply(Step::ReadArrives);
            world.apply(Step::ReadAnswers);
        }
        world
    }

    pub fn apply(&mut self, step: Step) {
        match step {
            Step::Flip(visibility, rejoins) => self.server.switch(visibility, rejoins),
            Step::ListTooMuch(too_much) => {
                self.server.lists_too_much = too_much;
                self.server.publish();
            }
            Step::Complete => {
                self.server.over = true;
                self.server.publish();
            }
            Step::Say(whom, words) => self.server.say(WORDS[whom][words]),
            Step::Elsewhere(whom, words, manner) => {
                let operation = Audience::ALL[whom].operation();
                // What is not allowed is not sent.
                let _ = self.server.operate(operation, WORDS[whom][words], manner);
            }
            Step::Deliver(at) => {
                let count = self.server.outbox.len();
                if self.link && count > 0 {
                    let fact = self.server.outbox.remove(at % count);
                    self.delivered.push(fact.clone());
                    self.tell(fact);
                }
            }
            Step::DeliverAgain(at) => {
                let count = self.delivered.len();
                if self.link && count > 0 {
                    self.tell(self.delivered[at % count].clone());
                }
            }
            Step::LinkBreaks => {
                self.link = false;
                self.seat.connected(false);
                let rows = self.seat.outbox().rows().iter();
                let waiting = rows.filter(|row| matches!(row.state, RowState::Waiting { .. }));
                self.stale.extend(waiting.map(|row| row.id));
            }
            Step::LinkReturns => self.link_returns(),
            Step::ReadArrives => self.read_arrives(),
            Step::ReadAnswers => self.read_answers(),
            Step::ReadFails => {
                if self.read.take().is_some() {
                    self.seat.log_failed();
                }
            }
            Step::PostArrives(fault, manner) => self.post_arrives(fault, manner),
            Step::PostAnswers => self.post_answers(),
            Step::Paint => {
                self.seen = self.seat.drafts().shown();
                self.asked = self.seat.drafts().text(self.seen).to_owned();
            }
            Step::Type(words) => {
                self.may_widen = false;
                let text = WORDS[number(self.seen)][words];
                self.seat.write(self.seen, text, self.now);
            }
            Step::Erase => self.seat.write(self.seen, "", self.now),
            Step::Choose(audience) => {
                if self.seat.choose(audience) {
                    self.may_widen = false;
                }
            }
            Step::Move => self.move_words(),
            Step::Send => {
                if let Ok(message) = self.seat.press(self.seen, 4_000) {
                    self.check_allowed(message.audience);
                    let id = self.seat.send(message.clone(), TIMEOUTS);
                    assert_eq!(self.presses.insert(id, 1), None, "an id of its own");
                    self.captured.insert(id, message);
                }
            }
            Step::Resend(at) => {
                if let Some((id, rests)) = self.row(at)
                    && self.seat.resend(id, TIMEOUTS).is_ok()
                    && rests
                {
                    *self.presses.entry(id).or_default() += 1;
                    self.stale.remove(&id);
                }
            }
            Step::Discard(at) => {
                if let Some((id, _)) = self.row(at)
                    && self.seat.discard(id)
                {
                    self.taken.insert(id);
                }
            }
            Step::Edit(at) => {
                if let Some((id, _)) = self.row(at)
                    && self.seat.edit(id)
                {
                    self.may_widen = false;
                    self.taken.insert(id);
                }
            }
            Step::BargeIn => {
                if self.link && !self.switching && !self.server.over {
                    self.switching = true;
                    self.seat.switching(true);
                    self.server.switch("All", false);
                }
            }
            Step::BargeInFails => self.switch_is_over(),
            Step::Pass(ms) => {
                self.now += ms;
                self.seat.handle_timeout(self.now);
            }
        }
        self.pump();
    }

    /// All that is on the way arrives, and all deadlines pass.
    pub fn settle(&mut self) {
        self.apply(Step::LinkReturns);
        self.switch_is_over();
        self.server.publish();
        loop {
            while !self.server.outbox.is_empty() {
                self.apply(Step::Deliver(0));
            }
            if self.flight.is_some() {
                self.apply(Step::PostArrives(Fault::None, PLAIN));
                self.apply(Step::PostAnswers);
            } else if self.read.is_some() {
                self.apply(Step::ReadArrives);
                self.apply(Step::ReadAnswers);
            } else if let Some(due) = self.seat.poll_timeout() {
                self.apply(Step::Pass(due.saturating_sub(self.now)));
                let next = self.seat.poll_timeout();
                assert!(
                    next.is_none_or(|next| next > self.now),
                    "a deadline is past"
                );
            } else {
                return;
            }
        }
    }

    fn row(&self, at: usize) -> Option<(u32, bool)> {
        let rows = self.seat.outbox().rows();
        let row = rows.get(at % rows.len().max(1))?;
        Some((row.id, !row.state.goes_on()))
    }

    fn move_words(&mut self) {
        let shown = self.seat.drafts().shown();
        let other = Audience::ALL[1 - number(shown)];
        let asked = self.asked.clone();
        if self.seat.move_to(other, &asked) {
            self.may_widen = false;
            if other == Audience::Everyone {
                self.moved.insert(asked);
            }
        }
    }

    fn switch_is_over(&mut self) {
        self.switching = false;
        self.seat.switching(false);
    }

    fn link_returns(&mut self) {
        if self.link {
            return;
        }
        // What was published meanwhile is lost, and is read.
        self.server.outbox.clear();
        self.link = true;
        self.tell(Fact::Body(self.server.body()));
        self.seat.missed();
        self.seat.connected(true);
    }

    fn tell(&mut self, fact: Fact) {
        match fact {
            Fact::Body(body) => {
                let session = Session::read(&mut wire(&body.json())).expect("a session");
                self.may_widen &= body.visibility == "All";
                self.seat.session(&Rc::new(session), self.now);
                if body.visibility == "All" && self.switching {
                    self.may_widen = self.seat.drafts().is_empty();
                    self.switch_is_over();
                    self.seat.barge_in_confirmed();
                }
                self.told = body;
            }
            Fact::Entry(value) => {
                self.seat.logged(vec![entry(&value)], self.now);
            }
        }
    }

    fn read_arrives(&mut self) {
        if let Some(read) = &mut self.read {
            let start = read.start;
            read.entries.get_or_insert_with(|| self.server.read(start));
        }
    }

    fn read_answers(&mut self) {
        let Some(entries) = self.read.as_mut().and_then(|read| read.entries.take()) else {
            return;
        };
        self.read = None;
        self.seat
            .log_read(entries.iter().map(entry).collect(), self.now);
        let newest = self.seat.transcript().newest().index();
        self.floor.get_or_insert(newest);
    }

    fn post_arrives(&mut self, fault: Fault, manner: Manner) {
        let Some(flight) = self
            .flight
            .as_mut()
            .filter(|flight| flight.answer.is_none())
        else {
            return;
        };
        let message = &flight.post.message;
        let operation = message.audience.operation();
        let all = WORDS.iter().flatten();
        let text = all.into_iter().find(|text| **text == message.text);
        let mut act = || self.server.operate(operation, text.expect("words"), manner);
        flight.answer = Some(match fault {
            Fault::None => act(),
            Fault::LostBeforeActing => Err(network()),
            Fault::LostAfterActing => act().and(Err(network())),
            Fault::ErrorBeforeActing => Err(answer(500, 4)),
            Fault::ErrorAfterActing => act().and(Err(answer(500, 4))),
            Fault::AcceptedInSilence => Ok(()),
        });
    }

    fn post_answers(&mut self) {
        if let Some(flight) = self.flight.take_if(|flight| flight.answer.is_some()) {
            let answer = flight.answer.expect("an answer");
            self.seat.answered(flight.post.attempt, answer, self.now);
        }
    }

    /// Does what the seat asks for.
    fn pump(&mut self) {
        while let Some(post) = self.seat.poll_post(self.now) {
            self.check_post(&post);
            let rows = self.seat.outbox().rows();
            let row = rows.iter().find(|row| row.id == post.id);
            let before = row.and_then(|row| row.before()).expect("a row that left");
            self.before.entry(post.id).or_insert(before);
            let is_sending = |row: &&Row| row.state == RowState::Sending;
            let sending = rows.iter().filter(is_sending).count();
            assert_eq!(sending, 1, "another one is in doubt");
            assert!(self.flight.is_none(), "one POST at a time");
            self.flight = Some(Flight { post, answer: None });
        }
        if self.read.is_none()
            && let Some(start) = self.seat.poll_read()
        {
            self.read = Some(Read {
                start,
                entries: None,
            });
        }
        while let Some(change) = self.seat.poll_change() {
            if let RowState::Sent(receipt) = change.state {
                let first = self.receipts.insert(change.id, receipt);
                assert_eq!(first, None, "sent once");
            }
        }
        while self.seat.poll_notice().is_some() {}
    }

    fn check_post(&mut self, post: &Post) {
        let Message { audience, text } = &post.message;
        assert_eq!(
            self.captured.get(&post.id),
            Some(&post.message),
            "as it was pressed"
        );
        let posted = self.posted.entry(post.id).or_default();
        *posted += 1;
        assert!(*posted <= self.presses[&post.id], "two POSTs for one press");
        let is_whisper = WORDS[0].contains(&text.as_str()) && !self.moved.contains(text);
        let is_public = audience.operation() == "SendMessage";
        assert!(
            !(is_whisper && is_public),
            "a whisper leaves as SendMessage"
        );
        assert!(
            !self.stale.contains(&post.id),
            "sent by itself after the line broke"
        );
        self.check_allowed(*audience);
    }

    /// Against what the page was told last.
    fn check_allowed(&self, audience: Audience) {
        let lists = self.told.capabilities.contains(&audience.operation());
        let is_public = audience == Audience::Everyone;
        let is_seen = match audience {
            Audience::Agents => self.told.visibility != "Supervisors",
            Audience::Everyone => self.told.visibility == "All",
        };
        assert!(lists && is_seen, "{audience:?} is not allowed");
        assert!(self.link, "sent while cut off");
        assert!(
            !(is_public && self.switching),
            "sent while a switch is pending"
        );
    }
}
