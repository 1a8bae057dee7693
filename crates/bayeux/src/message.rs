//! The messages of a response, parsed leniently.

use json::{Json, integer, read_integer};

/// The message fields that are read, for the parser of a body.
pub const FIELDS: &[&str] = &[
    "ack",
    "advice",
    "channel",
    "clientId",
    "data",
    "enabled",
    "error",
    "ext",
    "id",
    "interval",
    "long-polling",
    "maxInterval",
    "multiple-clients",
    "reconnect",
    "successful",
    "supportedConnectionTypes",
    "timeout",
    "websocket",
];

/// The meta messages of one response or frame; the data of its event messages are handed over by [`Self::push`].
///
/// A body is a JSON array (a server may send a single object): push each element. Unknown fields are ignored, a field
/// of the wrong type counts as absent, and an element that is not an object counts as an empty message.
#[derive(Debug, Default)]
pub struct Messages {
    pub(crate) meta: Vec<Message>,
    pub(crate) has_events: bool,
}

impl Messages {
    /// Adds one element of a body; returns the data if it is an event message.
    ///
    /// Events do not depend on the session, so each is returned at once, and a long response need not be held in
    /// memory. Presence decides, not value: `null`, `0` and `""` are data, unless the parser keeps only objects.
    pub fn push(&mut self, mut element: Json) -> Option<Json> {
        let channel = element.get("channel")?.text()?;
        if let Some(name) = channel.strip_prefix("/meta/") {
            let kind = Meta::of(name)?;
            self.meta.push(Message {
                kind,
                fields: element,
            });
            return None;
        }
        self.has_events = true;
        element.field("data").map(std::mem::take)
    }
}

/// What a meta message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meta {
    Handshake,
    Subscribe,
    Connect,
    Disconnect,
}

impl Meta {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "handshake" => Self::Handshake,
            "subscribe" => Self::Subscribe,
            "connect" => Self::Connect,
            "disconnect" => Self::Disconnect,
            _ => return None,
        })
    }
}

/// One meta message as received, not interpreted.
#[derive(Debug)]
pub(crate) struct Message {
    pub kind: Meta,
    fields: Json,
}

impl Message {
    pub fn client_id(&self) -> Option<&str> {
        self.text("clientId")
    }

    pub fn error(&self) -> &str {
        self.text("error").unwrap_or_default()
    }

    pub fn advice(&self) -> Option<&Json> {
        self.fields
            .get("advice")
            .filter(|advice| advice.is_object())
    }

    pub fn ext(&self) -> Option<&Json> {
        self.fields.get("ext")
    }

    /// The id of the request that this answers. The client sends whole numbers as text; a server may return them as
    /// numbers.
    pub fn id(&self) -> Option<i64> {
        let id = self.fields.get("id")?;
        match id.number() {
            Some(number) => integer(number),
            None => read_integer(id.text()?),
        }
    }

    pub fn is_successful(&self) -> bool {
        self.fields.get("successful").and_then(Json::bool) == Some(true)
    }

    /// Whether the server lists its connection types and this is not among them.
    pub fn lacks(&self, connection_type: &str) -> bool {
        match self.fields.get("supportedConnectionTypes") {
            Some(Json::List(types)) => !types.iter().any(|one| one.text() == Some(connection_type)),
            // Without a list, assume that it is supported.
            _ => false,
        }
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.fields.get(name)?.text()
    }
}
