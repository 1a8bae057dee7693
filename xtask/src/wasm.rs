//! From a crate to what a browser loads: cargo compiles, wasm-bindgen writes the JavaScript
//! beside it, wasm-opt shrinks it. WebAssembly has a target folder of its own, because it may be
//! compiled by another toolchain than the host's programs.

use crate::process::Job;
use crate::project::Project;
use crate::tools::cargo::TARGET;
use crate::tools::rust::WasmRust;
use crate::tools::{self, binaryen, wasm_bindgen};
use anyhow::Result;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How the code is compiled.
#[derive(Clone, Copy, PartialEq)]
pub enum Profile {
    /// Quickly.
    Dev,
    /// For release, by a stable compiler alone.
    Release,
    /// As small as can be: see [`make_small`].
    Small,
    /// The same, but a panic has its words.
    SmallStd,
    /// The same, and the standard library is the one that comes with the compiler.
    StockStd,
}

/// What is compiled.
pub struct Artifact {
    /// The cargo package.
    pub package: &'static str,
    /// The binary of it, or its library if `None`.
    pub binary: Option<&'static str>,
    /// The stem of the file that cargo writes.
    pub stem: &'static str,
}

/// The page of the demo.
pub const DEMO: Artifact = Artifact {
    package: "demo",
    binary: Some("demo"),
    stem: "demo",
};

/// What is behind the custom element.
pub const ELEMENT: Artifact = Artifact {
    package: "barge-in-element",
    binary: None,
    stem: "barge_in_element",
};

/// The simulated server in the page.
pub const SIM: Artifact = Artifact {
    package: "gws-page",
    binary: None,
    stem: "gws_page",
};

/// Prepares a cargo command for WebAssembly: target folder, profile, and the tools on its path.
pub fn prepare(command: &mut Command, project: &Project) {
    command
        .env("CARGO_TARGET_DIR", target(project))
        .env("PATH", tools::search_path(project))
        // Nobody steps through the demo; without debug information it links in half the time.
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .current_dir(&project.root);
}

/// Compiles an artifact; returns the path of the bare `.wasm`.
pub fn compile(
    project: &Project,
    rust: &WasmRust,
    artifact: &Artifact,
    profile: Profile,
) -> Result<PathBuf> {
    let mut cargo = rust.cargo(project);
    prepare(&mut cargo, project);
    cargo.args(["build", "--target", TARGET, "--package", artifact.package]);
    match artifact.binary {
        Some(name) => cargo.args(["--bin", name]),
        None => cargo.arg("--lib"),
    };
    let mut folder = target(project);
    let small = match profile {
        Profile::Small => Some("small"),
        Profile::SmallStd => Some("small-std"),
        Profile::StockStd => Some("stock-std"),
        Profile::Dev | Profile::Release => None,
    };
    if let Some(name) = small {
        folder = folder.join(name);
        cargo.env("CARGO_TARGET_DIR", &folder);
        make_small(&mut cargo, profile);
    }
    if profile != Profile::Dev {
        cargo.arg("--release");
    }
    let folder = folder.join(TARGET).join(match profile {
        Profile::Dev => "debug",
        _ => "release",
    });
    let file = folder.join(format!("{}.wasm", artifact.stem));
    let job = Job {
        name: artifact.package,
        does: "compiling to WebAssembly",
        about: match (file.is_file(), profile) {
            (true, Profile::Dev) => 5,
            (true, _) => 30,
            (false, Profile::Dev) => 60,
            (false, _) => 120,
        },
        crates: 0,
    };
    job.run(&mut cargo)?;
    Ok(file)
}

/// Has cargo build the standard library anew, for size, and a panic trap where it happens: no words
/// about it, no formatting of them, no place names. The other two profiles leave out the second or both.
///
/// These are not yet features of a stable compiler, which takes them nevertheless when told that it
/// may. The compiler is pinned no closer than elsewhere: should one refuse them, the build fails.
fn make_small(cargo: &mut Command, profile: Profile) {
    if profile != Profile::StockStd {
        cargo
            .args(["-Z", "build-std=std,panic_abort"])
            .args(["-Z", "build-std-features=optimize_for_size"]);
    }
    let flags = match profile {
        Profile::Small => &SMALL[..],
        _ => &SMALL[..1],
    };
    cargo
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", flags.join(" "));
}

/// Found by trial (`cargo xtask dist` prints the size): the control flow is built anew between rounds, and large functions
/// that are called once are not inlined. The lowest kilobyte of memory is the far end of the stack, so that no pointer is a
/// small offset away from zero.
pub const OPTIMISE: [&str; 11] = [
    "-Oz",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--low-memory-unused",
    "--one-caller-inline-max-function-size=50",
    "--coalesce-locals",
    "--reorder-locals",
    "--strip-producers",
    "--strip-target-features",
];

/// Has wasm-opt name imports and exports by a letter or two, and print which is which.
pub const SHORT_NAMES: &str = "--minify-imports-and-exports-and-modules";

const SMALL: [&str; 3] = [
    // A page of memory (64 KiB) with the constants, where the usual is a megabyte. Nothing recurses by its input but the
    // reader of JSON, which stops at sixteen levels; and what is more than fits traps, since nothing lies below the stack.
    "-Clink-arg=-zstack-size=49152",
    "-Zunstable-options",
    "-Cpanic=immediate-abort",
];

/// Writes `{name}.js` and `{name}_bg.wasm` into a folder.
pub fn bind(project: &Project, wasm: &Path, folder: &Path, name: &str) -> Result<()> {
    let mut bindgen = Command::new(wasm_bindgen::ensure(project)?);
    bindgen
        .args(["--target", "web", "--out-name", name, "--out-dir"])
        .arg(folder)
        .arg(wasm);
    crate::process::run(&mut bindgen).map(|_| ())
}

/// Snips out of a bound `.wasm` what the widget's framework can do and the widget never asks for.
pub fn snip(project: &Project, wasm: &Path) -> Result<()> {
    let mut snip = Command::new("node");
    snip.arg("build/snip.mjs")
        .arg(wasm)
        .current_dir(&project.root);
    crate::process::run(&mut snip).map(|_| ())
}

/// Shrinks a bound `.wasm` in place; returns what wasm-opt printed.
pub fn optimise(project: &Project, wasm: &Path, options: &[&str]) -> Result<String> {
    let mut optimise = Command::new(binaryen::ensure(project)?);
    // The features that rustc used are named in the file. Allowing all of them makes wasm-opt write
    // some that no browser reads yet.
    optimise.args(options).arg(wasm).arg("-o").arg(wasm);
    let job = Job {
        name: "wasm-opt",
        does: "making it smaller",
        about: 10,
        crates: 0,
    };
    job.run(&mut optimise)
}

fn target(project: &Project) -> PathBuf {
    project.target.join("wasm")
}
