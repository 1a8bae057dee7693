//! The table in the documentation names tests that exist.

use std::fs;

#[test]
fn each_test_that_the_table_names_exists() {
    let root = env!("CARGO_MANIFEST_DIR");
    let table = fs::read_to_string(format!("{root}/src/conformance.md")).unwrap();
    let rows = table
        .lines()
        .filter(|line| line.starts_with("| ") && line.contains('`'));
    let mut named = 0;
    for row in rows {
        let (_, tests) = row.trim_end_matches(" |").rsplit_once(" | ").unwrap();
        let tests: Vec<_> = tests.split('`').skip(1).step_by(2).collect();
        for test in tests {
            let (file, name) = test
                .split_once("::")
                .unwrap_or_else(|| panic!("{test}: {row}"));
            let source = fs::read_to_string(format!("{root}/tests/it/{file}.rs")).unwrap();
            let is_test = source.contains(&format!("fn {name}("));
            assert!(is_test, "no test {test}, named in {row}");
            named += 1;
        }
    }
    assert!(named > 60, "only {named} tests found in the table");
}
