//! The chart of a comparison: requests in each second, on a logarithmic scale.
//!
//! A self-contained SVG: no script, system fonts only, and colours for light and dark schemes. Each
//! curve also has a dash pattern, so that colour is never the only sign.

use std::fmt::Write;

use crate::{Outcome, Rule, Scenario, table::grouped};

/// One diagram: a scenario and the outcome of each rule in it.
#[derive(Debug)]
pub struct Panel<'a> {
    /// The number of clients.
    pub clients: u32,
    /// How the server failed.
    pub scenario: Scenario,
    /// The outcomes, by rule.
    pub outcomes: Vec<(Rule, &'a Outcome)>,
}

// The diagram inside its panel, and the panels on the sheet, in pixels.
const PANEL: (f64, f64) = (520.0, 310.0);
const LEFT: f64 = 88.0;
const TOP: f64 = 36.0;
const WIDTH: f64 = 412.0;
const HEIGHT: f64 = 206.0;
const HEAD: f64 = 72.0;

/// Seconds shown before the fault, and after it.
const LEAD: usize = 5;
const SHOWN: usize = 130;

const STYLE: &str = "
  svg { --paper: #ffffff; --ink: #1f2328; --faint: #d0d7de; --down: #f1f3f5;
        --ours: #0b62c4; --official: #c2410c; --none: #6e7781; }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #0d1117; --ink: #e6edf3; --faint: #30363d; --down: #1b222b;
          --ours: #6cb6ff; --official: #ff9a5c; --none: #9198a1; }
  }
  text { fill: var(--ink); font: 12px system-ui, sans-serif; }
  .head { font-size: 16px; } .title { font-size: 14px; } .head, .title { font-weight: 600; }
  .over { paint-order: stroke; stroke: var(--paper); stroke-width: 4; }
  .y { text-anchor: end; } .x { text-anchor: middle; }
  .grid { stroke: var(--faint); } .cap { stroke: var(--ink); stroke-dasharray: 2 3; }
  .curve { fill: none; stroke-width: 2; stroke-linejoin: round; }
  .ours { stroke: var(--ours); stroke-width: 3; }
  .official { stroke: var(--official); stroke-dasharray: 7 3; }
  .none { stroke: var(--none); stroke-dasharray: 2 2; }
";

/// Draws the panels, which have the same number of clients, two in a row under one legend.
pub fn chart(panels: &[Panel]) -> String {
    let columns = panels.len().clamp(1, 2);
    let rows = panels.len().div_ceil(columns);
    let width = PANEL.0 * columns as f64;
    let height = HEAD + PANEL.1 * rows as f64;
    let mut out = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-labelledby="t">
<title id="t">Requests per second from clients coming back to a failed server</title>
<style>{STYLE}</style>
<rect width="{width}" height="{height}" fill="var(--paper)"/>
"#
    );
    legend(panels.first().map_or(0, |panel| panel.clients), &mut out);
    for (place, panel) in panels.iter().enumerate() {
        let x = PANEL.0 * (place % columns) as f64;
        let y = HEAD + PANEL.1 * (place / columns) as f64;
        let _ = writeln!(out, r#"<g transform="translate({x} {y})">"#);
        Scale::of(panel).draw(panel, &mut out);
        out += "</g>\n";
    }
    out + "</svg>\n"
}

fn legend(clients: u32, out: &mut String) {
    let clients = grouped(clients.into());
    let _ = writeln!(
        out,
        r#"<text class="head" x="20" y="28">{clients} clients come back</text>"#
    );
    let words = [
        "ours: at once, then full jitter",
        "official: linear, no jitter",
        "none",
    ];
    for ((rule, words), x) in Rule::ALL.iter().zip(words).zip([20.0, 235.0, 425.0]) {
        let (class, end, text) = (rule.name(), x + 28.0, x + 34.0);
        let _ = writeln!(
            out,
            r#"<path class="curve {class}" d="M{x} 52H{end}"/><text x="{text}" y="56">{words}</text>"#
        );
    }
}

/// Maps seconds and requests to positions in the diagram.
struct Scale {
    /// Powers of ten at the bottom and at the top.
    low: i32,
    high: i32,
}

impl Scale {
    fn of(panel: &Panel) -> Self {
        let peaks = panel.outcomes.iter().map(|(_, o)| o.peak_second);
        let greatest = f64::from(peaks.max().unwrap_or(1).max(10));
        Self {
            low: (f64::from(panel.clients.max(1_000)) / 1_000.0)
                .log10()
                .floor() as i32,
            high: greatest.log10().ceil() as i32,
        }
    }

    fn x(&self, second: f64) -> f64 {
        LEFT + WIDTH * (second + LEAD as f64) / (LEAD + SHOWN) as f64
    }

    fn y(&self, requests: f64) -> f64 {
        let power = requests.max(1.0).log10().max(f64::from(self.low));
        let part = (power - f64::from(self.low)) / f64::from(self.high - self.low);
        TOP + HEIGHT * (1.0 - part)
    }

    fn draw(&self, panel: &Panel, out: &mut String) {
        let (bottom, right) = (TOP + HEIGHT, LEFT + WIDTH);
        let title = panel.scenario.title();
        let outage = self.x(panel.scenario.outage() as f64 / 1_000.0) - self.x(0.0);
        let _ = writeln!(
            out,
            r#"<text class="title" x="{LEFT}" y="22">{title}</text>
<rect x="{:.1}" y="{TOP}" width="{outage:.1}" height="{HEIGHT}" fill="var(--down)"/>"#,
            self.x(0.0)
        );
        for power in self.low..=self.high {
            let value = 10_u64.pow(power.unsigned_abs());
            let (y, label) = (self.y(value as f64), grouped(value));
            let _ = writeln!(
                out,
                r#"<path class="grid" d="M{LEFT} {y:.1}H{right}"/><text class="y" x="{:.1}" y="{:.1}">{label}</text>"#,
                LEFT - 8.0,
                y + 4.0
            );
        }
        for second in (0..=SHOWN).step_by(30) {
            let x = self.x(second as f64);
            let _ = writeln!(
                out,
                r#"<path class="grid" d="M{x:.1} {TOP}V{bottom}"/><text class="x" x="{x:.1}" y="{:.1}">{second}</text>"#,
                bottom + 18.0
            );
        }
        // The first rule, ours, is drawn last, so that it is on top.
        for (rule, outcome) in panel.outcomes.iter().rev() {
            let (class, path) = (rule.name(), self.steps(&outcome.seconds(LEAD)));
            let _ = writeln!(out, r#"<path class="curve {class}" d="{path}"/>"#);
        }
        if let Some(capacity) = panel.scenario.capacity(panel.clients) {
            let y = self.y(f64::from(capacity));
            let from = self.x(panel.scenario.outage() as f64 / 1_000.0);
            let _ = writeln!(
                out,
                r#"<path class="cap" d="M{from:.1} {y:.1}H{right}"/><text class="y over" x="{right}" y="{:.1}">capacity</text>"#,
                y - 5.0
            );
        }
        let _ = writeln!(
            out,
            r#"<text class="x" x="{:.1}" y="{:.1}">seconds after the fault</text>
<text class="x" transform="translate(14 {:.1}) rotate(-90)">requests in each second</text>"#,
            LEFT + WIDTH / 2.0,
            bottom + 38.0,
            TOP + HEIGHT / 2.0
        );
    }

    /// A line with one step for each second.
    fn steps(&self, seconds: &[u32]) -> String {
        let mut path = String::new();
        for (second, &requests) in seconds.iter().take(LEAD + SHOWN).enumerate() {
            let from = second as f64 - LEAD as f64;
            let (x, y, end) = (self.x(from), self.y(requests.into()), self.x(from + 1.0));
            let begin = if second == 0 { 'M' } else { 'L' };
            let _ = write!(path, "{begin}{x:.1} {y:.1}H{end:.1}");
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_puts_powers_of_ten_evenly() {
        let scale = Scale { low: 1, high: 3 };
        assert_eq!(scale.y(10.0), TOP + HEIGHT);
        assert_eq!(scale.y(100.0), TOP + HEIGHT / 2.0);
        assert_eq!(scale.y(1_000.0), TOP);
        assert_eq!(scale.y(0.0), TOP + HEIGHT);
        assert_eq!(scale.x(-(LEAD as f64)), LEFT);
        assert_eq!(scale.x(SHOWN as f64), LEFT + WIDTH);
    }

    #[test]
    fn every_rule_has_its_curve_in_every_panel() {
        let outcome = crate::run(Rule::Official, Scenario::Failover, 50, 1);
        let panel = || Panel {
            clients: 50,
            scenario: Scenario::Failover,
            outcomes: Rule::ALL.map(|rule| (rule, &outcome)).to_vec(),
        };
        let svg = chart(&[panel(), panel(), panel()]);
        for rule in Rule::ALL {
            let curve = format!(r#"class="curve {}""#, rule.name());
            assert_eq!(svg.matches(&curve).count(), 1 + 3);
        }
        assert_eq!(svg.matches("<g ").count(), svg.matches("</g>").count());
    }
}
