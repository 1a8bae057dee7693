//! Debian's Rust for its browsers (`rustc-web`), unpacked under `.tools/rust` and used for
//! WebAssembly only. Debian ships only the source of the standard library for the target, so it is
//! built once. A stamp is written last, so that an interrupted installation is continued.

use super::apt::Apt;
use crate::process::{self, Job};
use crate::project::{self, Project};
use crate::tools::cargo::{TARGET, cargo, has_std};
use anyhow::{Context, Result, bail};
use fs_err as fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const NAME: &str = "wasm target";

/// Started through a wrapper script, so that they find their libraries.
const PROGRAMS: [&str; 3] = ["rustc", "cargo-clippy", "clippy-driver"];

/// Whether the toolchain is complete.
pub fn ready(project: &Project) -> bool {
    folder(project).join("ready").is_file()
}

/// The path of one of the toolchain's programs.
pub fn program(project: &Project, name: &str) -> PathBuf {
    folder(project).join("bin").join(name)
}

/// Unpacks the packages and builds the standard library.
pub fn install(project: &Project) -> Result<()> {
    let folder = folder(project);
    fs::create_dir_all(&folder)?;
    // Two commands at the same time would unpack over each other.
    let lock = std::fs::File::create(folder.join("lock"))?;
    lock.lock()?;
    let unpacked = folder.join("unpacked");
    if !unpacked.is_file() {
        unpack(&folder)?;
        project::write(&unpacked, "")?;
    }
    if !ready(project) {
        let version = build_std(project, &folder)?;
        project::write(&folder.join("ready"), version)?;
    }
    drop(lock);
    Ok(())
}

fn folder(project: &Project) -> PathBuf {
    project.tools.join("rust")
}

fn unpack(folder: &Path) -> Result<()> {
    let apt = Apt::update(&folder.join("apt"), NAME)?;
    let version = apt
        .candidate("rustc-web")
        .context("Debian offers no rustc-web here")?;
    let wanted = env!("CARGO_PKG_RUST_VERSION");
    if !at_least(&version, wanted) {
        bail!("Debian's Rust is {version}; {wanted} is wanted");
    }
    let std = apt.dependency("libstd-rust-web-dev", "libstd-rust-web-")?;
    let llvm = apt.dependency(&std, "libllvm")?;
    let lld = llvm.replacen("libllvm", "lld-", 1);
    let mut packages: Vec<String> = [
        "rustc-web",
        "libstd-rust-web-dev",
        "rust-web-src",
        "rust-web-clippy",
    ]
    .map(str::to_owned)
    .into();
    // The linker also needs LLVM's dependencies; those of the system are not fetched.
    packages.extend(apt.missing_for(&lld)?);
    packages.extend([std, llvm, lld.clone()]);
    packages.sort();
    packages.dedup();
    let does = format!("Rust {version} from Debian's packages, 145 MB, into .tools/rust");
    apt.unpack(&Job::new(NAME, &does, 60), &packages, folder)?;
    apt.clean_up();
    let usr = folder.join("usr");
    link_linker(&usr, &lld)?;
    let libraries = libraries(&usr)?;
    for name in PROGRAMS {
        let script = format!(
            "#!/bin/sh\n\
             # Debian's {name}, told where its libraries are.\n\
             usr=$(cd \"${{0%/*}}/../usr\" && pwd)\n\
             LD_LIBRARY_PATH=$usr/lib/{libraries}${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}\n\
             export LD_LIBRARY_PATH\n\
             exec \"$usr/bin/{name}\" \"$@\"\n"
        );
        let path = folder.join("bin").join(name);
        project::write(&path, script)?;
        process::run(Command::new("chmod").arg("+x").arg(path))?;
    }
    Ok(())
}

/// Links the linker to the name and path where rustc looks for it.
fn link_linker(usr: &Path, lld: &str) -> Result<()> {
    let rustlib = usr.join("lib/rustlib");
    let host = fs::read_dir(&rustlib)?
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.join("lib").is_dir() && !path.ends_with(TARGET))
        .with_context(|| format!("{} holds no toolchain", rustlib.display()))?;
    let programs = host.join("bin");
    fs::create_dir_all(&programs)?;
    let link = programs.join("rust-lld");
    project::remove(&link);
    let mut symlink = Command::new("ln");
    symlink.arg("-s").arg(usr.join("bin").join(lld)).arg(link);
    process::run(&mut symlink).map(drop)
}

/// The name of the folder of shared libraries, such as `x86_64-linux-gnu`.
fn libraries(usr: &Path) -> Result<String> {
    let lib = usr.join("lib");
    fs::read_dir(&lib)?
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .find(|name| name.contains("-linux-gnu"))
        .with_context(|| format!("{} holds no libraries", lib.display()))
}

/// Builds the standard library for the target and copies it to where rustc looks for it. Returns
/// the version of rustc.
fn build_std(project: &Project, folder: &Path) -> Result<String> {
    let rustc = program(project, "rustc");
    let version = process::run(Command::new(&rustc).arg("--version"))?;
    let libdir =
        process::run(Command::new(&rustc).args(["--print", "target-libdir", "--target", TARGET]))?;
    let libdir = Path::new(libdir.trim());
    // A half-copied library must not be found by the build below.
    project::remove(libdir);
    let package = folder.join("std");
    let manifest = "[package]\nname = \"empty\"\nedition = \"2024\"\n\n[workspace]\n";
    project::write(&package.join("Cargo.toml"), manifest)?;
    project::write(&package.join("src/lib.rs"), "")?;
    let job = Job {
        crates: 26,
        ..Job::new(
            NAME,
            "building the standard library for WebAssembly, once",
            60,
        )
    };
    let mut build = cargo(project);
    build
        .args(["build", "--release", "--target", TARGET])
        .args(["-Z", "build-std=std,panic_abort,proc_macro,test"])
        .current_dir(&package)
        .env("RUSTC", &rustc)
        .env("RUSTC_BOOTSTRAP", "1")
        // Link-time optimisation needs bitcode.
        .env("RUSTFLAGS", "-Cembed-bitcode=yes")
        .env("CARGO_TARGET_DIR", package.join("target"));
    job.run(&mut build)?;
    let built = package.join("target").join(TARGET).join("release/deps");
    for entry in fs::read_dir(&built)?.flatten() {
        let name = entry.file_name();
        let text = name.to_string_lossy();
        if text.ends_with(".rlib") && !text.starts_with("libempty-") {
            project::copy(&entry.path(), &libdir.join(&name))?;
        }
    }
    if !has_std(libdir) {
        bail!("{} holds no standard library", built.display());
    }
    project::remove(&package);
    Ok(version)
}

/// Whether version `1.96.0+dfsg1` is at least version `1.95`.
fn at_least(version: &str, wanted: &str) -> bool {
    let parts = |text: &str| -> Vec<u32> {
        text.split(|c: char| !c.is_ascii_digit())
            .map_while(|part| part.parse().ok())
            .take(2)
            .collect()
    };
    parts(version) >= parts(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_their_numbers() {
        assert!(at_least("1.96.0+dfsg1-1~deb12u2", "1.95"));
        assert!(at_least("1.100.0", "1.95"));
        assert!(at_least("1.95.0", "1.95"));
        assert!(!at_least("1.85.0+dfsg3", "1.95"));
    }
}
