//! What may happen next.

use gws::Operation;
use proptest::prelude::*;

use crate::server::{Change, SESSIONS};

#[derive(Clone, Copy, Debug)]
pub enum Step {
    Server(usize, Change),
    Deliver,
    DeliverAgain,
    Press(usize, Operation),
    PostArrives(Fault),
    PostAnswers,
    ReadArrives,
    ReadAnswers,
    ReadFails,
    MeAnswers,
    MeFails,
    LinkBreaks,
    LinkReturns,
    LinkFalters,
    LinkHeals,
    NewHandshake,
    /// A partial body arrives while a read is out.
    Overtake(usize),
    /// For a while nothing happens but what must.
    Quiet,
    Pass(u64),
    Refresh,
    Wake,
    SignOut,
    SignIn,
}

/// What befalls a POST.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    None,
    Refused,
    LostBeforeActing,
    LostAfterActing,
    InternalError,
    AcceptedInSilence,
}

impl Fault {
    pub const ALL: [Self; 6] = [
        Self::None,
        Self::Refused,
        Self::LostBeforeActing,
        Self::LostAfterActing,
        Self::InternalError,
        Self::AcceptedInSilence,
    ];
}

/// Any step.
pub fn step() -> impl Strategy<Value = Step> {
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
        1 => Just(Step::LinkFalters),
        2 => Just(Step::LinkHeals),
        2 => Just(Step::NewHandshake),
        4 => (0..SESSIONS.len()).prop_map(Step::Overtake),
        1 => Just(Step::Quiet),
        4 => (1_u64..8_000).prop_map(Step::Pass),
        1 => Just(Step::Refresh),
        1 => Just(Step::Wake),
        1 => Just(Step::SignOut),
        1 => Just(Step::SignIn),
    ]
}
