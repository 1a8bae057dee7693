//! The demo: it plays, the same seed plays the same, and it answers the supervisor.

use gws_sim::args::{Args, Scenario};
use gws_sim::scenario::demo::Demo;
use gws_sim::state::World;
use serde_json::{Value, json};

use crate::support::*;

/// Plays the demo without a server; every entry of every log, in the order of their coming.
fn played(seed: u64, step_ms: u64) -> Vec<String> {
    let args = Args {
        seed,
        ..Args::default()
    };
    let mut world = World::new(&args);
    let mut demo = Demo::begin(seed, &mut world);
    let mut seen: Vec<(String, u64)> = Vec::new();
    let mut story = Vec::new();
    for now in (0..=1_200_000).step_by(step_ms as usize) {
        demo.advance(now, &mut world);
        for session in &world.sessions {
            for entry in &session.log {
                if !seen.contains(&(session.id.clone(), entry.index)) {
                    seen.push((session.id.clone(), entry.index));
                    let words = entry.text.as_deref().unwrap_or_default();
                    story.push(format!(
                        "{} {} {} {words}",
                        session.id, entry.from.nickname, entry.kind
                    ));
                }
            }
        }
    }
    story
}

#[test]
fn the_same_seed_plays_the_same() {
    let once = played(7, 100);
    assert!(once.len() > 150, "{} entries in twenty minutes", once.len());
    assert_eq!(once, played(7, 100));
    assert_ne!(once, played(8, 100));
}

#[test]
fn sessions_start_end_and_start_again_with_fresh_ids() {
    let story = played(1, 100);
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
fn it_plays_by_itself_and_can_be_paused() {
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

#[test]
fn the_customer_answers_the_supervisor() {
    let args = Args {
        scenario: Scenario::Demo,
        ..Args::default()
    };
    let mut world = World::new(&args);
    let mut demo = Demo::begin(1, &mut world);
    let id = world.sessions[0].id.clone();
    world.switch(&id, gws_sim::state::session::Mode::BargeIn);
    let before = world.sessions[0].log.len();
    world.spoken.push(id.clone());
    for now in (0..8_000).step_by(50) {
        demo.advance(now, &mut world);
    }
    let log = &world.session(&id).unwrap().log[before..];
    let replies: Vec<_> = log.iter().filter(|entry| entry.kind == "Text").collect();
    assert_eq!(replies.len(), 1, "{replies:?}");
    assert_eq!(replies[0].from.user_id, None);
}
