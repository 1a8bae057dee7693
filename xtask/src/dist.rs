//! `cargo xtask dist`: the npm package, unpacked in `target/npm` and as the tarball that `npm
//! install` takes, with a check that it is complete and within its budget.

use crate::build;
use crate::process;
use crate::project::Project;
use crate::size;
use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Build the npm package, unpacked and as a tarball
///
/// Builds the npm package into target/npm, as files that any web server can serve, and beside it
/// as a tarball, target/barge-in-VERSION.tgz. Prints what a page downloads, and fails if that is
/// more than the budget.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Options {
    /// Fail unless npm/package.json says where the project is found
    #[arg(long)]
    to_publish: bool,
}

/// What `npm repo`, `npm docs` and `npm bugs` open, and npm's site links to.
const ADDRESSES: [&str; 3] = ["repository", "homepage", "bugs"];

/// The most that a page may download, in bytes after brotli: for the button, for panels, and for the simulated server.
const BUDGETS: [(&str, u64, SizesOf); 3] = [
    ("the button", 78_600, build::sizes),
    ("panels", 123_500, build::sizes_of_panel),
    ("the simulator", 90_000, build::sizes_of_sim),
];

/// The most that panels may cost more than the button.
const MOST_MORE: u64 = 45_000;

type SizesOf = fn(&Project) -> Result<Vec<size::Size>>;

/// Runs the command.
pub fn run(options: &Options) -> Result<()> {
    let project = Project::find();
    if options.to_publish {
        addressed(&fs::read_to_string(project.root.join("npm/package.json"))?)?;
    }
    let folder = build::package(&project)?;
    let tarball = pack(&folder, &project.root.join("target"))?;
    println!("{}", project.shown(&folder));
    println!("{}", project.shown(&tarball));
    within_budgets(&project)
}

/// Prints what pages download of the built package; an error if that is too much.
pub fn within_budgets(project: &Project) -> Result<()> {
    let mut totals = Vec::new();
    for (what, budget, sizes) in BUDGETS {
        let sizes = sizes(project)?;
        print!("{}", size::table(&sizes));
        let brotli = size::total(&sizes).brotli;
        if brotli > budget {
            bail!("{brotli} bytes of brotli for {what} are over the budget of {budget}");
        }
        println!("{brotli} bytes of brotli for {what}, within the budget of {budget}");
        totals.push(brotli);
    }
    match totals[..] {
        [button, panels, _] if panels > button + MOST_MORE => {
            bail!("panels take {} bytes more than the button", panels - button)
        }
        _ => Ok(()),
    }
}

/// An error if a manifest leaves out an address.
fn addressed(manifest: &str) -> Result<()> {
    let manifest: Map<String, Value> = serde_json::from_str(manifest)?;
    let missing = Vec::from_iter(
        ADDRESSES
            .iter()
            .filter(|name| !manifest.contains_key(**name)),
    );
    if missing.is_empty() {
        return Ok(());
    }
    bail!("npm/package.json lacks {missing:?}: a published package says where its project is found")
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
    fn a_published_package_needs_all_three_addresses() {
        let error = addressed(r#"{ "homepage": "https://example.com" }"#).unwrap_err();
        assert!(
            error
                .to_string()
                .contains(r#"lacks ["repository", "bugs"]"#),
            "{error}"
        );
        let all = ADDRESSES.map(|name| format!("{name:?}: {{ \"url\": \"\" }}"));
        addressed(&format!("{{ {} }}", all.join(", "))).expect("all three");
    }

    #[test]
    fn the_tarball_is_named() {
        let output =
            "[\n  {\n    \"id\": \"barge-in@0.1.0\",\n    \"filename\": \"barge-in-0.1.0.tgz\",\n";
        assert_eq!(tarball_name(output), Some("barge-in-0.1.0.tgz"));
        assert_eq!(tarball_name("npm error code ENOENT"), None);
    }
}
