//! The command line: every switch of the simulator, its default and its help text.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, Parser, ValueEnum};
use gws_world::Settings;
use gws_world::settings::FASTEST;

/// The Content-Security-Policy that the widget is promised to run under; the tests in JavaScript
/// read the same file.
pub const CONTRACT_CSP: &str = include_str!("csp.txt").trim_ascii();

/// Which sessions there are, and whether they move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Scenario {
    /// Conversations that play for ever
    Demo,
    /// Fixed sessions with fixed ids; nothing moves by itself
    Still,
    /// No session
    None,
}

/// A simulated Genesys Web Services (REST and CometD) for demos and tests
///
/// Serves /api/v2 (REST), /api/v2/notifications (CometD), /control (for tests) and, with --static,
/// a directory of pages, all from one origin. Prints `listening on http://HOST:PORT` once it is
/// ready. The defaults of the notifications are CometD 3.1.12's.
#[derive(Debug, Clone, Parser)]
#[command(name = "gws-sim", verbatim_doc_comment, args_override_self = true, after_help = include_str!("help.txt"))]
pub struct Args {
    /// Address to listen on
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1")]
    pub host: IpAddr,
    /// Port; 0 takes any free one
    #[arg(long, value_name = "N", default_value_t = 8080)]
    pub port: u16,
    /// Serve DIR at / (precompressed .br and .gz are used)
    #[arg(long = "static", value_name = "DIR")]
    pub static_dir: Option<PathBuf>,
    /// Send a Content-Security-Policy with static pages; without POLICY the one the widget is
    /// promised to run under
    #[arg(long, value_name = "POLICY", num_args = 0..=1, default_missing_value = CONTRACT_CSP)]
    pub csp: Option<String>,
    /// Send none (default)
    #[arg(long, overrides_with = "csp")]
    pub no_csp: bool,
    /// Let ORIGIN call across origins (repeatable)
    #[arg(long = "allow-origin", value_name = "ORIGIN")]
    pub allow_origins: Vec<String>,
    /// Answer under NAME too (repeatable). Usual are localhost, 127.0.0.1, [::1] and the address
    /// that was called; under any other name everything is refused with 403
    #[arg(long = "allow-host", value_name = "NAME")]
    pub allow_hosts: Vec<String>,
    /// Ask for a sign-in: 403 with statusCode 20 until HTTP Basic credentials or POST
    /// /control/sign-in
    #[arg(long)]
    pub login: bool,
    /// Which sessions there are
    #[arg(long, value_enum, default_value_t = Scenario::Demo, help_heading = "Scenario")]
    pub scenario: Scenario,
    /// The same seed plays the same conversations
    #[arg(long, value_name = "N", default_value_t = 1, help_heading = "Scenario")]
    pub seed: u64,
    /// Pace of the conversations; 1 is real time
    #[arg(long, value_name = "X", default_value = "1", help_heading = "Scenario")]
    #[arg(value_parser = pace, allow_negative_numbers = true)]
    pub speed: f64,
    /// From an accepted operation to its effect; 0 acts and notifies before it answers, and is the
    /// default of the scenario `still`
    #[arg(
        long = "latency",
        value_name = "MS",
        default_value_t = 120,
        help_heading = "Scenario"
    )]
    #[arg(default_value_if("scenario", "still", "0"))]
    pub latency_ms: u64,
    /// How long a long poll is held (`advice.timeout`)
    #[arg(long = "hold", value_name = "MS", default_value_t = 30_000)]
    #[arg(help_heading = "Notifications")]
    pub hold_ms: u64,
    /// A client silent for longer is forgotten
    #[arg(long = "max-interval", value_name = "MS", default_value_t = 10_000)]
    #[arg(help_heading = "Notifications")]
    pub max_interval_ms: u64,
    /// Held long polls per browser, -1 for any number
    #[arg(
        long,
        value_name = "N",
        default_value_t = 1,
        allow_negative_numbers = true
    )]
    #[arg(help_heading = "Notifications")]
    pub max_sessions_per_browser: i64,
    /// `advice.interval` of surplus sessions
    #[arg(
        long = "multi-session-interval",
        value_name = "MS",
        default_value_t = 2_000
    )]
    #[arg(allow_negative_numbers = true, help_heading = "Notifications")]
    pub multi_session_interval_ms: i64,
    /// Offer WebSocket beside long-polling
    #[arg(long, help_heading = "Notifications")]
    pub websocket: bool,
    /// Whether the events come before the connect reply or after it, as Faye's do
    #[arg(
        long = "order",
        default_value = "events-first",
        help_heading = "Notifications"
    )]
    #[arg(value_name = "ORDER", action = ArgAction::Set)]
    #[arg(value_parser = PossibleValuesParser::new(["events-first", "reply-first"]).map(|order| order == "reply-first"))]
    pub reply_first: bool,
    /// Do not offer the acknowledgement extension
    #[arg(long = "no-ack", action = ArgAction::SetFalse, help_heading = "Notifications")]
    pub ack: bool,
}

impl Default for Args {
    fn default() -> Args {
        Args::parse_from(["gws-sim"])
    }
}

impl Args {
    /// The settings tests want: any port, the still scenario, no latency.
    pub fn still() -> Args {
        Args::parse_from(["gws-sim", "--port=0", "--scenario=still"])
    }
}

impl From<&Args> for Settings {
    fn from(args: &Args) -> Settings {
        Settings {
            scenario: match args.scenario {
                Scenario::Demo => gws_world::Scenario::Demo,
                Scenario::Still => gws_world::Scenario::Still,
                Scenario::None => gws_world::Scenario::None,
            },
            seed: args.seed,
            speed: args.speed,
            latency: Duration::from_millis(args.latency_ms),
            login: args.login,
            hold: Duration::from_millis(args.hold_ms),
            max_interval: Duration::from_millis(args.max_interval_ms),
            max_sessions_per_browser: args.max_sessions_per_browser,
            multi_session_interval_ms: args.multi_session_interval_ms,
            websocket: args.websocket,
            ack: args.ack,
            reply_first: args.reply_first,
            ..Settings::default()
        }
    }
}

fn pace(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(pace) if (0.0..=FASTEST).contains(&pace) => Ok(pace),
        _ => Err(format!("a number from 0 to {FASTEST} is wanted")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Args, String> {
        let words = line.split_whitespace();
        let args = Args::try_parse_from(["gws-sim"].into_iter().chain(words));
        args.map_err(|error| error.to_string())
    }

    #[test]
    fn flags_take_their_value_either_way() {
        let line = "--port 0 --seed=7 --scenario still --order reply-first --no-ack \
                    --allow-host sim.test --allow-host=b.test --max-sessions-per-browser -1";
        let args = parse(line).unwrap();
        assert_eq!(args.allow_hosts, ["sim.test", "b.test"]);
        assert_eq!((args.port, args.seed), (0, 7));
        assert_eq!(args.scenario, Scenario::Still);
        assert_eq!(args.max_sessions_per_browser, -1);
        assert!(args.reply_first && !args.ack);
        assert_eq!(
            parse("--port 1 --port 2").unwrap().port,
            2,
            "the last one counts"
        );
        let defaults = parse("").unwrap();
        assert!(!defaults.reply_first && defaults.ack);
    }

    #[test]
    fn latency_follows_the_scenario_unless_given() {
        let latency = |line| parse(line).unwrap().latency_ms;
        assert_eq!(latency("--scenario still"), 0);
        assert_eq!(latency("--scenario demo"), 120);
        assert_eq!(latency("--latency 5 --scenario still"), 5);
    }

    #[test]
    fn csp_without_a_value_is_the_contracts() {
        let args = parse("--csp --login").unwrap();
        assert_eq!(args.csp.as_deref(), Some(CONTRACT_CSP));
        assert!(args.login);
        let own = Args::try_parse_from(["gws-sim", "--csp", "default-src 'self'"]);
        assert_eq!(own.unwrap().csp.as_deref(), Some("default-src 'self'"));
        assert_eq!(parse("--csp --no-csp").unwrap().csp, None);
    }

    #[test]
    fn wrong_words_are_named() {
        assert!(parse("--prot 1").unwrap_err().contains("--prot"));
        assert!(parse("--port").unwrap_err().contains("--port"));
        assert!(parse("--port x").unwrap_err().contains("x"));
        assert!(parse("--speed -1").unwrap_err().contains("--speed"));
        assert!(parse("--speed 1e300").unwrap_err().contains("10000"));
        assert!(parse("--help").unwrap_err().contains("--speed"));
    }
}
