//! Any interleaving of server events, presses, answers, faults and losses against a small model
//! server: what the view claims is checked after every step, and in the end against the server.

#[path = "../support/mod.rs"]
mod support;

mod oracle;
mod server;
mod world;

use gws::Operation;
use proptest::prelude::*;
use server::{Change, SESSIONS};
use world::{Fault, Step, World};

fn step() -> impl Strategy<Value = Step> {
    let session = 0..SESSIONS.len();
    let operation = prop::sample::select(Operation::ALL.to_vec());
    let change = prop::sample::select(Change::ALL.to_vec());
    let fault = prop::sample::select(Fault::ALL.to_vec());
    // Deliveries and answers are frequent, so that the client is rarely far behind.
    prop_oneof![
        3 => (session.clone(), change).prop_map(|(at, change)| Step::Server(at, change)),
        8 => Just(Step::Deliver),
        1 => Just(Step::DeliverAgain),
        5 => (session, operation).prop_map(|(at, operation)| Step::Press(at, operation)),
        4 => fault.prop_map(Step::PostArrives),
        4 => Just(Step::PostAnswers),
        3 => Just(Step::ReadArrives),
        4 => Just(Step::ReadAnswers),
        1 => Just(Step::ReadFails),
        2 => Just(Step::MeAnswers),
        1 => Just(Step::MeFails),
        1 => Just(Step::LinkBreaks),
        2 => Just(Step::LinkReturns),
        1 => Just(Step::NewHandshake),
        4 => (1_u64..8_000).prop_map(Step::Pass),
        1 => Just(Step::Refresh),
        1 => Just(Step::Wake),
        1 => Just(Step::SignOut),
        1 => Just(Step::SignIn),
    ]
}

// What each invariant needs, found by taking it out (the check that then fails is in brackets):
// - `Standing::of` asking for `Visibility::All` by `mode == Mode::BargeIn` [joined];
// - `record.touched > flight.began` in `List::apply` [joined, capabilities];
// - `entry.index > self.presence` in `Record::apply_log` [joined, mode];
// - `operations.allows` in `Store::press` [one post];
// - `(facts.pending, ...)` in `button::decide` [pending, ready];
// - `self.read_lists()` in `Store::subscribed` [the server's truth];
// - `list.reader.ask()` in `Store::expire_attempts` [the server's truth: a lost answer's read];
// - `record.gone = true` in `List::apply` [ended];
// - `list.stale = true` in `Store::link` [ready];
// - `was_joined` in `Record::review` [once per join].
proptest! {
    #[test]
    fn the_view_never_claims_more_than_it_was_told(
        steps in prop::collection::vec(step(), 1..120),
    ) {
        let mut world = World::new();
        for step in steps {
            world.apply(step);
            world.check();
        }
        world.settle();
        world.check();
        world.check_truth();
    }
}
