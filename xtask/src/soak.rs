//! `cargo xtask soak`: fresh seeds, to find what the fixed ones of `cargo xtask test` miss. Proptest stores a failure
//! beside its test, libFuzzer stores one in `fuzz/artifacts`, and for the herd the seed is printed.

use crate::process::{self, Job};
use crate::project::Project;
use crate::tools::cargo::{self, cargo};
use anyhow::{Context, Result, ensure};
use fs_err as fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant, SystemTime};

/// Run property tests, fuzz targets and the herd on fresh seeds
///
/// Half of the time goes to the property tests of bayeux, gws and json, three eighths to the fuzz
/// targets, and one eighth to simulations of 10,000 clients. Each stops at its first failure and
/// tells where that is written down. A regression file of proptest is to be committed.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Options {
    /// How long, without the time to compile
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
    minutes: u32,
}

/// The instrumentation for libFuzzer that `cargo fuzz` sets. The crates have no unsafe code, so no sanitizer is used.
const INSTRUMENTED: &str = "--cfg=fuzzing -Cdebug-assertions -Ccodegen-units=1 \
    -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares";

/// Runs the command.
pub fn run(options: &Options) -> Result<()> {
    let project = Project::find();
    let eighth = Duration::from_secs(60) * options.minutes / 8;
    let mut held = property_tests(&project, eighth * 4)?;
    held &= fuzz(&project, eighth * 3)?;
    held &= herd(&project, eighth)?;
    ensure!(held, "soak: failed, see above");
    println!("soak: nothing found");
    Ok(())
}

fn property_tests(project: &Project, time: Duration) -> Result<bool> {
    let tests = || {
        let mut cargo = cargo(project);
        cargo.args(["test", "--no-fail-fast", "--package=bayeux"]);
        cargo.args(["--package=gws", "--package=json", "--tests"]);
        cargo
            .env("CARGO_PROFILE_TEST_OPT_LEVEL", "2")
            .env("PROPTEST_CASES", "1024");
        cargo
    };
    Job::new("property tests", "compiling", 60).run(tests().arg("--no-run"))?;
    let held = repeated("property tests", time, |seed| {
        let mut tests = tests();
        tests.env("PROPTEST_RNG_SEED", seed);
        tests
    })?;
    if !held {
        let mut git = Command::new("git");
        git.args(["status", "--short", "--untracked-files=all"]);
        let changed = process::run(git.current_dir(&project.root))?;
        let regressions = changed.lines().filter(|line| line.contains("regressions"));
        regressions.for_each(|line| println!("to be committed: {line}"));
    }
    Ok(held)
}

fn fuzz(project: &Project, time: Duration) -> Result<bool> {
    let programs = match fuzz_programs(project) {
        Ok(programs) => programs,
        Err(error) => {
            println!("fuzz: left out, libFuzzer cannot be built: {error:#}");
            return Ok(true);
        }
    };
    let seconds = time.as_secs() / programs.len() as u64;
    let mut held = true;
    for program in programs {
        let name = program.file_name().context("a name")?.to_string_lossy();
        let corpus = project.root.join("fuzz/corpus").join(&*name);
        fs::create_dir_all(&corpus)?;
        fs::create_dir_all(project.root.join("fuzz/artifacts"))?;
        let mut fuzz = Command::new(&program);
        fuzz.current_dir(&project.root)
            .arg(corpus)
            .arg(format!("-artifact_prefix=fuzz/artifacts/{name}-"))
            .arg(format!("-max_total_time={seconds}"));
        // The path of the failing input is in the output.
        held &= holds(&format!("fuzz {name}"), "running", seconds, &mut fuzz)?;
    }
    Ok(held)
}

/// Builds the fuzz targets without `cargo fuzz`; returns their programs.
fn fuzz_programs(project: &Project) -> Result<Vec<PathBuf>> {
    let mut rustc = Command::new("rustc");
    let host = process::first_line(rustc.args(["--print", "host-tuple"])).context("no rustc")?;
    let target = project.target.join("fuzz");
    let mut build = cargo(project);
    build
        .args(["build", "--release", "--manifest-path=fuzz/Cargo.toml"])
        // With an explicit target, build scripts are not instrumented.
        .args(["--target", &host])
        .env("CARGO_TARGET_DIR", &target)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", INSTRUMENTED);
    Job::new("fuzz", "compiling", 60).run(&mut build)?;
    let built = target.join(host).join("release");
    let sources = fs::read_dir(project.root.join("fuzz/fuzz_targets"))?.flatten();
    Ok(sources
        .filter_map(|source| Some(built.join(source.path().file_stem()?)))
        .collect())
}

fn herd(project: &Project, time: Duration) -> Result<bool> {
    let program = cargo::program(project, "herd", "host")?;
    repeated("herd", time, |seed| {
        let mut herd = Command::new(&program);
        herd.args(["--clients", "10000", "--seed", seed]);
        herd.arg("--out").arg(project.root.join("target/soak"));
        herd
    })
}

/// Runs a command with one fresh seed after another, until time runs out or it fails.
fn repeated(name: &str, time: Duration, command: impl Fn(&str) -> Command) -> Result<bool> {
    let began = Instant::now();
    while began.elapsed() < time {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
        let seed = (now.as_micros() % 1_000_000_000).to_string();
        let left = (time - began.elapsed()).as_secs();
        let does = format!("seed {seed}, {left} s left");
        if !holds(name, &does, 20, &mut command(&seed))? {
            println!("{name}: failed with seed {seed}");
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether a command succeeds; its output is shown if it does not.
fn holds(name: &str, does: &str, about: u64, command: &mut Command) -> Result<bool> {
    let held = Job::new(name, does, about).run(command);
    held.as_ref().err().inspect(|error| println!("{error:#}"));
    Ok(held.is_ok())
}
