//! `cargo xtask chaos`: builds what `e2e/faults/run.mjs` needs, and runs it.

use crate::process;
use crate::project::Project;
use crate::{build, figures, stages};
use anyhow::Result;

/// Break line, server and page under the element, and tell what it showed
///
/// Breaks the line, the server and the page in every way that the tests know, with real times:
/// 30 s of outage, two minutes of sleep. Prints for each how soon it was noticed, how soon the
/// truth was back, how many POSTs were sent and how many false states were shown (any fails).
/// The same is in target/chaos.json. About twenty minutes.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Options {
    /// With the short times of `cargo xtask test`
    #[arg(long)]
    quick: bool,
    /// Also renew the table in docs/faults.md
    #[arg(long)]
    write_docs: bool,
    /// Leave it alone for ten minutes instead, with the simulator in the page
    #[arg(long)]
    idle: bool,
    /// Use the package in target/npm as it is
    #[arg(long)]
    no_build: bool,
    /// Only the faults whose name contains one of these
    #[arg(value_name = "NAME")]
    names: Vec<String>,
}

/// Runs the command.
pub fn run(options: &Options) -> Result<()> {
    let project = Project::find();
    let package = match options.no_build {
        true => build::folder(&project),
        false => build::package(&project)?,
    };
    let mut node = stages::node(&project, "e2e")?;
    node.env("DIST", package);
    if options.idle {
        return process::run_attached(node.args(["--test", "sim/idle.mjs"]));
    }
    node.arg("faults/run.mjs")
        .args(options.quick.then_some("--quick"))
        .args(&options.names);
    let held = process::run_attached(&mut node);
    if options.write_docs {
        figures::renew(
            &project,
            "docs/faults.md",
            "cargo xtask chaos --write-docs",
            "target/chaos.md",
        )?;
    }
    held
}
