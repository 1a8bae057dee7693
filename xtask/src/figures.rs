//! Inserts the figures measured by a command into a document.

use crate::project::Project;
use anyhow::{Context, Result};
use fs_err as fs;

const END: &str = "<!-- end of figures -->";

/// Replaces the text between a command's marks in a document by that of a file.
pub fn renew(project: &Project, document: &str, command: &str, figures: &str) -> Result<()> {
    let path = project.root.join(document);
    let text = fs::read_to_string(&path)?;
    let figures = fs::read_to_string(project.root.join(figures))?;
    let renewed = replaced(&text, command, &figures);
    let renewed = renewed.with_context(|| format!("{document} has no marks of {command}"))?;
    Ok(fs::write(&path, renewed)?)
}

fn replaced(text: &str, command: &str, figures: &str) -> Option<String> {
    let mark = format!("<!-- figures: written by `{command}` -->\n");
    let begin = text.find(&mark)? + mark.len();
    let end = begin + text[begin..].find(END)?;
    let figures = figures.trim();
    Some(format!("{}{figures}\n{}", &text[..begin], &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_between_the_marks_is_replaced() {
        let text = "a\n<!-- figures: written by `x` -->\nold\n<!-- end of figures -->\nb\n\
                    <!-- figures: written by `y` -->\nother\n<!-- end of figures -->\n";
        let renewed = replaced(text, "x", "new\n").unwrap();
        assert_eq!(renewed, text.replace("old", "new"));
        assert_eq!(replaced(&renewed, "x", "new").as_ref(), Some(&renewed));
        let second = replaced(text, "y", "new").unwrap();
        assert_eq!(second, text.replace("other", "new"));
        assert_eq!(replaced(text, "z", "new"), None);
        assert_eq!(
            replaced("a\n<!-- figures: written by `x` -->\n", "x", "new"),
            None
        );
    }

    #[test]
    fn each_document_has_its_marks() {
        for (document, command) in [
            ("benchmarks", "cargo xtask bench --button --write-docs"),
            ("benchmarks", "cargo xtask bench --panel --write-docs"),
            ("faults", "cargo xtask chaos --write-docs"),
            ("herd", "cargo xtask simulate --docs"),
        ] {
            let path = Project::find().root.join(format!("docs/{document}.md"));
            let text = fs::read_to_string(path).unwrap();
            assert!(replaced(&text, command, "").is_some(), "{command}");
        }
    }
}
