//! What the client sends: always the first missing step.

use super::{Client, Stage, Transport};
use crate::{ClientEvent, Millis, Request, RequestId, Transmit, write::Body};

impl Client {
    /// Takes the next step: socket, handshake, subscriptions, connect.
    pub(super) fn advance(&mut self, now: Millis) {
        if self.transport == Transport::WebSocket && !self.socket_open {
            self.transmits.push(Transmit::OpenSocket);
            self.stage = Stage::Opening;
            return self.expect_within(self.config.connect_timeout, now);
        }
        if self.is_forgotten(now) {
            self.session = None;
        }
        if self.session.is_none() {
            return self.handshake(now);
        }
        if !self.is_subscribed() && !self.config.subscriptions.is_empty() {
            return self.subscribe(now);
        }
        if !self.is_subscribed() {
            self.subscribed();
        }
        self.connect(now);
    }

    /// Records and reports that every subscription is acknowledged.
    pub(super) fn subscribed(&mut self) {
        if let Some(session) = &mut self.session {
            session.subscribed = true;
        }
        self.lossy = false;
        self.events.push(ClientEvent::Subscribed {
            gap: self.subscribed_before,
        });
        self.subscribed_before = true;
    }

    /// Tells the server that this client disconnects.
    pub(super) fn farewell(&mut self) {
        let Some(session) = &self.session else { return };
        self.last_id += 1;
        let mut body = Body::new();
        body.message(self.last_id, "/meta/disconnect")
            .text("clientId", &session.client_id)
            .end();
        self.send(self.last_id, "/disconnect", body, true);
    }

    fn handshake(&mut self, now: Millis) {
        self.last_id += 1;
        let id = self.last_id;
        let types = match self.transport {
            Transport::LongPolling => "[\"long-polling\"]",
            Transport::WebSocket => "[\"websocket\",\"long-polling\"]",
        };
        let mut body = Body::new();
        body.message(id, "/meta/handshake")
            .text("version", "1.0")
            .text("minimumVersion", "1.0")
            .json("supportedConnectionTypes", types)
            .json("ext", "{\"ack\":true}")
            .end();
        self.stage = Stage::Handshake { id };
        self.expect_within(self.config.max_network_delay, now);
        self.send(id, "/handshake", body, false);
    }

    /// Subscribes to all channels in one request, one message for each: every server supports this
    /// form.
    fn subscribe(&mut self, now: Millis) {
        let Some(session) = &self.session else { return };
        let id = self.last_id + 1;
        let mut pending = Vec::new();
        let mut body = Body::new();
        for channel in &self.config.subscriptions {
            self.last_id += 1;
            pending.push(self.last_id);
            body.message(self.last_id, "/meta/subscribe")
                .text("clientId", &session.client_id)
                .text("subscription", channel)
                .end();
        }
        self.stage = Stage::Subscribe { id, pending };
        self.expect_within(self.config.max_network_delay, now);
        self.send(id, "/", body, false);
    }

    fn connect(&mut self, now: Millis) {
        let Some(session) = &self.session else { return };
        self.last_id += 1;
        let (id, quick) = (self.last_id, self.doubt);
        let mut body = Body::new();
        let message = body
            .message(id, "/meta/connect")
            .text("clientId", &session.client_id)
            .text("connectionType", self.transport.name());
        if let Some(number) = session.ack {
            message.ack(number);
        }
        if quick {
            message.json("advice", "{\"timeout\":0}");
        }
        message.end();
        self.stage = Stage::Connect { id, quick };
        let hold = if quick { 0 } else { self.timeout };
        self.expect_within(self.config.max_network_delay.saturating_add(hold), now);
        self.send(id, "/connect", body, false);
    }

    fn send(&mut self, id: i64, path: &'static str, body: Body, keepalive: bool) {
        let body = body.finish();
        self.transmits.push(match self.transport {
            Transport::WebSocket => Transmit::SendSocket(body),
            Transport::LongPolling => Transmit::Send(Request {
                id: RequestId(id),
                path,
                body,
                keepalive,
            }),
        });
    }

    fn expect_within(&mut self, patience: Millis, now: Millis) {
        let patience = if self.probing {
            patience.min(self.promptness())
        } else {
            patience
        };
        self.sent = now;
        self.deadline = Some(now.saturating_add(patience.max(1)));
    }

    /// How long a request that is answered at once may take on a good line. A new connection costs
    /// up to three round trips more than the request itself.
    pub(super) fn promptness(&self) -> Millis {
        self.config
            .probe_delay
            .max(self.round_trip.saturating_mul(5))
    }

    fn is_subscribed(&self) -> bool {
        self.session
            .as_ref()
            .is_some_and(|session| session.subscribed)
    }

    /// Whether the server must have dropped the session by now, according to the timeouts it
    /// advised.
    fn is_forgotten(&self, now: Millis) -> bool {
        let (Some(since), Some(max)) = (self.down_since, self.max_interval) else {
            return false;
        };
        let kept = self
            .timeout
            .saturating_add(self.interval)
            .saturating_add(max);
        now.saturating_sub(since) > kept
    }
}
