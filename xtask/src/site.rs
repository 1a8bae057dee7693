//! `cargo xtask site`: the documentation with its live examples and the console demo, as one folder
//! of static files.

use crate::process::{Job, Once, once};
use crate::project::Project;
use crate::tools::{cargo, npm, rust};
use crate::wasm::{self, DEMO, Profile};
use crate::{build, demo, page};
use anyhow::Result;
use std::path::PathBuf;
use std::process::Command;

/// Build the documentation with live examples
///
/// Writes target/site, static files for any web server, at any path of it: the documents, examples
/// that run on the simulated server in the page, and the console demo. With --serve it also shows
/// them.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Options {
    /// Serve the folder, print its address and open it in a browser
    #[arg(long)]
    serve: bool,
    /// Listen on this port; 0 takes any free one
    #[arg(long, value_name = "N", default_value_t = 8080)]
    port: u16,
    /// Open no browser
    #[arg(long)]
    no_open: bool,
}

/// Runs the command; with `--serve` until it is interrupted.
pub fn run(options: &Options) -> Result<()> {
    if options.serve {
        // Fail now and not after minutes of compiling.
        demo::check_port(options.port)?;
    }
    let project = Project::find();
    let folder = folder(&project)?;
    println!("{}", project.shown(&folder));
    if !options.serve {
        return Ok(());
    }
    // Only its static files are asked for.
    let mut command = Command::new(cargo::program(&project, "gws-sim", "dev")?);
    command
        .args(["--port", &options.port.to_string(), "--static"])
        .arg(folder);
    demo::serve(&mut command, "The documentation", !options.no_open)
}

/// Builds the site, once for a run; returns its folder.
pub fn folder(project: &Project) -> Result<PathBuf> {
    static SITE: Once = Once::new();
    once(&SITE, || build(project))
}

fn build(project: &Project) -> Result<PathBuf> {
    let package = build::package(project)?;
    let console = console(project)?;
    npm::install(&project.root.join("site"), "site")?;
    let site = project.root.join("target/site");
    let mut node = Command::new("node");
    node.arg("site/build.mjs")
        .args([&package, &console, &site])
        .current_dir(&project.root);
    let job = Job::new("site", "writing target/site", 1);
    job.run(&mut node)?;
    Ok(site)
}

/// Builds the console of the site, once for a run; returns its folder.
pub fn console(project: &Project) -> Result<PathBuf> {
    static CONSOLE: Once = Once::new();
    once(&CONSOLE, || build_console(project))
}

fn build_console(project: &Project) -> Result<PathBuf> {
    let folder = project.root.join("target/console");
    let rust = rust::ensure_source(project)?;
    // As the package is, so that what both need is compiled once.
    let compiled = wasm::compile(project, &rust, &DEMO, Profile::Small)?;
    let wasm = page::assemble(project, &compiled, &project.root, &folder)?;
    // All rounds of the package's would take twice as long for one per cent of a demo.
    wasm::optimise(project, &wasm, &["-Oz"])?;
    Ok(folder)
}
