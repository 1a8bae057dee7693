//! The command line: every switch of the simulator, its default and its help text.
//!
//! Parsed by hand: two dozen flags do not pay for an argument crate's compile time.

use std::net::IpAddr;
use std::path::PathBuf;

/// The Content-Security-Policy of the widget's contract, section 6, word for word.
pub const CONTRACT_CSP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

/// What `--help` prints.
pub const HELP: &str = include_str!("help.txt");

/// Which sessions there are, and whether they move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scenario {
    /// Several conversations that play for ever.
    Demo,
    /// A fixed set of sessions with fixed ids; nothing moves by itself.
    Still,
    /// No session at all.
    None,
}

/// Everything the simulator can be told at its start.
#[derive(Debug, Clone)]
pub struct Args {
    /// Address to listen on.
    pub host: IpAddr,
    /// Port to listen on; 0 takes any free one.
    pub port: u16,
    /// Seed of all randomness; the same seed plays the same conversations.
    pub seed: u64,
    /// Which sessions there are.
    pub scenario: Scenario,
    /// How fast the scenario plays; 1 is real time.
    pub speed: f64,
    /// Milliseconds from an accepted operation to its effect; 0 acts before answering.
    pub latency_ms: u64,
    /// Directory of static pages served from the same origin.
    pub static_dir: Option<PathBuf>,
    /// Content-Security-Policy of static pages.
    pub csp: Option<String>,
    /// Ask for a sign-in before anything else.
    pub login: bool,
    /// Offer the WebSocket transport beside long-polling.
    pub websocket: bool,
    /// Milliseconds a long poll is held (`advice.timeout`).
    pub hold_ms: u64,
    /// Milliseconds after which a silent Bayeux client is swept.
    pub max_interval_ms: u64,
    /// Long polls one browser may hold; negative means any number.
    pub max_sessions_per_browser: i64,
    /// `advice.interval` of the surplus sessions of a browser, in milliseconds.
    pub multi_session_interval_ms: i64,
    /// Origins that may call across origins.
    pub allow_origins: Vec<String>,
    /// Names that the server answers to, beside those of this machine.
    pub allow_hosts: Vec<String>,
    /// Put the `/meta/connect` reply before the events, as Faye does.
    pub reply_first: bool,
    /// Offer the acknowledgement extension.
    pub ack: bool,
}

impl Default for Args {
    fn default() -> Args {
        Args {
            host: IpAddr::from([127, 0, 0, 1]),
            port: 8080,
            seed: 1,
            scenario: Scenario::Demo,
            speed: 1.0,
            latency_ms: 120,
            static_dir: None,
            csp: None,
            login: false,
            websocket: false,
            hold_ms: 30_000,
            max_interval_ms: 10_000,
            max_sessions_per_browser: 1,
            multi_session_interval_ms: 2_000,
            allow_origins: Vec::new(),
            allow_hosts: Vec::new(),
            reply_first: false,
            ack: true,
        }
    }
}

impl Args {
    /// The settings tests want: any port, the still scenario, no latency.
    pub fn still() -> Args {
        Args {
            port: 0,
            scenario: Scenario::Still,
            latency_ms: 0,
            ..Args::default()
        }
    }

    /// Reads the command line without the program's name. `Ok(None)` means that help was asked for.
    ///
    /// # Errors
    /// A sentence naming the flag that is unknown, lacks its value or has a value out of range.
    pub fn parse(words: impl IntoIterator<Item = String>) -> Result<Option<Args>, String> {
        let mut args = Args::default();
        let mut latency = None;
        let mut words = words.into_iter().peekable();
        while let Some(word) = words.next() {
            let (flag, inline) = match word.split_once('=') {
                Some((flag, value)) if flag.starts_with("--") => {
                    (flag.to_owned(), Some(value.to_owned()))
                }
                _ => (word, None),
            };
            // `--csp` alone means the contract's policy, so its value is optional.
            if flag == "--csp" {
                let given = inline.or_else(|| words.next_if(|next| !next.starts_with("--")));
                args.csp = Some(given.unwrap_or_else(|| CONTRACT_CSP.to_owned()));
                continue;
            }
            if inline.is_none() {
                match flag.as_str() {
                    "--help" | "-h" => return Ok(None),
                    "--no-csp" => args.csp = None,
                    "--login" => args.login = true,
                    "--websocket" => args.websocket = true,
                    "--no-ack" => args.ack = false,
                    _ => {
                        let value = words.next().ok_or_else(|| unknown_or_bare(&flag))?;
                        args.set(&flag, value, &mut latency)?;
                    }
                }
            } else if let Some(value) = inline {
                args.set(&flag, value, &mut latency)?;
            }
        }
        args.latency_ms = latency.unwrap_or(match args.scenario {
            Scenario::Still => 0,
            Scenario::Demo | Scenario::None => 120,
        });
        Ok(Some(args))
    }

    fn set(&mut self, flag: &str, value: String, latency: &mut Option<u64>) -> Result<(), String> {
        match flag {
            "--host" => self.host = number(flag, &value)?,
            "--port" => self.port = number(flag, &value)?,
            "--seed" => self.seed = number(flag, &value)?,
            "--scenario" => {
                self.scenario = match value.as_str() {
                    "demo" => Scenario::Demo,
                    "still" => Scenario::Still,
                    "none" => Scenario::None,
                    _ => return Err(format!("--scenario is demo, still or none, not {value}")),
                }
            }
            "--speed" => {
                self.speed = number(flag, &value)?;
                if !(self.speed.is_finite() && self.speed >= 0.0) {
                    return Err("--speed must not be negative".to_owned());
                }
            }
            "--latency" => *latency = Some(number(flag, &value)?),
            "--static" => self.static_dir = Some(PathBuf::from(value)),
            "--hold" => self.hold_ms = number(flag, &value)?,
            "--max-interval" => self.max_interval_ms = number(flag, &value)?,
            "--max-sessions-per-browser" => self.max_sessions_per_browser = number(flag, &value)?,
            "--multi-session-interval" => self.multi_session_interval_ms = number(flag, &value)?,
            "--allow-origin" => self.allow_origins.push(value),
            "--allow-host" => self.allow_hosts.push(value),
            "--order" => {
                self.reply_first = match value.as_str() {
                    "reply-first" => true,
                    "events-first" => false,
                    _ => {
                        return Err(format!(
                            "--order is events-first or reply-first, not {value}"
                        ));
                    }
                }
            }
            _ => return Err(unknown_or_bare(flag)),
        }
        Ok(())
    }
}

fn number<T: std::str::FromStr>(flag: &str, value: &str) -> Result<T, String> {
    value
        .parse()
        .map_err(|_| format!("{flag} does not take the value {value}"))
}

fn unknown_or_bare(flag: &str) -> String {
    format!("{flag} is unknown or lacks its value; see --help")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Option<Args>, String> {
        Args::parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn flags_take_their_value_either_way() {
        let line = "--port 0 --seed=7 --scenario still --order reply-first \
                    --allow-host sim.test --allow-host=b.test";
        let args = parse(line).unwrap().unwrap();
        assert_eq!(args.allow_hosts, ["sim.test", "b.test"]);
        assert_eq!((args.port, args.seed), (0, 7));
        assert_eq!(args.scenario, Scenario::Still);
        assert!(args.reply_first);
    }

    #[test]
    fn latency_follows_the_scenario_unless_given() {
        assert_eq!(parse("--scenario still").unwrap().unwrap().latency_ms, 0);
        assert_eq!(parse("--scenario demo").unwrap().unwrap().latency_ms, 120);
        assert_eq!(
            parse("--latency 5 --scenario still")
                .unwrap()
                .unwrap()
                .latency_ms,
            5
        );
    }

    #[test]
    fn csp_without_a_value_is_the_contracts() {
        let args = parse("--csp --login").unwrap().unwrap();
        assert_eq!(args.csp.as_deref(), Some(CONTRACT_CSP));
        assert!(args.login);
        let own = Args::parse(["--csp".to_owned(), "default-src 'self'".to_owned()]);
        assert_eq!(
            own.unwrap().unwrap().csp.as_deref(),
            Some("default-src 'self'")
        );
        assert_eq!(parse("--csp --no-csp").unwrap().unwrap().csp, None);
    }

    #[test]
    fn wrong_words_are_named() {
        assert!(parse("--prot 1").unwrap_err().contains("--prot"));
        assert!(parse("--port").unwrap_err().contains("--port"));
        assert!(parse("--port x").unwrap_err().contains("x"));
        assert!(parse("--speed -1").unwrap_err().contains("--speed"));
        assert!(parse("--help").unwrap().is_none());
    }

    #[test]
    fn help_names_every_flag() {
        for flag in [
            "--host",
            "--port",
            "--seed",
            "--scenario",
            "--speed",
            "--latency",
            "--static",
            "--csp",
            "--no-csp",
            "--login",
            "--websocket",
            "--hold",
            "--max-interval",
            "--max-sessions-per-browser",
            "--multi-session-interval",
            "--allow-origin",
            "--allow-host",
            "--order",
            "--no-ack",
        ] {
            assert!(HELP.contains(flag), "{flag} is missing in help.txt");
        }
    }
}
