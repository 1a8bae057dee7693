//! `cargo xtask <command>`. This file only dispatches: each command has a file of its own and finds
//! or installs its tools through `tools`.

mod bench;
mod build;
mod chaos;
mod consumers;
mod demo;
mod deny;
mod dist;
mod figures;
mod in_page;
mod page;
mod process;
mod project;
mod setup;
mod sheet;
mod simulate;
mod site;
mod size;
mod sizes;
mod soak;
mod stages;
// The widget's own texts, with which the package's other languages and types are compared.
/// The same of the panel.
#[path = "../../src/panel/strings.rs"]
mod panel_strings;
#[allow(dead_code, clippy::enum_variant_names)]
#[path = "../../src/strings.rs"]
mod strings;
mod summary;
mod test;
mod tools;
mod wasm;

use clap::Parser;
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Command {
    Demo(demo::Options),
    Test(test::Options),
    Build(build::Options),
    Dist(dist::Options),
    Size(sizes::Options),
    Bench(bench::Options),
    Chaos(chaos::Options),
    Setup(setup::Options),
    Sheet(sheet::Options),
    Simulate(simulate::Options),
    Site(site::Options),
    Soak(soak::Options),
}

fn main() -> ExitCode {
    let outcome = match Command::parse() {
        Command::Demo(options) => demo::run(&options),
        Command::Test(options) => test::run(&options),
        Command::Build(_) => build::run(),
        Command::Dist(options) => dist::run(&options),
        Command::Size(_) => sizes::run(),
        Command::Bench(options) => bench::run(&options),
        Command::Chaos(options) => chaos::run(&options),
        Command::Setup(options) => setup::run(&options),
        Command::Sheet(_) => sheet::run(),
        Command::Simulate(options) => simulate::run(&options),
        Command::Site(options) => site::run(&options),
        Command::Soak(options) => soak::run(&options),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
