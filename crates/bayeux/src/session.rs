//! The session with the server: its client id and progress.

use json::Json;

/// A session that a handshake opened.
#[derive(Debug)]
pub(crate) struct Session {
    pub client_id: String,
    /// All subscriptions were acknowledged.
    pub subscribed: bool,
    /// A connect was answered, so the session works.
    pub connected: bool,
    /// With the acknowledgement extension: the number of the last batch that arrived, negative
    /// before the first. The server sends later batches again.
    pub ack: Option<i64>,
}

impl Session {
    /// The session of a handshake reply whose `ext` is given. The extension is in use if the
    /// server says so, with `true` or with `{"enabled": true}`.
    pub fn new(client_id: String, ext: Option<&Json>) -> Self {
        let agreed = ext.and_then(|ext| {
            let ack = ext.get("ack")?;
            ack.bool().or_else(|| ack.get("enabled")?.bool())
        }) == Some(true);
        Self {
            client_id,
            subscribed: false,
            connected: false,
            ack: agreed.then_some(-1),
        }
    }

    /// Stores the number of a connect reply. It never decreases: an older number would ask again
    /// for what has been delivered.
    pub fn acknowledge(&mut self, ext: Option<&Json>) {
        let number = ext.and_then(|ext| ext.get("ack")?.number());
        if let (Some(last), Some(number)) = (&mut self.ack, number) {
            *last = (number as i64).max(*last);
        }
    }
}
