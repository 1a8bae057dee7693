//! Where things are: the checkout, the folder of its tools, and the folders of what is built.

use std::env;
use std::path::{Path, PathBuf};

/// The folders of this checkout.
#[derive(Clone)]
pub struct Project {
    /// The root of the checkout.
    pub root: PathBuf,
    /// Tools installed for this project alone; git-ignored.
    pub tools: PathBuf,
    /// What cargo builds for the host, as cargo itself would choose it.
    pub target: PathBuf,
}

impl Project {
    /// Finds the folders; cargo says at run time where the package is.
    pub fn find() -> Self {
        let package = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = package.parent().unwrap_or(&package).to_owned();
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => root.join(folder),
            None => root.join("target"),
        };
        Self {
            tools: root.join(".tools"),
            target,
            root,
        }
    }

    /// The locked version of a crate, read from `Cargo.lock`.
    pub fn locked(&self, package: &str) -> Result<String, String> {
        let path = self.root.join("Cargo.lock");
        let lock = read(&path)?;
        locked_version(&lock, package)
            .map(str::to_owned)
            .ok_or_else(|| format!("{package} is not in {}", path.display()))
    }

    /// `path` as seen from the root, for messages.
    pub fn shown<'a>(&self, path: &'a Path) -> std::path::Display<'a> {
        path.strip_prefix(&self.root).unwrap_or(path).display()
    }
}

/// Reads a text file, naming it if that fails.
pub fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Writes a file and the folders above it, naming it if that fails.
pub fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<(), String> {
    let written = match path.parent() {
        Some(folder) => std::fs::create_dir_all(folder),
        None => Ok(()),
    };
    written
        .and_then(|()| std::fs::write(path, content))
        .map_err(|error| format!("{}: {error}", path.display()))
}

/// Copies a file, or a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let named = |error| format!("{} to {}: {error}", from.display(), to.display());
    if from.is_dir() {
        std::fs::create_dir_all(to).map_err(named)?;
        for entry in std::fs::read_dir(from).map_err(named)? {
            let name = entry.map_err(named)?.file_name();
            copy(&from.join(&name), &to.join(&name))?;
        }
        return Ok(());
    }
    if let Some(folder) = to.parent() {
        std::fs::create_dir_all(folder).map_err(named)?;
    }
    std::fs::copy(from, to).map_err(named).map(|_| ())
}

/// The version of `package` in the text of a `Cargo.lock`; the first, should there be several.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let mut lines = lock.lines();
    let name = format!("name = \"{package}\"");
    lines.find(|line| *line == name)?;
    lines
        .next()?
        .strip_prefix("version = \"")?
        .strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "\
[[package]]
name = \"wasm-bindgen-macro\"
version = \"0.2.1\"

[[package]]
name = \"wasm-bindgen\"
version = \"0.2.130\"
source = \"registry\"
";

    #[test]
    fn the_locked_version_is_that_of_the_whole_name() {
        assert_eq!(locked_version(LOCK, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(LOCK, "wasm-bindgen-macro"), Some("0.2.1"));
        assert_eq!(locked_version(LOCK, "wasm"), None);
    }

    #[test]
    fn this_checkout_locks_wasm_bindgen() {
        assert!(Project::find().locked("wasm-bindgen").is_ok());
        assert!(Project::find().locked("no-such-crate").is_err());
    }
}
