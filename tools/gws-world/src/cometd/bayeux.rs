//! All Bayeux clients: who hears what is published, and who is forgotten.

use core::time::Duration;
use std::sync::Arc;

use serde_json::{Value, json};

use super::client::{Client, Waiting, Wake, Woken};
use crate::clock::millis;
use crate::rng::Rng;
use crate::settings::Settings;

/// All Bayeux clients.
#[derive(Debug)]
pub struct Bayeux {
    /// How the server behaves.
    pub settings: Settings,
    /// Clients known.
    pub clients: Vec<Client>,
    /// Fields under which every notification comes again, as by overlapping subscriptions.
    pub overlap: Vec<String>,
    /// Who is signed in: the user of the clients that shake hands from now on.
    pub user: &'static str,
    /// Whether every handshake is denied, as by a security policy.
    pub denies: bool,
    /// The time of the present input.
    pub now: Duration,
    /// Ids of clients.
    pub rng: Rng,
    /// How many polls were held so far.
    pub polls: u64,
    /// When it was last looked for clients that were silent for too long.
    swept: Duration,
    /// Who waited for clients that are no more.
    woken: Vec<Woken>,
}

impl Bayeux {
    /// A server without clients.
    pub fn new(settings: &Settings, user: &'static str) -> Bayeux {
        Bayeux {
            settings: settings.clone(),
            clients: Vec::new(),
            overlap: Vec::new(),
            user,
            denies: false,
            now: Duration::ZERO,
            rng: Rng::new(settings.seed ^ 0xBA7E),
            polls: 0,
            swept: Duration::ZERO,
            woken: Vec::new(),
        }
    }

    /// Sends `data` (JSON text, laid into the response as it is) to the subscribers of a channel,
    /// `copies` times; says how many clients there were.
    ///
    /// Under the names of [`Bayeux::overlap`] it comes again: once with the same response, and once
    /// with the next one. Nothing that is published later overtakes it.
    pub fn publish(&mut self, channel: &str, data: &str, copies: usize) -> usize {
        self.send(|client| client.hears(channel), channel, data, copies)
    }

    /// The same to every client, whether it has subscribed or not, as CometD's `deliver` does.
    pub fn deliver(&mut self, channel: &str, data: &str, copies: usize) -> usize {
        self.send(|_| true, channel, data, copies)
    }

    /// Sends what is for one user only, as everything under `/v2/me` is. A client that shook hands
    /// for another user does not get it.
    pub fn tell(&mut self, user: &str, channel: &str, data: &str) -> usize {
        let is_theirs = |client: &Client| client.user == user && client.hears(channel);
        self.send(is_theirs, channel, data, 1)
    }

    fn send(
        &mut self,
        gets: impl Fn(&Client) -> bool,
        channel: &str,
        data: &str,
        copies: usize,
    ) -> usize {
        self.sweep();
        let named = |name: &str| -> Arc<str> {
            format!("{{\"data\":{data},\"channel\":{}}}", json!(name)).into()
        };
        let text = named(channel);
        let again: Vec<_> = self.overlap.iter().map(|name| named(name)).collect();
        let mut reached = 0;
        for client in &mut self.clients {
            // Overlapping subscriptions of one client get one copy.
            if gets(client) {
                reached += 1;
                for _ in 0..copies {
                    client.push(Arc::clone(&text), false);
                }
                for text in &again {
                    client.push(Arc::clone(text), true);
                }
            }
        }
        reached
    }

    /// Forgets every client. `answer` ends their held connects with an unknown-client error;
    /// otherwise they hang until their time is up, as when a real server sweeps a session.
    pub fn forget(&mut self, answer: bool) -> usize {
        let gone = self.clients.len();
        for mut client in self.clients.drain(..) {
            if answer || !client.is_polling() {
                client.wake(Wake::Unknown);
            }
            self.woken.append(&mut client.woken);
        }
        gone
    }

    /// Forgets one client.
    pub fn remove(&mut self, id: &str) {
        if let Some(place) = self.clients.iter().position(|client| client.id == id) {
            let mut client = self.clients.remove(place);
            client.wake(Wake::Disconnected);
            self.woken.append(&mut client.woken);
        }
    }

    /// Who is to be looked after now: polls that end, sockets with something to send.
    pub fn take_woken(&mut self) -> Vec<Woken> {
        let mut woken = std::mem::take(&mut self.woken);
        for client in &mut self.clients {
            woken.append(&mut client.woken);
        }
        woken
    }

    /// The client with this id, unless its time is up.
    pub fn client(&mut self, id: &str) -> Option<&mut Client> {
        self.sweep();
        self.clients.iter_mut().find(|client| client.id == id)
    }

    /// Clients with an open socket.
    pub fn sockets(&self) -> usize {
        let has_socket = |c: &&Client| matches!(c.waiting, Waiting::Socket(_));
        self.clients.iter().filter(has_socket).count()
    }

    /// Forgets the clients that were silent for too long.
    ///
    /// CometD looks for them once a second, so that of ten seconds eleven may be made. Here it is a
    /// tenth of that time, which keeps short times short.
    pub fn sweep(&mut self) {
        let period = self.settings.max_interval / 10;
        let since = self.now.saturating_sub(self.swept);
        let rest = match period.as_nanos() {
            0 => Duration::ZERO,
            period => Duration::from_nanos((since.as_nanos() % period) as u64),
        };
        // As if the last look had been in time.
        self.swept += since - rest;
        let looked = self.swept;
        self.clients
            .retain(|client| client.is_held() || client.expires > looked);
    }

    /// The advice of a connect that is held as usual.
    pub fn advice(&self) -> Value {
        json!({
            "interval": 0,
            "timeout": millis(self.settings.hold),
            "reconnect": "retry",
        })
    }
}
