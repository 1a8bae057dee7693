//! `cargo xtask size`: what each optimisation of the build saves. The package is built once as shipped, and once with
//! each optimisation switched off.

use crate::build::{self, Recipe, SHIPPED};
use crate::project::Project;
use crate::size::{self, grouped};
use crate::wasm::Profile;
use anyhow::Result;

/// Tell what each trick of the build saves
///
/// Makes the package once as it is shipped and once with each trick of the build switched off.
/// Prints what a page then downloads, in bytes after brotli, and what the trick saves. About two
/// minutes, and six at the first time.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Options {}

const TRICKS: [(&str, Recipe); 6] = [
    (
        "unused functions of Yew snipped",
        Recipe {
            snip: false,
            ..SHIPPED
        },
    ),
    (
        "code made smaller by wasm-opt",
        Recipe {
            optimise: false,
            ..SHIPPED
        },
    ),
    (
        "short names of imports and exports",
        Recipe {
            short_names: false,
            ..SHIPPED
        },
    ),
    (
        "JavaScript made smaller by terser",
        Recipe {
            terser: false,
            ..SHIPPED
        },
    ),
    (
        "a panic that only traps",
        Recipe {
            profile: Profile::SmallStd,
            ..SHIPPED
        },
    ),
    (
        "that, and a standard library for size",
        Recipe {
            profile: Profile::StockStd,
            ..SHIPPED
        },
    ),
];

/// Runs the command.
pub fn run() -> Result<()> {
    let project = Project::find();
    let shipped = total(&project, &SHIPPED)?;
    let mut table = format!("{:<40}{:>10}{:>10}\n", "brotli", "without", "saves");
    for (at, (name, recipe)) in TRICKS.iter().enumerate() {
        eprintln!("{} of {}, without: {name}", at + 1, TRICKS.len());
        let without = total(&project, recipe)?;
        // Smaller without it, so the saving is negative.
        let sign = if without < shipped { "-" } else { "" };
        let saves = format!("{sign}{}", grouped(without.abs_diff(shipped)));
        table += &format!("{name:<40}{:>10}{saves:>10}\n", grouped(without));
    }
    print!("{table}");
    println!("{:<40}{:>10}", "as it is shipped", grouped(shipped));
    Ok(())
}

/// Builds a package by a recipe; returns the size of a page's download.
fn total(project: &Project, recipe: &Recipe) -> Result<u64> {
    let folder = project.root.join("target/size");
    let package = folder.join("npm");
    build::make(project, recipe, &folder.join("element"), &package)?;
    Ok(size::total(&build::sizes_of(&package)?).brotli)
}
