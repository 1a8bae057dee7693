//! The machine: what goes in, what comes out, and when it is to be woken.
//!
//! Each input is given the time. After it the shell drains [`Machine::poll_outcome`] and sets a
//! timer to [`Machine::poll_timeout`].

use core::time::Duration;

use crate::cometd::client::{Wake, Woken};
use crate::cometd::sockets::Socket;
use crate::control;
use crate::gate;
use crate::http::{Line, Request};
use crate::outcome::{Outcome, Ticket};
use crate::server::{Server, Wait, Waiting};
use crate::settings::Settings;

/// A simulated server.
#[derive(Debug)]
pub struct Machine {
    server: Server,
    tickets: u64,
}

impl Machine {
    /// A server at its beginning, at time zero. What is later is told as the time since.
    pub fn new(settings: Settings) -> Machine {
        Machine {
            server: Server::new(settings),
            tickets: 0,
        }
    }

    /// Somebody has connected.
    pub fn line_opened(&mut self, line: Line) {
        self.server.lines.insert(line);
    }

    /// A connection is no more. Its requests are cancelled.
    pub fn line_closed(&mut self, line: Line, now: Duration) {
        self.begin(now);
        self.server.lines.remove(&line);
        self.server.give_up(|request| request.line == line);
        self.server.close_socket(line);
        self.finish();
    }

    /// Takes a request under `/api/` or `/control/`; what becomes of it is told by its ticket.
    pub fn handle(&mut self, request: Request, now: Duration) -> Ticket {
        self.begin(now);
        self.tickets += 1;
        let ticket = Ticket(self.tickets);
        let server = &mut self.server;
        if request.path().starts_with("/api/") {
            gate::enter(server, ticket, request);
        } else {
            let answer = control::route::answer(server, &request);
            server.outcomes.push_back(Outcome::Answer(ticket, answer));
        }
        self.finish();
        ticket
    }

    /// The client of a request has gone.
    pub fn cancel(&mut self, ticket: Ticket, now: Duration) {
        self.begin(now);
        self.server.give_up(|request| request.ticket == ticket);
        self.finish();
    }

    /// A connection has become a WebSocket, after the answer 101.
    pub fn socket_opened(&mut self, line: Line) {
        self.server.sockets.push(Socket::new(line));
    }

    /// A text frame has come.
    pub fn socket_text(&mut self, line: Line, text: &str, now: Duration) {
        self.begin(now);
        let bayeux = &mut self.server.world.bayeux;
        let socket = self.server.sockets.iter_mut().find(|s| s.line == line);
        match socket.map(|socket| socket.receive(bayeux, text)) {
            None => {}
            Some(Ok(frame)) => self.send(line, frame),
            Some(Err(_)) => {
                self.server.close_socket(line);
                self.server.outcomes.push_back(Outcome::CloseSocket(line));
            }
        }
        self.finish();
    }

    /// A WebSocket is closed.
    pub fn socket_closed(&mut self, line: Line, now: Duration) {
        self.begin(now);
        self.server.close_socket(line);
        self.finish();
    }

    /// What the shell is to do next.
    pub fn poll_outcome(&mut self) -> Option<Outcome> {
        self.server.outcomes.pop_front()
    }

    /// When [`Machine::handle_timeout`] is to be called; `None` means never, as things are.
    pub fn poll_timeout(&self) -> Option<Duration> {
        let server = &self.server;
        let waiting = server.waiting.iter().filter_map(|waiting| waiting.until);
        let sockets = server.sockets.iter().filter_map(Socket::due);
        let scenario = server.player.due(&server.world);
        waiting
            .chain(sockets)
            .chain(scenario)
            .chain(server.world.due())
            .min()
    }

    /// The time has come, or any other.
    pub fn handle_timeout(&mut self, now: Duration) {
        self.begin(now);
        self.finish();
    }

    /// Everything that is due has happened before a new input is looked at.
    fn begin(&mut self, now: Duration) {
        let server = &mut self.server;
        server.world.set_time(now.max(server.now()));
        server.world.act_due();
        server.player.advance(&mut server.world);
        self.end_waits();
        self.end_holds();
    }

    /// What an input has caused by itself: answers to the supervisor, polls that end.
    fn finish(&mut self) {
        let server = &mut self.server;
        server.player.advance(&mut server.world);
        loop {
            let woken = self.server.world.bayeux.take_woken();
            if woken.is_empty() {
                return;
            }
            for woken in woken {
                match woken {
                    Woken::Poll(number, why) => self.end_poll(number, why),
                    Woken::Socket(line) => self.ring(line),
                }
            }
        }
    }

    /// Goes on with the requests that have waited long enough.
    fn end_waits(&mut self) {
        let server = &mut self.server;
        let now = server.now();
        let is_due = |waiting: &mut Waiting| waiting.until.is_some_and(|until| until <= now);
        let mut due: Vec<Waiting> = server.waiting.extract_if(.., is_due).collect();
        due.sort_by_key(|waiting| waiting.until);
        for Waiting { request, wait, .. } in due {
            match (wait, request) {
                (Wait::Delayed(asked), Some(request)) => {
                    gate::pass(server, request, asked, None);
                }
                (Wait::Late(answer, way), request) => {
                    gate::with_token(server, request, answer, way);
                }
                (Wait::Held(poll, way), request) => {
                    let answer = poll.finish(&mut server.world.bayeux, None);
                    gate::with_token(server, request, answer, way);
                }
                (Wait::Delayed(..), None) | (Wait::Hanging, _) => {}
            }
        }
    }

    /// Answers the connects of sockets that have waited long enough.
    fn end_holds(&mut self) {
        let now = self.server.now();
        let is_due = |socket: &&mut Socket| socket.due().is_some_and(|due| due <= now);
        let bayeux = &mut self.server.world.bayeux;
        let sockets = self.server.sockets.iter_mut().filter(is_due);
        let frames: Vec<_> = sockets
            .map(|socket| (socket.line, socket.release(bayeux)))
            .collect();
        for (line, frame) in frames {
            self.send(line, frame);
        }
    }

    fn end_poll(&mut self, number: u64, why: Wake) {
        let server = &mut self.server;
        let is_it = |waiting: &mut Waiting| matches!(&waiting.wait, Wait::Held(poll, _) if poll.number == number);
        let ended: Vec<Waiting> = server.waiting.extract_if(.., is_it).collect();
        for Waiting { request, wait, .. } in ended {
            if let Wait::Held(poll, way) = wait {
                let answer = poll.finish(&mut server.world.bayeux, Some(why));
                gate::with_token(server, request, answer, way);
            }
        }
    }

    fn ring(&mut self, line: Line) {
        let bayeux = &mut self.server.world.bayeux;
        let socket = self.server.sockets.iter_mut().find(|s| s.line == line);
        if let Some(frame) = socket.map(|socket| socket.ring(bayeux)) {
            self.send(line, frame);
        }
    }

    fn send(&mut self, line: Line, frame: Option<String>) {
        let frame = frame.map(|text| Outcome::Frame(line, text));
        self.server.outcomes.extend(frame);
    }
}
