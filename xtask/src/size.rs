//! The sizes of a page's downloads in bytes, raw and compressed. Node measures them, as its zlib
//! has both compressors. The crates `brotli` and `flate2` give sizes that differ by up to 0.2 %,
//! and the benchmark and most servers use the same libraries as Node.

use crate::process;
use anyhow::{Context, Result};
use std::path::PathBuf;
use std::process::Command;

/// One file's sizes in bytes.
#[derive(Debug, PartialEq)]
pub struct Size {
    /// Its name in the table.
    pub label: String,
    /// Uncompressed.
    pub raw: u64,
    /// With gzip at its best.
    pub gzip: u64,
    /// With brotli at its best.
    pub brotli: u64,
}

const MEASURE: &str = r#"
const { readFileSync } = require("node:fs");
const { gzipSync, brotliCompressSync } = require("node:zlib");
const files = process.argv.slice(1).map((path) => readFileSync(path));
console.log(JSON.stringify(
  files.map((raw) => [raw.length, gzipSync(raw, { level: 9 }).length, brotliCompressSync(raw).length]),
));
"#;

/// Measures files, each with its label.
pub fn measure(files: &[(&str, PathBuf)]) -> Result<Vec<Size>> {
    let mut node = Command::new("node");
    node.args(["-e", MEASURE, "--"]);
    node.args(files.iter().map(|(_, path)| path));
    let output = process::run(&mut node)?;
    let numbers: Vec<[u64; 3]> = serde_json::from_str(&output).context("sizes of files")?;
    let sized = files.iter().zip(numbers);
    Ok(sized
        .map(|((label, _), [raw, gzip, brotli])| Size {
            label: (*label).to_owned(),
            raw,
            gzip,
            brotli,
        })
        .collect())
}

/// The sum, labelled `total`.
pub fn total(sizes: &[Size]) -> Size {
    Size {
        label: "total".into(),
        raw: sizes.iter().map(|size| size.raw).sum(),
        gzip: sizes.iter().map(|size| size.gzip).sum(),
        brotli: sizes.iter().map(|size| size.brotli).sum(),
    }
}

/// A table of the sizes and their sum.
pub fn table(sizes: &[Size]) -> String {
    let row = |cells: [&str; 4]| {
        let [label, raw, gzip, brotli] = cells;
        format!("{label:<10}{raw:>10}{gzip:>10}{brotli:>10}\n")
    };
    let mut table = row(["bytes", "raw", "gzip", "brotli"]);
    for size in sizes.iter().chain([&total(sizes)]) {
        let [raw, gzip, brotli] = [size.raw, size.gzip, size.brotli].map(grouped);
        table += &row([&size.label, &raw, &gzip, &brotli]);
    }
    table
}

/// The digits in groups of three.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_000), "1,000");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }

    #[test]
    fn the_table_ends_with_the_sum() {
        let size = |label: &str, raw, gzip, brotli| Size {
            label: label.into(),
            raw,
            gzip,
            brotli,
        };
        let table = table(&[
            size("wasm", 140_000, 60_000, 50_000),
            size("js", 9_000, 900, 90),
        ]);
        let lines: Vec<_> = table.lines().collect();
        assert_eq!(lines[1], "wasm         140,000    60,000    50,000");
        assert_eq!(lines[3], "total        149,000    60,900    50,090");
    }

    #[test]
    fn a_file_is_measured() {
        let this = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src/size.rs"));
        let sizes = measure(&[("rs", this.clone())]).unwrap();
        assert_eq!(sizes[0].raw, std::fs::metadata(this).unwrap().len());
        assert!(sizes[0].brotli < sizes[0].gzip && sizes[0].gzip < sizes[0].raw);
        assert!(measure(&[("no", PathBuf::from("no-such-file"))]).is_err());
    }
}
