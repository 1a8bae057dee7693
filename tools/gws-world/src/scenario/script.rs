//! A conversation as it stands in `scripts/*.txt`, and its reader.
//!
//! A head of `key: value` lines, a blank line, then one step per line: who, seconds since the step
//! before, words. `c` customer, `a` agent, `t` transfer to the agent named, `s` a second supervisor
//! barges in, `e` end with a state; `r` (without seconds) what the customer answers when the
//! supervisor speaks.

use crate::state::capabilities::BARGE_IN_SPELLINGS;
use crate::state::words::{Media, Mode, State};

/// One conversation.
#[derive(Debug, Clone)]
pub struct Script {
    /// Whose customer it is.
    pub business: String,
    /// What it is about.
    pub subject: String,
    /// The customer's nickname.
    pub customer: String,
    /// The first agent's nickname.
    pub agent: String,
    /// The customer's number, from a range kept for fiction.
    pub phone: String,
    /// The supervisor's mode at the start.
    pub mode: Mode,
    /// SMS or chat.
    pub media: Media,
    /// How barge-in is spelt.
    pub spelling: &'static str,
    /// Operations the supervisor has no right to.
    pub denied: Vec<String>,
    /// What happens, with the seconds before each.
    pub steps: Vec<(u64, Step)>,
    /// The customer's answers to the supervisor.
    pub replies: Vec<String>,
}

/// One thing that happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The customer writes.
    Customer(String),
    /// The agent writes.
    Agent(String),
    /// The session goes to another agent.
    Transfer(String),
    /// A second supervisor barges in.
    SecondSupervisor(String),
    /// It ends.
    End(State),
}

const TEXTS: [&str; 10] = [
    include_str!("scripts/bank.txt"),
    include_str!("scripts/parcel.txt"),
    include_str!("scripts/boiler.txt"),
    include_str!("scripts/flight.txt"),
    include_str!("scripts/hotel.txt"),
    include_str!("scripts/broadband.txt"),
    include_str!("scripts/pharmacy.txt"),
    include_str!("scripts/insurance.txt"),
    include_str!("scripts/energy.txt"),
    include_str!("scripts/tickets.txt"),
];

/// What an agent says to a coach.
pub const TO_COACH: [&str; 4] = [
    "Thanks, will do.",
    "Good point, I'll put it that way.",
    "Understood.",
    "On it. I was not sure I was allowed to.",
];

/// Every conversation there is. One that cannot be read is left out; a test sees to it that all can.
pub fn all() -> Vec<Script> {
    TEXTS.iter().filter_map(|text| Script::read(text)).collect()
}

impl Script {
    fn read(text: &str) -> Option<Script> {
        let (head, steps) = text.split_once("\n\n")?;
        let value = |key: &str| {
            head.lines()
                .find_map(|line| line.strip_prefix(key)?.strip_prefix(": "))
                .map(str::to_owned)
        };
        let spelling = value("spelling")?;
        let mut script = Script {
            business: value("business")?,
            subject: value("subject")?,
            customer: value("customer")?,
            agent: value("agent")?,
            phone: value("phone")?,
            mode: Mode::parse(&value("mode")?)?,
            media: Media::parse(value("media").as_deref().unwrap_or("smssession"))?,
            spelling: BARGE_IN_SPELLINGS
                .into_iter()
                .find(|known| *known == spelling)?,
            denied: value("denied").into_iter().collect(),
            steps: Vec::new(),
            replies: Vec::new(),
        };
        for line in steps.lines() {
            let (who, rest) = line.split_once(' ')?;
            if who == "r" {
                script.replies.push(rest.to_owned());
                continue;
            }
            let (seconds, words) = rest.split_once(' ')?;
            let words = words.to_owned();
            let step = match who {
                "c" => Step::Customer(words),
                "a" => Step::Agent(words),
                "t" => Step::Transfer(words),
                "s" => Step::SecondSupervisor(words),
                "e" if words == "Completed" => Step::End(State::Completed),
                "e" if words == "Revoked" => Step::End(State::Revoked),
                _ => return None,
            };
            script.steps.push((seconds.parse().ok()?, step));
        }
        Some(script)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_script_reads_and_ends() {
        let scripts = all();
        assert_eq!(scripts.len(), TEXTS.len());
        for script in &scripts {
            let ends = script
                .steps
                .iter()
                .filter(|(_, step)| matches!(step, Step::End(_)));
            assert_eq!(ends.count(), 1, "{}", script.business);
            assert!(
                matches!(script.steps.last(), Some((_, Step::End(_)))),
                "{}",
                script.business
            );
        }
    }

    #[test]
    fn together_they_show_every_case() {
        let scripts = all();
        let some = |test: fn(&Script) -> bool| scripts.iter().any(test);
        assert!(some(|s| s.media == Media::Chat));
        assert!(some(|s| s.mode == Mode::Coach));
        assert!(some(|s| !s.denied.is_empty()));
        assert!(some(|s| s
            .steps
            .iter()
            .any(|(_, step)| matches!(step, Step::Transfer(_)))));
        assert!(some(|s| s
            .steps
            .iter()
            .any(|(_, step)| matches!(step, Step::SecondSupervisor(_)))));
        assert!(some(|s| s
            .steps
            .iter()
            .any(|(_, step)| *step == Step::End(State::Revoked))));
        for spelling in BARGE_IN_SPELLINGS {
            assert!(scripts.iter().any(|s| s.spelling == spelling));
        }
    }

    #[test]
    fn a_broken_script_is_no_script() {
        assert!(Script::read("business: x\n\nc 1 hello").is_none());
        let text = TEXTS[0].replace("c 2 Hi", "x 2 Hi");
        assert!(Script::read(&text).is_none());
    }
}
