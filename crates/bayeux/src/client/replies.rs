//! What the server says, and what follows from it.

use super::{Client, HELD, Stage, Transport};
use crate::{
    ClientEvent, ClientStatus, Error, ErrorKind, FailedBy, Messages, Millis, Transmit,
    advice::{Advice, Reconnect},
    error,
    message::{Message, Meta},
    session::Session,
};

/// A server that answers connects at once and without events is asked no more often than this.
const PAUSE: Millis = 500;
/// So many of these in a row may be chance.
const HASTY: u32 = 2;
/// One that answers each connect at once with events is asked no more often than this, so that more come together.
const BREATH: Millis = 100;
/// So many of these in a row are a lively minute.
const BUSY: u32 = 200;

impl Client {
    /// Takes the messages of one response or frame. They count only as answers to the request that
    /// was out when they came: neither a late response nor a guess at the next id moves the state.
    pub(super) fn receive(&mut self, messages: &Messages, now: Millis) {
        let asked = self.asked();
        for message in &messages.meta {
            if matches!(self.stage, Stage::Closed) {
                return;
            }
            if message.kind == Meta::Disconnect {
                // Our own is sent when we are closed, so this is the server's.
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
                    // A server that has events to bring does not look for other sessions, unless
                    // it held the connect before they came.
                    let held = !quick && waited >= self.promptness();
                    self.on_connect(message, held || !messages.has_events, now);
                }
                _ => {}
            }
        }
    }

    /// Takes note of how long the answer took. One that comes late tells of a machine that slept.
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
            // The session is left to expire: one that was opened over a socket lacks the cookie
            // that polls are known by.
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
        // A handshake advised in the answer to a handshake is what has just been done.
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
            // The server is there again, so the socket may be too. This is one try, before
            // anything is claimed: if it fails, long-polling is kept.
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

    /// An answer that is not `successful`. Server texts differ; codes and advice decide, and the
    /// words only where they say that the client is unknown.
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
        // Its response has come, so nothing is out; a next request that has not left is taken back.
        self.withdraw(&|transmit| matches!(transmit, Transmit::Send(_)));
        // A socket that was just asked for is closed with the rest.
        if !matches!(self.stage, Stage::Opening) {
            self.stage = Stage::Waiting;
        }
        self.close(farewell);
    }
}

/// The server understood and said no; no repetition changes that.
fn is_decision(code: Option<u16>) -> bool {
    code.is_some_and(|code| (400..500).contains(&code))
}
