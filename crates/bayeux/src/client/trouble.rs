//! Failures, lost sessions, and how the client closes.

use super::{Client, HELD, Stage, Transport};
use crate::{ClientEvent, ClientStatus, FailedBy, Millis, RequestId, Transmit};

impl Client {
    /// The outstanding request or the socket failed.
    pub(super) fn failed(&mut self, by: FailedBy, now: Millis) {
        self.failed_by = by;
        self.note_loss();
        self.close_socket();
        self.doubt = true;
        self.down_since.get_or_insert(now);
        self.change_transport();
        self.retry(now);
    }

    /// The server does not know this client (any more). The server is alive, so a session that had
    /// worked is replaced at once, however long the trouble before. One that never worked counts as
    /// a failure; otherwise a server that forgets every client would be asked in a loop.
    pub(super) fn forgotten(&mut self, now: Millis) {
        self.doubt = true;
        self.probing = false;
        if self.session.take().is_some_and(|session| session.connected) {
            self.backoff.succeeded();
            let at = self.backoff.renewed(now);
            self.advance_at(at, now);
        } else {
            self.failed_by = FailedBy::Answer;
            self.retry(now);
        }
    }

    /// The server wants a login; retries would not change that.
    pub(super) fn unauthenticated(&mut self, now: Millis) {
        self.failed_by = FailedBy::Report;
        self.note_loss();
        self.doubt = true;
        self.probing = false;
        self.down_since.get_or_insert(now);
        self.stage = Stage::Waiting;
        self.deadline = None;
        self.events.push(ClientEvent::Unauthenticated);
        self.set_status(ClientStatus::Broken);
    }

    /// Gives up the outstanding request or socket and tells the caller.
    pub(super) fn abandon(&mut self) {
        self.note_loss();
        self.close_socket();
        if let Some(id) = self
            .asked()
            .filter(|_| self.transport == Transport::LongPolling)
        {
            let id = RequestId(id);
            if !self.withdraw(&|t| matches!(t, Transmit::Send(request) if request.id == id)) {
                self.transmits.push(Transmit::Abort(id));
            }
        }
        self.stage = Stage::Waiting;
        self.deadline = None;
    }

    /// Closes the WebSocket, open or opening.
    pub(super) fn close_socket(&mut self) {
        if !self.socket_open && !matches!(self.stage, Stage::Opening) {
            return;
        }
        self.socket_open = false;
        if !self.withdraw(&|t| matches!(t, Transmit::OpenSocket)) {
            self.transmits.push(Transmit::CloseSocket);
        }
    }

    /// Ends the session; with `farewell`, the server is told.
    pub(super) fn close(&mut self, farewell: bool) {
        self.withdraw(&|t| matches!(t, Transmit::SendSocket(_)));
        // `/meta/disconnect` goes over the socket before it is closed; with long-polling it goes
        // after the abort of the poll.
        if farewell && self.socket_open {
            self.farewell();
        }
        self.abandon();
        if farewell && self.transport == Transport::LongPolling {
            self.farewell();
        }
        self.stage = Stage::Closed;
        self.set_multiple_clients(false);
        self.set_status(ClientStatus::Closed);
    }

    /// Withdraws what has not been sent yet; says whether there was any.
    pub(super) fn withdraw(&mut self, what: &dyn Fn(&Transmit) -> bool) -> bool {
        let waiting = self.transmits.len();
        self.transmits.retain(|transmit| !what(transmit));
        self.transmits.len() < waiting
    }

    fn retry(&mut self, now: Millis) {
        let at = self.backoff.failed(now);
        // A connection whose server wants no requests for a while is broken, too.
        if self.backoff.is_broken() || self.not_before > now.saturating_add(HELD) {
            self.probing = false;
            self.set_status(ClientStatus::Broken);
        }
        self.advance_at(at, now);
    }

    /// Takes the next step at this time, but not before the server allows it.
    pub(super) fn advance_at(&mut self, at: Millis, now: Millis) {
        let at = at.saturating_add(self.interval).max(self.not_before);
        if at > now {
            self.stage = Stage::Waiting;
            self.deadline = Some(at);
        } else {
            self.advance(now);
        }
    }

    /// Without the acknowledgement extension the server counts a reply as delivered once it is
    /// written, so the events of a lost reply are lost. The same holds for a server that agreed to
    /// the extension and never numbered a reply.
    pub(super) fn note_loss(&mut self) {
        self.lossy |= self
            .session
            .as_ref()
            .is_some_and(|session| session.ack.is_none_or(|number| number < 0));
    }

    /// A transport that worked is tried again, and long-polling that worked is kept until the next
    /// start. Until one has worked, the two alternate.
    fn change_transport(&mut self) {
        if !self.config.websocket {
            return;
        }
        match (self.transport, self.proven) {
            (Transport::LongPolling, true) => {}
            (Transport::WebSocket, true) => self.proven = false,
            (Transport::LongPolling, false) => self.transport = Transport::WebSocket,
            (Transport::WebSocket, false) => self.transport = Transport::LongPolling,
        }
    }
}
