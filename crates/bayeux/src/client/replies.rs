//! Replies of the server and how the client reacts.

use super::{Client, HELD, Stage, Transport};
use crate::{
    ClientEvent, ClientStatus, Error, ErrorKind, FailedBy, Messages, Millis, Transmit,
    advice::{Advice, Reconnect},
    error,
    message::{Message, Meta},
    session::Session,
};

/// The shortest interval for a server that answers connects at once and without events.
const PAUSE: Millis = 500;
/// This many of these in a row may be chance.
const HASTY: u32 = 2;
/// The shortest interval for a server that answers each connect at once with events, so that more events come together.
const BREATH: Millis = 100;
/// This many of these in a row are a busy minute, not a fault.
const BUSY: u32 = 200;

impl Client {
    /// Handles the messages of one response or frame. They count only as answers to the request that was outstanding
    /// when they came: neither a late response nor a guess at the next id changes the state.
    pub(super) fn receive(&mut self, messages: &Messages, now: Millis) {
        let asked = self.asked();
        for message in &messages.meta {
            if matches!(self.stage, Stage::Closed) {
                return;
            }
            if message.kind == Meta::Disconnect {
                // The client sends its own only when closed, so this one is the server's.
                self.stop(ErrorKind::Disconnected, message, false);
                continue;
            }
            if asked.is_none() || self.asked() != asked {
                continue;
            }
            let is_answer = message.id().is_none_or(|id| Some(id) == asked);
            match (&mut self.stage, message.kind) {
                (Stage::Handshake { .. }, Meta::Handshake) if is_answer => {
                    self.measure(now);
                    self.on_handshake(message, now);
                }
                (Stage::Subscribe { pending, .. }, Meta::Subscribe) => {
                    let id = message.id();
                    let answered = pending.iter().position(|&p| id.is_none_or(|id| id == p));
                    if let Some(answered) = answered {
                        pending.remove(answered);
                        self.measure(now);
                        self.on_subscribe(message, now);
                    }
                }
                (&mut Stage::Connect { quick, .. }, Meta::Connect) if is_answer => {
                    let waited = now.saturating_sub(self.sent);
                    if quick {
                        self.measure(now);
                    } else {
                        let counted =
                            |was: u32, is: bool| if is { was.saturating_add(1) } else { 0 };
                        self.busy = counted(self.busy, waited < HELD);
                        self.hasty = counted(self.hasty, waited < HELD && !messages.has_events);
                    }
                    // A server with events to deliver does not check for other sessions, unless it held the connect
                    // first.
                    let held = !quick && waited >= self.promptness();
                    self.on_connect(message, held || !messages.has_events, now);
                }
                _ => {}
            }
        }
    }

    /// Records how long the answer took. An answer after the deadline means that the machine slept, and is not
    /// measured.
    fn measure(&mut self, now: Millis) {
        if self.deadline.is_some_and(|deadline| now < deadline) {
            self.round_trip = now.saturating_sub(self.sent);
        }
    }

    fn on_handshake(&mut self, message: &Message, now: Millis) {
        let offered = self.transport == Transport::WebSocket;
        let no_socket = message.lacks(Transport::WebSocket.name());
        if message.lacks(Transport::LongPolling.name()) && (no_socket || !offered) {
            return self.stop(ErrorKind::Negotiation, message, false);
        }
        if !message.is_successful() {
            return self.on_refusal(message, ErrorKind::Refused, now);
        }
        if offered && no_socket {
            // The session is left to expire: a session opened over a socket lacks the cookie by which the server knows
            // polls.
            self.close_socket();
            self.transport = Transport::LongPolling;
            self.proven = true;
            self.socket_worked = false;
            return self.advance(now);
        }
        let Some(client_id) = message.client_id() else {
            return self.failed(FailedBy::Answer, now);
        };
        self.session = Some(Session::new(client_id.to_owned(), message.ext()));
        self.set_multiple_clients(false);
        self.interval = 0;
        self.down_since = None;
        // The advice to handshake is already followed: this is the answer to a handshake.
        match self.learn(message, true) {
            Reconnect::None => self.stop(ErrorKind::Refused, message, false),
            _ => self.advance(now),
        }
    }

    fn on_subscribe(&mut self, message: &Message, now: Millis) {
        if !message.is_successful() {
            return self.on_refusal(message, ErrorKind::Denied, now);
        }
        if matches!(&self.stage, Stage::Subscribe { pending, .. } if pending.is_empty()) {
            self.subscribed();
            self.advance(now);
        }
    }

    /// `tells`: this answer would say so if another session of the browser held the long poll.
    fn on_connect(&mut self, message: &Message, tells: bool, now: Millis) {
        if !message.is_successful() {
            return self.on_refusal(message, ErrorKind::Refused, now);
        }
        if let Some(session) = &mut self.session {
            session.connected = true;
            session.acknowledge(message.ext());
        }
        if tells && self.multiple_clients && message.advice().is_none() {
            self.interval = 0;
            self.set_multiple_clients(false);
        }
        let reconnect = self.learn(message, tells);
        if reconnect == Reconnect::None {
            return self.stop(ErrorKind::Refused, message, false);
        }
        self.down_since = None;
        self.backoff.succeeded();
        if self.transport == Transport::LongPolling && self.socket_worked {
            // The server is reachable again, so a socket may work too. Try it once before reporting the connection; if
            // it fails, long-polling is kept.
            self.transport = Transport::WebSocket;
            self.proven = false;
            self.socket_worked = false;
            return self.advance_at(now, now);
        }
        self.proven = true;
        self.socket_worked = self.transport == Transport::WebSocket;
        self.doubt = false;
        self.probing = false;
        if self.lossy {
            self.subscribed();
        }
        self.set_status(ClientStatus::Connected);
        if reconnect == Reconnect::Handshake {
            self.forgotten(now);
        } else {
            let pause = match (self.hasty > HASTY, self.busy > BUSY) {
                (true, _) => PAUSE,
                (false, true) => BREATH,
                (false, false) => 0,
            };
            let at = self.sent.saturating_add(pause);
            self.advance_at(at.saturating_sub(self.interval).max(now), now);
        }
    }

    /// An answer that is not `successful`. Error texts differ between servers, so codes and advice decide; the text
    /// counts only if it says that the client is unknown.
    fn on_refusal(&mut self, message: &Message, kind: ErrorKind, now: Millis) {
        let code = error::code(message.error());
        match self.learn(message, true) {
            Reconnect::None => self.stop(kind, message, false),
            Reconnect::Handshake => self.forgotten(now),
            Reconnect::Retry if error::is_unknown(message.error()) => self.forgotten(now),
            Reconnect::Retry if kind == ErrorKind::Denied && is_decision(code) => {
                // Without its notifications the session is of no use.
                self.stop(kind, message, true);
            }
            Reconnect::Retry => self.failed(FailedBy::Answer, now),
        }
    }

    /// Keeps what the server advises and returns what it wants done. Interval and multiple
    /// clients describe the moment, so new advice replaces them even by its silence; timeout
    /// and maximum interval describe the server and stay.
    fn learn(&mut self, message: &Message, tells: bool) -> Reconnect {
        let Some(advice) = message
            .advice()
            .map(|advice| Advice::read(advice, self.transport.name()))
        else {
            return Reconnect::Retry;
        };
        self.timeout = advice.timeout.unwrap_or(self.timeout);
        self.max_interval = advice.max_interval.or(self.max_interval);
        // An answer that does not tell whether the browser's other session is gone leaves its
        // interval alone too.
        if tells || !self.multiple_clients || advice.multiple_clients {
            self.interval = advice.interval.unwrap_or(0);
            self.set_multiple_clients(advice.multiple_clients);
        }
        advice.reconnect
    }

    /// Ends the session because of this message; with `farewell`, the server is told.
    fn stop(&mut self, kind: ErrorKind, message: &Message, farewell: bool) {
        let error = message.error().to_owned();
        self.events.push(ClientEvent::Failed(Error { kind, error }));
        // No request is outstanding, as its response has come; a next request that has not been sent is withdrawn.
        self.withdraw(&|transmit| matches!(transmit, Transmit::Send(_)));
        // A socket that is still opening is closed in `close` below.
        if !matches!(self.stage, Stage::Opening) {
            self.stage = Stage::Waiting;
        }
        self.close(farewell);
    }
}

/// The server understood and refused; a retry would not change that.
fn is_decision(code: Option<u16>) -> bool {
    code.is_some_and(|code| (400..500).contains(&code))
}
