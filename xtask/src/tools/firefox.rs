//! Firefox, for the smoke tests of the package: from the usual places, else from Debian's package,
//! else the reason why these tests are skipped. Unlike Chromium it is optional.

use super::debian::apt;
use super::found::{by_variable, existing, on_path};
use crate::process;
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The first Firefox that supports the widget's policy (Trusted Types).
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

/// Finds or installs it; the error says why there is none.
pub fn ensure() -> Result<PathBuf> {
    if let Some(found) = find() {
        return new_enough(found);
    }
    apt::install_on_system("firefox", &["firefox-esr"], 90)
        .context("there is no Firefox; FIREFOX may name its path")?;
    new_enough(find().context("Firefox was installed, but not where it is looked for")?)
}

fn new_enough(browser: PathBuf) -> Result<PathBuf> {
    match version(&browser).as_deref().map(|line| (line, major(line))) {
        Some((_, Some(major))) if major >= OLDEST => Ok(browser),
        Some((line, _)) => bail!("`{line}` is installed, {OLDEST} or newer is wanted"),
        None => bail!("{} does not start", browser.display()),
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
        assert_eq!(error.to_string(), "no-such-program does not start");
        let error = new_enough("cargo".into()).unwrap_err();
        assert!(
            error.to_string().ends_with("148 or newer is wanted"),
            "{error}"
        );
    }
}
