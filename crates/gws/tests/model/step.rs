//! What may happen next.

use gws::Operation;
use proptest::prelude::*;

use crate::server::{Change, Manner, PLACES, SESSIONS};

#[derive(Clone, Copy, Debug)]
pub enum Step {
    Server(usize, Change, Manner),
    Deliver,
    DeliverAgain,
    Press(usize, Operation),
    PostArrives(Fault),
    PostAnswers,
    ReadArrives,
    ReadAnswers,
    ReadFails,
    MeAnswers,
    /// An answer without the user's id.
    MeAnswersWithoutUser,
    MeFails,
    LinkBreaks,
    LinkReturns,
    LinkFalters,
    LinkHeals,
    NewHandshake,
    /// A partial body arrives while a read is out.
    Overtake(usize),
    /// More sessions that no element shows are reported, or end, than are kept.
    Crowd {
        ends: bool,
    },
    /// Everything under way arrives, and the state is checked at rest.
    Quiet,
    Pass(u64),
    /// The machine sleeps, or its timers are late: time passes, and all timers fire at the end.
    PassLate(u64),
    Refresh,
    Wake,
    SignOut,
    SignIn,
    /// The other user signs in, in another tab of the same browser.
    ChangeUser,
}

/// The fate of a POST.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    None,
    Refused,
    LostBeforeActing,
    LostAfterActing,
    InternalError,
    AcceptedInSilence,
    Redirected,
}

impl Fault {
    pub const ALL: [Self; 7] = [
        Self::None,
        Self::Refused,
        Self::LostBeforeActing,
        Self::LostAfterActing,
        Self::InternalError,
        Self::AcceptedInSilence,
        Self::Redirected,
    ];
}

fn change() -> impl Strategy<Value = Change> {
    let operation = || prop::sample::select(Operation::SWITCHES.to_vec());
    let place = || 0..PLACES.len();
    prop_oneof![
        6 => (place(), operation()).prop_map(|(place, to)| Change::Switch(place, to)),
        2 => (place(), operation(), operation())
            .prop_map(|(place, first, second)| Change::SwitchTwice(place, first, second)),
        2 => place().prop_map(Change::Leave),
        1 => Just(Change::Complete),
        1 => Just(Change::Return),
        2 => any::<bool>().prop_map(Change::Permit),
        1 => Just(Change::Say),
        1 => Just(Change::Touch),
        1 => Just(Change::Forge),
        1 => Just(Change::History),
    ]
}

/// Any step.
pub fn step() -> impl Strategy<Value = Step> {
    let session = 0..SESSIONS.len();
    let operation = prop::sample::select(vec![
        Operation::SwitchToBargeIn,
        Operation::SwitchToBargeIn,
        Operation::SwitchToCoach,
        Operation::SwitchToMonitor,
    ]);
    let fault = prop::sample::select(Fault::ALL.to_vec());
    let manner = prop_oneof![
        6 => Just(Manner::Plainly), 1 => Just(Manner::Not), 1 => Just(Manner::Oddly),
    ];
    // Deliveries and answers are frequent, so that the client is rarely far behind.
    prop_oneof![
        4 => (session.clone(), change(), manner).prop_map(|(at, to, said)| Step::Server(at, to, said)),
        8 => Just(Step::Deliver),
        1 => Just(Step::DeliverAgain),
        5 => (session, operation).prop_map(|(at, operation)| Step::Press(at, operation)),
        4 => fault.prop_map(Step::PostArrives),
        4 => Just(Step::PostAnswers),
        3 => Just(Step::ReadArrives),
        4 => Just(Step::ReadAnswers),
        1 => Just(Step::ReadFails),
        3 => Just(Step::MeAnswers),
        1 => Just(Step::MeAnswersWithoutUser),
        1 => Just(Step::MeFails),
        1 => Just(Step::LinkBreaks),
        2 => Just(Step::LinkReturns),
        1 => Just(Step::LinkFalters),
        2 => Just(Step::LinkHeals),
        2 => Just(Step::NewHandshake),
        4 => (0..SESSIONS.len()).prop_map(Step::Overtake),
        1 => Just(Step::Quiet),
        4 => (1_u64..8_000).prop_map(Step::Pass),
        1 => (1_u64..300_000).prop_map(Step::PassLate),
        1 => Just(Step::Refresh),
        1 => Just(Step::Wake),
        1 => Just(Step::SignOut),
        1 => Just(Step::SignIn),
        1 => Just(Step::ChangeUser),
        // Rare, as it takes long.
        1 => (0..6, any::<bool>()).prop_map(|(turn, ends)| match turn {
            0 => Step::Crowd { ends },
            _ => Step::Deliver,
        }),
    ]
}
