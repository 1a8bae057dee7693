//! `cargo xtask setup`: finds or installs everything that the other commands need, and prints a
//! table.

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

/// Folders with npm packages. The consoles in `e2e/consumers` are installed by their tests.
pub const NODE_FOLDERS: [&str; 5] = [
    "build",
    "site",
    "e2e",
    "tools/gws-sim/tests/official-client",
    "bench",
];

/// A tool's name, a function that finds it (and describes where), and one that installs it.
type Tool = (
    &'static str,
    fn(&Project) -> Option<String>,
    fn(&Project) -> Result<()>,
);

const TOOLS: [Tool; 5] = [
    (
        "wasm target",
        |project| Some(rust::find(project)?.describe().to_owned()),
        |project| rust::ensure(project).map(drop),
    ),
    (
        "wasm-bindgen",
        |project| Some(project.shown(&wasm_bindgen::find(project)?).to_string()),
        |project| wasm_bindgen::ensure(project).map(drop),
    ),
    ("node", |_| npm::find(), |_| npm::ensure().map(drop)),
    (
        "npm packages",
        |project| {
            let mut folders = NODE_FOLDERS.iter().map(|folder| project.root.join(folder));
            let all = folders.all(|folder| npm::installed(&folder));
            all.then(|| "as their lock files say".to_owned())
        },
        |project| {
            let mut folders = NODE_FOLDERS.iter();
            folders.try_for_each(|folder| npm::install(&project.root.join(folder), folder))
        },
    ),
    (
        "chromium",
        |_| {
            let found = chromium::find()?;
            let (browser, driver) = (found.browser.display(), found.driver.display());
            Some(format!("{browser}, {driver}"))
        },
        |_| chromium::ensure().map(drop),
    ),
];

/// Runs the command.
pub fn run(options: &Options) -> Result<()> {
    let project = Project::find();
    let mut missing = 0;
    for (name, find, ensure) in TOOLS {
        let installed = match options.check {
            true => Ok(()),
            false => ensure(&project),
        };
        let told = find(&project).unwrap_or_else(|| {
            missing += 1;
            match installed {
                Ok(()) => "missing".to_owned(),
                Err(error) => format!("{error:#}"),
            }
        });
        println!("{name:<14}{told}");
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
