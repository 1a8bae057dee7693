//! `cargo xtask bench`: builds what `bench/run.mjs` needs, and runs it.

use crate::process;
use crate::project::Project;
use crate::tools::cargo;
use crate::tools::{chromium, npm};
use crate::{build, figures};
use anyhow::Result;
use std::process::Command;

/// Measure the button and the panel beside React and Preact
///
/// The same button, written with React 19 and with Preact on the official cometd client:
/// bytes, start, notifications, bursts, presses, memory. And the same panel in React 19:
/// bytes, first line, ready, entries, bursts, memory, keys in a long text. Prints two tables;
/// the samples are in target/bench/button.json and panel.json. About a minute per round; leave
/// the machine alone meanwhile.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Options {
    /// Rounds, each of them all contestants in turn
    #[arg(long, value_name = "N", default_value_t = 7)]
    rounds: u32,
    /// Only the button's table
    #[arg(long, conflicts_with = "panel")]
    button: bool,
    /// Only the panel's table
    #[arg(long)]
    panel: bool,
    /// Also renew what was measured in docs/benchmarks.md
    #[arg(long)]
    write_docs: bool,
    /// Measure the package in target/npm as it is
    #[arg(long)]
    no_build: bool,
}

/// Runs the command.
pub fn run(options: &Options) -> Result<()> {
    let project = Project::find();
    if !options.no_build {
        build::package(&project)?;
    }
    npm::install(&project.root.join("bench"), "bench")?;
    let subjects = match (options.button, options.panel) {
        (true, _) => &["button"][..],
        (_, true) => &["panel"][..],
        _ => &["button", "panel"][..],
    };
    let mut node = Command::new("node");
    node.args(["bench/run.mjs", "--rounds", &options.rounds.to_string()])
        .args(subjects.iter().flat_map(|subject| ["--only", subject]))
        // Built with optimisation, so that the measurement is of the page.
        .env("SIM_BIN", cargo::program(&project, "gws-sim", "host")?)
        .env("CHROMIUM", chromium::ensure()?.browser)
        .current_dir(&project.root);
    process::run_attached(&mut node)?;
    if options.write_docs {
        for subject in subjects {
            let command = format!("cargo xtask bench --{subject} --write-docs");
            let measured = format!("target/bench/{subject}.md");
            figures::renew(&project, "docs/benchmarks.md", &command, &measured)?;
        }
    }
    Ok(())
}
