//! The stages of `cargo xtask test`, each a function that runs one kind of check and counts.
//! An error is a stage that could not run, which is a failure too.

use crate::process::{Finished, Job};
use crate::project::Project;
use crate::summary::Count;
use crate::tools::cargo::{self, TARGET, cargo};
use crate::tools::{self, binaryen, chromium, npm, rust, wasm_bindgen};
use crate::wasm::{self, Profile};
use crate::{build, demo, dist, size as sizes, trunk as trunk_page};
use anyhow::{Result, bail};
use std::process::Command;

/// Packages that only a browser runs.
const BROWSER_PACKAGES: [&str; 2] = ["barge-in", "barge-in-element"];

/// Formatting of all crates.
pub fn fmt(project: &Project) -> Result<Count> {
    check("fmt", 2, cargo(project).args(["fmt", "--all", "--check"]))
}

/// Lints of what runs on the host.
pub fn clippy(project: &Project) -> Result<Count> {
    let mut cargo = cargo(project);
    cargo.args(["clippy", "--workspace", "--all-targets"]);
    cargo.args(BROWSER_PACKAGES.map(|name| format!("--exclude={name}")));
    check("clippy", 60, cargo.args(["--", "-D", "warnings"]))
}

/// Lints of what runs in the browser.
pub fn clippy_wasm(project: &Project) -> Result<Count> {
    let mut clippy = rust::ensure(project)?.clippy(project);
    wasm::prepare(&mut clippy, project);
    clippy.args(["--all-targets", "--target", TARGET]);
    clippy.args(BROWSER_PACKAGES.map(|name| format!("--package={name}")));
    check("clippy-wasm", 60, clippy.args(["--", "-D", "warnings"]))
}

/// Tests that run on the host.
pub fn host(project: &Project) -> Result<Count> {
    let mut cargo = cargo(project);
    cargo.args(["test", "--no-fail-fast", "--workspace"]);
    // The same games for everybody: a run that is red is red for all. `PROPTEST_RNG_SEED` gives other ones.
    if std::env::var_os("PROPTEST_RNG_SEED").is_none() {
        cargo.env("PROPTEST_RNG_SEED", "1");
    }
    cargo.args(BROWSER_PACKAGES.map(|name| format!("--exclude={name}")));
    counted("host", 60, &mut cargo, Count::of_cargo)
}

/// Tests that wasm-bindgen's runner drives in Chromium.
pub fn browser(project: &Project) -> Result<Count> {
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

/// The release build, held against the budget.
pub fn size(project: &Project) -> Result<Count> {
    build::package(project)?;
    let files = build::sizes(project)?;
    print!("{}", sizes::table(&files));
    let brotli = sizes::total(&files).brotli;
    if brotli > dist::BUDGET {
        let budget = dist::BUDGET;
        bail!("{brotli} bytes of brotli are over the budget of {budget}");
    }
    Ok(Count::PASSED)
}

/// The package and the demo in Chromium against the simulator.
pub fn e2e(project: &Project) -> Result<Count> {
    let package = build::package(project)?;
    let rust = rust::ensure(project)?;
    let compiled = wasm::compile(project, &rust, &wasm::DEMO, Profile::Dev)?;
    let pages = demo::assemble(project, &compiled, Profile::Dev)?;
    let mut node = node(project, "e2e")?;
    node.env("DIST", package).env("DEMO", pages);
    counted("e2e", 960, &mut node, Count::of_node)
}

/// The package in Firefox, where there is one.
pub fn firefox(project: &Project) -> Result<Count> {
    let browser = match tools::firefox::ensure() {
        Ok(browser) => browser,
        Err(reason) => return Ok(Count::skipped(&format!("{reason:#}"))),
    };
    let package = build::package(project)?;
    let mut node = node(project, "e2e")?;
    node.arg("firefox/smoke.mjs");
    node.env("DIST", package).env("FIREFOX", browser);
    counted("firefox", 20, &mut node, Count::of_node)
}

/// The CometD project's own client against the simulator.
pub fn official_client(project: &Project) -> Result<Count> {
    let mut node = node(project, "crates/gws-sim/tests/official-client")?;
    counted("official-client", 60, &mut node, Count::of_node)
}

/// The demo as Trunk builds and serves it, where Trunk is installed.
pub fn trunk(project: &Project) -> Result<Count> {
    let program = match tools::trunk::find() {
        Ok(program) => program,
        Err(reason) => {
            println!("   skipped: {reason}");
            return Ok(Count {
                skipped: 2,
                ..Count::default()
            });
        }
    };
    let rust = rust::ensure(project)?;
    wasm_bindgen::ensure(project)?;
    binaryen::ensure(project)?;
    let trunk = |command: &str| {
        let mut trunk = Command::new(&program);
        rust.environment(project, &mut trunk);
        wasm::prepare(&mut trunk, project);
        trunk
            .args([command, "--offline", "--dist", "target/trunk"])
            // Trunk 0.21 understands only `true` and `false` here.
            .env_remove("NO_COLOR");
        trunk
    };
    let mut count = check("trunk build", 60, &mut trunk("build"))?;
    count += trunk_page::serves(&mut trunk("serve"))?;
    Ok(count)
}

/// `node --test` in a folder, told where the things under test are.
pub fn node(project: &Project, folder: &'static str) -> Result<Command> {
    let simulator = cargo::program(project, "gws-sim", "dev")?;
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
fn check(name: &str, about: u64, command: &mut Command) -> Result<Count> {
    let job = Job::new(name, "running", about);
    job.run(command).map(|_| Count::PASSED)
}

/// Tests that count themselves; their output is shown in full if one of them fails.
fn counted(
    name: &str,
    about: u64,
    command: &mut Command,
    read: fn(&str) -> Count,
) -> Result<Count> {
    let job = Job::new(name, "running", about);
    let Finished { status, output } = job.finish(command)?;
    let count = read(&output).with_exit(status.success());
    if count.failed > 0 {
        println!("{}", output.trim_end());
    }
    Ok(count)
}
