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

/// The most that a page may download, in bytes after brotli: for the button, for panels, and for the simulated server.
const BUDGETS: [(&str, u64, SizesOf); 3] = [
    ("the button", 82_000, build::sizes),
    ("panels", 140_000, build::sizes_of_panel),
    ("the simulator", 90_000, build::sizes_of_sim),
];

type SizesOf = fn(&Project) -> Result<Vec<size::Size>>;

/// Runs the command.
pub fn run() -> Result<()> {
    let project = Project::find();
    let folder = build::package(&project)?;
    let tarball = pack(&folder, &project.root.join("target"))?;
    println!("{}", project.shown(&folder));
    println!("{}", project.shown(&tarball));
    within_budgets(&project)
}

/// Prints what pages download of the built package; an error if that is too much.
pub fn within_budgets(project: &Project) -> Result<()> {
    for (what, budget, sizes) in BUDGETS {
        let sizes = sizes(project)?;
        print!("{}", size::table(&sizes));
        let brotli = size::total(&sizes).brotli;
        if brotli > budget {
            bail!("{brotli} bytes of brotli for {what} are over the budget of {budget}");
        }
        println!("{brotli} bytes of brotli for {what}, within the budget of {budget}");
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
