//! Records the store's commands as under way, and checks its events against the oracle.

use gws::{Command, Event, Kind};

use crate::server::SESSIONS;
use crate::world::{Post, Read, World};

impl World {
    /// Drains the store's commands and events.
    pub(super) fn drain(&mut self) {
        for command in self.page.commands() {
            match command {
                Command::ReadMe => {
                    // It replaces one that was given up.
                    self.me_asked = true;
                }
                Command::Connect => self.link_asked = true,
                Command::ReadSessions(_) => {
                    assert!(!self.me_asked, "whose sessions they are is asked first");
                    let began = self.oracle.read_begins();
                    let handshake = self.link_up.then_some(self.handshakes);
                    self.read = Some(Read {
                        began,
                        handshake,
                        snapshot: None,
                        is_void: false,
                    });
                }
                Command::Post {
                    attempt,
                    session,
                    operation,
                    ..
                } => {
                    self.posted += 1;
                    let session = place(&session.id);
                    self.posts.push_back(Post {
                        attempt,
                        session,
                        operation,
                        answer: None,
                    });
                }
            }
        }
        for event in self.page.events() {
            match event {
                Event::Joined {
                    session, presser, ..
                } => {
                    self.joined[place(&session.id)] += 1;
                    // A failed attempt may still turn out to be the cause of that join.
                    self.ended_attempts.retain(|one| Some(*one) != presser);
                    self.ended_attempts.extend(presser);
                }
                Event::Failed {
                    session,
                    presser,
                    operation,
                    failure,
                    ..
                } => {
                    if failure.kind != Kind::Unauthenticated {
                        let at = place(&session.id);
                        self.oracle.failed(at, operation, failure.refused);
                    }
                    let told = &mut self.oracle.sessions[place(&session.id)];
                    assert_eq!(told.pending.map(|(_, by)| by), Some(presser));
                    assert!(!self.ended_attempts.contains(&presser), "told once");
                    self.ended_attempts.push(presser);
                    told.pending = None;
                    told.words = true;
                }
                _ => {}
            }
        }
    }
}

fn place(id: &str) -> usize {
    let place = SESSIONS.iter().position(|known| *known == id);
    place.expect("a known session")
}
