//! The demo: a small supervisor console built on the `barge_in` crate, as any Yew page would be.

mod demo;

fn main() {
    demo::run();
}
