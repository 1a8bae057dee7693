//! `cargo xtask setup`: all that the other commands would find or install when they need it, at
//! once, and a table of what is there.

use crate::project::Project;
use crate::tools::{chromium, npm, rust, trunk, wasm_bindgen};
use anyhow::{Result, bail};

/// Find or install what the other commands need
///
/// Tells where each tool is. The other commands do the same when they need it, so that nobody
/// has to run this first.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Options {
    /// Only tell; fails if something is missing
    #[arg(long)]
    check: bool,
}

/// Folders whose packages come from npm; the consoles in `e2e/consumers` are installed by their test.
pub const NODE_FOLDERS: [&str; 4] = [
    "build",
    "e2e",
    "crates/gws-sim/tests/official-client",
    "bench",
];

struct Tool {
    name: &'static str,
    /// Where it is, if it is here.
    find: fn(&Project) -> Option<String>,
    /// Installs it if it is not.
    ensure: fn(&Project) -> Result<()>,
}

const TOOLS: [Tool; 5] = [
    Tool {
        name: "wasm target",
        find: |project| Some(rust::find(project)?.describe().to_owned()),
        ensure: |project| rust::ensure(project).map(drop),
    },
    Tool {
        name: "wasm-bindgen",
        find: |project| Some(project.shown(&wasm_bindgen::find(project)?).to_string()),
        ensure: |project| wasm_bindgen::ensure(project).map(drop),
    },
    Tool {
        name: "node",
        find: |_| npm::find(),
        ensure: |_| npm::ensure().map(drop),
    },
    Tool {
        name: "npm packages",
        find: |project| {
            NODE_FOLDERS
                .iter()
                .all(|folder| npm::installed(&project.root.join(folder)))
                .then(|| "as their lock files say".to_owned())
        },
        ensure: |project| {
            NODE_FOLDERS
                .iter()
                .try_for_each(|folder| npm::install(&project.root.join(folder), folder))
        },
    },
    Tool {
        name: "chromium",
        find: |_| {
            let found = chromium::find()?;
            let (browser, driver) = (found.browser.display(), found.driver.display());
            Some(format!("{browser}, {driver}"))
        },
        ensure: |_| chromium::ensure().map(drop),
    },
];

/// Runs the command.
pub fn run(options: &Options) -> Result<()> {
    let project = Project::find();
    let mut missing = 0;
    for tool in &TOOLS {
        let installed = match options.check {
            true => Ok(()),
            false => (tool.ensure)(&project),
        };
        let told = (tool.find)(&project).unwrap_or_else(|| {
            missing += 1;
            match installed {
                Ok(()) => "missing".to_owned(),
                Err(error) => format!("{error:#}"),
            }
        });
        println!("{:<14}{told}", tool.name);
    }
    let trunk = match trunk::find() {
        Ok(place) => place.display().to_string(),
        Err(reason) => reason.to_string(),
    };
    println!("{:<14}{trunk} (optional)", "trunk");
    match missing {
        0 => Ok(()),
        _ if options.check => bail!("`cargo xtask setup` installs what is missing"),
        _ => bail!("not everything could be installed"),
    }
}
