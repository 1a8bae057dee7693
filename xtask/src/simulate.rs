//! `cargo xtask simulate`: thousands of clients and a server that fails, on a virtual clock. The
//! work is that of `crates/herd`, built to be fast rather than small.

use std::process::Command;

use crate::args::Args;
use crate::process::{self, Job};
use crate::project::Project;
use crate::tools::rust;

const HELP: &str = "\
cargo xtask simulate [--clients N] [--seed S] [--docs]

Simulates 10,000 and 100,000 supervisors whose server restarts, comes back
slow, answers 503 or is replaced by another node, for three rules of coming
back. Prints a table and draws the curves into target/simulate/. About a minute.

  --clients N  that many clients instead
  --seed S     where chance starts (default 1); one seed, one result
  --docs       also renew docs/herd.svg and the table in docs/herd.md";

/// Runs the command.
pub fn run(mut args: Args) -> Result<(), String> {
    if args.help(HELP) {
        return Ok(());
    }
    let (clients, seed) = (args.value("--clients")?, args.value("--seed")?);
    let docs = args.flag("--docs");
    args.none_left()?;

    let project = Project::find();
    let build = Job {
        name: "simulate",
        does: "compiling the simulation",
        about: 30,
        crates: 10,
    };
    build.run(cargo(&project).args(["build", "--package", "herd", "--profile", "host"]))?;

    let mut herd = Command::new(
        project
            .target
            .join("host/herd")
            .with_extension(std::env::consts::EXE_EXTENSION),
    );
    herd.arg("--out").arg(project.target.join("simulate"));
    for (name, value) in [("--clients", clients), ("--seed", seed)] {
        if let Some(value) = value {
            herd.args([name, &value]);
        }
    }
    if docs {
        herd.arg("--docs").arg(project.root.join("docs"));
    }
    let status = herd
        .status()
        .map_err(|error| process::cannot_start(&herd, &error))?;
    // The simulation has said what went wrong.
    status.success().then_some(()).ok_or_else(String::new)
}

fn cargo(project: &Project) -> Command {
    let mut cargo = Command::new(rust::cargo());
    cargo.current_dir(&project.root);
    cargo
}
