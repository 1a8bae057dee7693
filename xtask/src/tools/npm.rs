//! Node and its packages. Node itself is a prerequisite; packages are installed by `npm` from a
//! lock file, and again only when that file changes.

use super::found::on_path;
use crate::process::{self, Job};
use crate::project;
use anyhow::{Context, Result};
use fs_err as fs;
use std::path::Path;
use std::process::Command;

/// The oldest supported Node.
const OLDEST: u32 = 20;

/// The version of the user's Node, if it is new enough and npm is there too.
pub fn find() -> Option<String> {
    on_path("npm")?;
    let version = process::first_line(Command::new("node").arg("--version"))?;
    (major(&version)? >= OLDEST).then_some(version)
}

/// An error if Node is missing.
pub fn ensure() -> Result<String> {
    find().with_context(|| {
        format!(
            "node: version {OLDEST} or newer with npm is needed; see https://nodejs.org \
             (Debian: `apt-get install nodejs npm`)"
        )
    })
}

/// Whether a folder's packages are those of its lock file.
pub fn installed(folder: &Path) -> bool {
    let lock = fs::read_to_string(folder.join("package-lock.json"));
    let stamp = fs::read_to_string(folder.join("node_modules/.installed"));
    matches!((lock, stamp), (Ok(lock), Ok(stamp)) if lock == stamp)
}

/// Installs a folder's packages from its lock file.
pub fn install(folder: &Path, name: &str) -> Result<()> {
    if installed(folder) {
        return Ok(());
    }
    ensure()?;
    let job = Job::new(name, "`npm ci` fetches the packages of its lock file", 20);
    let mut npm = Command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund"]);
    job.run(npm.current_dir(folder))?;
    let lock = fs::read_to_string(folder.join("package-lock.json"))?;
    project::write(&folder.join("node_modules/.installed"), lock)
}

/// The 20 of `v20.19.2`.
fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read() {
        assert_eq!(major("v20.19.2"), Some(20));
        assert_eq!(major("20"), None);
        assert_eq!(major("vx.1"), None);
    }
}
