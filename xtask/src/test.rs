//! `cargo xtask test`: every test and check, stage by stage, and one line at the end that adds
//! them up. A stage says little when all is well and shows everything when it is not.

use crate::args::Args;
use crate::consumers;
use crate::deny;
use crate::project::Project;
use crate::stages;
use crate::summary::Count;
use std::time::Instant;

const HELP: &str = "\
cargo xtask test [--list] [stage...]

Runs all stages, or those named, and ends with `N passed, M failed`. Each check
that has no tests of its own to count (formatting, lints, size) counts as one.

  --list   name the stages";

struct Stage {
    name: &'static str,
    about: &'static str,
    run: fn(&Project) -> Result<Count, String>,
}

const STAGES: [Stage; 12] = [
    Stage {
        name: "fmt",
        about: "formatting",
        run: stages::fmt,
    },
    Stage {
        name: "clippy",
        about: "lints of what runs on the host",
        run: stages::clippy,
    },
    Stage {
        name: "clippy-wasm",
        about: "lints of what runs in the browser",
        run: stages::clippy_wasm,
    },
    Stage {
        name: "deny",
        about: "licences and advisories of what others wrote",
        run: deny::run,
    },
    Stage {
        name: "host",
        about: "protocol, session model, simulator and xtask",
        run: stages::host,
    },
    Stage {
        name: "browser",
        about: "components in Chromium",
        run: stages::browser,
    },
    Stage {
        name: "size",
        about: "the release build and its size",
        run: stages::size,
    },
    Stage {
        name: "e2e",
        about: "the package and the demo in Chromium against the simulator",
        run: stages::e2e,
    },
    Stage {
        name: "firefox",
        about: "the package in Firefox",
        run: stages::firefox,
    },
    Stage {
        name: "consumers",
        about: "the package in consoles of React, Vue, Angular, webpack, Yew and none",
        run: consumers::run,
    },
    Stage {
        name: "official-client",
        about: "the CometD project's own client against the simulator",
        run: stages::official_client,
    },
    Stage {
        name: "trunk",
        about: "the demo as Trunk builds and serves it",
        run: stages::trunk,
    },
];

/// Runs the command.
pub fn run(mut args: Args) -> Result<(), String> {
    if args.help(HELP) {
        return Ok(());
    }
    if args.flag("--list") {
        for stage in &STAGES {
            println!("{:<16}{}", stage.name, stage.about);
        }
        return Ok(());
    }
    let names = args.names()?;
    if let Some(name) = names
        .iter()
        .find(|name| STAGES.iter().all(|stage| stage.name != **name))
    {
        return Err(format!("there is no stage `{name}`; see --list"));
    }
    let project = Project::find();
    let mut sum = Count::default();
    let mut failed = Vec::new();
    for stage in &STAGES {
        if !names.is_empty() && names.iter().all(|name| name != stage.name) {
            continue;
        }
        println!("== {}: {}", stage.name, stage.about);
        let began = Instant::now();
        let count = (stage.run)(&project).unwrap_or_else(|error| {
            println!("{error}");
            Count::FAILED
        });
        println!("   {count} ({} s)", began.elapsed().as_secs());
        if count.failed > 0 {
            failed.push(stage.name);
        }
        sum += count;
    }
    if !failed.is_empty() {
        println!("failed: {}", failed.join(", "));
    }
    println!("{sum}");
    match sum.failed {
        0 => Ok(()),
        _ => Err(String::new()),
    }
}
