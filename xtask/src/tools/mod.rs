//! The tools that the commands need. One file per tool, each with `find` (is it here, in the right
//! version?) and `ensure` (find it, or install it and say so). Tools are installed in `.tools`, for
//! this project only.

pub mod binaryen;
pub mod cargo;
pub mod chromium;
pub mod debian;
pub mod firefox;
pub mod found;
pub mod npm;
pub mod rust;
pub mod trunk;
pub mod wasm_bindgen;

use crate::project::Project;
use std::env;
use std::ffi::OsString;

/// The search path of every command started here: this project's tools, then the user's own.
pub fn search_path(project: &Project) -> OsString {
    let own = [project.tools.join("bin"), binaryen::folder(project)];
    let users = env::var_os("PATH").unwrap_or_default();
    let folders = own.into_iter().chain(env::split_paths(&users));
    // A folder whose name has a colon cannot be on the path; then only the user's path is used.
    env::join_paths(folders).unwrap_or(users)
}
