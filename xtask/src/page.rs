//! The demo's `index.html` is Trunk's: tags marked `data-trunk` name what is to be built and
//! copied. This module does what Trunk would for the tags that this page uses, and refuses any
//! other, so that a page never works in one way of building it and not in the other.

use anyhow::{Context, Result, anyhow};
use std::ops::Range;

/// What a page asks for.
#[derive(Debug, PartialEq)]
pub struct Page {
    /// The page as it is served.
    pub html: String,
    /// The binary crate that it starts.
    pub binary: String,
    /// Files and folders to copy, as (source, name beside the page).
    pub copies: Vec<(String, String)>,
}

/// Attributes that tell Trunk how to compile, which is not the page's business here.
const COMPILING: [&str; 10] = [
    "data-trunk",
    "rel",
    "href",
    "data-bin",
    "data-type",
    "data-wasm-opt",
    "data-wasm-opt-params",
    "data-bindgen-target",
    "data-typescript",
    "data-integrity",
];

/// The script that starts a binary; a file of its own, because the page's policy may forbid
/// scripts written into it.
pub fn starter(binary: &str) -> String {
    format!(
        "import init, * as bindings from \"./{binary}.js\";\n\
         \n\
         await init();\n\
         window.wasmBindings = bindings;\n\
         dispatchEvent(new CustomEvent(\"TrunkApplicationStarted\"));\n"
    )
}

/// Reads the page and replaces its marked tags.
pub fn transform(source: &str) -> Result<Page> {
    let mut html = String::with_capacity(source.len());
    let mut binary = None;
    let mut copies = Vec::new();
    let mut at = 0;
    while let Some(range) = next_tag(source, at) {
        html.push_str(&source[at..range.start]);
        at = range.end;
        let text = &source[range];
        let tag = Tag::read(text)?;
        if !tag.has("data-trunk") {
            html.push_str(text);
            continue;
        }
        let refuse = |why: &str| Err(anyhow!("index.html: {why}: {text}"));
        if tag.name != "link" {
            return refuse("only <link> is understood with data-trunk");
        }
        let known = match tag.get("rel") {
            Some("rust") => &COMPILING[..],
            Some("copy-dir" | "copy-file") => &["data-trunk", "rel", "href", "data-target-path"],
            _ => &["data-trunk", "rel", "href", "data-integrity"],
        };
        if let Some((name, _)) = tag
            .attributes
            .iter()
            .find(|(name, _)| !known.contains(name))
        {
            return refuse(&format!("the attribute `{name}` is not understood"));
        }
        let href = tag.get("href").filter(|href| !href.is_empty());
        match (tag.get("rel"), href) {
            (Some("rust"), _) => {
                let Some(name) = tag.get("data-bin") else {
                    return refuse("data-bin is wanted");
                };
                if binary.replace(name.to_owned()).is_some() {
                    return refuse("a second binary is not understood");
                }
                html.push_str(&format!(
                    "<link rel=\"modulepreload\" href=\"{name}.js\">\n    \
                     <script type=\"module\" src=\"{name}-start.js\"></script>"
                ));
            }
            (Some("css"), Some(href)) => {
                let name = file_name(href);
                html.push_str(&format!("<link rel=\"stylesheet\" href=\"{name}\">"));
                copies.push((href.to_owned(), name.to_owned()));
            }
            (Some("copy-dir" | "copy-file"), Some(href)) => {
                let name = file_name(href);
                let target = match (tag.get("data-target-path"), tag.get("rel")) {
                    (None, _) => name.to_owned(),
                    (Some(folder), Some("copy-dir")) => folder.to_owned(),
                    (Some(folder), _) => format!("{folder}/{name}"),
                };
                copies.push((href.to_owned(), target));
            }
            _ => return refuse("this kind of asset is not understood"),
        }
    }
    html.push_str(&source[at..]);
    let binary = binary.context("index.html: no <link data-trunk rel=\"rust\">")?;
    Ok(Page {
        html,
        binary,
        copies,
    })
}

struct Tag<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> Tag<'a> {
    fn read(text: &'a str) -> Result<Self> {
        let inner = text.trim_start_matches('<').trim_end_matches('>');
        let inner = inner.trim_end_matches('/');
        let end = inner.find(char::is_whitespace).unwrap_or(inner.len());
        let (name, mut rest) = inner.split_at(end);
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start();
            if rest.is_empty() {
                return Ok(Self { name, attributes });
            }
            let end = rest
                .find(|c: char| c == '=' || c.is_whitespace())
                .unwrap_or(rest.len());
            let key;
            (key, rest) = rest.split_at(end);
            let Some(value) = rest.strip_prefix('=') else {
                attributes.push((key, ""));
                continue;
            };
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            let (value, after) = match quote {
                Some(quote) => value[1..]
                    .split_once(quote)
                    .with_context(|| format!("index.html: an open quote in {text}"))?,
                None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
            };
            attributes.push((key, value));
            rest = after;
        }
    }

    fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    fn get(&self, name: &str) -> Option<&'a str> {
        let found = self.attributes.iter().find(|(key, _)| *key == name)?;
        Some(found.1)
    }
}

/// The next opening tag at or after `from`, comments passed over.
fn next_tag(source: &str, from: usize) -> Option<Range<usize>> {
    let mut at = from;
    loop {
        let start = at + source[at..].find('<')?;
        let rest = &source[start..];
        if rest.starts_with("<!--") {
            at = start + rest.find("-->")? + 3;
            continue;
        }
        if !rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            at = start + 1;
            continue;
        }
        let mut quote = None;
        let end = rest.char_indices().find(|&(_, c)| match (quote, c) {
            (None, '>') => true,
            (None, '"' | '\'') => {
                quote = Some(c);
                false
            }
            (Some(open), _) if open == c => {
                quote = None;
                false
            }
            _ => false,
        })?;
        return Some(start..start + end.0 + 1);
    }
}

fn file_name(path: &str) -> &str {
    let path = path.trim_end_matches('/');
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUST: &str = r#"<link data-trunk rel="rust" data-bin="demo" data-wasm-opt="z" />"#;

    #[test]
    fn marked_tags_are_replaced_and_others_kept() {
        let source = format!(
            "<!doctype html>\n<html lang=en><!-- <link data-trunk rel=\"sass\"> -->\
             <link rel=\"icon\" href=\"a>b\">{RUST}\
             <link data-trunk rel='css' href='static/look.css'>\
             <link data-trunk rel=\"copy-dir\" href=\"static\"/></html>\n"
        );
        let page = transform(&source).unwrap();
        assert_eq!(page.binary, "demo");
        let copies = [("static/look.css", "look.css"), ("static", "static")];
        assert_eq!(
            page.copies,
            copies.map(|(from, to)| (from.to_owned(), to.to_owned()))
        );
        assert_eq!(
            page.html,
            "<!doctype html>\n<html lang=en><!-- <link data-trunk rel=\"sass\"> -->\
             <link rel=\"icon\" href=\"a>b\">\
             <link rel=\"modulepreload\" href=\"demo.js\">\n    \
             <script type=\"module\" src=\"demo-start.js\"></script>\
             <link rel=\"stylesheet\" href=\"look.css\"></html>\n"
        );
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for tag in [
            r#"<link data-trunk rel="sass" href="a.scss">"#,
            r#"<link data-trunk rel="css">"#,
            r#"<script data-trunk src="a.js"></script>"#,
            r#"<link data-trunk rel="copy-dir" href="a" data-strange="1">"#,
            RUST,
        ] {
            let error = transform(&format!("{RUST}{tag}")).unwrap_err().to_string();
            assert!(error.contains("understood"), "{error}");
        }
        assert!(transform("<p>no binary</p>").is_err());
        assert!(transform("<link rel=\"rust").is_err());
    }

    #[test]
    fn the_projects_own_page_is_understood() {
        let path = crate::project::Project::find().root.join("index.html");
        let page = transform(&fs_err::read_to_string(&path).unwrap()).unwrap();
        assert_eq!(page.binary, "demo");
    }

    #[test]
    fn copies_may_be_renamed() {
        let source = format!(
            "{RUST}<link data-trunk rel=\"copy-dir\" href=\"a/b\" data-target-path=\"c\">\
             <link data-trunk rel=\"copy-file\" href=\"d/e.js\" data-target-path=\"c\">"
        );
        let copies = transform(&source).unwrap().copies;
        assert_eq!(copies[0], ("a/b".into(), "c".into()));
        assert_eq!(copies[1], ("d/e.js".into(), "c/e.js".into()));
    }
}
