//! Which tests of `e2e` also run with the simulator in the page.

/// Tests in which the server takes part. A test that cannot hold there skips itself and says why.
#[rustfmt::skip]
pub const FILES: [&str; 18] = [
    "cometd/attach.test.mjs",
    "element/connection.test.mjs",
    "element/contained.test.mjs",
    "element/held.test.mjs",
    "element/login.test.mjs",
    "element/panel-audience.test.mjs",
    "element/panel-leave.test.mjs",
    "element/panel-log.test.mjs",
    "element/panel-outbox.test.mjs",
    "element/panel-page.test.mjs",
    "element/panel-reading.test.mjs",
    "element/panel-transcript.test.mjs",
    "element/presses.test.mjs",
    "element/safe.test.mjs",
    "element/states.test.mjs",
    "faults/answers.test.mjs",
    "faults/line.test.mjs",
    "faults/sign-in.test.mjs",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Project;
    use std::collections::BTreeSet;

    /// The others, and why they do not: they would take time and find nothing of the server.
    const LEFT_OUT: [(&str, &[&str]); 6] = [
        (
            "the package's files, texts and look, and the globals of its page",
            &[
                "docs/links",
                "docs/recipes",
                "docs/sizes",
                "element/accessible",
                "element/advice",
                "element/cdn",
                "element/globals",
                "element/languages",
                "element/loading",
                "element/look",
                "element/outside",
                "element/package",
                "element/panel-languages",
                "element/panel-look",
                "element/panel-size",
                "element/reload",
                "element/replaced",
                "element/server",
                "element/testing",
            ],
        ),
        (
            "what a person sees and presses; the server only answers, as in the files above",
            &[
                "element/attributes",
                "element/burst",
                "element/confirm",
                "element/copies",
                "element/given",
                "element/many",
                "element/modes",
                "element/moved",
                "element/panel-box",
                "element/questions",
            ],
        ),
        (
            "the line, the browser or other servers, and not answers",
            &[
                "element/requests",
                "element/websocket",
                "faults/asleep",
                "faults/between",
                "faults/judge",
                "faults/page",
                "peers/cometd",
                "peers/faye",
                "peers/faye-websocket",
            ],
        ),
        (
            "the memory that huge answers take, whoever sends them",
            &["element/huge"],
        ),
        (
            "the demo; the stage `site` runs its faults on the simulator in the page",
            &[
                "demo/connection",
                "demo/faults",
                "demo/main-job",
                "demo/page",
            ],
        ),
        (
            "the simulator in the page itself",
            &["sim/button", "sim/page"],
        ),
    ];

    #[test]
    fn every_file_of_tests_is_on_one_of_the_lists() {
        let e2e = Project::find().root.join("e2e");
        let mut found = BTreeSet::new();
        for folder in [
            "cometd", "demo", "docs", "element", "faults", "peers", "sim",
        ] {
            for entry in fs_err::read_dir(e2e.join(folder)).unwrap().flatten() {
                let name = entry.file_name().into_string().unwrap();
                if name.ends_with(".test.mjs") {
                    found.insert(format!("{folder}/{name}"));
                }
            }
        }
        let left = LEFT_OUT.iter().flat_map(|(_, files)| files.iter());
        let left = left.map(|file| format!("{file}.test.mjs"));
        let listed: Vec<String> = FILES.map(str::to_owned).into_iter().chain(left).collect();
        assert_eq!(listed.len(), found.len());
        assert_eq!(BTreeSet::from_iter(listed), found);
    }
}
