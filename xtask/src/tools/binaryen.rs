//! `wasm-opt`, which makes the released WebAssembly a third smaller. It comes from npm's
//! `binaryen`; the versions that Linux distributions ship cannot read what Rust emits today.

use super::{found::on_path, npm};
use crate::process::{self, Job};
use crate::project::{self, Project};
use anyhow::{Context, Result};
use fs_err as fs;
use std::path::PathBuf;
use std::process::Command;

/// The version; `Trunk.toml` names it too.
const VERSION: &str = "132";

/// The folder of the programs installed here.
pub fn folder(project: &Project) -> PathBuf {
    package(project).join("node_modules/.bin")
}

/// Finds `wasm-opt` at the right version.
pub fn find(project: &Project) -> Option<PathBuf> {
    let manifest = package(project).join("node_modules/binaryen/package.json");
    let own = folder(project).join("wasm-opt");
    let version = format!("\"version\": \"{VERSION}.0.0\"");
    // Asking the program itself takes Node half a second.
    if own.is_file() && fs::read_to_string(&manifest).is_ok_and(|text| text.contains(&version)) {
        return Some(own);
    }
    let users = on_path("wasm-opt")?;
    let line = process::first_line(Command::new(&users).arg("--version"))?;
    (line.split(' ').nth(2) == Some(VERSION)).then_some(users)
}

/// Finds it or installs it.
pub fn ensure(project: &Project) -> Result<PathBuf> {
    if let Some(found) = find(project) {
        return Ok(found);
    }
    npm::ensure()?;
    let package = package(project);
    project::write(&package.join("package.json"), "{ \"private\": true }\n")?;
    let job = Job::new(
        "wasm-opt",
        "installing npm's binaryen into .tools/node (100 MB)",
        20,
    );
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-audit", "--no-fund", "--save-exact"])
        .arg(format!("binaryen@{VERSION}.0.0"))
        .current_dir(&package);
    job.run(&mut npm)?;
    find(project).with_context(|| format!("wasm-opt: npm installed no binaryen {VERSION}"))
}

fn package(project: &Project) -> PathBuf {
    project.tools.join("node")
}
