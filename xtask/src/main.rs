//! What a person types: `cargo xtask <command>`. This file only chooses; each command is a file
//! of its own, and whatever a command needs it finds or installs by itself through `tools`.

mod args;
mod bench;
mod build;
mod chaos;
mod consumers;
mod demo;
mod deny;
mod dist;
mod licences;
mod page;
mod process;
mod project;
mod setup;
mod simulate;
mod size;
mod sizes;
mod stages;
mod summary;
mod test;
mod tools;
mod trunk;
mod wasm;

use args::Args;
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask <command>

  demo      run the supervisor's console against a simulated server
  test      run every test and check
  build     build the widget for release and print what a page downloads
  dist      build the npm package, unpacked and as a tarball
  size      tell what each trick of the build saves
  bench     measure the element beside React and Preact
  chaos     break line, server and page under the element, and tell what it showed
  setup     find or install what the other commands need
  simulate  let thousands of clients come back to a server that failed

`cargo xtask <command> --help` says more.";

fn main() -> ExitCode {
    let mut args = Args::new(std::env::args().skip(1));
    let command = args.command();
    let outcome = match command.as_deref() {
        Some("demo") => demo::run(args),
        Some("test") => test::run(args),
        Some("build") => build::run(args),
        Some("dist") => dist::run(args),
        Some("bench") => bench::run(args),
        Some("chaos") => chaos::run(args),
        Some("setup") => setup::run(args),
        Some("size") => sizes::run(args),
        Some("simulate") => simulate::run(args),
        Some("help") => {
            println!("{HELP}");
            Ok(())
        }
        Some(other) => Err(format!("there is no command `{other}`\n\n{HELP}")),
        None if args.flag("--help") || args.flag("-h") => {
            println!("{HELP}");
            Ok(())
        }
        None => Err(HELP.to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            // An empty message means that the command has already said what went wrong.
            if !message.is_empty() {
                eprintln!("{message}");
            }
            ExitCode::FAILURE
        }
    }
}
