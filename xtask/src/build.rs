//! `cargo xtask build`: the npm package's files, compiled for release, and what a page that
//! loads them downloads.

use crate::process::Job;
use crate::project::{self, Project};
use crate::size::{self, Size};
use crate::tools::{npm, rust};
use crate::wasm::{self, ELEMENT, Profile};
use anyhow::{Error, Result};
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

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
    static BUILT: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let built = BUILT.get_or_init(|| build(project).map_err(|error| format!("{error:#}")));
    built.clone().map_err(Error::msg)
}

fn build(project: &Project) -> Result<PathBuf> {
    npm::ensure()?;
    let rust = rust::ensure_source(project)?;
    npm::install(&project.root.join("build"), "build")?;
    let file = wasm::compile(project, &rust, &ELEMENT, Profile::Small)?;
    let bound = project.root.join("target/element");
    wasm::bind(project, &file, &bound, "barge_in")?;
    let wasm = bound.join("barge_in_bg.wasm");
    wasm::snip(project, &wasm)?;
    let options = [&wasm::OPTIMISE[..], &[wasm::SHORT_NAMES]].concat();
    let names = wasm::optimise(project, &wasm, &options)?;
    project::write(&bound.join("names.json"), names)?;
    let folder = folder(project);
    let mut bundle = Command::new("node");
    bundle
        .arg("build/bundle.mjs")
        .args([&bound, &folder])
        .arg(env!("CARGO_PKG_VERSION"))
        .current_dir(&project.root);
    Job::new("js", "bundling into target/npm", 2).run(&mut bundle)?;
    Ok(folder)
}

/// The sizes of what a page downloads.
pub fn sizes(project: &Project) -> Result<Vec<Size>> {
    let folder = folder(project);
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
