//! Compares the dependencies in `ARCHITECTURE.md` with the manifests: each direct one is named there with its reason,
//! those in the widget are pinned, and the npm package has none.

use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &Path) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path:?}: {error}"))
}

/// The crates that packages of the workspace depend on, as (package, kind, crate, requirement).
fn crates() -> Vec<(String, String, String, String)> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--locked", "--format-version=1"])
        .current_dir(root())
        .output()
        .expect("cargo");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let list = |value: &Value| value.as_array().expect("a list").clone();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut found = Vec::new();
    for package in list(&metadata["packages"]) {
        for dependency in list(&package["dependencies"]) {
            // Crates of this checkout have no source.
            if dependency["source"].is_string() {
                let of = |key: &str| text(&dependency[key]);
                found.push((text(&package["name"]), of("kind"), of("name"), of("req")));
            }
        }
    }
    found
}

/// All dependencies of a `package.json`, of any kind, as (name, version).
fn packages(manifest: &Path) -> Vec<(String, String)> {
    let manifest: Map<String, Value> = serde_json::from_str(&read(manifest)).expect("JSON");
    let lists = manifest
        .iter()
        .filter(|(key, _)| key.to_lowercase().ends_with("dependencies"));
    lists
        .flat_map(|(_, list)| list.as_object().expect("names and versions"))
        .map(|(name, version)| (name.clone(), version.as_str().expect("text").to_owned()))
        .collect()
}

/// The manifests with a lock file beside them, which install packages from npm.
fn locked_manifests() -> Vec<PathBuf> {
    let (mut found, mut folders) = (Vec::new(), vec![root()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder").flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let skipped = name.starts_with('.') || ["node_modules", "target"].contains(&&*name);
            if ["package-lock.json", "pnpm-lock.yaml"].contains(&&*name) {
                found.push(folder.join("package.json"));
            } else if entry.path().is_dir() && !skipped {
                folders.push(entry.path());
            }
        }
    }
    assert!(found.len() > 5, "{found:?}");
    found
}

#[test]
fn every_direct_dependency_is_justified() {
    let text = read(Path::new("ARCHITECTURE.md"));
    let (_, section) = text.split_once("\n## Dependencies\n").expect("the section");
    let section = section.split("\n## ").next().unwrap_or_default();
    let mut names: BTreeSet<_> = crates().into_iter().map(|found| found.2).collect();
    assert!(
        names.contains("yew") && names.contains("proptest"),
        "{names:?}"
    );
    for manifest in locked_manifests() {
        let packages = packages(&manifest);
        assert!(!packages.is_empty(), "{manifest:?}");
        names.extend(packages.into_iter().map(|(name, version)| {
            // An alias of a package is justified with it: `npm:cometd@3.1.14`.
            let real = version
                .strip_prefix("npm:")
                .and_then(|it| it.split_once('@'));
            real.map_or(name, |(real, _)| real.to_owned())
        }));
    }
    names.retain(|name| !section.contains(&format!("`{name}`")));
    assert!(names.is_empty(), "not in ARCHITECTURE.md: {names:?}");
}

#[test]
fn what_ends_in_the_widget_is_pinned() {
    for package in ["barge-in", "barge-in-element"] {
        let mut crates = crates();
        crates.retain(|(of, kind, ..)| of == package && kind.is_empty());
        assert!(
            crates.len() > 1,
            "{package}: its requirements were not found"
        );
        for (.., name, requirement) in crates {
            assert!(
                requirement.starts_with('='),
                "{package}: {name} {requirement}"
            );
        }
    }
}

#[test]
fn npm_packages_are_pinned() {
    for manifest in locked_manifests() {
        for (name, version) in packages(&manifest) {
            let version = version.rsplit('@').next().unwrap_or_default();
            let exact = version.split('.').count() == 3
                && version.chars().all(|c| c.is_ascii_digit() || c == '.');
            assert!(exact, "{manifest:?}: {name} {version}");
        }
    }
}

#[test]
fn the_shipped_package_brings_nothing_along() {
    let text = read(Path::new("npm/package.json"));
    let manifest: Map<String, Value> = serde_json::from_str(&text).expect("JSON");
    let mut lists = manifest.keys().filter(|key| key.ends_with("ependencies"));
    assert_eq!(lists.next().map(String::as_str), Some("peerDependencies"));
    assert_eq!(lists.next(), None);
    // Only the page's own React, which is optional.
    let peers = manifest["peerDependencies"].as_object().expect("names");
    for name in peers.keys() {
        assert_eq!(manifest["peerDependenciesMeta"][name]["optional"], true);
    }
    assert!(
        !manifest.contains_key("scripts"),
        "nothing runs when it is installed"
    );
}
