//! `cargo xtask chaos`: the faults of line, server and page on a real page in Chromium, with the
//! times they have in life, and a table of what came of each. The work is that of
//! `e2e/faults/run.mjs`; here its needs are built.

use std::process::Command;

use crate::args::Args;
use crate::project::Project;
use crate::tools::{chromium, npm};
use crate::{build, demo, process};

const HELP: &str = "\
cargo xtask chaos [--quick] [--write-docs] [--no-build] [name...]

Breaks the line, the server and the page under the element in every way that
the tests know, with real times: 30 s of outage, two minutes of sleep. Prints
for each how soon it was noticed, how soon the truth was back, how many POSTs
were sent and how many false states were shown (any fails). The same is in
target/chaos.json. About twenty minutes; names choose faults that contain them.

  --quick       with the short times of `cargo xtask test`
  --write-docs  also renew the table in docs/faults.md
  --no-build    use the package in target/npm as it is";

/// Runs the command.
pub fn run(mut args: Args) -> Result<(), String> {
    if args.help(HELP) {
        return Ok(());
    }
    let options = ["--quick", "--write-docs"].map(|name| args.flag(name).then_some(name));
    let built = args.flag("--no-build");
    let names = args.names()?;

    let project = Project::find();
    let package = match built {
        true => build::folder(&project),
        false => build::package(&project)?,
    };
    let folder = project.root.join("e2e");
    npm::install(&folder, "e2e")?;
    let mut node = Command::new("node");
    node.arg("faults/run.mjs")
        .args(options.into_iter().flatten())
        .args(names)
        .env("DIST", package)
        .env("SIM_BIN", demo::simulator(&project)?)
        .env("CHROMIUM", chromium::ensure()?.browser)
        .current_dir(folder);
    let status = node
        .status()
        .map_err(|error| process::cannot_start(&node, &error))?;
    // The run has said what went wrong.
    status.success().then_some(()).ok_or_else(String::new)
}
