//! Firefox, in which the smoke run tries the package a second time: wherever it is usually found,
//! else Debian's package, else a word on why that run is left out. Unlike Chromium it is optional.

use super::{apt, by_variable, existing, on_path};
use crate::process;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The first Firefox with all that the widget's policy asks for (Trusted Types).
const OLDEST: u32 = 148;

/// Looks in the environment, on the search path and in the usual places.
pub fn find() -> Option<PathBuf> {
    by_variable(&["FIREFOX"])
        .or_else(|| on_path("firefox"))
        .or_else(|| on_path("firefox-esr"))
        .or_else(|| {
            existing(&[
                "/usr/bin/firefox-esr",
                "/Applications/Firefox.app/Contents/MacOS/firefox",
            ])
        })
}

/// Finds it or installs it; else says why there is none to use.
pub fn ensure() -> Result<PathBuf, String> {
    if let Some(found) = find() {
        return new_enough(found);
    }
    apt::install_on_system("firefox", &["firefox-esr"], 90)
        .map_err(|error| format!("there is no Firefox: {error}; FIREFOX may name its path"))?;
    new_enough(find().ok_or("Firefox was installed, but not where it is looked for")?)
}

fn new_enough(browser: PathBuf) -> Result<PathBuf, String> {
    match version(&browser).as_deref().map(|line| (line, major(line))) {
        Some((_, Some(major))) if major >= OLDEST => Ok(browser),
        Some((line, _)) => Err(format!(
            "`{line}` is installed, {OLDEST} or newer is wanted"
        )),
        None => Err(format!("{} does not start", browser.display())),
    }
}

fn version(browser: &Path) -> Option<String> {
    process::first_line(Command::new(browser).arg("--version"))
}

/// The 153 of `Mozilla Firefox 153.7.0esr`.
fn major(line: &str) -> Option<u32> {
    let version = line
        .split(' ')
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    version.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read() {
        assert_eq!(major("Mozilla Firefox 153.7.0esr"), Some(153));
        assert_eq!(major("Mozilla Firefox 148.0"), Some(148));
        assert_eq!(major("Firefox"), None);
    }

    #[test]
    fn what_is_no_firefox_is_named() {
        let error = new_enough("no-such-program".into()).unwrap_err();
        assert_eq!(error, "no-such-program does not start");
        let error = new_enough("cargo".into()).unwrap_err();
        assert!(error.ends_with("148 or newer is wanted"), "{error}");
    }
}
