//! The demo scenario: it runs, is reproducible by its seed, and answers the supervisor.

use gws_sim::args::{Args, Scenario};
use gws_sim::scenario::demo::Demo;
use gws_sim::state::World;
use gws_sim::state::words::{Kind, Visibility};
use serde_json::{Value, json};

use crate::support::*;

/// Runs twenty minutes of the demo without a server; returns every log entry in order.
fn played(seed: u64) -> Vec<String> {
    let args = Args {
        seed,
        ..Args::default()
    };
    let mut world = World::new(&args);
    let mut demo = Demo::begin(seed, &mut world);
    let mut told: Vec<(String, u64)> = Vec::new();
    let mut story = Vec::new();
    for now in (0..=1_200_000).step_by(500) {
        demo.advance(now, &mut world);
        for session in &world.sessions {
            let place = told
                .iter()
                .position(|(id, _)| *id == session.id)
                .unwrap_or_else(|| {
                    told.push((session.id.clone(), 0));
                    told.len() - 1
                });
            for entry in session
                .log
                .iter()
                .filter(|entry| entry.index > told[place].1)
            {
                let words = entry.text.as_deref().unwrap_or_default();
                story.push(format!(
                    "{} {} {} {words}",
                    session.id, entry.from.nickname, entry.kind
                ));
            }
            told[place].1 = session.next_index - 1;
        }
    }
    story
}

#[test]
fn the_same_seed_plays_the_same() {
    let once = played(7);
    assert!(once.len() > 150, "{} entries in twenty minutes", once.len());
    assert_eq!(once, played(7));
    assert_ne!(once, played(8));
}

#[test]
fn sessions_start_end_and_start_again_with_fresh_ids() {
    let story = played(1);
    let mut ids: Vec<&str> = story
        .iter()
        .filter_map(|line| line.split(' ').next())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    assert!(ids.len() > 14, "{} sessions", ids.len());
    assert!(story.iter().any(|line| line.contains("ParticipantLeft")));
}

fn demo() -> Sim {
    Sim::start(Args {
        port: 0,
        scenario: Scenario::Demo,
        speed: 200.0,
        latency_ms: 0,
        ..Args::default()
    })
}

#[test]
fn it_runs_by_itself_and_can_be_paused() {
    let sim = demo();
    let indices = |state: &Value| -> u64 {
        let sessions = state["sessions"].as_array().unwrap().iter();
        sessions
            .map(|session| session["lastIndex"].as_u64().unwrap())
            .sum()
    };
    let begin = sim.state();
    assert_eq!(begin["sessions"].as_array().unwrap().len(), 7);
    sim.until(|state| indices(state) != indices(&begin));
    assert_eq!(
        sim.control("scenario", json!({ "paused": true }))["paused"],
        true
    );
    let paused = sim.state();
    let mut client = Bayeux::subscribed(&sim, "/**");
    let wait = json!({ "channel": "/meta/connect", "advice": { "timeout": 300 } });
    assert_eq!(
        client.send(wait).len(),
        1,
        "nothing happens in 60 virtual seconds"
    );
    assert_eq!(sim.state()["sessions"], paused["sessions"]);
    sim.control("scenario", json!({ "paused": false }));
    sim.until(|state| indices(state) != indices(&paused));
}

/// The messages within eight seconds after the supervisor's.
fn answers(to: Visibility) -> Vec<(Kind, Visibility)> {
    let args = Args {
        scenario: Scenario::Demo,
        ..Args::default()
    };
    let mut world = World::new(&args);
    let mut demo = Demo::begin(1, &mut world);
    let id = world.sessions[0].id.clone();
    let before = world.sessions[0].log.len();
    world.spoken.push((id.clone(), to));
    for now in (0..8_000).step_by(50) {
        demo.advance(now, &mut world);
    }
    let log = &world.session(&id).unwrap().log[before..];
    let texts = log.iter().filter(|entry| entry.kind == "Text");
    texts
        .map(|entry| (entry.from.kind, entry.visibility))
        .collect()
}

#[test]
fn the_customer_answers_one_who_barged_in_and_the_agent_a_coach() {
    assert_eq!(
        answers(Visibility::All),
        [(Kind::Customer, Visibility::All)]
    );
    assert_eq!(
        answers(Visibility::Agents),
        [(Kind::Agent, Visibility::Agents)]
    );
}
