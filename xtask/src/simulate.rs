//! `cargo xtask simulate`: builds `tools/herd` with optimisation, and runs it.

use crate::figures;
use crate::process;
use crate::project::{self, Project};
use crate::tools::cargo;
use anyhow::Result;
use std::process::Command;

/// Let thousands of clients come back to a server that failed
///
/// Simulates 10,000 and 100,000 supervisors whose server restarts, comes back slow, answers 503
/// or is replaced by another node, for three rules of coming back. Prints a table and draws the
/// curves into target/simulate/. About a minute.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Options {
    /// That many clients instead
    #[arg(long, value_name = "N")]
    clients: Option<u32>,
    /// Where chance starts; one seed, one result
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// Also renew docs/herd.svg and the table in docs/herd.md
    #[arg(long)]
    docs: bool,
}

/// Runs the command.
pub fn run(options: &Options) -> Result<()> {
    let project = Project::find();
    let mut herd = Command::new(cargo::program(&project, "herd", "host")?);
    herd.arg("--out").arg(project.root.join("target/simulate"));
    herd.args(["--seed", &options.seed.to_string()]);
    if let Some(clients) = options.clients {
        herd.args(["--clients", &clients.to_string()]);
    }
    process::run_attached(&mut herd)?;
    if options.docs {
        figures::renew(
            &project,
            "docs/herd.md",
            "cargo xtask simulate --docs",
            "target/simulate/table.md",
        )?;
        let [from, to] = ["target/simulate/herd.svg", "docs/herd.svg"];
        project::copy(&project.root.join(from), &project.root.join(to))?;
    }
    Ok(())
}
