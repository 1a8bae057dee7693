//! The stages of `cargo xtask test`, each a function that runs one kind of check and counts its results. An error means
//! that the stage could not run, which also counts as a failure.

use crate::process::{Finished, Job};
use crate::project::{self, Project};
use crate::summary::Count;
use crate::tools::cargo::{self, BROWSER_PACKAGES, TARGET, cargo};
use crate::tools::{self, binaryen, chromium, npm, rust, wasm_bindgen};
use crate::{build, dist, in_page, site, wasm};
use anyhow::Result;
use fs_err as fs;
use std::path::Path;
use std::process::Command;

/// Formatting of all crates.
pub fn fmt(project: &Project) -> Result<Count> {
    check("fmt", 2, cargo(project).args(["fmt", "--all", "--check"]))
}

/// Lints of the packages for the host.
pub fn clippy(project: &Project) -> Result<Count> {
    let mut cargo = cargo(project);
    cargo.args(["clippy", "--all-targets"]);
    cargo::select_host_packages(&mut cargo);
    check("clippy", 60, cargo.args(["--", "-D", "warnings"]))
}

/// Lints of the packages for the browser.
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
    cargo.args(["test", "--no-fail-fast"]);
    cargo::select_host_packages(&mut cargo);
    // The same random cases for everybody, so that a failure is reproducible. `PROPTEST_RNG_SEED` gives other cases.
    if std::env::var_os("PROPTEST_RNG_SEED").is_none() {
        cargo.env("PROPTEST_RNG_SEED", "1");
    }
    counted("host", 60, &mut cargo, |output| Ok(Count::of_cargo(output)))
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
        // Documentation tests run on the host, and a binary's `main` would start the demo.
        .args(["--package", "barge-in", "--lib", "--test", "*"])
        .env("CHROMEDRIVER", &chromium.driver)
        .env(
            "WASM_BINDGEN_TEST_WEBDRIVER_JSON",
            chromium.capabilities(project)?,
        )
        // The runner's defaults of 5 s and 20 s are too short for a busy machine.
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60")
        .env("WASM_BINDGEN_TEST_TIMEOUT", "300");
    counted("browser", 90, &mut cargo, |output| {
        Ok(Count::of_cargo(output))
    })
}

/// The release build, compared with the budget.
pub fn size(project: &Project) -> Result<Count> {
    build::package(project)?;
    dist::within_budgets(project)?;
    Ok(Count::PASSED)
}

/// The package and the demo in Chromium against the simulator.
pub fn e2e(project: &Project) -> Result<Count> {
    let package = build::package(project)?;
    let console = site::console(project)?;
    let mut node = node(project, "e2e")?;
    node.env("DIST", package).env("CONSOLE", console);
    node_tests(project, "e2e", 960, &mut node, &[])
}

/// The package in Chromium against the simulator in the page, and that one against the same as a program.
pub fn page(project: &Project) -> Result<Count> {
    let package = build::package(project)?;
    let mut node = node(project, "e2e")?;
    node.env("DIST", package)
        .env("SIM", "page")
        .env("REPLAY_BIN", cargo::example(project, "gws-page", "replay")?);
    let files = [&in_page::FILES[..], &["sim/equal.mjs"]].concat();
    node_tests(project, "page", 300, &mut node, &files)
}

/// Tests of the documentation's site, and the console with all that its drawer can do to the server, which is in the
/// page; the last one is for Firefox.
const SITE: [&str; 7] = [
    "demo/faults.test.mjs",
    "site/build.mjs",
    "site/pages.mjs",
    "site/examples.mjs",
    "site/search.mjs",
    "site/console.mjs",
    "site/firefox.mjs",
];

/// The documentation's site on a static host, in Chromium, and in Firefox if it is available.
pub fn site(project: &Project) -> Result<Count> {
    let package = build::package(project)?;
    let site = site::folder(project)?;
    let mut node = node(project, "e2e")?;
    node.env("DIST", package)
        .env("SITE", site)
        .env("SIM", "page");
    let files = match tools::firefox::ensure() {
        Ok(browser) => {
            node.env("FIREFOX", browser);
            &SITE[..]
        }
        Err(_) => &SITE[..SITE.len() - 1],
    };
    node_tests(project, "site", 120, &mut node, files)
}

/// The package in Firefox, if it is available.
pub fn firefox(project: &Project) -> Result<Count> {
    let browser = match tools::firefox::ensure() {
        Ok(browser) => browser,
        Err(reason) => return Ok(Count::skipped(&format!("{reason:#}"))),
    };
    let package = build::package(project)?;
    let mut node = node(project, "e2e")?;
    node.env("DIST", package).env("FIREFOX", browser);
    node_tests(project, "firefox", 20, &mut node, &["firefox/smoke.mjs"])
}

/// The CometD project's own client against the simulator.
pub fn official_client(project: &Project) -> Result<Count> {
    let mut node = node(project, "tools/gws-sim/tests/official-client")?;
    node_tests(project, "official-client", 60, &mut node, &[])
}

/// The demo built and served by Trunk, if Trunk is installed.
pub fn trunk(project: &Project) -> Result<Count> {
    let program = match tools::trunk::find() {
        Ok(program) => program,
        Err(reason) => return Ok(Count::skipped(&format!("{reason:#}"))),
    };
    let rust = rust::ensure(project)?;
    wasm_bindgen::ensure(project)?;
    binaryen::ensure(project)?;
    let prepared = |program: &Path| {
        let mut command = Command::new(program);
        rust.environment(project, &mut command);
        wasm::prepare(&mut command, project);
        // Trunk 0.21 understands only `true` and `false` here.
        command.env_remove("NO_COLOR");
        command
    };
    let mut build = prepared(&program);
    build.args(["build", "--offline", "--dist", "target/trunk"]);
    let mut count = check("trunk build", 60, &mut build)?;
    let mut node = prepared("node".as_ref());
    node.env("TRUNK", program);
    count += node_tests(project, "trunk", 20, &mut node, &["e2e/trunk/serve.mjs"])?;
    Ok(count)
}

/// Node in a folder with its packages, and the paths of the things under test in its environment.
pub fn node(project: &Project, folder: &'static str) -> Result<Command> {
    let path = project.root.join(folder);
    npm::install(&path, folder)?;
    let mut node = Command::new("node");
    node.current_dir(path)
        .env("SIM_BIN", cargo::program(project, "gws-sim", "dev")?)
        .env("CHROMIUM", chromium::ensure()?.browser)
        .env("CHROMIUM_HEADLESS", chromium::ensure_headless()?);
    Ok(node)
}

/// Runs `node --test` on these files, or on those that it finds, and counts the results in its JUnit report.
pub fn node_tests(
    project: &Project,
    name: &str,
    about: u64,
    node: &mut Command,
    files: &[&str],
) -> Result<Count> {
    let report = project.root.join(format!("target/junit/{name}.xml"));
    project::write(&report, "")?;
    // A test mostly waits for servers and clocks: with four files more than there are processors, these are busy.
    let files_at_once = std::thread::available_parallelism().map_or(1, usize::from) + 4;
    node.args(["--test", "--test-reporter=spec", "--test-reporter=junit"])
        .arg(format!("--test-concurrency={files_at_once}"))
        .arg("--test-reporter-destination=stdout")
        .arg(format!("--test-reporter-destination={}", report.display()))
        .args(files);
    counted(name, about, node, |output| {
        // Notes of passed tests, and the reasons of skipped ones.
        let told = |line: &&str| line.starts_with("ℹ from ") || line.starts_with('﹣');
        let lines = output.lines().map(str::trim_start).filter(told);
        lines.for_each(|line| println!("   {line}"));
        Ok(Count::of_junit(&fs::read_to_string(&report)?))
    })
}

/// A check that passes or fails as a whole.
fn check(name: &str, about: u64, command: &mut Command) -> Result<Count> {
    let job = Job::new(name, "running", about);
    job.run(command).map(|_| Count::PASSED)
}

/// Tests whose output is counted; it is shown in full if one of them fails.
fn counted(
    name: &str,
    about: u64,
    command: &mut Command,
    read: impl FnOnce(&str) -> Result<Count>,
) -> Result<Count> {
    let job = Job::new(name, "running", about);
    let Finished { status, output } = job.finish(command)?;
    let count = read(&output)?.with_exit(status.success());
    if count.failed > 0 {
        println!("{}", output.trim_end());
    }
    Ok(count)
}
