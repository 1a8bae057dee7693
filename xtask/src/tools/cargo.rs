//! The user's cargo, the programs that it builds for this machine, and the target for the browser.

use crate::process::Job;
use crate::project::Project;
use anyhow::Result;
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The target for the browser.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// The user's cargo (the one that runs this program) at the root of the checkout.
pub fn cargo(project: &Project) -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(&project.root);
    cargo
}

/// Builds a program of the workspace with the profile `dev` or `host`; returns its path.
pub fn program(project: &Project, package: &str, profile: &str) -> Result<PathBuf> {
    let folder = if profile == "dev" { "debug" } else { profile };
    build(project, package, folder, &["--profile", profile], package)
}

/// Compiles an example of a package in the dev profile; returns its path.
pub fn example(project: &Project, package: &str, name: &str) -> Result<PathBuf> {
    build(
        project,
        name,
        "debug/examples",
        &["--example", name],
        package,
    )
}

fn build(
    project: &Project,
    name: &str,
    folder: &str,
    args: &[&str],
    package: &str,
) -> Result<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    let path = project.target.join(folder).join(file);
    let about = if path.is_file() { 5 } else { 60 };
    let mut cargo = cargo(project);
    cargo.args(["build", "--package", package]).args(args);
    Job::new(package, "compiling", about).run(&mut cargo)?;
    Ok(path)
}

/// Whether a library folder contains a standard library.
pub fn has_std(folder: &Path) -> bool {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.any(|name| name.starts_with("libstd-") && name.ends_with(".rlib"))
}
