//! `wasm-opt`, from npm's `binaryen`, which `build/package.json` names; `Trunk.toml` names its version too. The
//! versions of Linux distributions cannot read the output of current Rust.

use super::npm;
use crate::project::Project;
use anyhow::Result;
use std::path::PathBuf;

/// The folder of its programs.
pub fn folder(project: &Project) -> PathBuf {
    project.root.join("build/node_modules/.bin")
}

/// Finds `wasm-opt` or installs it.
pub fn ensure(project: &Project) -> Result<PathBuf> {
    npm::install(&project.root.join("build"), "build")?;
    Ok(folder(project).join("wasm-opt"))
}
