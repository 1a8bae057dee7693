//! The store, the server, the oracle, and what is under way between them.

use std::collections::VecDeque;

use gws::{Failure, Kind, Link, Me, Operation, Reason};
use serde_json::json;

use crate::oracle::Oracle;
use crate::server::{Body, Change, Fact, Manner, SESSIONS, Server, USERS};
use crate::step::{Fault, Step};

use crate::support::{Page, SMS, answer, me, network, press};

pub(super) struct Post {
    pub(super) attempt: u32,
    pub(super) session: usize,
    pub(super) operation: Operation,
    pub(super) answer: Option<Result<(), Failure>>,
}

pub(super) struct Read {
    pub(super) began: u32,
    /// The handshake after which it began; `None` if the link was down.
    pub(super) handshake: Option<u32>,
    pub(super) snapshot: Option<Result<Vec<(usize, Body)>, Failure>>,
    /// Another user has signed in since.
    pub(super) is_void: bool,
}

pub struct World {
    /// The page feeds the notifications and reports its link.
    pub(super) host: bool,
    /// Sessions reported since the link came back, which count as read if the page feeds the notifications.
    pub(super) fed: [bool; SESSIONS.len()],
    pub(super) page: Page,
    pub(super) server: Server,
    pub(super) oracle: Oracle,
    pub(super) posts: VecDeque<Post>,
    pub(super) read: Option<Read>,
    pub(super) me_asked: bool,
    pub(super) link_asked: bool,
    pub(super) link_up: bool,
    pub(super) handshakes: u32,
    /// No read has succeeded that began after the link came back.
    pub(super) outage: bool,
    pub(super) delivered: Option<Fact>,
    /// Something went wrong since everything was last well.
    pub(super) trouble: bool,
    /// An ambiguous report has arrived, and no read since.
    pub(super) is_murky: bool,
    /// Presses that the store accepted, and its POSTs.
    pub(super) presses: u32,
    pub(super) posted: u32,
    pub(super) joined: [u32; SESSIONS.len()],
    pub(super) ended_attempts: Vec<u32>,
}

impl World {
    pub fn new(host: bool) -> Self {
        let server = Server::new();
        let list = server.list();
        let bodies: Vec<_> = list.iter().map(|(at, body)| body.json(*at)).collect();
        let mut page = match host {
            true => Page::fed(&bodies),
            false => Page::ready(&bodies),
        };
        for id in SESSIONS {
            page.store.show(SMS, id);
        }
        page.forget();
        Self {
            host,
            fed: Default::default(),
            page,
            server,
            oracle: Oracle::new(USERS[0], list),
            posts: VecDeque::new(),
            read: None,
            me_asked: false,
            link_asked: false,
            link_up: true,
            handshakes: 0,
            outage: false,
            delivered: None,
            trouble: false,
            is_murky: false,
            presses: 0,
            posted: 0,
            joined: [0; SESSIONS.len()],
            ended_attempts: Vec::new(),
        }
    }

    pub fn apply(&mut self, step: Step) {
        let now = self.page.now;
        match step {
            Step::Server(at, change, manner) => self.server.change(at, change, manner),
            Step::Deliver => {
                if self.link_up
                    && let Some(fact) = self.server.outbox.pop_front()
                {
                    self.deliver(&fact);
                    self.delivered = Some(fact);
                }
            }
            // Only logs come twice; a repeated body would count as newer.
            Step::DeliverAgain => {
                if let Some(fact @ Fact::Log(..)) = self.delivered.clone() {
                    self.deliver(&fact);
                }
            }
            Step::Press(at, operation) => self.press(at, operation),
            Step::PostArrives(fault) => self.post_arrives(fault),
            Step::PostAnswers => self.post_answers(),
            Step::ReadArrives => self.read_arrives(),
            Step::ReadAnswers => self.read_answers(),
            Step::ReadFails => {
                if self.read.take().is_some() {
                    self.trouble = true;
                    self.page.read_fails(network());
                }
            }
            Step::MeAnswers => self.me_answers(),
            Step::MeAnswersWithoutUser => {
                if self.server.signed_in && std::mem::take(&mut self.me_asked) {
                    let nobody = Me { user_id: None };
                    self.is_murky = true;
                    self.page.store.me_read(Ok(nobody), now);
                }
            }
            Step::MeFails => {
                if std::mem::take(&mut self.me_asked) {
                    self.trouble = true;
                    self.page.store.me_read(Err(network()), now);
                }
            }
            Step::LinkBreaks => self.link_breaks(),
            Step::LinkReturns if !self.link_up || self.link_asked => self.link_returns(),
            Step::LinkReturns => {}
            Step::LinkFalters => self.link_falters(),
            Step::LinkHeals => self.link_heals(),
            Step::NewHandshake => {
                if self.link_up && self.server.signed_in {
                    self.server.outbox.clear();
                    // The page reads everything again.
                    if self.host {
                        self.page.store.refresh();
                    } else {
                        self.page.store.link(Link::Connecting);
                        self.link_returns();
                    }
                }
            }
            Step::Overtake(at) => {
                if self.link_up && self.server.subscribed && self.read.is_some() {
                    self.server.change(at, Change::Touch, Manner::Plainly);
                    while let Some(fact) = self.server.outbox.pop_front() {
                        self.deliver(&fact);
                    }
                }
            }
            Step::Crowd { ends } => {
                let (count, state) = if ends {
                    (201, "Completed")
                } else {
                    (2_201, "Chatting")
                };
                for at in 0..count {
                    let partial = json!({"id": format!("crowd-{at}"), "state": state});
                    self.page.notify(partial);
                }
            }
            Step::Quiet => {
                self.settle();
                self.check_truth();
            }
            Step::Pass(duration) => self.page.pass(duration),
            Step::PassLate(duration) => {
                self.page.now += duration;
                self.page.store.handle_timeout(self.page.now);
                let due = self.page.store.poll_timeout();
                assert!(due.is_none_or(|due| due > self.page.now), "never overdue");
            }
            Step::Refresh => self.page.store.refresh(),
            Step::Wake => self.page.store.wake(now),
            Step::SignOut => self.server.signed_in = false,
            Step::SignIn => self.server.signed_in = true,
            // Not between the answer of `/me` and the handshake that follows it: the client could not notice the
            // change.
            Step::ChangeUser if self.link_asked => {}
            Step::ChangeUser => {
                let other = |user: &&&str| **user != self.server.user;
                self.server.user = USERS.iter().find(other).expect("two users");
                // The server does not know the former user's client any more, so it redelivers nothing.
                self.delivered = None;
                self.link_breaks();
            }
        }
        self.drain();
    }

    /// The server is quiet and reachable, the user signs in, and everything under way arrives.
    pub fn settle(&mut self) {
        self.server.signed_in = true;
        for _ in 0..1_000 {
            let mut quiet = true;
            let mut busy = |is: bool| quiet &= !is;
            busy(!self.server.outbox.is_empty());
            busy(!self.posts.is_empty() || self.read.is_some() || self.me_asked);
            busy(!self.link_up || self.link_asked);
            for step in [
                Step::Deliver,
                Step::PostArrives(Fault::None),
                Step::PostAnswers,
                Step::ReadArrives,
                Step::ReadAnswers,
                Step::MeAnswers,
                Step::LinkReturns,
            ] {
                self.apply(step);
                self.check();
            }
            if quiet && self.is_murky {
                // A read resolves what was ambiguous.
                self.is_murky = false;
                self.apply(Step::Refresh);
                continue;
            }
            match self.page.store.poll_timeout() {
                Some(due) => self.apply(Step::Pass(due.saturating_sub(self.page.now))),
                None if !quiet => {}
                // An answer from before the sign-in may arrive after it; a refresh resolves that, too.
                None if self.is_signed_out() => self.apply(Step::Refresh),
                None => return,
            }
        }
        panic!("it never comes to rest");
    }

    fn is_signed_out(&self) -> bool {
        let reason = self.page.view("unknown").reason;
        reason == Some(Reason::Unauthenticated)
    }

    fn press(&mut self, at: usize, operation: Operation) {
        let presser = self.presses + 1;
        let (press, now) = (press(SESSIONS[at], operation, presser), self.page.now);
        if self.page.store.press(press, now) {
            self.presses += 1;
            let told = &mut self.oracle.sessions[at];
            assert_eq!(told.pending, None, "one intent at a time");
            let listed = |name: &&str| operation.allowed_by(name);
            assert!(
                told.capabilities().iter().any(listed),
                "only what is listed"
            );
            told.pending = Some((operation, presser));
        }
    }

    fn deliver(&mut self, fact: &Fact) {
        self.fed[fact.session()] = true;
        self.oracle.notified(fact);
        self.is_murky |= fact.is_murky();
        match fact {
            Fact::Body(at, body) => self.page.notify(body.json(*at)),
            Fact::Log(at, entries) => {
                let entries: Vec<_> = entries.iter().map(|entry| entry.json()).collect();
                self.page.log(SESSIONS[*at], &entries);
            }
            Fact::Touched(at) => {
                let partial = json!({"id": SESSIONS[*at], "state": "Chatting"});
                self.page.notify(partial);
            }
        }
    }

    fn post_arrives(&mut self, fault: Fault) {
        let Some(post) = self.posts.iter_mut().find(|post| post.answer.is_none()) else {
            return;
        };
        let (at, operation) = (post.session, post.operation);
        post.answer = Some(match fault {
            Fault::None => self.server.operate(at, operation),
            Fault::Refused => Err(answer(403, 3)),
            Fault::LostBeforeActing => Err(network()),
            Fault::LostAfterActing => self.server.operate(at, operation).and(Err(network())),
            Fault::InternalError => Err(answer(500, 4)),
            Fault::AcceptedInSilence => Ok(()),
            Fault::Redirected => Err(Failure::redirected()),
        });
    }

    fn post_answers(&mut self) {
        if self.posts.front().is_some_and(|post| post.answer.is_some())
            && let Some(post) = self.posts.pop_front()
            && let Some(answer) = post.answer
        {
            self.note(answer.as_ref().err());
            self.page
                .store
                .answered(post.attempt, answer, self.page.now);
        }
    }

    fn read_arrives(&mut self) {
        if let Some(read) = &mut self.read {
            let signed_in = self.server.signed_in;
            let snapshot = || match signed_in {
                true => Ok(self.server.list()),
                false => Err(answer(403, 20)),
            };
            read.snapshot.get_or_insert_with(snapshot);
        }
    }

    fn read_answers(&mut self) {
        let arrived = self.read.take_if(|read| read.snapshot.is_some());
        let Some(read) = arrived else { return };
        let Some(snapshot) = read.snapshot else {
            return;
        };
        match snapshot {
            Ok(list) => {
                let began = read.began;
                let bodies: Vec<_> = list.iter().map(|(at, body)| body.json(*at)).collect();
                if read.is_void {
                    return self.page.read(&bodies);
                }
                self.outage &= read.handshake != Some(self.handshakes);
                self.oracle.read(began, &list);
                self.page.read(&bodies);
            }
            Err(failure) => {
                self.note(Some(&failure));
                self.page.read_fails(failure);
            }
        }
    }

    fn me_answers(&mut self) {
        if !std::mem::take(&mut self.me_asked) {
            return;
        }
        let result = if self.server.signed_in {
            Ok(me(self.server.user))
        } else {
            self.note(Some(&answer(403, 20)));
            Err(answer(403, 20))
        };
        let is_other = result.is_ok() && self.server.user != self.oracle.me;
        self.page.store.me_read(result, self.page.now);
        if is_other {
            self.trouble = true;
            self.outage = true;
            self.fed = Default::default();
            // An outstanding read belongs to the former user, and that user's attempts have failed.
            self.read.iter_mut().for_each(|read| read.is_void = true);
            self.drain();
            self.oracle.another_user(self.server.user);
        }
    }

    fn note(&mut self, failure: Option<&Failure>) {
        self.trouble |= failure.is_some_and(|failure| failure.kind == Kind::Unauthenticated);
    }
}
