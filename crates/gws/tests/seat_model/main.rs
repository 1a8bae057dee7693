//! Any interleaving of keys, presses, answers, losses and flips of the mode against a small model
//! server that delays, drops, reorders, splits and repeats. No whisper leaves as `SendMessage`, no
//! press sends twice, and at rest each row tells the truth.

#[path = "../support/mod.rs"]
mod support;

mod checks;
mod server;
mod step;
mod world;

use proptest::prelude::*;
use step::{Step, step};
use world::World;

proptest! {
    #[test]
    fn a_whisper_stays_one_and_each_row_tells_the_truth(
        log_fails in prop::bool::weighted(0.2),
        steps in prop::collection::vec(step(), 1..120),
    ) {
        let mut world = World::new(log_fails);
        for step in steps {
            let was = world.seat.drafts().shown();
            let chose = matches!(step, Step::Type(_) | Step::Choose(_) | Step::Move | Step::Edit(_));
            world.apply(step);
            world.check(was, chose);
        }
        world.settle();
        world.check_truth();
    }
}
