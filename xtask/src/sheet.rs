//! `cargo xtask sheet`: builds what `e2e/contact-sheet.mjs` needs, and runs it.

use crate::build;
use crate::process;
use crate::project::Project;
use crate::stages;
use anyhow::Result;

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
    let mut node = stages::node(&project, "e2e")?;
    node.arg("contact-sheet.mjs").env("DIST", package);
    process::run_attached(&mut node)
}
