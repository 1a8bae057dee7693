//! `cargo xtask setup`: all that the other commands would find or install when they need it, at
//! once, and a table of what is there.

use crate::args::Args;
use crate::project::Project;
use crate::tools::{chromium, npm, rust, trunk, wasm_bindgen};

const HELP: &str = "\
cargo xtask setup [--check]

Finds or installs what the other commands need, and tells where it is. They do
the same when they need it, so that nobody has to run this first.

  --check   only tell; fails if something is missing";

/// Packages of Node that tests and bundling use, by folder.
pub const NODE_FOLDERS: [&str; 3] = ["build", "e2e", "crates/gws-sim/tests/official-client"];

struct Tool {
    name: &'static str,
    /// Where it is, if it is here.
    find: fn(&Project) -> Option<String>,
    /// Installs it if it is not.
    ensure: fn(&Project) -> Result<(), String>,
}

const TOOLS: [Tool; 5] = [
    Tool {
        name: "wasm target",
        find: |project| Some(rust::find(project)?.describe().to_owned()),
        ensure: |project| rust::ensure(project).map(|_| ()),
    },
    Tool {
        name: "wasm-bindgen",
        find: |project| Some(project.shown(&wasm_bindgen::find(project)?).to_string()),
        ensure: |project| wasm_bindgen::ensure(project).map(|_| ()),
    },
    Tool {
        name: "node",
        find: |_| npm::find(),
        ensure: |_| npm::ensure().map(|_| ()),
    },
    Tool {
        name: "npm packages",
        find: |project| {
            let mut folders = node_folders(project);
            folders
                .all(|folder| npm::installed(&project.root.join(folder)))
                .then(|| "as their lock files say".to_owned())
        },
        ensure: |project| {
            let mut folders = node_folders(project);
            folders.try_for_each(|folder| npm::install(&project.root.join(folder), folder))
        },
    },
    Tool {
        name: "chromium",
        find: |_| {
            let found = chromium::find()?;
            let (browser, driver) = (found.browser.display(), found.driver.display());
            Some(format!("{browser}, {driver}"))
        },
        ensure: |_| chromium::ensure().map(|_| ()),
    },
];

/// Runs the command.
pub fn run(mut args: Args) -> Result<(), String> {
    if args.help(HELP) {
        return Ok(());
    }
    let check = args.flag("--check");
    args.none_left()?;
    let project = Project::find();
    let mut missing = 0;
    for tool in &TOOLS {
        let result = if check {
            Err("missing".to_owned())
        } else {
            (tool.ensure)(&project)
        };
        match ((tool.find)(&project), result) {
            (Some(place), _) => println!("{:<14}{place}", tool.name),
            (None, result) => {
                missing += 1;
                let reason = result.err().unwrap_or_else(|| "not found".into());
                println!("{:<14}{reason}", tool.name);
            }
        }
    }
    match trunk::find() {
        Ok(place) => println!("{:<14}{} (optional)", "trunk", place.display()),
        Err(reason) => println!("{:<14}{reason} (optional)", "trunk"),
    }
    match missing {
        0 => Ok(()),
        _ if check => Err("`cargo xtask setup` installs what is missing".into()),
        _ => Err("not everything could be installed".into()),
    }
}

fn node_folders(project: &Project) -> impl Iterator<Item = &'static str> {
    let root = project.root.clone();
    NODE_FOLDERS
        .into_iter()
        .filter(move |folder| root.join(folder).join("package-lock.json").is_file())
}
