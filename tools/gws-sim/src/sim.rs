//! What every request handler shares: the machine under its lock, and the pump.
//!
//! Inputs go in under the lock, from wherever they come. What the machine then asks for is carried
//! out by one task, [`Sim::pump`], in the machine's order.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use gws_world as world;
use gws_world::{Answer, Machine, Outcome, Settings, Ticket};
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::time::sleep_until;

use crate::args::Args;
use crate::line::Line;

/// The simulator as its handlers see it.
#[derive(Debug)]
pub struct Sim {
    /// How it was started.
    pub args: Args,
    begun: Instant,
    shared: Mutex<Shared>,
    /// The machine was given an input.
    changed: Notify,
    restarts: mpsc::UnboundedSender<Restart>,
}

#[derive(Debug)]
struct Shared {
    machine: Machine,
    lines: HashMap<world::Line, Arc<Line>>,
    last_line: u64,
    asked: HashMap<Ticket, (world::Line, oneshot::Sender<Answer>)>,
    sockets: HashMap<world::Line, mpsc::UnboundedSender<String>>,
}

/// The port is to be closed for a time.
#[derive(Debug)]
pub struct Restart {
    /// How long.
    pub down: Duration,
    /// To be told once it is closed.
    pub closed: oneshot::Sender<()>,
}

/// A request under way. Dropped before its end, its client has gone.
struct Asked<'a> {
    sim: &'a Sim,
    ticket: Ticket,
}

impl Sim {
    /// A simulator that listens at this address.
    pub fn new(args: Args, address: SocketAddr, restarts: mpsc::UnboundedSender<Restart>) -> Sim {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH);
        let machine = Machine::new(Settings {
            base: format!("http://{address}"),
            epoch_ms: since_1970.map_or(0, |since| since.as_millis() as u64),
            ..Settings::from(&args)
        });
        Sim {
            args,
            begun: Instant::now(),
            shared: Mutex::new(Shared {
                machine,
                lines: HashMap::new(),
                last_line: 0,
                asked: HashMap::new(),
                sockets: HashMap::new(),
            }),
            changed: Notify::new(),
            restarts,
        }
    }

    /// Somebody has connected.
    pub fn line_opened(&self, peer: SocketAddr, local: Option<IpAddr>) -> Arc<Line> {
        self.input(|shared, _| {
            shared.last_line += 1;
            let number = world::Line(shared.last_line);
            let line = Arc::new(Line::new(number, peer, local));
            shared.lines.insert(number, Arc::clone(&line));
            shared.machine.line_opened(number);
            line
        })
    }

    /// A connection is no more.
    pub fn line_closed(&self, line: world::Line) {
        self.input(|shared, now| {
            shared.lines.remove(&line);
            shared.machine.line_closed(line, now);
        });
    }

    /// Hands a request over and waits for its answer; `None` where there is none, as the connection
    /// is reset.
    pub async fn ask(&self, request: world::Request) -> Option<Answer> {
        let (sender, answer) = oneshot::channel();
        let ticket = self.input(|shared, now| {
            let line = request.line;
            let ticket = shared.machine.handle(request, now);
            shared.asked.insert(ticket, (line, sender));
            ticket
        });
        let _asked = Asked { sim: self, ticket };
        answer.await.ok()
    }

    /// A connection has become a WebSocket. Its frames come by the receiver; its end closes it.
    pub fn socket_opened(&self, line: world::Line) -> mpsc::UnboundedReceiver<String> {
        let (sender, frames) = mpsc::unbounded_channel();
        self.input(|shared, _| {
            shared.sockets.insert(line, sender);
            shared.machine.socket_opened(line);
        });
        frames
    }

    /// A text frame has come.
    pub fn socket_text(&self, line: world::Line, text: &str) {
        self.input(|shared, now| shared.machine.socket_text(line, text, now));
    }

    /// A WebSocket is closed.
    pub fn socket_closed(&self, line: world::Line) {
        self.input(|shared, now| {
            shared.sockets.remove(&line);
            shared.machine.socket_closed(line, now);
        });
    }

    /// Carries out what the machine asks for, for ever.
    pub async fn pump(&self) {
        loop {
            let (outcome, timeout) = {
                let mut shared = self.lock();
                let outcome = shared.machine.poll_outcome();
                (outcome, shared.machine.poll_timeout())
            };
            match outcome {
                Some(outcome) => self.carry_out(outcome).await,
                None => self.wait(timeout.map(|timeout| self.begun + timeout)).await,
            }
        }
    }

    async fn carry_out(&self, outcome: Outcome) {
        match outcome {
            Outcome::Answer(ticket, answer) => {
                if let Some((_, asked)) = self.lock().asked.remove(&ticket) {
                    let _ = asked.send(answer);
                }
            }
            Outcome::Cut(number) => {
                let mut shared = self.lock();
                if let Some(line) = shared.lines.get(&number) {
                    line.cut();
                }
                shared.asked.retain(|_, (line, _)| *line != number);
            }
            Outcome::ClosePort(down) => {
                let (closed, is_closed) = oneshot::channel();
                if self.restarts.send(Restart { down, closed }).is_ok() {
                    let _ = is_closed.await;
                }
            }
            Outcome::Frame(line, text) => {
                if let Some(frames) = self.lock().sockets.get(&line) {
                    let _ = frames.send(text);
                }
            }
            Outcome::CloseSocket(line) => {
                self.lock().sockets.remove(&line);
            }
        }
    }

    /// Until there is something to do.
    async fn wait(&self, until: Option<Instant>) {
        let Some(until) = until else {
            return self.changed.notified().await;
        };
        tokio::select! {
            () = self.changed.notified() => {}
            () = sleep_until(until.into()) => {
                self.input(|shared, now| shared.machine.handle_timeout(now));
            }
        }
    }

    fn input<R>(&self, act: impl FnOnce(&mut Shared, Duration) -> R) -> R {
        let result = act(&mut self.lock(), self.begun.elapsed());
        self.changed.notify_one();
        result
    }

    fn lock(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Asked<'_> {
    fn drop(&mut self) {
        let ticket = self.ticket;
        self.sim.input(|shared, now| {
            if shared.asked.remove(&ticket).is_some() {
                shared.machine.cancel(ticket, now);
            }
        });
    }
}
