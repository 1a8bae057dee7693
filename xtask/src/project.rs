//! The folders of the checkout, its tools, and its build output.

use anyhow::{Context, Result};
use fs_err as fs;
use std::env;
use std::path::{Path, PathBuf};

/// The folders of this checkout.
#[derive(Clone)]
pub struct Project {
    /// The root of the checkout.
    pub root: PathBuf,
    /// Tools installed for this project alone; git-ignored.
    pub tools: PathBuf,
    /// Cargo's target folder for the host.
    pub target: PathBuf,
}

impl Project {
    /// Finds the folders; cargo says at run time where the package is.
    pub fn find() -> Self {
        let package = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = package.parent().unwrap_or(&package).to_owned();
        Self {
            tools: root.join(".tools"),
            target: root.join(env::var_os("CARGO_TARGET_DIR").unwrap_or("target".into())),
            root,
        }
    }

    /// The locked version of a crate, the first one if there are several.
    pub fn locked(&self, package: &str) -> Result<String> {
        let lock: toml::Table = fs::read_to_string(self.root.join("Cargo.lock"))?.parse()?;
        let packages = lock["package"].as_array().into_iter().flatten();
        let found = packages.filter(|entry| entry["name"].as_str() == Some(package));
        let version = found.filter_map(|entry| entry["version"].as_str()).next();
        version
            .map(str::to_owned)
            .with_context(|| format!("{package} is not in Cargo.lock"))
    }

    /// `path` as seen from the root, for messages.
    pub fn shown<'a>(&self, path: &'a Path) -> std::path::Display<'a> {
        path.strip_prefix(&self.root).unwrap_or(path).display()
    }
}

/// Writes a file and creates its parent folders.
pub fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(path, content)?)
}

/// Copies a file, or a folder with its contents.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    if from.is_dir() {
        fs::create_dir_all(to)?;
        for entry in fs::read_dir(from)? {
            let name = entry?.file_name();
            copy(&from.join(&name), &to.join(&name))?;
        }
        return Ok(());
    }
    write(to, fs::read(from)?)
}

/// Removes a folder or file, if it exists.
pub fn remove(path: &Path) {
    // Anything that cannot be removed is overwritten or left.
    let _ = match path.is_dir() {
        true => fs::remove_dir_all(path),
        false => fs::remove_file(path),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locked_version_is_that_of_the_whole_name() {
        let project = Project::find();
        let manifest = fs::read_to_string(project.root.join("Cargo.toml")).unwrap();
        let version = project.locked("wasm-bindgen").unwrap();
        assert!(manifest.contains(&format!("wasm-bindgen = \"={version}\"")));
        assert!(project.locked("wasm").is_err());
    }
}
