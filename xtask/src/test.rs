//! `cargo xtask test`: every test and check, stage by stage, and one line at the end that adds
//! them up. A stage says little when all is well and shows everything when it is not.

use crate::args::Args;
use crate::process::{Finished, Job};
use crate::project::Project;
use crate::summary::Count;
use crate::tools::rust::{self, TARGET};
use crate::tools::{self, chromium, npm, trunk, wasm_bindgen};
use crate::wasm;
use crate::{build, demo, size};
use std::process::Command;
use std::time::Instant;

const HELP: &str = "\
cargo xtask test [--list] [stage...]

Runs all stages, or those named, and ends with `N passed, M failed`. Each check
that has no tests of its own to count (formatting, lints, size) counts as one.

  --list   name the stages";

/// The most that a page may download for the widget, in bytes after brotli.
const BUDGET: u64 = 70 * 1024;

struct Stage {
    name: &'static str,
    about: &'static str,
    run: fn(&Project) -> Result<Count, String>,
}

const STAGES: [Stage; 9] = [
    Stage {
        name: "fmt",
        about: "formatting",
        run: fmt,
    },
    Stage {
        name: "clippy",
        about: "lints of what runs on the host",
        run: clippy,
    },
    Stage {
        name: "clippy-wasm",
        about: "lints of what runs in the browser",
        run: clippy_wasm,
    },
    Stage {
        name: "host",
        about: "protocol, session model, simulator and xtask",
        run: host,
    },
    Stage {
        name: "browser",
        about: "components in Chromium",
        run: browser,
    },
    Stage {
        name: "size",
        about: "the release build and its size",
        run: sizes,
    },
    Stage {
        name: "e2e",
        about: "the built package in Chromium against the simulator",
        run: e2e,
    },
    Stage {
        name: "official-client",
        about: "the CometD project's own client against the simulator",
        run: official_client,
    },
    Stage {
        name: "trunk",
        about: "the demo as Trunk builds it",
        run: trunk_build,
    },
];

/// Runs the command.
pub fn run(mut args: Args) -> Result<(), String> {
    if args.help(HELP) {
        return Ok(());
    }
    if args.flag("--list") {
        for stage in &STAGES {
            println!("{:<16}{}", stage.name, stage.about);
        }
        return Ok(());
    }
    let names = args.names()?;
    if let Some(name) = names
        .iter()
        .find(|name| STAGES.iter().all(|stage| stage.name != **name))
    {
        return Err(format!("there is no stage `{name}`; see --list"));
    }
    let project = Project::find();
    let mut sum = Count::default();
    let mut failed = Vec::new();
    for stage in &STAGES {
        if !names.is_empty() && names.iter().all(|name| name != stage.name) {
            continue;
        }
        println!("== {}: {}", stage.name, stage.about);
        let began = Instant::now();
        let count = (stage.run)(&project).unwrap_or_else(|error| {
            println!("{error}");
            Count::FAILED
        });
        println!("   {count} ({} s)", began.elapsed().as_secs());
        if count.failed > 0 {
            failed.push(stage.name);
        }
        sum += count;
    }
    if !failed.is_empty() {
        println!("failed: {}", failed.join(", "));
    }
    println!("{sum}");
    match sum.failed {
        0 => Ok(()),
        _ => Err(String::new()),
    }
}

fn fmt(project: &Project) -> Result<Count, String> {
    check("fmt", 2, cargo(project).args(["fmt", "--all", "--check"]))
}

fn clippy(project: &Project) -> Result<Count, String> {
    let mut cargo = cargo(project);
    cargo.args(["clippy", "--workspace", "--all-targets"]);
    cargo.args(BROWSER_PACKAGES.map(|name| format!("--exclude={name}")));
    check("clippy", 60, cargo.args(["--", "-D", "warnings"]))
}

fn clippy_wasm(project: &Project) -> Result<Count, String> {
    let mut clippy = rust::ensure(project)?.clippy(project);
    wasm::prepare(&mut clippy, project);
    clippy.args(["--all-targets", "--target", TARGET]);
    clippy.args(BROWSER_PACKAGES.map(|name| format!("--package={name}")));
    check("clippy-wasm", 60, clippy.args(["--", "-D", "warnings"]))
}

fn host(project: &Project) -> Result<Count, String> {
    let mut cargo = cargo(project);
    cargo.args(["test", "--no-fail-fast", "--workspace"]);
    cargo.args(BROWSER_PACKAGES.map(|name| format!("--exclude={name}")));
    counted("host", 60, &mut cargo, Count::of_cargo)
}

fn browser(project: &Project) -> Result<Count, String> {
    let rust = rust::ensure(project)?;
    wasm_bindgen::ensure(project)?;
    let chromium = chromium::ensure()?;
    let mut cargo = rust.cargo(project);
    wasm::prepare(&mut cargo, project);
    cargo
        .args(["test", "--no-fail-fast", "--target", TARGET])
        // Documentation is compiled with the host's tests, and a binary's `main` is the demo.
        .args(["--package", "barge-in", "--lib", "--test", "*"])
        .env("CHROMEDRIVER", &chromium.driver)
        .env(
            "WASM_BINDGEN_TEST_WEBDRIVER_JSON",
            chromium.capabilities(project)?,
        )
        // The runner's 5 s and 20 s are short for a busy machine.
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60")
        .env("WASM_BINDGEN_TEST_TIMEOUT", "300");
    counted("browser", 90, &mut cargo, Count::of_cargo)
}

fn sizes(project: &Project) -> Result<Count, String> {
    build::package(project)?;
    let sizes = build::sizes(project)?;
    print!("{}", size::table(&sizes));
    let brotli = size::total(&sizes).brotli;
    if brotli > BUDGET {
        return Err(format!(
            "{brotli} bytes of brotli are over the budget of {BUDGET}"
        ));
    }
    Ok(Count::PASSED)
}

fn e2e(project: &Project) -> Result<Count, String> {
    let package = build::folder(project);
    // Built by the stage before, unless this one runs alone.
    if !package.join("define.js").is_file() {
        build::package(project)?;
    }
    let mut node = node(project, "e2e")?;
    node.env("DIST", package);
    counted("e2e", 120, &mut node, Count::of_node)
}

fn official_client(project: &Project) -> Result<Count, String> {
    let mut node = node(project, "crates/gws-sim/tests/official-client")?;
    counted("official-client", 60, &mut node, Count::of_node)
}

fn trunk_build(project: &Project) -> Result<Count, String> {
    let program = match trunk::find() {
        Ok(program) => program,
        Err(reason) => {
            println!("   skipped: {reason}");
            return Ok(Count::SKIPPED);
        }
    };
    let rust = rust::ensure(project)?;
    wasm_bindgen::ensure(project)?;
    tools::binaryen::ensure(project)?;
    let mut trunk = Command::new(program);
    rust.environment(project, &mut trunk);
    wasm::prepare(&mut trunk, project);
    trunk
        .args(["build", "--offline", "--dist", "target/trunk"])
        // Trunk 0.21 takes only `true` and `false` for a value.
        .env_remove("NO_COLOR");
    check("trunk", 60, &mut trunk)
}

/// Packages that only a browser runs.
const BROWSER_PACKAGES: [&str; 2] = ["barge-in", "barge-in-element"];

fn cargo(project: &Project) -> Command {
    let mut cargo = Command::new(rust::cargo());
    cargo.current_dir(&project.root);
    cargo
}

/// `node --test` in a folder, told where the things under test are.
fn node(project: &Project, folder: &'static str) -> Result<Command, String> {
    let simulator = demo::simulator(project)?;
    let chromium = chromium::ensure()?;
    let path = project.root.join(folder);
    npm::install(&path, folder)?;
    let mut node = Command::new("node");
    node.args(["--test", "--test-reporter=spec"])
        .current_dir(path)
        .env("SIM_BIN", simulator)
        .env("CHROMIUM", chromium.browser);
    Ok(node)
}

/// A check that passes or does not.
fn check(name: &str, about: u64, command: &mut Command) -> Result<Count, String> {
    let job = Job {
        name,
        does: "running",
        about,
        crates: 0,
    };
    job.run(command).map(|_| Count::PASSED)
}

/// Tests that count themselves; their output is shown in full if one of them fails.
fn counted(
    name: &str,
    about: u64,
    command: &mut Command,
    read: fn(&str) -> Count,
) -> Result<Count, String> {
    let job = Job {
        name,
        does: "running",
        about,
        crates: 0,
    };
    let Finished { status, output } = job.finish(command)?;
    let count = read(&output).with_exit(status.success());
    if count.failed > 0 {
        println!("{}", output.trim_end());
    }
    Ok(count)
}
