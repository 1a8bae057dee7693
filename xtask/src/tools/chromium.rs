//! Chromium and its driver for the browser tests: from the usual places, else from Debian's
//! packages, else an error that says what to install. Most tests use its headless shell, if there is one.

use super::debian::apt;
use super::found::{by_variable, existing, is_root, on_path};
use crate::process;
use crate::project::{self, Project};
use anyhow::{Context, Result};
use fs_err as fs;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::Command;

/// A browser and the driver of its version.
pub struct Chromium {
    /// The browser.
    pub browser: PathBuf,
    /// `chromedriver`.
    pub driver: PathBuf,
}

/// Looks in the environment, on the search path and in the usual places.
pub fn find() -> Option<Chromium> {
    let browser = by_variable(&["CHROMIUM", "CHROME"])
        .or_else(|| {
            ["chromium", "google-chrome", "chromium-browser"]
                .iter()
                .find_map(|name| on_path(name))
        })
        .or_else(|| {
            existing(&[
                "/usr/bin/chromium",
                "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
                "/Applications/Chromium.app/Contents/MacOS/Chromium",
            ])
        })?;
    let driver = by_variable(&["CHROMEDRIVER"])
        .or_else(|| on_path("chromedriver"))
        .or_else(|| existing(&["/usr/bin/chromedriver", "/usr/lib/chromium/chromedriver"]))?;
    Some(Chromium { browser, driver })
}

/// Finds or installs them.
pub fn ensure() -> Result<Chromium> {
    if let Some(found) = find() {
        return Ok(found);
    }
    let packages = ["chromium", "chromium-driver"];
    apt::install_on_system("chromium", &packages, 90).context(
        "chromium: Chromium or Chrome and the chromedriver of its version are needed; \
         CHROMIUM and CHROMEDRIVER may name their paths",
    )?;
    find().context("chromium: installed, but not where it is looked for")
}

/// The same engine without windows and tabs, as a program of its own. It takes half of the processor time. Debian's
/// package has the same name.
const SHELL: &str = "chromium-headless-shell";

/// Finds or installs the headless shell. Where it cannot be had, or `CHROMIUM` names a browser, that browser is used.
pub fn ensure_headless() -> Result<PathBuf> {
    if let Some(named) = by_variable(&["CHROMIUM_HEADLESS", "CHROMIUM"]) {
        return Ok(named);
    }
    let browser = ensure()?.browser;
    Ok(find_shell().or_else(install_shell).unwrap_or(browser))
}

fn find_shell() -> Option<PathBuf> {
    [SHELL, "chrome-headless-shell"]
        .iter()
        .find_map(|name| on_path(name))
}

/// Installs Debian's headless shell beside Debian's browser, of the same version, so that no other package changes.
fn install_shell() -> Option<PathBuf> {
    let mut installed = Command::new("dpkg-query");
    let version = process::first_line(installed.args(["-W", "-f", "${Version}", "chromium"]))?;
    if !is_root() {
        return None;
    }
    let package = format!("{SHELL}={version}");
    apt::install_on_system(SHELL, &[&package], 20).ok()?;
    find_shell()
}

impl Chromium {
    /// Writes the WebDriver capabilities for wasm-bindgen's test runner; returns the file's path.
    /// The runner itself adds `headless` and `no-sandbox`.
    pub fn capabilities(&self, project: &Project) -> Result<PathBuf> {
        let path = project.tools.join("webdriver.json");
        let flags = fs::read_to_string(project.root.join("e2e/support/chromium-flags.json"))?;
        let args: Value = serde_json::from_str(&flags)?;
        let options = json!({ "binary": self.browser, "args": args });
        let text = json!({ "goog:chromeOptions": options }).to_string();
        project::write(&path, text)?;
        Ok(path)
    }
}
