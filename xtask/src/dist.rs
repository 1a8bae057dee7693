//! `cargo xtask dist`: the npm package, unpacked in `target/npm` and as the tarball that `npm
//! install` takes, with a check that it is complete and within its budget.

use crate::build;
use crate::process;
use crate::project::Project;
use crate::size;
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Build the npm package, unpacked and as a tarball
///
/// Builds the npm package into target/npm, as files that any web server can serve, and beside it
/// as a tarball, target/barge-in-VERSION.tgz. Prints what a page downloads, and fails if that is
/// more than the budget.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Options {}

/// The most that a page may download for the button, in bytes after brotli.
pub const BUDGET: u64 = 82_000;

/// The same for the simulated server in the page.
const SIM_BUDGET: u64 = 90_000;

/// The size to aim for.
const WANTED: u64 = 60_000;

/// Runs the command.
pub fn run() -> Result<()> {
    let project = Project::find();
    let folder = build::package(&project)?;
    let tarball = pack(&folder, &project.root.join("target"))?;
    let sizes = build::sizes(&project)?;
    print!("{}", size::table(&sizes));
    let panel = build::sizes_of_panel(&project)?;
    print!("{}", size::table(&panel));
    let sim = build::sizes_of_sim(&project)?;
    print!("{}", size::table(&sim));
    println!("{}", project.shown(&folder));
    println!("{}", project.shown(&tarball));
    let total = size::total(&sizes).brotli;
    if total > BUDGET {
        bail!("{total} bytes are over the budget of {BUDGET}");
    }
    let sim = size::total(&sim).brotli;
    if sim > SIM_BUDGET {
        bail!("{sim} bytes of the simulator are over the budget of {SIM_BUDGET}");
    }
    if total > WANTED {
        println!("{total} bytes are within the budget of {BUDGET}; {WANTED} are wanted");
    }
    Ok(())
}

/// Packs the folder with npm, which reads the list of files from `package.json`.
fn pack(folder: &Path, into: &Path) -> Result<PathBuf> {
    let mut npm = Command::new("npm");
    npm.args(["pack", "--json", "--pack-destination"])
        .arg(into)
        .current_dir(folder);
    let output = process::run(&mut npm)?;
    let name = tarball_name(&output).with_context(|| format!("npm packed nothing:\n{output}"))?;
    Ok(into.join(name))
}

/// The tarball's name in the output of `npm pack --json`.
fn tarball_name(output: &str) -> Option<&str> {
    let rest = output.split_once("\"filename\": \"")?.1;
    let (name, _) = rest.split_once('"')?;
    name.ends_with(".tgz").then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tarball_is_named() {
        let output =
            "[\n  {\n    \"id\": \"barge-in@0.1.0\",\n    \"filename\": \"barge-in-0.1.0.tgz\",\n";
        assert_eq!(tarball_name(output), Some("barge-in-0.1.0.tgz"));
        assert_eq!(tarball_name("npm error code ENOENT"), None);
    }
}
