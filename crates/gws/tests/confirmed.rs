//! What confirms barge-in according to the contract, in every combination: own visibility first,
//! capabilities only in its absence, and nothing while the own id is being read.

mod support;

use gws::{Command, Event, Me, State};
use proptest::prelude::*;
use proptest::sample::subsequence;
use serde_json::{Value, json};
use support::{Page, SUPERVISOR, me, person};

const NAMES: [&str; 5] = [
    "Leave",
    "SwitchToMonitor",
    "SwitchToCoach",
    "SwitchToBargeIn",
    "SwitchBargeIn",
];

/// What is known about the own id.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Id {
    Asked,
    NotToBeHad,
    Known,
}

/// A session in a notification: whether it lists participants, and the supervisor's visibility in
/// the list (`""`: without one).
#[derive(Clone, Debug)]
struct Told {
    participants: bool,
    own: Option<&'static str>,
    capabilities: Vec<&'static str>,
}

fn told() -> impl Strategy<Value = Told> {
    let own = prop::option::weighted(
        0.8,
        prop::sample::select(vec!["", "All", "Supervisors", "Agents", "Everybody"]),
    );
    let capabilities = subsequence(NAMES.to_vec(), 0..=NAMES.len());
    (prop::bool::weighted(0.9), own, capabilities).prop_map(|(participants, own, capabilities)| {
        Told {
            participants,
            own,
            capabilities,
        }
    })
}

impl Told {
    fn json(&self) -> Value {
        let mut body = json!({"id": "s", "state": "Chatting", "capabilities": self.capabilities});
        if self.participants {
            let others = person("agent", "P-agent", "All");
            let own = self
                .own
                .map(|visibility| person(SUPERVISOR, "P-own", visibility));
            body["participants"] = [Some(others), own].into_iter().flatten().collect();
        }
        body
    }

    /// The contract's definition of *confirmed*.
    fn confirms(&self, id: Id) -> bool {
        let has = |name| self.capabilities.contains(&name);
        let by_capabilities = has("SwitchToMonitor")
            && has("SwitchToCoach")
            && !has("SwitchToBargeIn")
            && !has("SwitchBargeIn");
        match (id, self.participants, self.own) {
            (Id::Asked, ..) => false,
            (Id::NotToBeHad, ..) => by_capabilities,
            (Id::Known, true, Some("All")) => true,
            (Id::Known, true, Some("")) => by_capabilities,
            (Id::Known, ..) => false,
        }
    }
}

fn page(id: Id) -> Page {
    let mut page = Page::new();
    page.store.start();
    assert_eq!(page.commands(), [Command::ReadMe]);
    match id {
        Id::Asked => {}
        Id::NotToBeHad => page.store.me_read(Ok(Me { user_id: None }), page.now),
        Id::Known => page.store.me_read(Ok(me(SUPERVISOR)), page.now),
    }
    if id != Id::Asked {
        page.connect();
        page.read(&[]);
    }
    page.forget();
    page
}

proptest! {
    #[test]
    fn nothing_but_a_confirming_fact_makes_it_joined(
        id in prop::sample::select(vec![Id::Asked, Id::NotToBeHad, Id::Known]),
        told in told(),
    ) {
        let mut page = page(id);
        page.notify(told.json());
        let joined = told.confirms(id);
        prop_assert_eq!(page.view("s").state == State::Joined, joined);
        let events = page.events();
        let joins = events.iter().filter(|event| matches!(event, Event::Joined { .. }));
        prop_assert_eq!(joins.count(), usize::from(joined));
    }
}
