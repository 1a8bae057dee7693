//! Counts results: from the result lines of cargo's tests and the JUnit report of Node's.
//! Unreadable output counts as zero passed tests.

use std::fmt;
use std::ops::AddAssign;

/// The numbers of passed, failed and skipped tests or checks.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Count {
    /// Succeeded.
    pub passed: u32,
    /// Did not succeed, or could not run.
    pub failed: u32,
    /// Were not run, on purpose or because something optional is missing.
    pub skipped: u32,
}

impl Count {
    /// One check that passed.
    pub const PASSED: Self = Self::new(1, 0, 0);

    /// One that did not.
    pub const FAILED: Self = Self::new(0, 1, 0);

    const fn new(passed: u32, failed: u32, skipped: u32) -> Self {
        Self {
            passed,
            failed,
            skipped,
        }
    }

    /// A skipped one; prints the reason.
    pub fn skipped(reason: &str) -> Self {
        println!("   skipped: {reason}");
        Self::new(0, 0, 1)
    }

    /// Adds up the `test result:` lines at the end of Rust's test programs. Their other formats are
    /// unstable, and cargo-nextest does not run documentation tests and would have to be installed.
    pub fn of_cargo(output: &str) -> Self {
        let mut sum = Self::default();
        for line in output.lines() {
            let Some((_, counts)) = line.split_once("test result: ") else {
                continue;
            };
            let number = |word: &str| {
                let mut parts = counts.split(['.', ';']);
                let found =
                    parts.find_map(|part| part.trim().strip_suffix(word)?.trim().parse().ok());
                found.unwrap_or(0)
            };
            sum += Self::new(number("passed"), number("failed"), number("ignored"));
        }
        sum
    }

    /// Counts the tests in a JUnit report. Text in it is escaped, so tags can be found by name. A
    /// test that contains other tests is not counted.
    pub fn of_junit(report: &str) -> Self {
        let number = |tag: &str| report.matches(tag).count() as u32;
        let (failed, skipped) = (number("<failure "), number("<skipped "));
        let all = number("<testcase ");
        Self::new(all.saturating_sub(failed + skipped), failed, skipped)
    }

    /// Adds the exit code to the count: an uncounted failure (a test that does not compile, a
    /// crash) and an empty run are failures, too.
    pub fn with_exit(mut self, success: bool) -> Self {
        let ran = self.passed + self.failed + self.skipped > 0;
        if self.failed == 0 && (!success || !ran) {
            self.failed = 1;
        }
        self
    }
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Count {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(to, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargos_results_are_added_up() {
        let output = "\
running 2 tests
test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.0s
test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out
";
        assert_eq!(Count::of_cargo(output), Count::new(15, 2, 1));
        assert_eq!(
            Count::of_cargo("error: could not compile"),
            Count::new(0, 0, 0)
        );
    }

    #[test]
    fn a_junit_report_is_counted() {
        let report = r#"<testsuites>
            <testcase name="a &lt;testcase " time="0.001" classname="test"/>
            <testsuite name="b" tests="2" failures="1" skipped="1">
                <testcase name="c"><failure type="testCodeFailure" message="m">m</failure></testcase>
                <testcase name="d"><skipped type="skipped" message="why"/></testcase>
            </testsuite>"#;
        assert_eq!(Count::of_junit(report), Count::new(1, 1, 1));
        assert_eq!(Count::of_junit(""), Count::new(0, 0, 0));
    }

    #[test]
    fn an_exit_code_is_never_overlooked() {
        assert_eq!(Count::new(3, 0, 0).with_exit(false), Count::new(3, 1, 0));
        assert_eq!(Count::new(3, 2, 0).with_exit(false), Count::new(3, 2, 0));
        assert_eq!(Count::new(3, 0, 0).with_exit(true), Count::new(3, 0, 0));
        assert_eq!(Count::new(0, 0, 0).with_exit(true), Count::new(0, 1, 0));
    }

    #[test]
    fn the_last_line_is_fixed() {
        assert_eq!(Count::new(7, 0, 0).to_string(), "7 passed, 0 failed");
        assert_eq!(
            Count::new(7, 1, 2).to_string(),
            "7 passed, 1 failed, 2 skipped"
        );
    }
}
