//! The wasm-bindgen command line and its test runner, in exactly the version of the library in
//! `Cargo.lock`: their exchange format is private and changes with every release.

use super::{cargo::cargo, found::on_path};
use crate::process::{self, Job, Once, once};
use crate::project::{self, Project};
use anyhow::{Context, Result};
use std::path::PathBuf;
use std::process::Command;

const PROGRAMS: [&str; 2] = ["wasm-bindgen", "wasm-bindgen-test-runner"];

/// Finds `wasm-bindgen`, its test runner beside it, at the locked version.
pub fn find(project: &Project) -> Option<PathBuf> {
    let version = project.locked("wasm-bindgen").ok()?;
    let own = PROGRAMS.map(|name| Some(project.tools.join("bin").join(name)));
    let users = PROGRAMS.map(on_path);
    [own, users].into_iter().find_map(|programs| {
        let fits = programs.iter().flatten().filter(|program| {
            let line = process::first_line(Command::new(program).arg("--version"));
            line.and_then(|line| line.split(' ').nth(1).map(str::to_owned)) == Some(version.clone())
        });
        if fits.count() < PROGRAMS.len() {
            return None;
        }
        programs.into_iter().next().flatten()
    })
}

/// Finds or compiles it, once for a run.
pub fn ensure(project: &Project) -> Result<PathBuf> {
    static PROGRAM: Once = Once::new();
    once(&PROGRAM, || find_or_compile(project))
}

fn find_or_compile(project: &Project) -> Result<PathBuf> {
    if let Some(found) = find(project) {
        return Ok(found);
    }
    let version = project.locked("wasm-bindgen")?;
    let compiling = project.tools.join("build/wasm-bindgen");
    let does = format!("compiling version {version} into .tools");
    let job = Job {
        crates: 150,
        ..Job::new("wasm-bindgen", &does, 120)
    };
    let install = |locked: bool| {
        let mut cargo = cargo(project);
        cargo
            .args(["install", "wasm-bindgen-cli", "--version", &version])
            // The default features are TLS for remote drivers; ours is local.
            .args(["--no-default-features", "--force", "--root"])
            .arg(&project.tools)
            // A fixed folder lets an interrupted compilation continue.
            .arg("--target-dir")
            .arg(&compiling)
            // Optimisation takes three times as long and saves a second per run.
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0");
        if locked {
            cargo.arg("--locked");
        }
        job.run(&mut cargo)
    };
    // Not every mirror has the locked versions of its dependencies, so try without `--locked`
    // first.
    install(false).or_else(|_| install(true))?;
    project::remove(&compiling);
    find(project).with_context(|| {
        format!("wasm-bindgen: what was installed does not say that it is version {version}")
    })
}
