//! Invariants after every step, and at rest.

use gws::{Mode, Reason, State};

use crate::server::SESSIONS;
use crate::world::World;

impl World {
    /// Compares every part of the view with what the client was told.
    pub fn check(&self) {
        assert_eq!(
            self.posted, self.presses,
            "one post per intent and none without"
        );
        let me = self.oracle.me;
        for (at, told) in self.oracle.sessions.iter().enumerate() {
            let view = self.page.view(SESSIONS[at]);
            let is = |state| view.state == state;
            assert_eq!(is(State::Ended), told.ended, "ended {told:?}");
            assert_eq!(
                is(State::Pending),
                told.pending.is_some(),
                "pending {told:?}"
            );
            let free = !told.ended && told.pending.is_none();
            let joined = told.is_joined(me);
            assert_eq!(is(State::Joined), free && joined, "joined {told:?}");
            if told.known {
                assert_eq!(view.mode, told.mode(me), "mode {told:?}");
            }
            assert_eq!(
                view.capabilities().to_vec(),
                told.capabilities(),
                "capabilities"
            );
            assert_eq!(self.joined[at], told.joins, "once per join {told:?}");
            let cut_off = matches!(
                view.reason,
                Some(Reason::Unauthenticated | Reason::Disconnected | Reason::Connecting)
            );
            assert!(!cut_off || self.trouble, "nothing went wrong");
            assert!(
                !is(State::Ready) || self.link_up,
                "ready without notifications"
            );
            let is_old = self.outage && !(self.host && self.fed[at]);
            assert!(!is(State::Ready) || !is_old, "ready without a read");
            let may = free && !joined && told.is_capable();
            assert!(!is(State::Ready) || may, "ready {told:?}");
            let worded = is(State::Failed) || view.reason == Some(Reason::Refused);
            assert!(!worded || told.words, "words without an attempt");
            let refused = view.reason == Some(Reason::Refused);
            assert!(
                !refused || told.refused.is_some(),
                "refused what is listed again"
            );
            assert!(
                !may || is(State::Ready) || cut_off || worded,
                "not ready {view:?}"
            );
        }
    }

    /// At rest, after a complete and unambiguous read, the view equals the server's state.
    pub fn check_truth(&self) {
        assert_eq!(self.oracle.me, self.server.user, "who one is");
        for (at, id) in SESSIONS.into_iter().enumerate() {
            let view = self.page.view(id);
            let truth = self.server.body(at);
            let told = &self.oracle.sessions[at];
            assert_eq!(view.state == State::Ended, truth.over && told.known);
            if truth.over {
                continue;
            }
            let cut_off = matches!(
                view.reason,
                Some(Reason::Unauthenticated | Reason::Disconnected | Reason::Connecting)
            );
            assert!(!cut_off, "{:?}", view.reason);
            assert_ne!(view.state, State::Pending);
            assert_eq!(view.capabilities().to_vec(), truth.capabilities);
            let own = truth
                .people
                .iter()
                .rfind(|one| one.user == self.server.user);
            let mode = match own.map(|own| own.visibility) {
                Some("Supervisors") => Some(Mode::Monitor),
                Some("Agents") => Some(Mode::Coach),
                Some("All") => Some(Mode::BargeIn),
                _ => None,
            };
            assert_eq!(view.mode, mode, "{told:?}");
            assert_eq!(view.state == State::Joined, mode == Some(Mode::BargeIn));
        }
    }
}
