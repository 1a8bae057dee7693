//! One message of a response, looked at without trusting it.

use loose::{Loose, read_whole, whole};

/// One Bayeux message as it came from the server, parsed but not interpreted.
///
/// A body is a JSON array (a server may send a single object): parse it and wrap each element. Unknown fields are
/// ignored, a field of the wrong type counts as absent, and an element that is no object is a message that says nothing.
#[derive(Debug)]
pub struct Message<V>(V);

impl<V: Loose> Message<V> {
    /// Wraps one element of a parsed body.
    pub fn new(value: V) -> Self {
        Self(value)
    }

    pub(crate) fn channel(&self) -> Option<String> {
        self.text("channel")
    }

    pub(crate) fn client_id(&self) -> Option<String> {
        self.text("clientId")
    }

    pub(crate) fn error(&self) -> Option<String> {
        self.text("error")
    }

    pub(crate) fn advice(&self) -> Option<V> {
        self.0.get("advice").filter(V::is_object)
    }

    pub(crate) fn ext(&self) -> Option<V> {
        self.0.get("ext")
    }

    /// The application's data. Presence decides, not value: `null`, `0` and `""` are data.
    pub(crate) fn data(&self) -> Option<V> {
        self.0.get("data")
    }

    /// The id of the request that this answers. Ours are whole numbers, sent as text; a server
    /// may give them back as numbers.
    pub(crate) fn id(&self) -> Option<i64> {
        let id = self.0.get("id")?;
        match id.number() {
            Some(number) => whole(number),
            None => read_whole(&id.text()?),
        }
    }

    pub(crate) fn is_successful(&self) -> bool {
        self.0.get("successful").and_then(|value| value.bool()) == Some(true)
    }

    /// The connection types that the server lists; `None` where it has no list.
    pub(crate) fn connection_types(&self) -> Option<Vec<String>> {
        self.0.get("supportedConnectionTypes")?.words()
    }

    fn text(&self, key: &'static str) -> Option<String> {
        self.0.get(key)?.text()
    }
}
