//! The user's cargo, the programs that it builds for this machine, and the target for the browser.

use crate::process::Job;
use crate::project::Project;
use anyhow::Result;
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The target for the browser.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Packages that run only in a browser.
pub const BROWSER_PACKAGES: [&str; 3] = ["barge-in", "barge-in-element", "demo"];

/// The user's cargo (the one that runs this program) at the root of the checkout.
pub fn cargo(project: &Project) -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(&project.root);
    cargo
}

/// Selects all packages that run on the host. Cargo builds a dependency with the features that the selected packages need,
/// so programs and tests share what is compiled only if they select the same packages.
pub fn select_host_packages(cargo: &mut Command) {
    cargo.arg("--workspace");
    cargo.args(BROWSER_PACKAGES.map(|name| format!("--exclude={name}")));
}

/// Builds a program of the workspace with the profile `dev` or `host`; returns its path.
pub fn program(project: &Project, package: &str, profile: &str) -> Result<PathBuf> {
    let folder = if profile == "dev" { "debug" } else { profile };
    let args = ["--profile", profile, "--bin", package];
    build(project, package, folder, &args, package)
}

/// Compiles an example of a package in the dev profile; returns its path.
pub fn example(project: &Project, package: &str, name: &str) -> Result<PathBuf> {
    let args = ["--example", name];
    build(project, name, "debug/examples", &args, package)
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
    cargo.arg("build").args(args);
    select_host_packages(&mut cargo);
    Job::new(package, "compiling", about).run(&mut cargo)?;
    Ok(path)
}

/// Whether a library folder contains a standard library.
pub fn has_std(folder: &Path) -> bool {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.any(|name| name.starts_with("libstd-") && name.ends_with(".rlib"))
}
