//! What the commands need that a checkout does not hold. One file per tool, each with `find`
//! (is it here, at the right version?) and `ensure` (find it, or install it and say so).
//! Installed tools live in `.tools` and serve this project alone.

pub mod binaryen;
pub mod cargo;
pub mod chromium;
pub mod debian;
pub mod firefox;
pub mod npm;
pub mod rust;
pub mod trunk;
pub mod wasm_bindgen;

use crate::project::Project;
use std::env;
use std::ffi::OsString;
use std::path::PathBuf;

/// The search path of every command started here: this project's tools, then the user's own.
pub fn search_path(project: &Project) -> OsString {
    let own = [project.tools.join("bin"), binaryen::folder(project)];
    let users = env::var_os("PATH").unwrap_or_default();
    let folders = own.into_iter().chain(env::split_paths(&users));
    // A folder whose name holds a colon cannot be put on the path; the user's own path is left.
    env::join_paths(folders).unwrap_or(users)
}

/// The first program of that name on the user's own search path.
pub fn on_path(program: &str) -> Option<PathBuf> {
    let name = format!("{program}{}", env::consts::EXE_SUFFIX);
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(&name))
        .find(|file| file.is_file())
}

/// The first file that one of these environment variables names.
fn by_variable(names: &[&str]) -> Option<PathBuf> {
    names
        .iter()
        .filter_map(env::var_os)
        .map(PathBuf::from)
        .find(|path| path.is_file())
}

/// The first of these files that is there.
fn existing(paths: &[&str]) -> Option<PathBuf> {
    paths.iter().map(PathBuf::from).find(|path| path.is_file())
}

/// Whether this user may install system packages. Asked of `id`, which every Unix has.
fn is_root() -> bool {
    let mut id = std::process::Command::new("id");
    crate::process::first_line(id.arg("-u")).as_deref() == Some("0")
}
