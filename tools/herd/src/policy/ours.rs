//! The widget's own client, with a caller that speaks the JSON of the wire.

use bayeux::{Client, ClientConfig, FIELDS, Messages, RequestFailure, RequestId, Transmit};
use json::Fields;
use serde_json::Value;

use super::{Answer, Ask, Kind, Policy};
use crate::Millis;

/// A `bayeux::Client` and its outstanding request.
pub(crate) struct Ours {
    client: Client,
    last: u32,
    out: Option<Out>,
}

struct Out {
    id: u32,
    request: RequestId,
    kind: Kind,
    /// The Bayeux id of its only message, as sent.
    message: Value,
}

impl Ours {
    pub fn new(seed: u64) -> Self {
        let subscriptions = vec!["/v2/me/*".to_owned()];
        let config = ClientConfig {
            subscriptions,
            seed,
            ..ClientConfig::default()
        };
        Self {
            client: Client::new(config),
            last: 0,
            out: None,
        }
    }

    /// Parses a request as the server would.
    fn sent(&mut self, request: bayeux::Request) -> Ask {
        let [mut message]: [Value; 1] =
            serde_json::from_str(&request.body).expect("one message, in JSON");
        let kind = match message["channel"].as_str() {
            Some("/meta/handshake") => Kind::Handshake,
            Some("/meta/subscribe") => Kind::Subscribe,
            Some("/meta/connect") if message["advice"]["timeout"] == 0 => Kind::QuickConnect,
            Some("/meta/connect") => Kind::Connect,
            other => unreachable!("{other:?} is not of this simulation"),
        };
        let session = message["clientId"].as_str().map_or(0, |client_id| {
            client_id.parse().expect("a client id of this server")
        });
        self.last += 1;
        self.out = Some(Out {
            id: self.last,
            request: request.id,
            kind,
            message: message["id"].take(),
        });
        Ask {
            id: self.last,
            kind,
            session,
        }
    }
}

impl Policy for Ours {
    fn start(&mut self, now: Millis) {
        self.client.start(now);
    }

    fn answered(&mut self, id: u32, answer: Answer, now: Millis) {
        let Some(out) = self.out.take_if(|out| out.id == id) else {
            return; // aborted, so its answer is dropped
        };
        match answer {
            Answer::Lost => {
                self.client
                    .handle_failure(out.request, RequestFailure::Transport, now, None)
            }
            Answer::Unavailable => {
                self.client
                    .handle_failure(out.request, RequestFailure::Transport, now, None);
            }
            _ => {
                let messages = reply(&out, answer);
                self.client.handle_response(out.request, &messages, now);
            }
        }
    }

    fn timed_out(&mut self, now: Millis) {
        self.client.handle_timeout(now);
    }

    fn deadline(&self) -> Option<Millis> {
        self.client.poll_timeout()
    }

    fn poll(&mut self) -> Option<Ask> {
        while self.client.poll_event().is_some() {}
        loop {
            match self.client.poll_transmit()? {
                Transmit::Send(request) => return Some(self.sent(request)),
                Transmit::Abort(request) => drop(self.out.take_if(|out| out.request == request)),
                other => unreachable!("{other:?} is not of long-polling"),
            }
        }
    }
}

/// The reply of CometD 3.1.12.
fn reply(out: &Out, answer: Answer) -> Messages {
    let channel = match out.kind {
        Kind::Handshake => "handshake",
        Kind::Subscribe => "subscribe",
        Kind::QuickConnect | Kind::Connect => "connect",
    };
    let retry = r#""advice":{"reconnect":"retry","interval":0,"timeout":30000}"#;
    let fields = match (answer, out.kind) {
        (Answer::Welcome(session), _) => {
            let types = r#""supportedConnectionTypes":["long-polling"]"#;
            format!(r#""successful":true,"clientId":"{session}",{types},{retry}"#)
        }
        (Answer::Unknown, Kind::Subscribe) => {
            r#""successful":false,"error":"402::Unknown client""#.to_owned()
        }
        (Answer::Unknown, _) => {
            let advice = r#""advice":{"reconnect":"handshake","interval":0}"#;
            format!(r#""successful":false,"error":"402::Unknown client",{advice}"#)
        }
        (_, Kind::QuickConnect) => format!(r#""successful":true,{retry}"#),
        _ => r#""successful":true"#.to_owned(),
    };
    let text = format!(
        r#"{{"channel":"/meta/{channel}","id":{},{fields}}}"#,
        out.message
    );
    let message = Fields::new(&[FIELDS]).read_text(text.as_bytes());
    let mut messages = Messages::default();
    messages.push(message.expect("a Bayeux message"));
    messages
}
