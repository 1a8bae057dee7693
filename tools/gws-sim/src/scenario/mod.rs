//! What happens by itself: nothing (`still`, `none`) or conversations that play for ever (`demo`).

pub mod cue;
pub mod demo;
pub mod script;
pub mod still;

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::args::Scenario;
use crate::server::Sim;
use demo::Demo;

/// How often the schedule is looked at.
const TICK: Duration = Duration::from_millis(50);

/// Drives the scenario: real time in, virtual time out.
#[derive(Debug)]
pub struct Player {
    sim: Arc<Sim>,
    demo: Option<Demo>,
    last: Instant,
    /// Virtual milliseconds since the start.
    virtual_ms: f64,
}

impl Player {
    /// Puts the first sessions into the world.
    pub fn new(sim: &Arc<Sim>) -> Player {
        let demo = match sim.args.scenario {
            Scenario::Still => {
                still::fill(&mut sim.lock());
                None
            }
            Scenario::Demo => Some(Demo::begin(sim.args.seed, &mut sim.lock())),
            Scenario::None => None,
        };
        Player {
            sim: Arc::clone(sim),
            demo,
            last: Instant::now(),
            virtual_ms: 0.0,
        }
    }

    /// Plays for ever; may be dropped and called again, as happens at a restart.
    pub async fn play(&mut self) {
        loop {
            sleep(TICK).await;
            let real = self.last.elapsed();
            self.last += real;
            let Some(demo) = &mut self.demo else { continue };
            let mut world = self.sim.lock();
            if world.paused {
                continue;
            }
            self.virtual_ms += real.as_secs_f64() * 1000.0 * world.speed;
            demo.advance(self.virtual_ms as u64, &mut world);
        }
    }
}
