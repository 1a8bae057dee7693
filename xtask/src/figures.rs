//! Inserts the figures measured by a command into a document.

use crate::project::Project;
use anyhow::{Context, Result};
use fs_err as fs;

const BEGIN: &str = "<!-- figures: written by `";
const END: &str = "<!-- end of figures -->";

/// Replaces the text between the marks of a document by that of a file.
pub fn renew(project: &Project, document: &str, figures: &str) -> Result<()> {
    let path = project.root.join(document);
    let text = fs::read_to_string(&path)?;
    let figures = fs::read_to_string(project.root.join(figures))?;
    let renewed = replaced(&text, &figures);
    let renewed = renewed.with_context(|| format!("{document} has no marks for figures"))?;
    Ok(fs::write(&path, renewed)?)
}

fn replaced(text: &str, figures: &str) -> Option<String> {
    let begin = text.find(BEGIN)?;
    let begin = begin + text[begin..].find('\n')? + 1;
    let end = begin + text[begin..].find(END)?;
    let figures = figures.trim();
    Some(format!("{}{figures}\n{}", &text[..begin], &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_between_the_marks_is_replaced() {
        let text = "a\n<!-- figures: written by `x` -->\nold\n<!-- end of figures -->\nb\n";
        let renewed = replaced(text, "new\n").unwrap();
        assert_eq!(renewed, text.replace("old", "new"));
        assert_eq!(replaced(&renewed, "new").as_ref(), Some(&renewed));
        assert_eq!(
            replaced("a\n<!-- figures: written by `x` -->\n", "new"),
            None
        );
    }

    #[test]
    fn each_document_has_its_marks() {
        for document in ["benchmarks", "faults", "herd"] {
            let path = Project::find().root.join(format!("docs/{document}.md"));
            assert!(replaced(&fs::read_to_string(path).unwrap(), "").is_some());
        }
    }
}
