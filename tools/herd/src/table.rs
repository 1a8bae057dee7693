//! The table of a comparison, as Markdown whose columns are also aligned in a terminal.

use crate::{Millis, Outcome, Rule, Scenario};

/// One run.
#[derive(Clone, Debug)]
pub struct Row {
    /// The number of clients.
    pub clients: u32,
    /// How the server failed.
    pub scenario: Scenario,
    /// The clients' retry rule.
    pub rule: Rule,
    /// The outcome.
    pub outcome: Outcome,
}

const HEADINGS: [&str; 10] = [
    "clients",
    "scenario",
    "rule",
    "peak / 0.1 s",
    "peak / 1 s",
    "peak / 1 s once back",
    "requests",
    "50 % back",
    "99 % back",
    "all back",
];

/// The rows as a table. Times count from the server's return.
pub fn table(rows: &[Row]) -> String {
    let cells: Vec<[String; 10]> = rows.iter().map(cells).collect();
    let mut widths = HEADINGS.map(str::len);
    for row in &cells {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.len());
        }
    }
    let mut out = line(&HEADINGS.map(str::to_owned), &widths);
    for (column, width) in widths.iter().enumerate() {
        let dashes = "-".repeat(width + 1);
        out += &if is_text(column) {
            format!("|{dashes}-")
        } else {
            format!("|{dashes}:")
        };
    }
    out += "|\n";
    for row in &cells {
        out += &line(row, &widths);
    }
    out
}

fn cells(row: &Row) -> [String; 10] {
    let Outcome {
        peak_tenth,
        peak_second,
        peak_second_back,
        requests,
        half,
        most,
        all,
        ..
    } = row.outcome;
    [
        grouped(row.clients.into()),
        row.scenario.name().to_owned(),
        row.rule.name().to_owned(),
        grouped(peak_tenth.into()),
        grouped(peak_second.into()),
        grouped(peak_second_back.into()),
        grouped(requests),
        seconds(half),
        seconds(most),
        seconds(all),
    ]
}

fn line(cells: &[String; 10], widths: &[usize; 10]) -> String {
    let mut out = String::new();
    for (column, (cell, width)) in cells.iter().zip(widths).enumerate() {
        out += &if is_text(column) {
            format!("| {cell:<width$} ")
        } else {
            format!("| {cell:>width$} ")
        };
    }
    out + "|\n"
}

fn is_text(column: usize) -> bool {
    matches!(column, 1 | 2)
}

/// `1234567` as `1,234,567`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn seconds(millis: Option<Millis>) -> String {
    millis.map_or("never".to_owned(), |millis| {
        format!("{}.{} s", millis / 1_000, millis % 1_000 / 100)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_times_read_well() {
        assert_eq!(grouped(7), "7");
        assert_eq!(grouped(1_234), "1,234");
        assert_eq!(grouped(12_345_678), "12,345,678");
        assert_eq!(seconds(Some(12_390)), "12.3 s");
        assert_eq!(seconds(None), "never");
    }

    #[test]
    fn all_lines_are_equally_long() {
        let row = Row {
            clients: 50,
            scenario: Scenario::Failover,
            rule: Rule::Official,
            outcome: crate::run(Rule::Official, Scenario::Failover, 50, 1),
        };
        let table = table(&[row]);
        let lengths: Vec<_> = table.lines().map(str::len).collect();
        assert_eq!(lengths.len(), 3);
        assert!(
            lengths.iter().all(|&length| length == lengths[0]),
            "{table}"
        );
    }
}
