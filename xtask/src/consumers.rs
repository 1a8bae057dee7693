//! The stages of the package's users: consoles of several frameworks that install it from its tarball, and one in Yew
//! that uses the crate. Node's tests (`e2e/consumers`) do the former. The Yew console is compiled here, with the
//! versions and the target folder of the project, so that its dependencies are not compiled twice.

use crate::process::Job;
use crate::project::{self, Project};
use crate::stages;
use crate::summary::Count;
use crate::tools::cargo::TARGET;
use crate::tools::rust;
use crate::{build, page, wasm};
use anyhow::Result;
use std::path::PathBuf;

/// Not named `*.test.mjs`, so that the stage `e2e` does not run them, too.
const TESTS: [&str; 3] = [
    "consumers/consumers.mjs",
    "consumers/empty-folder.mjs",
    "consumers/documents.mjs",
];

/// The slow ones.
const STACKS: [&str; 3] = [
    "consumers/servers.mjs",
    "consumers/bundlers.mjs",
    "consumers/unit-tests.mjs",
];

/// Runs the stage.
pub fn run(project: &Project) -> Result<Count> {
    let package = build::package(project)?;
    let console = yew_console(project)?;
    let mut node = stages::node(project, "e2e")?;
    node.env("DIST", package).env("YEW_CONSOLE", console);
    stages::node_tests(project, "consumers", 60, &mut node, &TESTS)
}

/// Runs the stage of the slow ones: server rendering, other bundlers, tests of consoles.
pub fn stacks(project: &Project) -> Result<Count> {
    let package = build::package(project)?;
    let mut node = stages::node(project, "e2e")?;
    node.env("DIST", package);
    stages::node_tests(project, "stacks", 100, &mut node, &STACKS)
}

/// Runs the stage of the tools that check packages and types.
pub fn types(project: &Project) -> Result<Count> {
    let package = build::package(project)?;
    let mut node = stages::node(project, "e2e")?;
    node.env("DIST", package);
    stages::node_tests(project, "types", 40, &mut node, &["consumers/types.mjs"])
}

/// Compiles the Yew console; returns the folder of its pages.
fn yew_console(project: &Project) -> Result<PathBuf> {
    let source = project.root.join("e2e/consumers/yew");
    project::copy(&project.root.join("Cargo.lock"), &source.join("Cargo.lock"))?;
    let rust = rust::ensure(project)?;
    let mut cargo = rust.cargo(project);
    wasm::prepare(&mut cargo, project);
    cargo
        .args(["build", "--target", TARGET, "--manifest-path"])
        .arg(source.join("Cargo.toml"));
    let job = Job::new("console", "compiling the Yew console to WebAssembly", 60);
    job.run(&mut cargo)?;
    let compiled = format!("wasm/{TARGET}/debug/console.wasm");
    let folder = project.root.join("target/consumers/yew");
    page::assemble(project, &project.target.join(compiled), &source, &folder)?;
    Ok(folder)
}
