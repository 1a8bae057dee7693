/** Computes medians of the samples and a table of them. */
import { readFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem } from "node:os";
const MS = { unit: "ms", digits: 1 };
const FINE = { unit: "ms", digits: 2 };
const KB = { unit: "kB", digits: 1, scale: 1000 };
const MIB = { unit: "MiB", digits: 2, scale: 1024 ** 2 };

/** The rows of the buttons' table; `docs/benchmarks.md` says what each means. */
export const BUTTON_ROWS = [
  { label: "Bytes, brotli", metric: "bytes", ...KB },
  { label: "Cold load: first button", metric: "button", ...MS },
  { label: "Cold load: `ready`", metric: "ready", ...MS },
  { label: "Cold load on a slow line: first button", metric: "slowButton", ...MS },
  { label: "Cold load on a slow line: `ready`", metric: "slowReady", ...MS },
  { label: "Notification to DOM, median", metric: "published", ...FINE },
  { label: "Notification to DOM, p95", metric: "published", of: 0.95, ...FINE },
  { label: "of it in the page, median", metric: "received", ...FINE },
  { label: "of it in the page, p95", metric: "received", of: 0.95, ...FINE },
  { label: "5,000 notifications, 1 button", metric: "burst1", ...MS },
  { label: "longest task of it", metric: "task1", ...MS },
  { label: "5,000 notifications, 50 buttons", metric: "burst50", ...MS },
  { label: "longest task of it", metric: "task50", ...MS },
  { label: "`notify()` to DOM, median", metric: "notify", ...FINE, digits: 3 },
  { label: "5,000 by `notify()`, 1 button", metric: "fed1", ...MS },
  { label: "5,000 by `notify()`, 50 buttons", metric: "fed50", ...MS },
  { label: "of it style and layout", metric: "drawn50", ...MS },
  { label: "Press to POST", metric: "press", ...FINE },
  { label: "Memory after 10,000 notifications", metric: "memory", ...MIB },
  { label: "of it since `ready`", metric: "growth", ...MIB },
];

/** The rows of the panels' table. */
export const PANEL_ROWS = [
  { label: "Bytes, brotli", metric: "bytes", ...KB },
  { label: "Cold load: first line", metric: "line", ...MS },
  { label: "Cold load: `ready`", metric: "ready", ...MS },
  { label: "Cold load on a slow line: first line", metric: "slowLine", ...MS },
  { label: "Cold load on a slow line: `ready`", metric: "slowReady", ...MS },
  { label: "Entry to DOM, median", metric: "published", ...FINE },
  { label: "Entry to DOM, p95", metric: "published", of: 0.95, ...FINE },
  { label: "of it in the page, median", metric: "received", ...FINE },
  { label: "of it in the page, p95", metric: "received", of: 0.95, ...FINE },
  { label: "5,000 entries in a burst", metric: "burst", ...MS },
  { label: "longest task of it", metric: "task", ...MS },
  { label: "Memory with 10,000 entries", metric: "memory", ...MIB },
  { label: "Key press to paint, 20,000 letters, median", metric: "key", ...MS },
  { label: "Key press to paint, 20,000 letters, p95", metric: "key", of: 0.95, ...MS },
  { label: "CPU time of a key press", metric: "keyTask", ...FINE },
];

/** The quantile of the samples. */
export function quantile(samples, share = 0.5) {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)];
  return low + (sorted[Math.ceil(at)] - low) * (at % 1);
}

/** The table in Markdown: each contestant's figure; for the rivals also as a multiple of the first one's. */
export function table(contestants, rows, samples) {
  const names = Object.keys(contestants);
  const lines = [
    ["", ...names.map((name) => contestants[name]), "n"],
    ["---", ...names.map(() => "---:"), "---:"],
    ...rows.map((row) => {
      const figures = names.map((name) => quantile(samples[name][row.metric], row.of));
      const cells = figures.map((figure, at) => cell(figure, row) + (at ? ` (×${ratio(figure, figures[0])})` : ""));
      return [row.label, ...cells, String(samples[names[0]][row.metric].length)];
    }),
  ];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function cell(figure, { unit, digits, scale = 1 }) {
  return `${(figure / scale).toFixed(digits)} ${unit}`;
}

function ratio(figure, element) {
  return element > 0 ? (figure / element).toFixed(2) : "–";
}

/** The machine and versions of the measurement. */
export function machine(browser) {
  const lock = JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url)));
  const version = (name) => `${name} ${lock.packages[`node_modules/${name}`].version}`;
  return {
    processor: `${cpus().length} × ${cpus()[0].model.trim()}`,
    // The load of the machine at the start of the run; well below the number of processors is
    // quiet.
    load: loadavg()[0].toFixed(1),
    memory: `${Math.round(totalmem() / 1024 ** 3)} GiB`,
    system: `Linux ${release()}`,
    browser: `Chromium ${browser.version()}`,
    node: process.version,
    rivals: ["react-dom", "preact", "cometd", "esbuild"].map(version).join(", "),
  };
}
