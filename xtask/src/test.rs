//! `cargo xtask test`: every test and check, stage by stage, and one line at the end with the sums.
//! A stage prints little if it passes and everything if it fails.

use crate::project::Project;
use crate::summary::Count;
use crate::tools::{rust, wasm_bindgen};
use crate::{build, consumers, deny, site, stages};
use anyhow::{Result, bail};
use std::thread;
use std::time::Instant;

/// Run every test and check
///
/// Runs all stages, or those named, and ends with `N passed, N failed, N skipped`. A check that
/// has no tests of its own to count (formatting, lints, size) counts as one.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Options {
    /// Name the stages
    #[arg(long)]
    list: bool,
    /// Only these stages
    #[arg(value_name = "STAGE")]
    stages: Vec<String>,
}

struct Stage {
    name: &'static str,
    about: &'static str,
    run: fn(&Project) -> Result<Count>,
}

const fn stage(
    name: &'static str,
    about: &'static str,
    run: fn(&Project) -> Result<Count>,
) -> Stage {
    Stage { name, about, run }
}

#[rustfmt::skip]
const STAGES: [Stage; 16] = [
    stage("fmt", "formatting", stages::fmt),
    stage("clippy", "lints of what runs on the host", stages::clippy),
    stage("clippy-wasm", "lints of what runs in the browser", stages::clippy_wasm),
    stage("deny", "licences and advisories of what others wrote", deny::run),
    stage("host", "protocol, session model, simulator and xtask", stages::host),
    stage("browser", "components in Chromium", stages::browser),
    stage("size", "the release build and its size", stages::size),
    stage("e2e", "the package and the demo in Chromium against the simulator", stages::e2e),
    stage("page", "the package in Chromium against the simulator in the page", stages::page),
    stage("site", "the documentation's pages and examples, in Chromium and Firefox", stages::site),
    stage("firefox", "the package in Firefox", stages::firefox),
    stage("types", "the package's types, manifest and entries, by the tools that check them", consumers::types),
    stage("consumers", "the package in consoles of React, Vue, Angular, webpack, Yew and none", consumers::run),
    stage("stacks", "the package rendered by servers, by other bundlers, and in tests of consoles", consumers::stacks),
    stage("official-client", "the CometD project's own client against the simulator", stages::official_client),
    stage("trunk", "the demo as Trunk builds and serves it", stages::trunk),
];

/// These stages do not need the package.
const WITHOUT_PACKAGE: [&str; 5] = ["fmt", "clippy", "clippy-wasm", "deny", "host"];

/// Runs the command.
pub fn run(options: &Options) -> Result<()> {
    if options.list {
        for Stage { name, about, .. } in &STAGES {
            println!("{name:<16}{about}");
        }
        return Ok(());
    }
    let mut chosen = Vec::from_iter(&STAGES);
    if !options.stages.is_empty() {
        for name in &options.stages {
            if STAGES.iter().all(|stage| stage.name != name) {
                bail!("there is no stage `{name}`; see --list");
            }
        }
        chosen.retain(|stage| options.stages.iter().any(|name| name == stage.name));
    }
    let project = Project::find();
    let needs_package = |stage: &&Stage| !WITHOUT_PACKAGE.contains(&stage.name);
    if chosen.iter().any(needs_package) && rust::ensure_source(&project).is_ok() {
        // The linker needs minutes on one processor, so it works beside the stages that do not wait for it, and beside the
        // compilation of the tool that comes after it. An error is told by the first stage that waits.
        thread::spawn(|| wasm_bindgen::ensure(&Project::find()));
        let needs_site = chosen.iter().any(|stage| stage.name == "site");
        thread::spawn(move || {
            let project = Project::find();
            if build::package(&project).is_ok() && needs_site {
                site::folder(&project).ok();
            }
        });
    }
    let mut sum = Count::default();
    let mut failed = Vec::new();
    for Stage { name, about, run } in chosen {
        println!("== {name}: {about}");
        let began = Instant::now();
        let count = run(&project).unwrap_or_else(|error| {
            println!("{error:#}");
            Count::FAILED
        });
        println!("   {count} ({} s)", began.elapsed().as_secs());
        if count.failed > 0 {
            failed.push(*name);
        }
        sum += count;
    }
    if !failed.is_empty() {
        println!("failed: {}", failed.join(", "));
    }
    println!("{sum}");
    // The sum must be the last line, so no error message follows.
    std::process::exit(i32::from(sum.failed > 0))
}
