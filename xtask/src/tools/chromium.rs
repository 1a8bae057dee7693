//! Chromium and its driver for the browser tests: from the usual places, else from Debian's
//! packages, else an error that says what to install.

use super::debian::apt;
use super::found::{by_variable, existing, on_path};
use crate::project::{self, Project};
use anyhow::{Context, Result};
use fs_err as fs;
use serde_json::{Value, json};
use std::path::PathBuf;

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
