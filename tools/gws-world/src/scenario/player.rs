//! Drives the scenario: real time in, virtual time out.

use core::time::Duration;

use super::demo::Demo;
use super::still;
use crate::settings::{Scenario, Settings};
use crate::state::world::World;

/// The scenario under way.
#[derive(Debug)]
pub struct Player {
    demo: Option<Demo>,
    last: Duration,
    /// Virtual milliseconds since the start.
    virtual_ms: f64,
}

impl Player {
    /// Puts the first sessions into the world.
    pub fn new(settings: &Settings, world: &mut World) -> Player {
        let demo = match settings.scenario {
            Scenario::Still => {
                still::fill(world);
                None
            }
            Scenario::Demo => Some(Demo::begin(settings.seed, world)),
            Scenario::None => None,
        };
        Player {
            demo,
            last: Duration::ZERO,
            virtual_ms: 0.0,
        }
    }

    /// Plays everything that is due by the world's time.
    pub fn advance(&mut self, world: &mut World) {
        let passed = world.clock.now.saturating_sub(self.last);
        self.last = world.clock.now;
        if let Some(demo) = self.demo.as_mut().filter(|_| !world.paused) {
            self.virtual_ms += passed.as_secs_f64() * 1000.0 * world.speed;
            demo.advance(self.virtual_ms as u64, world);
        }
    }

    /// When the next thing happens; `None` while everything stands still.
    pub fn due(&self, world: &World) -> Option<Duration> {
        let demo = self.demo.as_ref().filter(|_| !world.paused)?;
        let wait_ms = demo.due()? as f64 - self.virtual_ms;
        let wait = Duration::try_from_secs_f64(wait_ms.max(0.0) / 1000.0 / world.speed).ok()?;
        // A little more, so that rounding never makes it a moment early.
        Some(self.last + wait + Duration::from_micros(1))
    }
}
