//! What is deliberately absent from the sources of this crate: the outside, and circles of imports.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

type Files = BTreeMap<PathBuf, String>;

/// All sources, by their paths below `src`.
fn sources() -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut found, mut folders) = (Files::new(), vec![root.clone()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.insert(path.strip_prefix(&root).unwrap().to_owned(), text);
            }
        }
    }
    assert!(found.len() > 20, "{} files", found.len());
    found
}

#[test]
fn nothing_reaches_out() {
    let words = [
        "tokio",
        "axum",
        "hyper",
        "futures",
        "async ",
        "std::time",
        "Instant",
        "SystemTime",
        "std::net",
        "std::io",
        "std::fs",
        "std::thread",
        "std::env",
        "web_sys",
        "js_sys",
        "wasm_bindgen",
        "fetch(",
    ];
    for (path, text) in sources() {
        for line in text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
        {
            for word in words {
                assert!(
                    !line.contains(word),
                    "{}: {word} in: {line}",
                    path.display()
                );
            }
        }
    }
}

/// The module path of a file: `state/world.rs` is `state::world`, `state/mod.rs` is `state`.
fn module(path: &Path) -> Vec<String> {
    let mut parts: Vec<String> = path
        .with_extension("")
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    if parts
        .last()
        .is_some_and(|last| last == "mod" || last == "lib")
    {
        parts.pop();
    }
    parts
}

/// The paths of a `use`, braces opened: `a::{b, c::d}` is `a::b` and `a::c::d`.
fn opened(tree: &str) -> Vec<String> {
    let Some((head, rest)) = tree.split_once('{') else {
        return vec![tree.trim().to_owned()];
    };
    let body = rest.rsplit_once('}').map_or(rest, |(body, _)| body);
    let (mut parts, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, sign) in body.char_indices() {
        match sign {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&body[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&body[start..]);
    let inner = parts.into_iter().flat_map(opened);
    inner.map(|path| format!("{}{path}", head.trim())).collect()
}

/// The files that a file imports from.
fn imports(of: &Path, text: &str, files: &Files) -> BTreeSet<PathBuf> {
    let own = module(of);
    // Tests within a file stand at its end and import from it.
    let text = text.split("#[cfg(test)]").next().unwrap();
    let uses = text.split('\n').enumerate().filter_map(|(number, line)| {
        let line = line.strip_prefix("pub ").unwrap_or(line);
        line.strip_prefix("use ")?;
        let rest: Vec<&str> = text.lines().skip(number).collect();
        let statement = rest.join("\n");
        let statement = statement.split_once("use ")?.1;
        Some(statement.split(';').next()?.to_owned())
    });
    let mut found = BTreeSet::new();
    for path in uses.flat_map(|tree| opened(&tree)) {
        let mut parts: Vec<String> = path
            .split("::")
            .map(|part| part.trim().to_owned())
            .collect();
        let mut from = match parts.first().map(String::as_str) {
            Some("crate") => Vec::new(),
            Some("super") => own[..own.len() - 1].to_vec(),
            // A child of this very file.
            _ => {
                parts.insert(0, "self".to_owned());
                own.clone()
            }
        };
        from.extend(parts.drain(1..));
        // The longest beginning of the path that is a file.
        let file = (1..=from.len()).rev().find_map(|len| {
            let named = |(path, _): &(&PathBuf, &String)| module(path) == from[..len];
            files.iter().find(named).map(|(path, _)| path.clone())
        });
        found.extend(file.filter(|file| file != of));
    }
    found
}

#[test]
fn files_import_one_another_one_way_only() {
    let files = sources();
    let mut left: BTreeMap<PathBuf, BTreeSet<PathBuf>> = files
        .iter()
        .map(|(path, text)| (path.clone(), imports(path, text, &files)))
        .collect();
    assert!(left[Path::new("machine.rs")].contains(Path::new("gate.rs")));
    assert!(left[Path::new("gate.rs")].contains(Path::new("rest/route.rs")));
    // Whoever imports from nobody that is left is in no circle.
    loop {
        let free: Vec<PathBuf> = left
            .iter()
            .filter(|(_, from)| !from.iter().any(|file| left.contains_key(file)))
            .map(|(path, _)| path.clone())
            .collect();
        if free.is_empty() {
            break;
        }
        for path in free {
            left.remove(&path);
        }
    }
    assert!(left.is_empty(), "in circles: {left:#?}");
}
