//! Tests of the invariants in `ARCHITECTURE.md` that say what is absent from the sources.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// All files with one of these extensions below a folder of the project, with their texts.
fn sources(folder: &str, endings: &[&str]) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)
            .expect("a folder of the project")
            .flatten()
        {
            let path = entry.path();
            if path.is_dir() {
                if entry.file_name() != "node_modules" {
                    folders.push(path);
                }
            } else if path
                .extension()
                .is_some_and(|ending| endings.iter().any(|one| ending == *one))
            {
                let text = fs::read_to_string(&path).expect("text");
                found.push((path, text));
            }
        }
    }
    assert!(!found.is_empty(), "{folder} has sources");
    found
}

/// The lines of a text that are not comments.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| {
        !["//", "*", "/*"]
            .iter()
            .any(|mark| line.trim_start().starts_with(mark))
    })
}

fn assert_absent(sources: &[(PathBuf, String)], words: &[&str]) {
    for (path, text) in sources {
        for line in code(text) {
            for word in words {
                assert!(
                    !line.contains(word),
                    "{}: {word} in: {}",
                    path.display(),
                    line.trim()
                );
            }
        }
    }
}

#[test]
fn the_inner_rings_know_no_web_no_clock_and_no_network() {
    for folder in [
        "crates/bayeux/src",
        "crates/gws/src",
        "crates/json/src",
        "crates/retry/src",
    ] {
        assert_absent(
            &sources(folder, &["rs"]),
            &[
                "web_sys",
                "js_sys",
                "wasm_bindgen",
                "std::time",
                "std::net",
                "std::thread",
                "std::fs",
            ],
        );
    }
}

#[test]
fn only_the_net_modules_reach_out() {
    let outside: Vec<_> = sources("src", &["rs"])
        .into_iter()
        .filter(|(path, _)| !path.components().any(|part| part.as_os_str() == "net"))
        .collect();
    assert_absent(
        &outside,
        &[
            "fetch(",
            "XmlHttpRequest",
            "WebSocket::",
            "set_timeout",
            "add_event_listener",
            "Date::now",
        ],
    );
}

/// The compiler ensures that nobody else creates a `View`: it is `#[non_exhaustive]`.
#[test]
fn only_gws_decides_a_state() {
    for folder in ["src", "crates/element/src", "demo/src"] {
        assert_absent(
            &sources(folder, &["rs"]),
            &[
                "state: State::",
                ".state = ",
                "let state = State::",
                "decide(",
            ],
        );
    }
}

#[test]
fn one_place_sends_operations() {
    let senders: Vec<_> = sources("src", &["rs"])
        .into_iter()
        .filter(|(_, text)| text.contains("operationName"))
        .collect();
    assert_eq!(
        senders.len(),
        1,
        "{:?}",
        senders.iter().map(|(path, _)| path).collect::<Vec<_>>()
    );
    assert!(senders[0].0.ends_with("src/connection/purpose.rs"));
}

#[test]
fn nothing_shipped_is_evaluated_or_parsed_as_markup() {
    let words = [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
        "<style",
    ];
    assert_absent(&sources("js", &["js"]), &words);
    assert_absent(
        &sources("src", &["rs"]),
        &["inner_html", "from_html_unchecked", "VRaw", " style="],
    );
}
