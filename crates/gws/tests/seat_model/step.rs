//! What may happen next.

use gws::seat::Audience;
use proptest::prelude::*;

use crate::server::Manner;

/// The texts written for each audience: one of a single word and one that may come back in parts.
/// None is a prefix of another.
pub const WORDS: [[&str; 2]; 2] = [["ok", "call me back"], ["hello", "your parcel comes"]];

#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// The server changes the mode, and perhaps the user's participant.
    Flip(&'static str, bool),
    /// Whether `SendMessage` is listed while coaching.
    ListTooMuch(bool),
    Complete,
    /// The customer writes a text of the user's.
    Say(usize, usize),
    /// Another page of the user sends.
    Elsewhere(usize, usize, Manner),
    /// Delivers one of the notifications under way, in any order.
    Deliver(usize),
    /// Delivers one again.
    DeliverAgain(usize),
    LinkBreaks,
    LinkReturns,
    ReadArrives,
    ReadAnswers,
    ReadFails,
    PostArrives(Fault, Manner),
    PostAnswers,
    /// The page draws its state.
    Paint,
    Type(usize),
    Erase,
    Choose(Audience),
    Move,
    Send,
    Resend(usize),
    Discard(usize),
    Edit(usize),
    BargeIn,
    BargeInFails,
    Pass(u64),
}

/// The fate of a POST.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    None,
    LostBeforeActing,
    LostAfterActing,
    ErrorBeforeActing,
    ErrorAfterActing,
    AcceptedInSilence,
}

fn manner() -> impl Strategy<Value = Manner> {
    (any::<bool>(), 0..3_i64, any::<bool>()).prop_map(|(parts, hidden, uri)| Manner {
        parts,
        hidden,
        uri,
    })
}

fn fault() -> impl Strategy<Value = Fault> {
    prop_oneof![
        4 => Just(Fault::None),
        1 => Just(Fault::LostBeforeActing),
        2 => Just(Fault::LostAfterActing),
        1 => Just(Fault::ErrorBeforeActing),
        1 => Just(Fault::ErrorAfterActing),
        1 => Just(Fault::AcceptedInSilence),
    ]
}

/// Any step.
pub fn step() -> impl Strategy<Value = Step> {
    let visibility = prop::sample::select(vec!["Supervisors", "Agents", "Agents", "All", "All"]);
    let audience = prop::sample::select(Audience::ALL.to_vec());
    let at = 0..100_usize;
    prop_oneof![
        4 => (visibility, any::<bool>()).prop_map(|(to, rejoins)| Step::Flip(to, rejoins)),
        1 => any::<bool>().prop_map(Step::ListTooMuch),
        1 => Just(Step::Complete),
        1 => (0..2_usize, 0..2_usize).prop_map(|(whom, words)| Step::Say(whom, words)),
        1 => (0..2_usize, 0..2_usize, manner())
            .prop_map(|(whom, words, manner)| Step::Elsewhere(whom, words, manner)),
        16 => at.clone().prop_map(Step::Deliver),
        3 => at.clone().prop_map(Step::DeliverAgain),
        2 => Just(Step::LinkBreaks),
        3 => Just(Step::LinkReturns),
        4 => Just(Step::ReadArrives),
        6 => Just(Step::ReadAnswers),
        1 => Just(Step::ReadFails),
        12 => (fault(), manner()).prop_map(|(fault, manner)| Step::PostArrives(fault, manner)),
        12 => Just(Step::PostAnswers),
        8 => Just(Step::Paint),
        12 => (0..2_usize).prop_map(Step::Type),
        2 => Just(Step::Erase),
        8 => audience.prop_map(Step::Choose),
        2 => Just(Step::Move),
        14 => Just(Step::Send),
        4 => at.clone().prop_map(Step::Resend),
        1 => at.clone().prop_map(Step::Discard),
        2 => at.prop_map(Step::Edit),
        4 => Just(Step::BargeIn),
        1 => Just(Step::BargeInFails),
        4 => (1..12_000_u64).prop_map(Step::Pass),
    ]
}
