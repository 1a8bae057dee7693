//! Builds WebAssembly from a crate: cargo compiles, wasm-bindgen generates the JavaScript, wasm-opt shrinks the result.
//! WebAssembly has its own target folder, because it may be compiled by another toolchain than the host's programs.

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
    /// Fast to compile.
    Dev,
    /// For release, with stable features only.
    Release,
    /// As small as possible: see [`make_small`].
    Small,
    /// The same, but with panic messages.
    SmallStd,
    /// The same, and with the compiler's prebuilt standard library.
    StockStd,
}

/// A compilation target.
pub struct Artifact {
    /// The cargo package.
    pub package: &'static str,
    /// Its binary, or its library if `None`.
    pub binary: Option<&'static str>,
    /// The stem of the file that cargo writes.
    pub stem: &'static str,
    /// Cargo features, by commas.
    pub features: &'static str,
}

/// The demo.
pub const DEMO: Artifact = Artifact {
    package: "demo",
    binary: Some("demo"),
    stem: "demo",
    features: "",
};

/// The WebAssembly of the custom element.
pub const ELEMENT: Artifact = Artifact {
    package: "barge-in-element",
    binary: None,
    stem: "barge_in_element",
    features: "",
};

/// The same with the panel's element, too.
pub const PANEL: Artifact = Artifact {
    features: "panel",
    ..ELEMENT
};

/// The simulated server in the page.
pub const SIM: Artifact = Artifact {
    package: "gws-page",
    binary: None,
    stem: "gws_page",
    features: "",
};

/// Prepares a cargo command for WebAssembly: target folder, profile, and the tools on its path.
pub fn prepare(command: &mut Command, project: &Project) {
    command
        .env("CARGO_TARGET_DIR", target(project))
        .env("PATH", tools::search_path(project))
        // The demo needs no debugger; without debug information it links in half the time.
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
    if !artifact.features.is_empty() {
        cargo.args(["--features", artifact.features]);
    }
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

/// Makes cargo build the standard library, optimised for size, and makes a panic trap immediately, without message,
/// formatting or location. `SmallStd` leaves out the trap, `StockStd` both.
///
/// These features are unstable; a stable compiler accepts them when `RUSTC_BOOTSTRAP` is set. The compiler is not
/// pinned for them: if a version rejects them, the build fails.
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

/// Found by trial (`cargo xtask dist` prints the size): the control flow is rebuilt between rounds, and large functions
/// that are called once are not inlined. The lowest kilobyte of memory is the end of the stack, so no pointer to data
/// is near zero.
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

/// Makes wasm-opt shorten the names of imports and exports, and print the map of names.
pub const SHORT_NAMES: &str = "--minify-imports-and-exports-and-modules";

const SMALL: [&str; 3] = [
    // With the constants this takes one page of memory (64 KiB); the default is a megabyte. Only the JSON parser
    // recurses with its input, and it stops at sixteen levels. A stack overflow traps, since the stack is at the bottom
    // of memory.
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

/// Removes functions of the framework that the widget never calls from a bound `.wasm`.
pub fn snip(project: &Project, artifact: &Artifact, wasm: &Path) -> Result<()> {
    let mut snip = Command::new("node");
    let is_panel = artifact.features == PANEL.features;
    snip.arg("build/snip.mjs")
        .arg(wasm)
        .args(is_panel.then_some("--panel"))
        .current_dir(&project.root);
    crate::process::run(&mut snip).map(|_| ())
}

/// Shrinks a bound `.wasm` in place; returns what wasm-opt printed.
pub fn optimise(project: &Project, wasm: &Path, options: &[&str]) -> Result<String> {
    let mut optimise = Command::new(binaryen::ensure(project)?);
    // The file names the features that rustc used. Allowing all features would make wasm-opt use some that browsers do
    // not support yet.
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
