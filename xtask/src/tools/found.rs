//! Finds what is already on this machine.

use crate::process;
use std::env;
use std::path::PathBuf;
use std::process::Command;

/// The first program of that name on the user's own search path.
pub fn on_path(program: &str) -> Option<PathBuf> {
    let name = format!("{program}{}", env::consts::EXE_SUFFIX);
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(&name))
        .find(|file| file.is_file())
}

/// The first file that one of these environment variables names.
pub fn by_variable(names: &[&str]) -> Option<PathBuf> {
    names
        .iter()
        .filter_map(env::var_os)
        .map(PathBuf::from)
        .find(|path| path.is_file())
}

/// The first of these files that exists.
pub fn existing(paths: &[&str]) -> Option<PathBuf> {
    paths.iter().map(PathBuf::from).find(|path| path.is_file())
}

/// Whether this user may install system packages, according to `id`, which every Unix has.
pub fn is_root() -> bool {
    let mut id = Command::new("id");
    process::first_line(id.arg("-u")).as_deref() == Some("0")
}
