//! Several conversations at a time, for ever: each stage plays a script, pauses, and takes the next
//! one with a fresh session id.
//!
//! All of it hangs on the seed and on virtual time alone, so the same seed plays the same whatever
//! the pace. Only the supervisor's own doing changes it: who is spoken to answers.

use serde_json::{Map, json};

use super::cue::{Cue, Play};
use super::script::{self, Script, Step, TO_COACH};
use crate::rng::Rng;
use crate::state::new_session::NewSession;
use crate::state::session::Session;
use crate::state::words::{Kind, Visibility};
use crate::state::world::World;

/// How many conversations there are at a time.
const STAGES: usize = 7;
/// From the end of one to the beginning of the next, milliseconds.
const PAUSE_MS: u64 = 9_000;

/// All conversations.
#[derive(Debug)]
pub struct Demo {
    scripts: Vec<Script>,
    /// Scripts that wait for a stage.
    waiting: Vec<usize>,
    stages: Vec<Stage>,
    rng: Rng,
}

/// One conversation under way, or the pause after it.
#[derive(Debug)]
struct Stage {
    script: usize,
    session: String,
    /// What is still to come, soonest first.
    cues: Vec<Cue>,
    /// How many answers the customer has given to the supervisor.
    answered: usize,
    /// When the next script begins, once this one is over.
    next_ms: u64,
}

impl Stage {
    fn due(&self) -> u64 {
        self.cues.first().map_or(self.next_ms, |cue| cue.at_ms)
    }
}

impl Demo {
    /// Begins the first conversations part-way through, so that there is something to see at once.
    pub fn begin(seed: u64, world: &mut World) -> Demo {
        let scripts = script::all();
        let mut demo = Demo {
            waiting: (STAGES..scripts.len()).collect(),
            scripts,
            stages: Vec::new(),
            rng: Rng::new(seed),
        };
        let mut first: Vec<usize> = (0..STAGES.min(demo.scripts.len())).collect();
        demo.rng.shuffle(&mut first);
        demo.rng.shuffle(&mut demo.waiting);
        for script in first {
            let (mut stage, mut session) = demo.raise(script, 0, world);
            demo.skip_ahead(&mut stage, &mut session);
            world.sessions.push(session);
            demo.stages.push(stage);
        }
        demo
    }

    /// Plays everything that is due by `now_ms` of virtual time, in order.
    pub fn advance(&mut self, now_ms: u64, world: &mut World) {
        for (id, to) in std::mem::take(&mut world.spoken) {
            self.answer(&id, to, now_ms);
        }
        loop {
            let soonest = (0..self.stages.len()).min_by_key(|&i| self.stages[i].due());
            let Some(i) = soonest.filter(|&i| self.stages[i].due() <= now_ms) else {
                return;
            };
            let stage = &mut self.stages[i];
            if stage.cues.is_empty() {
                self.renew(i, world);
                continue;
            }
            let cue = stage.cues.remove(0);
            if world.session(&stage.session).is_none() {
                // The supervisor has left, or a control call took it away.
                stage.cues.clear();
                stage.next_ms = cue.at_ms + PAUSE_MS;
                continue;
            }
            if cue.play.ends() {
                stage.next_ms = cue.at_ms + PAUSE_MS;
            }
            cue.play.perform(&stage.session, world);
        }
    }

    /// When the next thing happens, in virtual time.
    pub fn due(&self) -> Option<u64> {
        self.stages.iter().map(Stage::due).min()
    }

    fn renew(&mut self, i: usize, world: &mut World) {
        let begin_ms = self.stages[i].next_ms;
        self.waiting.push(self.stages[i].script);
        // Never the one that has just ended, unless there is no other.
        let choice = self.rng.below(self.waiting.len().saturating_sub(1));
        let script = self.waiting.remove(choice);
        let (stage, session) = self.raise(script, begin_ms, world);
        self.stages[i] = stage;
        world.start(session);
    }

    /// A stage for a script, and its session as it is before the first word.
    fn raise(&mut self, number: usize, begin_ms: u64, world: &World) -> (Stage, Session) {
        let script = &self.scripts[number];
        let id = self.rng.session_id();
        let mut cues = Vec::new();
        let mut at_ms = begin_ms;
        for (seconds, step) in &script.steps {
            // Three quarters to five quarters of what the script says.
            let pause = seconds * (750 + self.rng.below(500) as u64);
            if let Some((kind, words)) = step.words() {
                let typing = (words.len() as u64 * 45).min(pause * 2 / 3);
                cues.push(Cue {
                    at_ms: at_ms + pause - typing,
                    play: Play::Typing(kind),
                });
            }
            at_ms += pause;
            cues.push(Cue {
                at_ms,
                play: Play::Step(step.clone()),
            });
        }
        let session = NewSession {
            id: id.clone(),
            media: script.media,
            own: Some((world.me, script.mode)),
            customer: script.customer.clone(),
            agent: script.agent.clone(),
            spelling: script.spelling,
            denied: script.denied.clone(),
            user_data: Map::from_iter([
                ("Business".to_owned(), json!(script.business)),
                ("Subject".to_owned(), json!(script.subject)),
                ("PhoneNumber".to_owned(), json!(script.phone)),
            ]),
            at_ms: world.clock.wall_ms(),
        };
        let stage = Stage {
            script: number,
            session: id,
            cues,
            answered: 0,
            next_ms: at_ms,
        };
        (stage, session.build())
    }

    /// Puts the first part of a conversation into the log, dated back, and up to no further than
    /// somebody comes or goes.
    fn skip_ahead(&mut self, stage: &mut Stage, session: &mut Session) {
        let lines = stage.cues.len();
        let mut skip = lines / 8 + self.rng.below(lines * 3 / 8);
        let busy = stage.cues.iter().position(|cue| cue.play.moves_people());
        skip = skip.min(busy.unwrap_or(lines));
        let ahead_ms = stage
            .cues
            .get(skip)
            .map_or(0, |cue| cue.at_ms.saturating_sub(1_500));
        let begin_ms = session.received_ms.saturating_sub(ahead_ms);
        session.received_ms = begin_ms;
        for entry in &mut session.log {
            entry.at_ms = begin_ms;
        }
        for cue in stage.cues.drain(..skip) {
            if let Play::Step(step) = &cue.play
                && let Some((kind, words)) = step.words()
                && let Some(speaker) = session.first(kind).cloned()
            {
                let at_ms = begin_ms + cue.at_ms;
                session.append(
                    speaker,
                    "Text",
                    Some(words.to_owned()),
                    Visibility::All,
                    at_ms,
                );
            }
        }
        for cue in &mut stage.cues {
            cue.at_ms -= ahead_ms;
        }
    }

    /// The customer answers a supervisor who has barged in, the agent one who coaches, before the
    /// conversation goes on.
    fn answer(&mut self, session: &str, to: Visibility, now_ms: u64) {
        let Some(stage) = self
            .stages
            .iter_mut()
            .find(|stage| stage.session == session)
        else {
            return;
        };
        let (kind, says) = if to == Visibility::All {
            let replies = &self.scripts[stage.script].replies;
            let Some(words) = replies.get(stage.answered) else {
                return;
            };
            stage.answered += 1;
            (Kind::Customer, Play::Step(Step::Customer(words.clone())))
        } else {
            (
                Kind::Agent,
                Play::ToSupervisor(TO_COACH[self.rng.below(TO_COACH.len())]),
            )
        };
        for cue in &mut stage.cues {
            cue.at_ms = cue.at_ms.max(now_ms) + 9_000;
        }
        stage.cues.insert(
            0,
            Cue {
                at_ms: now_ms + 5_500,
                play: says,
            },
        );
        if kind == Kind::Customer {
            let typing = Play::Typing(kind);
            stage.cues.insert(
                0,
                Cue {
                    at_ms: now_ms + 2_500,
                    play: typing,
                },
            );
        }
    }
}
