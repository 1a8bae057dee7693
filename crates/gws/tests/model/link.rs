//! Faults of the link: lost together with the server's queue, or only for a while.

use gws::Link;

use crate::world::World;

impl World {
    /// The server loses the client, and the client the link.
    pub(super) fn link_breaks(&mut self) {
        self.server.subscribed = false;
        self.server.outbox.clear();
        self.link_falters();
    }

    /// The link is lost, but the server keeps what it publishes.
    pub(super) fn link_falters(&mut self) {
        self.trouble = true;
        self.outage = true;
        self.link_up = false;
        self.fed = Default::default();
        self.page.store.link(Link::Broken);
    }

    /// It recovers with the same subscription.
    pub(super) fn link_heals(&mut self) {
        if !self.link_up && self.server.subscribed && self.server.signed_in && !self.link_asked {
            self.link_up = true;
            self.handshakes += 1;
            self.fed = Default::default();
            self.page.store.link(Link::Connected);
        }
    }

    /// A handshake: events published before it are lost, later ones are not.
    pub(super) fn link_returns(&mut self) {
        if self.server.signed_in {
            if self.link_asked {
                self.server.outbox.clear();
            }
            self.link_asked = false;
            self.link_up = true;
            self.handshakes += 1;
            self.server.subscribed = true;
            self.fed = Default::default();
            if !self.host {
                self.page.store.subscribed(self.page.now);
            }
            self.page.store.link(Link::Connected);
        }
    }
}
