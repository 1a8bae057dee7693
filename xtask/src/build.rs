//! `cargo xtask build`: the npm package's files, compiled for release, and what a page that
//! loads them downloads.

use crate::panel_strings::PanelText;
use crate::process::{Job, Once, once};
use crate::project::{self, Project};
use crate::size::{self, Size};
use crate::strings::{Phrase, Text};
use crate::tools::rust::WasmRust;
use crate::tools::{npm, rust};
use crate::wasm::{self, Artifact, ELEMENT, PANEL, Profile, SIM};
use anyhow::Result;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Build the widget for release and print what a page downloads
///
/// Writes target/npm and prints the sizes of WebAssembly and JavaScript (the style sheet is
/// inside the latter), in bytes, as they are and compressed by gzip and brotli.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Options {}

/// Runs the command.
pub fn run() -> Result<()> {
    let project = Project::find();
    package(&project)?;
    print!("{}", size::table(&sizes(&project)?));
    let source = project.root.join("src/components/barge-in.css");
    for css in size::measure(&[("css", source)])? {
        println!(
            "js holds the css, which by itself and before minifying is {}, {}, {}",
            css.raw, css.gzip, css.brotli
        );
    }
    Ok(())
}

/// Builds the package's files, once for all stages of a run; returns their folder.
pub fn package(project: &Project) -> Result<PathBuf> {
    static PACKAGE: Once = Once::new();
    once(&PACKAGE, || build(project))
}

fn build(project: &Project) -> Result<PathBuf> {
    let folder = folder(project);
    make(
        project,
        &SHIPPED,
        &project.root.join("target/element"),
        &folder,
    )?;
    simulator(project, &folder)?;
    Ok(folder)
}

/// Adds the simulated server in the page to the package.
fn simulator(project: &Project, folder: &Path) -> Result<()> {
    let rust = rust::ensure_source(project)?;
    let file = wasm::compile(project, &rust, &SIM, SHIPPED.profile)?;
    let bound = project.root.join("target/sim");
    wasm::bind(project, &file, &bound, "sim")?;
    wasm::optimise(project, &bound.join("sim_bg.wasm"), &wasm::OPTIMISE)?;
    let mut bundle = Command::new("node");
    bundle
        .arg("build/sim.mjs")
        .args([&bound, folder])
        .arg(env!("CARGO_PKG_VERSION"))
        .current_dir(&project.root);
    Job::new("js", "bundling the simulator", 1)
        .run(&mut bundle)
        .map(drop)
}

/// How the package is built; `cargo xtask size` prints what each step saves.
#[derive(Clone, Copy)]
pub struct Recipe {
    /// How the code is compiled.
    pub profile: Profile,
    /// Whether unused functions of Yew are snipped.
    pub snip: bool,
    /// Whether wasm-opt makes the code smaller.
    pub optimise: bool,
    /// Whether imports and exports have short names; unused imports are dropped with their names.
    pub short_names: bool,
    /// Whether terser makes the JavaScript smaller, instead of esbuild.
    pub terser: bool,
}

/// The recipe of the shipped package.
pub const SHIPPED: Recipe = Recipe {
    profile: Profile::Small,
    snip: true,
    optimise: true,
    short_names: true,
    terser: true,
};

/// Builds the package's files in `folder`; `bound` is the folder of the intermediate files.
pub fn make(project: &Project, recipe: &Recipe, bound: &Path, folder: &Path) -> Result<()> {
    npm::ensure()?;
    let rust = rust::ensure_source(project)?;
    npm::install(&project.root.join("build"), "build")?;
    let panel = bound.join("panel");
    bind(project, recipe, &rust, &ELEMENT, bound)?;
    bind(project, recipe, &rust, &PANEL, &panel)?;
    let texts = Vec::from_iter(Text::ALL.iter().map(|text| (text.key(), text.english())));
    project::write(&bound.join("texts.json"), serde_json::to_string(&texts)?)?;
    let texts = Vec::from_iter(
        PanelText::ALL
            .iter()
            .map(|text| (text.key(), text.english())),
    );
    project::write(&panel.join("texts.json"), serde_json::to_string(&texts)?)?;
    let mut bundle = Command::new("node");
    bundle
        .arg("build/bundle.mjs")
        .args([bound, &panel, folder])
        .arg(env!("CARGO_PKG_VERSION"))
        .args((!recipe.terser).then_some("--no-terser"))
        .current_dir(&project.root);
    let does = format!("bundling into {}", project.shown(folder));
    Job::new("js", &does, 2).run(&mut bundle).map(drop)
}

/// Compiles the WebAssembly of one or both elements, and makes it as small as the recipe says.
fn bind(
    project: &Project,
    recipe: &Recipe,
    rust: &WasmRust,
    artifact: &Artifact,
    bound: &Path,
) -> Result<()> {
    let file = wasm::compile(project, rust, artifact, recipe.profile)?;
    wasm::bind(project, &file, bound, "barge_in")?;
    let wasm = bound.join("barge_in_bg.wasm");
    if recipe.snip {
        wasm::snip(project, artifact, &wasm)?;
    }
    let mut options = Vec::new();
    if recipe.optimise {
        options.extend(wasm::OPTIMISE);
    }
    if recipe.short_names {
        options.push(wasm::SHORT_NAMES);
    }
    let names = wasm::optimise(project, &wasm, &options)?;
    project::write(&bound.join("names.json"), names)
}

/// The sizes of what a page downloads.
pub fn sizes(project: &Project) -> Result<Vec<Size>> {
    sizes_of(&folder(project))
}

/// The sizes of the additional download of a page that uses the simulated server.
pub fn sizes_of_sim(project: &Project) -> Result<Vec<Size>> {
    let folder = folder(project);
    size::measure(&[
        ("sim.wasm", folder.join("sim.wasm")),
        ("sim.js", folder.join("sim.js")),
    ])
}

/// The sizes of what a page with panels downloads.
pub fn sizes_of_panel(project: &Project) -> Result<Vec<Size>> {
    let folder = folder(project);
    size::measure(&[
        ("panel wasm", folder.join("barge-in-panel.wasm")),
        ("panel js", folder.join("panel.js")),
    ])
}

/// The sizes of the button in any folder.
pub fn sizes_of(folder: &Path) -> Result<Vec<Size>> {
    size::measure(&[
        ("wasm", folder.join("barge-in.wasm")),
        ("js", folder.join("define.js")),
    ])
}

/// Where the package is written, whatever cargo's own target folder is: the end-to-end tests
/// and the documents name this place.
pub fn folder(project: &Project) -> PathBuf {
    project.root.join("target/npm")
}
