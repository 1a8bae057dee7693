//! Any interleaving of server events, presses, answers, faults and losses against a small model
//! server. The view is checked after every step, and at the end against the server.

#[path = "../support/mod.rs"]
mod support;

mod checks;
mod link;
mod oracle;
mod server;
mod step;
mod told;
mod world;

use proptest::prelude::*;
use step::step;
use world::World;

// Mutations seen to fail: removing the code on the left makes the check on the right fail.
// - `may_confirm`, and the one told last, in `Standing::of`: joined, mode
// - `index <= seen` in `Record::apply_log`: joined, mode
// - `self.forget_user()` in `Store::signed_in`: joined, mode, who one is
// - `is_history` in `Record::apply_log`, `inherited` in `Record::apply_body`: joined, mode
// - `record.touched > flight.began` in `List::apply`: joined, mode, capabilities
// - the question to `operations` in `Store::press`: only what is listed, one intent at a time
// - the rule of `facts.pending` in `decide`: pending
// - `record.gone = true` in `List::apply`: ended
// - `self.stale &= !flight.fresh` in `List::apply`: ready without notifications or a read
// - `list.stale = true` in `Store::link`: ready without a read
// - `record.notified = false` in `List::missed_something`: ready without a read, where the page feeds
// - `is_connected` in `Record::notified`: the same, for what is fed while the link is lost
// - `lists_again` in `Record::apply_body`: refused what is listed again
// - `is_shown` in `List::keep`: what is shown is forgotten
// - `was_joined` in `Record::review`: once per join
// - `self.read_lists()` in `Store::subscribed` and in `Store::link`, `overtaken` in
//   `Store::sessions_read`, and the back-off's `self.due = ...` in `Reader::schedule`: the
//   server's truth
proptest! {
    #[test]
    fn the_view_never_claims_more_than_it_was_told(
        host in any::<bool>(),
        steps in prop::collection::vec(step(), 1..120),
    ) {
        let mut world = World::new(host);
        for step in steps {
            world.apply(step);
            world.check();
        }
        world.settle();
        world.check();
        world.check_truth();
    }
}
