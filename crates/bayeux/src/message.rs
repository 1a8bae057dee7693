//! One message of a response, decoded without trusting it.

use serde::{Deserialize, Deserializer};

use crate::loose::Loose;

/// One Bayeux message as it came from the server; `D` is the application's data, left as it is.
///
/// A body is a JSON array (a server may send a single object): parse it, then decode each element
/// alone, so that a bad one does not cost the others. Unknown fields are ignored, and a field of
/// the wrong type counts as absent; decoding fails only where the element is not an object or its
/// data is not a `D`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", bound = "D: Deserialize<'de>")]
pub struct Message<D> {
    #[serde(default)]
    pub(crate) channel: Loose,
    #[serde(default)]
    id: Loose,
    #[serde(default)]
    pub(crate) client_id: Loose,
    #[serde(default)]
    pub(crate) successful: Loose,
    #[serde(default)]
    pub(crate) error: Loose,
    #[serde(default)]
    pub(crate) advice: Loose,
    #[serde(default)]
    pub(crate) ext: Loose,
    #[serde(default)]
    pub(crate) supported_connection_types: Loose,
    #[serde(default = "none", deserialize_with = "present")]
    pub(crate) data: Option<D>,
}

impl<D> Message<D> {
    /// The id of the request that this answers. Ours are whole numbers, sent as text; a server
    /// may give them back as numbers.
    pub(crate) fn id(&self) -> Option<u64> {
        match &self.id {
            Loose::Text(text) => text.parse().ok(),
            Loose::Number(number) => Some(*number as u64),
            _ => None,
        }
    }

    pub(crate) fn is_successful(&self) -> bool {
        self.successful.bool() == Some(true)
    }

    /// Whether the server lists this connection type; `None` where it lists none at all.
    pub(crate) fn supports(&self, connection_type: &str) -> Option<bool> {
        let types = self.supported_connection_types.list()?;
        Some(
            types
                .iter()
                .any(|name| name.text() == Some(connection_type)),
        )
    }
}

/// Presence decides, not value: `null`, `0` and `""` are data.
fn present<'de, T: Deserializer<'de>, D: Deserialize<'de>>(from: T) -> Result<Option<D>, T::Error> {
    D::deserialize(from).map(Some)
}

fn none<D>() -> Option<D> {
    None
}
