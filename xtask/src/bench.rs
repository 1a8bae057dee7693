//! `cargo xtask bench`: the element beside the same button written with React and with Preact,
//! measured in one browser. The work is that of `bench/run.mjs`; here its needs are built.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use crate::args::Args;
use crate::build;
use crate::process::{self, Job};
use crate::project::Project;
use crate::tools::{chromium, npm, rust};

const HELP: &str = "\
cargo xtask bench [--rounds N] [--write-docs] [--no-build]

Measures the element beside the same button written with React 19 and with
Preact on the official cometd client: bytes, start, notifications, bursts,
presses, memory. Prints a table; the samples are in target/bench/results.json.
About half a minute per round; leave the machine alone meanwhile.

  --rounds N    that many rounds (7), each of them all three in turn
  --write-docs  also renew the table in docs/benchmarks.md
  --no-build    measure the package in target/npm as it is";

/// Runs the command.
pub fn run(mut args: Args) -> Result<(), String> {
    if args.help(HELP) {
        return Ok(());
    }
    let rounds = args.value("--rounds")?;
    let docs = args.flag("--write-docs");
    let built = args.flag("--no-build");
    args.none_left()?;

    let project = Project::find();
    if !built {
        build::package(&project)?;
    }
    npm::install(&project.root.join("bench"), "bench")?;
    let mut node = Command::new("node");
    node.arg("bench/run.mjs")
        .env("SIM_BIN", simulator(&project)?)
        .env("CHROMIUM", chromium::ensure()?.browser)
        .current_dir(&project.root);
    if let Some(rounds) = rounds {
        node.args(["--rounds", &rounds]);
    }
    if docs {
        node.arg("--write-docs");
    }
    let status = node
        .status()
        .map_err(|error| process::cannot_start(&node, &error))?;
    // The run has said what went wrong.
    status.success().then_some(()).ok_or_else(String::new)
}

/// Builds the simulator to be fast, so that what is measured is the page; returns the program.
fn simulator(project: &Project) -> Result<PathBuf, String> {
    let job = Job {
        name: "gws-sim",
        does: "compiling the simulated server",
        about: 90,
        crates: 0,
    };
    let mut cargo = Command::new(rust::cargo());
    cargo
        .args(["build", "--package", "gws-sim", "--profile", "host"])
        .current_dir(&project.root);
    job.run(&mut cargo)?;
    let program = project.target.join("host/gws-sim");
    Ok(program.with_extension(env::consts::EXE_EXTENSION))
}
