//! What `ARCHITECTURE.md` says of dependencies, held against the manifests: each direct one is named there with its
//! reason, what ends in the widget is pinned, and the npm package brings nothing along.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Folders whose packages come from npm.
const NODE_FOLDERS: [&str; 8] = [
    "bench",
    "build",
    "crates/gws-sim/tests/official-client",
    "e2e",
    "e2e/consumers/angular",
    "e2e/consumers/react",
    "e2e/consumers/vue",
    "e2e/consumers/webpack",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect(path)
}

/// What a program prints, which must succeed.
fn printed(program: &str, args: &[&str]) -> String {
    let output = Command::new(program)
        .args(args)
        .current_dir(root())
        .output()
        .expect(program);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {args:?}: {error}");
    String::from_utf8(output.stdout).expect("text")
}

/// The direct dependencies of all crates, for any purpose.
fn crates() -> BTreeSet<String> {
    let tree = printed(
        env!("CARGO"),
        &[
            "tree",
            "--locked",
            "--workspace",
            "--all-features",
            "--edges=normal,build,dev",
            "--depth=1",
            "--no-dedupe",
            "--prefix=depth",
            "--format= {p}",
        ],
    );
    tree.lines()
        .filter_map(|line| line.strip_prefix("1 "))
        // A crate of this checkout comes with its path.
        .filter(|line| !line.contains(['/', '\\']))
        .filter_map(|line| line.split(' ').next())
        .map(str::to_owned)
        .collect()
}

/// All that a `package.json` depends on, for any purpose, as `name version`.
fn packages(manifest: &str) -> Vec<String> {
    let script = "
        const manifest = JSON.parse(process.argv[1]);
        for (const [key, value] of Object.entries(manifest)) {
          if (!/dependencies$/i.test(key)) continue;
          for (const one of Array.isArray(value) ? value : Object.entries(value)) console.log([one].flat().join(' '));
        }";
    let printed = printed("node", &["-e", script, "--", &read(manifest)]);
    printed.lines().map(str::to_owned).collect()
}

/// The section of `ARCHITECTURE.md` on dependencies.
fn section() -> String {
    let text = read("ARCHITECTURE.md");
    let (_, section) = text.split_once("\n## Dependencies\n").expect("the section");
    section.split("\n## ").next().unwrap_or_default().to_owned()
}

#[test]
fn every_direct_dependency_is_justified() {
    let section = section();
    let mut names = crates();
    assert!(
        names.contains("yew") && names.contains("proptest"),
        "{names:?}"
    );
    for folder in NODE_FOLDERS {
        let packages = packages(&format!("{folder}/package.json"));
        assert!(!packages.is_empty(), "{folder}");
        names.extend(packages.iter().map(|line| {
            // Another name for the same package is justified with it: `cometd-3 npm:cometd@3.1.14`.
            let (name, version) = line.split_once(' ').expect("name and version");
            let other = version
                .strip_prefix("npm:")
                .and_then(|it| it.rsplit_once('@'));
            other.map_or(name, |(real, _)| real).to_owned()
        }));
    }
    let missing: Vec<_> = names
        .iter()
        .filter(|name| !section.contains(&format!("`{name}`")))
        .collect();
    assert!(missing.is_empty(), "not in ARCHITECTURE.md: {missing:?}");
}

#[test]
fn what_ends_in_the_widget_is_pinned() {
    for manifest in ["Cargo.toml", "crates/element/Cargo.toml"] {
        let text = read(manifest);
        let mut inside = false;
        let mut pinned = 0;
        for line in text.lines() {
            if line.starts_with('[') {
                inside = line.contains("dependencies");
            }
            let requirement = line.split('"').nth(1).filter(|_| inside);
            let Some(requirement) = requirement else {
                continue;
            };
            if requirement.starts_with(|c: char| "^~><*".contains(c) || c.is_ascii_digit()) {
                panic!("{manifest}: not pinned: {line}");
            }
            pinned += u32::from(requirement.starts_with('='));
        }
        assert!(pinned > 1, "{manifest}: its requirements were not found");
    }
}

#[test]
fn npm_packages_are_pinned() {
    for folder in NODE_FOLDERS {
        for package in packages(&format!("{folder}/package.json")) {
            let version = package.rsplit([' ', '@']).next().unwrap_or_default();
            let exact = version.split('.').count() == 3
                && version.chars().all(|c| c.is_ascii_digit() || c == '.');
            assert!(exact, "{folder}: {package}");
        }
    }
}

#[test]
fn the_shipped_package_brings_nothing_along() {
    assert_eq!(packages("npm/package.json"), [""; 0]);
    let manifest = read("npm/package.json");
    assert!(
        !manifest.contains("\"scripts\""),
        "nothing runs when it is installed"
    );
}
