//! All that the server knows, what waits in it, and what it has its shell do.

use core::time::Duration;
use std::collections::{BTreeSet, VecDeque};

use crate::cometd::long_polling::Poll;
use crate::cometd::sockets::Socket;
use crate::faults::action::Action;
use crate::faults::list::Faults;
use crate::http::{Answer, Line, Request};
use crate::log::{End, RequestLog};
use crate::outcome::{Outcome, Ticket};
use crate::scenario::player::Player;
use crate::settings::Settings;
use crate::state::http_sessions::HttpSessions;
use crate::state::world::World;

/// The server.
#[derive(Debug)]
pub struct Server {
    /// The contact centre.
    pub world: World,
    /// Cookies, sign-in and CSRF tokens.
    pub http: HttpSessions,
    /// What is to go wrong.
    pub faults: Faults,
    /// What was asked.
    pub log: RequestLog,
    /// What happens by itself.
    pub player: Player,
    /// Open connections.
    pub lines: BTreeSet<Line>,
    /// Those that are WebSockets.
    pub sockets: Vec<Socket>,
    /// Requests that are not answered yet.
    pub waiting: Vec<Waiting>,
    /// Until when it is down, after a restart.
    pub down_until: Duration,
    /// What the shell is to do.
    pub outcomes: VecDeque<Outcome>,
}

/// A request under way.
#[derive(Debug, Clone, Copy)]
pub struct UnderWay {
    /// Its ticket.
    pub ticket: Ticket,
    /// Its connection.
    pub line: Line,
    /// Its number in the log.
    pub logged: u64,
}

/// A request that waits.
#[derive(Debug)]
pub struct Waiting {
    /// Which; `None` once its client has gone, which a held poll does not notice.
    pub request: Option<UnderWay>,
    /// Until when; `None` means until it is released.
    pub until: Option<Duration>,
    /// For what.
    pub wait: Wait,
}

/// What a request waits for.
#[derive(Debug)]
pub enum Wait {
    /// To be looked at, after a delay.
    Delayed(Request),
    /// The end of the faults.
    Hanging,
    /// Its answer to be sent.
    Late(Answer, WayOut),
    /// Events.
    Held(Poll, WayOut),
}

/// What an answer still passes.
#[derive(Debug)]
pub struct WayOut {
    /// Whether the request only asked; such answers bring the CSRF token.
    pub reading: bool,
    /// The HTTP session.
    pub session: Option<String>,
    /// Whether the session began with this request.
    pub begun: bool,
    /// What goes wrong.
    pub fault: Option<Action>,
}

impl Server {
    /// A server at its beginning, at time zero.
    pub fn new(settings: Settings) -> Server {
        let mut world = World::new(settings.clone());
        Server {
            player: Player::new(&settings, &mut world),
            world,
            http: HttpSessions::new(settings.seed, settings.login),
            faults: Faults::default(),
            log: RequestLog::default(),
            lines: BTreeSet::new(),
            sockets: Vec::new(),
            waiting: Vec::new(),
            down_until: Duration::ZERO,
            outcomes: VecDeque::new(),
        }
    }

    /// The time of the present input.
    pub fn now(&self) -> Duration {
        self.world.clock.now
    }

    /// Sends the answer to a request, if anybody still waits for it.
    pub fn answer(&mut self, request: Option<UnderWay>, answer: Answer) {
        if let Some(request) = request {
            let now = self.now();
            self.log
                .end(now, request.logged, End::Answered(answer.status));
            self.outcomes
                .push_back(Outcome::Answer(request.ticket, answer));
        }
    }

    /// Resets the connection of a request instead of answering it.
    pub fn reset(&mut self, request: Option<UnderWay>) {
        if let Some(request) = request {
            let now = self.now();
            self.log.end(now, request.logged, End::Reset);
            self.cut(request.line);
        }
    }

    /// Resets a connection; what waits on it is gone.
    pub fn cut(&mut self, line: Line) {
        self.outcomes.push_back(Outcome::Cut(line));
        self.give_up(|request| request.line == line);
        self.close_socket(line);
    }

    /// Lets go of the requests whose clients have gone. A held poll goes on without.
    pub fn give_up(&mut self, gone: impl Fn(UnderWay) -> bool) {
        let now = self.now();
        for waiting in &mut self.waiting {
            if let Some(request) = waiting.request.take_if(|request| gone(*request)) {
                self.log.end(now, request.logged, End::Aborted);
            }
        }
        self.waiting
            .retain(|waiting| waiting.request.is_some() || matches!(waiting.wait, Wait::Held(..)));
    }

    /// Ends the requests that hang, by a reset.
    pub fn release_hanging(&mut self) {
        let hangs = |waiting: &mut Waiting| matches!(waiting.wait, Wait::Hanging);
        let released: Vec<_> = self.waiting.extract_if(.., hangs).collect();
        for waiting in released {
            self.reset(waiting.request);
        }
    }

    /// The socket of this connection is no more.
    pub fn close_socket(&mut self, line: Line) {
        let place = self.sockets.iter().position(|socket| socket.line == line);
        if let Some(place) = place {
            self.sockets.remove(place).close(&mut self.world.bayeux);
        }
    }

    /// How many requests wait for what `kind` picks.
    pub fn count(&self, kind: impl Fn(&Wait) -> bool) -> usize {
        let waits = self.waiting.iter().filter(|waiting| kind(&waiting.wait));
        waits.count()
    }
}
