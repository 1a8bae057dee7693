//! A Rust that compiles for `wasm32-unknown-unknown`. Tried in this order: the user's toolchain as
//! it is, the user's toolchain with the target added by rustup, and a second toolchain from
//! Debian's packages, which is used only for WebAssembly.

use super::cargo::{TARGET, cargo, has_std};
use super::debian::rust as debian;
use crate::process::{self, Job};
use crate::project::Project;
use anyhow::{Context, Result, bail};
use std::env;
use std::path::PathBuf;
use std::process::Command;

/// The component with the standard library's source.
const SOURCE: &str = "rust-src";

/// Which toolchain compiles for WebAssembly.
#[derive(Clone, PartialEq)]
pub enum WasmRust {
    /// The one that the user's own `cargo` chooses.
    Users,
    /// Debian's, unpacked under `.tools/rust`.
    Debian,
}

/// Finds a toolchain that has the target's standard library.
pub fn find(project: &Project) -> Option<WasmRust> {
    if users_has_target() {
        return Some(WasmRust::Users);
    }
    debian::ready(project).then_some(WasmRust::Debian)
}

/// Finds or installs one.
pub fn ensure(project: &Project) -> Result<WasmRust> {
    if let Some(found) = find(project) {
        return Ok(found);
    }
    let reason = match add_by_rustup("target", TARGET) {
        Ok(()) if users_has_target() => return Ok(WasmRust::Users),
        Ok(()) => "rustup added it to a toolchain that is not the one in use".to_owned(),
        Err(error) => format!("{error:#}"),
    };
    eprintln!("wasm target: {reason}");
    debian::install(project).with_context(|| {
        format!(
            "wasm target: not to be had by rustup ({reason}) nor from Debian; \
             `rustup target add {TARGET}` is the command where rustup's server can be reached"
        )
    })?;
    Ok(WasmRust::Debian)
}

/// As [`ensure`], with the source of the standard library.
pub fn ensure_source(project: &Project) -> Result<WasmRust> {
    if users_has_source() {
        return ensure(project);
    }
    if !debian::ready(project) && add_by_rustup("component", SOURCE).is_ok() && users_has_source() {
        return ensure(project);
    }
    debian::install(project).with_context(|| {
        format!(
            "the source of Rust's standard library is neither in your toolchain nor to be had from \
             Debian; `rustup component add {SOURCE}` is the command where rustup's server can be reached"
        )
    })?;
    Ok(WasmRust::Debian)
}

impl WasmRust {
    /// Its description for the user.
    pub fn describe(&self) -> &'static str {
        match self {
            Self::Users => "in your own toolchain",
            Self::Debian => "Debian's toolchain in .tools/rust",
        }
    }

    /// A `cargo` that may compile for the target; the user's cargo in either case.
    pub fn cargo(&self, project: &Project) -> Command {
        let mut cargo = cargo(project);
        self.environment(project, &mut cargo);
        cargo
    }

    /// Makes a command that calls cargo use this toolchain.
    pub fn environment(&self, project: &Project, command: &mut Command) {
        if *self == Self::Debian {
            command.env("RUSTC", debian::program(project, "rustc"));
        }
    }

    /// `cargo clippy` for the target.
    pub fn clippy(&self, project: &Project) -> Command {
        let mut clippy = match self {
            Self::Users => cargo(project),
            Self::Debian => Command::new(debian::program(project, "cargo-clippy")),
        };
        self.environment(project, &mut clippy);
        clippy.arg("clippy");
        clippy
    }
}

fn users_has_target() -> bool {
    users_folder(&["target-libdir", "--target", TARGET]).is_some_and(|folder| has_std(&folder))
}

fn users_has_source() -> bool {
    let lock = "lib/rustlib/src/rust/library/Cargo.lock";
    users_folder(&["sysroot"]).is_some_and(|folder| folder.join(lock).is_file())
}

/// A folder that the user's compiler prints.
fn users_folder(what: &[&str]) -> Option<PathBuf> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    process::first_line(Command::new(rustc).arg("--print").args(what)).map(PathBuf::from)
}

/// Adds a `target` or a `component` to the user's toolchain with rustup.
fn add_by_rustup(kind: &str, name: &str) -> Result<()> {
    if super::found::on_path("rustup").is_none() {
        bail!("there is no rustup");
    }
    let does = format!("`rustup {kind} add` adds it to your toolchain");
    let mut rustup = Command::new("rustup");
    // Without a network one attempt may take half a minute.
    rustup.env("RUSTUP_MAX_RETRIES", "0");
    let job = Job::new(name, &does, 20);
    job.run(rustup.args([kind, "add", name])).map(drop)
}
