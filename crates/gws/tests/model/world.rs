//! The store, the server, the oracle, and what is under way between them.

use std::collections::VecDeque;

use gws::{Command, Event, Failure, Kind, Link, Operation, Reason, State};

use crate::oracle::Oracle;
use crate::server::{Body, Change, Fact, SESSIONS, Server};
use crate::support::{CONFIRM_TIMEOUT, REQUEST_TIMEOUT};
use crate::support::{Page, SMS, SUPERVISOR, answer, me, network};

#[derive(Clone, Copy, Debug)]
pub enum Step {
    Server(usize, Change),
    Deliver,
    DeliverAgain,
    Press(usize, Operation),
    PostArrives(Fault),
    PostAnswers,
    ReadArrives,
    ReadAnswers,
    ReadFails,
    MeAnswers,
    MeFails,
    LinkBreaks,
    LinkReturns,
    NewHandshake,
    Pass(u64),
    Refresh,
    Wake,
    SignOut,
    SignIn,
}

/// What befalls a POST.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    None,
    Refused,
    LostBeforeActing,
    LostAfterActing,
    InternalError,
    AcceptedInSilence,
}

impl Fault {
    pub const ALL: [Self; 6] = [
        Self::None,
        Self::Refused,
        Self::LostBeforeActing,
        Self::LostAfterActing,
        Self::InternalError,
        Self::AcceptedInSilence,
    ];
}

struct Post {
    attempt: u32,
    session: usize,
    operation: Operation,
    answer: Option<Result<(), Failure>>,
}

struct Read {
    began: u32,
    snapshot: Option<Result<Vec<(usize, Body)>, Failure>>,
}

pub struct World {
    page: Page,
    server: Server,
    oracle: Oracle,
    posts: VecDeque<Post>,
    read: Option<Read>,
    me_asked: bool,
    link_asked: bool,
    link_up: bool,
    delivered: Option<Fact>,
    /// Something went wrong since everything was last well.
    trouble: bool,
    /// Presses that were accepted by the store, and posts that came out.
    presses: u32,
    posted: u32,
    joined: [u32; SESSIONS.len()],
    ended_attempts: Vec<u32>,
}

impl World {
    pub fn new() -> Self {
        let server = Server::new();
        let list = server.list();
        let bodies: Vec<_> = list.iter().map(|(at, body)| body.json(*at)).collect();
        Self {
            page: Page::ready(&bodies),
            server,
            oracle: Oracle::new(list),
            posts: VecDeque::new(),
            read: None,
            me_asked: false,
            link_asked: false,
            link_up: true,
            delivered: None,
            trouble: false,
            presses: 0,
            posted: 0,
            joined: [0; SESSIONS.len()],
            ended_attempts: Vec::new(),
        }
    }

    pub fn apply(&mut self, step: Step) {
        let now = self.page.now;
        match step {
            Step::Server(at, change) => self.server.change(at, change),
            Step::Deliver => {
                if let Some(fact) = self.server.outbox.pop_front() {
                    self.deliver(&fact);
                    self.delivered = Some(fact);
                }
            }
            // Only logs come twice; a body twice would be newer by its arrival.
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
            Step::MeFails => {
                if std::mem::take(&mut self.me_asked) {
                    self.trouble = true;
                    self.page.store.me_read(Err(network()), now);
                }
            }
            Step::LinkBreaks => self.link_breaks(),
            Step::LinkReturns if !self.link_up || self.link_asked => self.link_returns(),
            Step::LinkReturns => {}
            Step::NewHandshake => {
                if self.link_up && self.server.signed_in {
                    self.server.outbox.clear();
                    self.page.store.link(Link::Connecting, now);
                    self.link_returns();
                }
            }
            Step::Pass(duration) => self.page.pass(duration),
            Step::Refresh => self.page.store.refresh(now),
            Step::Wake => self.page.store.wake(now),
            Step::SignOut => self.server.signed_in = false,
            Step::SignIn => self.server.signed_in = true,
        }
        self.drain();
    }

    /// The server is quiet and reachable, the user signs in, and all that is under way arrives.
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
            match self.page.store.poll_timeout() {
                Some(due) => self.apply(Step::Pass(due.saturating_sub(self.page.now))),
                None if !quiet => {}
                // An answer from before the signing in may come after it; the way out is the same.
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
        let (confirm, request) = (CONFIRM_TIMEOUT, REQUEST_TIMEOUT);
        let (id, now) = (SESSIONS[at], self.page.now);
        let store = &mut self.page.store;
        if store.press(SMS, id, operation, presser, confirm, request, now) {
            self.presses += 1;
            let told = &mut self.oracle.sessions[at];
            assert_eq!(told.pending, None, "one intent at a time");
            let listed = |name: &&str| operation.allowed_by(name);
            assert!(
                told.body.capabilities.iter().any(listed),
                "only what is listed"
            );
            told.pending = Some((operation, presser));
        }
    }

    fn deliver(&mut self, fact: &Fact) {
        self.oracle.notified(fact);
        match fact {
            Fact::Body(at, body) => self.page.notify(body.json(*at)),
            Fact::Log(at, index, visibility) => {
                let entry = Fact::log_entry(*index, visibility);
                self.page.log(SESSIONS[*at], &[entry]);
            }
            Fact::Words(at, index) => {
                let entry = crate::support::entry(*index, "Text", "All");
                self.page.log(SESSIONS[*at], &[entry]);
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
        let Some((began, snapshot)) = arrived.and_then(|read| Some((read.began, read.snapshot?)))
        else {
            return;
        };
        match snapshot {
            Ok(list) => {
                self.oracle.read(began, &list);
                let bodies: Vec<_> = list.iter().map(|(at, body)| body.json(*at)).collect();
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
            Ok(me(SUPERVISOR))
        } else {
            self.note(Some(&answer(403, 20)));
            Err(answer(403, 20))
        };
        self.page.store.me_read(result, self.page.now);
    }

    fn link_breaks(&mut self) {
        self.trouble = true;
        self.link_up = false;
        self.server.subscribed = false;
        self.server.outbox.clear();
        self.page.store.link(Link::Broken, self.page.now);
    }

    /// A handshake: what was published before it is lost, what is published after it is not.
    fn link_returns(&mut self) {
        if self.server.signed_in {
            if self.link_asked {
                self.server.outbox.clear();
            }
            self.link_asked = false;
            self.link_up = true;
            self.server.subscribed = true;
            self.page.store.subscribed(self.page.now);
            self.page.store.link(Link::Connected, self.page.now);
        }
    }

    fn note(&mut self, failure: Option<&Failure>) {
        self.trouble |= failure.is_some_and(|failure| failure.kind == Kind::Unauthenticated);
    }

    /// Takes what the store asks for and tells.
    fn drain(&mut self) {
        for command in self.page.commands() {
            match command {
                Command::ReadMe => {
                    assert!(!self.me_asked, "one read of /me at a time");
                    self.me_asked = true;
                }
                Command::Connect => self.link_asked = true,
                Command::ReadSessions(_) => {
                    assert!(self.read.is_none(), "one read of the list at a time");
                    let began = self.oracle.read_begins();
                    let snapshot = None;
                    self.read = Some(Read { began, snapshot });
                }
                Command::Post {
                    attempt,
                    session_id,
                    operation,
                    ..
                } => {
                    self.posted += 1;
                    let session = place(&session_id);
                    self.posts.push_back(Post {
                        attempt,
                        session,
                        operation,
                        answer: None,
                    });
                }
            }
        }
        for event in self.page.events() {
            match event {
                Event::Joined {
                    session_id,
                    presser,
                    ..
                } => {
                    self.joined[place(&session_id)] += 1;
                    // A failed attempt may still turn out to have been that join.
                    self.ended_attempts.retain(|one| Some(*one) != presser);
                    self.ended_attempts.extend(presser);
                }
                Event::Failed {
                    session_id,
                    presser,
                    ..
                } => {
                    let told = &mut self.oracle.sessions[place(&session_id)];
                    assert_eq!(told.pending.map(|(_, by)| by), Some(presser));
                    assert!(!self.ended_attempts.contains(&presser), "told once");
                    self.ended_attempts.push(presser);
                    told.pending = None;
                    told.words = true;
                }
                _ => {}
            }
        }
    }

    /// Every claim of the view against what the client was told.
    pub fn check(&self) {
        assert_eq!(
            self.posted, self.presses,
            "one post per intent and none without"
        );
        for (at, told) in self.oracle.sessions.iter().enumerate() {
            let view = self.page.view(SESSIONS[at]);
            let is = |state| view.state == state;
            assert_eq!(is(State::Ended), told.ended, "ended {told:?}");
            assert_eq!(
                is(State::Pending),
                told.pending.is_some(),
                "pending {told:?}"
            );
            let free = !told.ended && told.pending.is_none();
            assert_eq!(
                is(State::Joined),
                free && told.is_joined(),
                "joined {told:?}"
            );
            assert_eq!(view.mode, told.mode(), "mode");
            assert_eq!(
                view.capabilities.to_vec(),
                told.body.capabilities,
                "capabilities"
            );
            assert_eq!(self.joined[at], told.joins, "once per join");
            let cut_off = matches!(
                view.reason,
                Some(Reason::Unauthenticated | Reason::Disconnected | Reason::Connecting)
            );
            assert!(!cut_off || self.trouble, "nothing went wrong");
            assert!(
                !is(State::Ready) || self.link_up,
                "ready without notifications"
            );
            let may = free && !told.is_joined() && told.is_capable();
            assert!(!is(State::Ready) || may, "ready {told:?}");
            let worded = is(State::Failed) || view.reason == Some(Reason::Refused);
            assert!(!worded || told.words, "words without an attempt");
            assert!(
                !may || is(State::Ready) || cut_off || worded,
                "not ready {view:?}"
            );
        }
    }

    /// At rest, the view is what the server would say.
    pub fn check_truth(&self) {
        for (at, id) in SESSIONS.into_iter().enumerate() {
            let view = self.page.view(id);
            let truth = self.server.body(at);
            assert_eq!(view.state == State::Ended, truth.over);
            if truth.over {
                continue;
            }
            let cut_off = matches!(
                view.reason,
                Some(Reason::Unauthenticated | Reason::Disconnected | Reason::Connecting)
            );
            assert!(!cut_off, "{:?}", view.reason);
            assert_ne!(view.state, State::Pending);
            assert_eq!(view.state == State::Joined, truth.own == Some("All"));
            assert_eq!(view.capabilities.to_vec(), truth.capabilities);
            assert_eq!(view.mode, self.oracle.sessions[at].mode());
            let told = &self.oracle.sessions[at].body;
            assert_eq!(*told, truth);
        }
    }
}

fn place(id: &str) -> usize {
    let place = SESSIONS.iter().position(|known| *known == id);
    place.expect("a known session")
}
