//! `cargo xtask sheet`: builds what `e2e/contact-sheet.mjs` needs, and runs it.

use crate::build;
use crate::process;
use crate::project::Project;
use crate::tools::{cargo, chromium, npm};
use anyhow::Result;
use std::process::Command;

/// Draw the button in every state, circumstance and theme into one picture
///
/// Writes target/contact-sheet.png, for a person to look at. Less than a minute.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Options {}

/// Runs the command.
pub fn run() -> Result<()> {
    let project = Project::find();
    let package = build::package(&project)?;
    let folder = project.root.join("e2e");
    npm::install(&folder, "e2e")?;
    let mut node = Command::new("node");
    node.arg("contact-sheet.mjs")
        .env("DIST", package)
        .env("SIM_BIN", cargo::program(&project, "gws-sim", "dev")?)
        .env("CHROMIUM", chromium::ensure()?.browser)
        .current_dir(folder);
    process::run_attached(&mut node)
}
