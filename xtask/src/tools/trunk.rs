//! Trunk, the usual build tool and server for Yew. It is used if it is installed, and never
//! installed here, as compiling it takes ten minutes.

use super::found::on_path;
use crate::process;
use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::process::Command;

/// The minor version that `Trunk.toml` asks for.
const VERSION: &str = "0.21.";

/// The user's Trunk, or why there is none.
pub fn find() -> Result<PathBuf> {
    let program = on_path("trunk").context("Trunk is not installed")?;
    let line = process::first_line(Command::new(&program).arg("--version")).unwrap_or_default();
    match line.split(' ').nth(1) {
        Some(version) if version.starts_with(VERSION) => Ok(program),
        _ => bail!("`{line}` is installed, {VERSION}x is wanted"),
    }
}
