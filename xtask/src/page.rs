//! A page with a WebAssembly program. Its `index.html` is written for Trunk. The same steps are
//! done here, so that Trunk is not required: the line that names the program becomes a script that
//! starts it, and the files that the page copies are copied.

use crate::project::{self, Project};
use crate::wasm;
use anyhow::{Context, Result, ensure};
use fs_err as fs;
use std::path::{Path, PathBuf};

/// Writes the page of the folder `source`, with the compiled program, into `folder`; returns the
/// path of its `.wasm`.
pub fn assemble(
    project: &Project,
    compiled: &Path,
    source: &Path,
    folder: &Path,
) -> Result<PathBuf> {
    // Files of an earlier build must not be found by this one.
    project::remove(folder);
    let name = compiled
        .file_stem()
        .context("a file")?
        .display()
        .to_string();
    wasm::bind(project, compiled, folder, &name)?;
    // A file of its own, because the page's policy may forbid inline scripts.
    let start = format!("import init from \"./{name}.js\";\n\nawait init();\n");
    project::write(&folder.join("start.js"), start)?;
    let page = fs::read_to_string(source.join("index.html"))?;
    for asset in assets(&page) {
        let name = Path::new(asset).file_name().context("a name")?;
        project::copy(&source.join(asset), &folder.join(name))?;
    }
    project::write(&folder.join("index.html"), started(&page)?)?;
    Ok(folder.join(format!("{name}_bg.wasm")))
}

/// The page with a script instead of the line that names its program.
fn started(page: &str) -> Result<String> {
    let is_program = |line: &str| line.contains("data-trunk rel=\"rust\"");
    let count = page.lines().filter(|line| is_program(line)).count();
    ensure!(count == 1, "index.html names {count} programs");
    let lines = page.lines().map(|line| match is_program(line) {
        true => "    <script type=\"module\" src=\"start.js\"></script>",
        false => line,
    });
    Ok(lines.collect::<Vec<_>>().join("\n"))
}

/// The files and folders that the page copies.
fn assets(page: &str) -> impl Iterator<Item = &str> {
    page.lines()
        .filter(|line| line.contains("data-trunk rel=\"copy-"))
        .filter_map(|line| line.split("href=\"").nth(1)?.split('"').next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_projects_own_page_is_understood() {
        let path = Project::find().root.join("index.html");
        let page = fs::read_to_string(path).unwrap();
        assert_eq!(assets(&page).next(), Some("static"));
        let trunks = |page: &str| page.matches("data-trunk").count();
        assert_eq!(trunks(&page), assets(&page).count() + 1);
        assert_eq!(trunks(&started(&page).unwrap()), trunks(&page) - 1);
        assert!(started("<p>no program</p>").is_err());
    }
}
