//! The stage `deny`: third-party code. Licences and the number of crates are always checked here,
//! offline. Vulnerabilities are checked by cargo-deny and npm's registry. This stage does not
//! install cargo-deny; if it or the registry is not available, the check counts as skipped.

use crate::process;
use crate::project::Project;
use crate::setup::NODE_FOLDERS;
use crate::summary::Count;
use crate::tools::cargo::{TARGET, cargo};
use crate::tools::{found::on_path, npm};
use anyhow::{Error, Result, bail, ensure};
use fs_err as fs;
use serde_json::Value;
use spdx::{Expression, Licensee, ParseMode};
use std::collections::BTreeMap;
use std::process::Command;

/// The most third-party crates that the widget may be compiled from, including those that only
/// generate code. If you raise it, say in `ARCHITECTURE.md` what the new ones are for.
const MOST_CRATES: usize = 90;

/// Runs the stage.
pub fn run(project: &Project) -> Result<Count> {
    let widget = ["--package=barge-in-element", "--target", TARGET];
    let widget = crates(project, &widget, "normal")?;
    let mut all = crates(project, &["--workspace", "--all-features"], "normal,build")?;
    all.extend(widget.clone());
    let mut count = check(licences(project, &all));
    count += check(number(widget.len()));
    count += cargo_deny(project);
    count += npm_audit(project)?;
    Ok(count)
}

/// The third-party crates in a dependency tree, each with its licence.
fn crates(project: &Project, of: &[&str], edges: &str) -> Result<BTreeMap<String, String>> {
    let mut tree = cargo(project);
    tree.args(["tree", "--quiet", "--locked", "--no-dedupe"])
        .args(["--prefix=none", "--format={p}\t{l}", "--edges", edges])
        .args(of);
    Ok(of_others(&process::run(&mut tree)?))
}

/// The third-party crates in the output of `cargo tree`. Crates of this checkout are printed with
/// their path.
fn of_others(tree: &str) -> BTreeMap<String, String> {
    tree.lines()
        .filter_map(|line| line.split_once('\t'))
        .filter(|(name, _)| !name.contains(['/', '\\']))
        .map(|(name, licence)| (name.to_owned(), licence.to_owned()))
        .collect()
}

fn licences(project: &Project, crates: &BTreeMap<String, String>) -> Result<String> {
    let toml: toml::Table = fs::read_to_string(project.root.join("deny.toml"))?.parse()?;
    let allowed: Vec<String> = toml["licenses"]["allow"].clone().try_into()?;
    let refused = crates.iter().filter(|(_, licence)| !met(licence, &allowed));
    let refused: Vec<_> = refused
        .map(|(name, licence)| format!("{name}: deny.toml does not allow `{licence}`"))
        .collect();
    ensure!(refused.is_empty(), "{}", refused.join("\n"));
    Ok(format!("{} crates have allowed licences", crates.len()))
}

/// Whether these licences alone satisfy an expression. An expression that cannot be parsed is not
/// satisfied.
fn met(expression: &str, allowed: &[String]) -> bool {
    Expression::parse_mode(expression, ParseMode::LAX).is_ok_and(|expression| {
        expression.evaluate(|wanted| {
            let mut allowed = allowed.iter().flat_map(|name| Licensee::parse(name));
            allowed.any(|licence| licence.satisfies(wanted))
        })
    })
}

fn number(crates: usize) -> Result<String> {
    match crates {
        0 => bail!("the widget's crates could not be counted"),
        1..=MOST_CRATES => Ok(format!(
            "the widget is compiled from {crates} crates of others, of at most {MOST_CRATES}"
        )),
        _ => bail!(
            "the widget is compiled from {crates} crates of others, {MOST_CRATES} are allowed; \
             `cargo tree -p barge-in-element --target {TARGET} -e normal` names them"
        ),
    }
}

/// Runs cargo-deny with `deny.toml`, if it is installed; checks advisories if their database is
/// available.
fn cargo_deny(project: &Project) -> Count {
    if on_path("cargo-deny").is_none() {
        return Count::skipped("cargo-deny is not installed: no advisories, bans and sources");
    }
    let deny = |command: &str, args: &[&str]| {
        let mut deny = cargo(project);
        process::run(deny.args(["deny", "--workspace", command]).args(args))
    };
    let checked = |what: &[&str]| {
        check(deny("check", what).map(|_| format!("cargo-deny: {} are well", what.join(", "))))
    };
    let mut count = checked(&["bans", "licenses", "sources"]);
    count += match deny("fetch", &["db"]) {
        Ok(_) => checked(&["advisories"]),
        Err(_) => Count::skipped("the collection of advisories cannot be had"),
    };
    count
}

/// Audits the tools that build and test with npm's registry. The package itself has no dependency
/// to audit (`xtask/tests/dependencies.rs` checks that). So only a critical finding fails, which
/// also marks a hijacked release; lesser findings in tools that are not shipped are only printed.
fn npm_audit(project: &Project) -> Result<Count> {
    npm::ensure()?;
    let mut count = Count::default();
    for folder in NODE_FOLDERS {
        let mut audit = Command::new("npm");
        audit.args(["audit", "--json", "--fetch-retries=0"]);
        // Its exit code is not 0 for any finding, so only its output counts.
        let output = audit.current_dir(project.root.join(folder)).output()?;
        let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        let found = &report["metadata"]["vulnerabilities"];
        let Some(critical) = found["critical"].as_u64() else {
            return Ok(Count::skipped("npm's registry does not answer an audit"));
        };
        let told = format!("npm audit of {folder}: {found}");
        count += check(match critical {
            0 => Ok(told),
            _ => Err(Error::msg(told)),
        });
    }
    Ok(count)
}

/// Prints and counts the result of a check.
fn check(result: Result<String>) -> Count {
    let (text, count) = match result {
        Ok(text) => (text, Count::PASSED),
        Err(error) => (format!("{error:#}"), Count::FAILED),
    };
    for line in text.lines() {
        println!("   {line}");
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_of_this_checkout_are_not_of_others() {
        let tree = "\
gws v0.1.0 (/a/crates/gws)\tMIT
gws v0.1.0 (C:\\a\\gws)\tMIT
syn v2.0.1\tMIT OR Apache-2.0
syn v2.0.1\tMIT OR Apache-2.0
yew-macro v0.23.0 (proc-macro)\tMIT
";
        let crates = of_others(tree);
        let names: Vec<_> = crates.keys().collect();
        assert_eq!(names, ["syn v2.0.1", "yew-macro v0.23.0 (proc-macro)"]);
        assert_eq!(crates["syn v2.0.1"], "MIT OR Apache-2.0");
    }

    #[test]
    fn licence_expressions_are_evaluated() {
        let met = |expression| super::met(expression, &["MIT", "Apache-2.0"].map(str::to_owned));
        assert!(met("MIT OR GPL-3.0-only") && met("GPL-3.0-only/MIT"));
        assert!(met("Apache-2.0 AND (MIT OR NCSA)"));
        for refused in [
            "NCSA",
            "MIT AND NCSA",
            "Apache-2.0 WITH LLVM-exception",
            "",
            "MIT OR",
        ] {
            assert!(!met(refused), "{refused}");
        }
    }
}
