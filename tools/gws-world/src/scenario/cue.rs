//! One thing that a conversation will do at a point of virtual time.

use super::script::Step;
use crate::state::new_session::{agent, other_supervisor};
use crate::state::words::{Kind, Mode, Visibility};
use crate::state::world::World;

/// When, and what.
#[derive(Debug)]
pub struct Cue {
    /// Virtual milliseconds.
    pub at_ms: u64,
    /// What happens then.
    pub play: Play,
}

/// What happens.
#[derive(Debug)]
pub enum Play {
    /// The customer or the agent begins to type.
    Typing(Kind),
    /// The agent says something the customer does not see.
    ToSupervisor(&'static str),
    /// A step of the script.
    Step(Step),
}

impl Step {
    /// The words of a step that is said, and whose they are.
    pub fn words(&self) -> Option<(Kind, &str)> {
        match self {
            Step::Customer(words) => Some((Kind::Customer, words)),
            Step::Agent(words) => Some((Kind::Agent, words)),
            _ => None,
        }
    }
}

impl Play {
    /// Whether somebody comes, goes or changes by it.
    pub fn moves_people(&self) -> bool {
        matches!(self, Play::Step(step) if step.words().is_none())
    }

    /// Whether it ends the session.
    pub fn ends(&self) -> bool {
        matches!(self, Play::Step(Step::End(_)))
    }

    /// Does it to a session.
    pub fn perform(&self, id: &str, world: &mut World) {
        match self {
            Play::Typing(kind) => {
                let who = world.session(id).and_then(|s| s.first(*kind)).cloned();
                if let Some(who) = who {
                    world.write(id, who, "TypingStarted", None, Visibility::All);
                }
            }
            Play::ToSupervisor(words) => {
                let who = world
                    .session(id)
                    .and_then(|s| s.first(Kind::Agent))
                    .cloned();
                if let Some(who) = who {
                    let words = Some((*words).to_owned());
                    world.write(id, who, "Text", words, Visibility::Agents);
                }
            }
            Play::Step(Step::Customer(words)) => {
                world.say(id, Kind::Customer, words);
            }
            Play::Step(Step::Agent(words)) => {
                world.say(id, Kind::Agent, words);
            }
            Play::Step(Step::Transfer(to)) => world.transfer(id, agent(id, to)),
            Play::Step(Step::SecondSupervisor(name)) => {
                world.join(id, other_supervisor(id, name, Mode::BargeIn));
            }
            Play::Step(Step::End(state)) => {
                world.end(id, *state, false);
            }
        }
    }
}
