/**
 * Measures the elements against their rivals, in turn, in one browser:
 *
 *     node bench/run.mjs [--rounds N] [--only button|panel]…
 *
 * Writes `target/bench/<button|panel>.json` with all samples and `.md`, the table for `docs/benchmarks.md`, and prints
 * the latter. `SIM_BIN` and `DIST` select another simulator and package than those in `target`.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { POLICY, startSim } from "../e2e/support/sim.mjs";
import { root } from "../e2e/support/paths.mjs";
import { CONTESTANTS, COUNTS, PANELS, buildSite, sessionId, site } from "./build.mjs";
import { launch } from "./harness/browser.mjs";
import * as button from "./harness/button.mjs";
import * as panel from "./harness/panel.mjs";
import { BUTTON_ROWS, PANEL_ROWS, machine, table } from "./harness/report.mjs";

const { values: options } = parseArgs({
  options: { rounds: { type: "string", default: "7" }, only: { type: "string", multiple: true } },
});
const rounds = Number(options.rounds);
if (!(rounds >= 1)) throw new Error("--rounds wants a number of 1 or more");

const SUBJECTS = {
  button: { contestants: CONTESTANTS, rows: BUTTON_ROWS, sims: 2, prepare: prepareButtons, measure: measureButton },
  panel: { contestants: PANELS, rows: PANEL_ROWS, sims: 1, prepare: preparePanel, measure: measurePanel },
};
const subjects = options.only ?? Object.keys(SUBJECTS);
if (!subjects.every((name) => SUBJECTS[name])) throw new Error(`--only wants ${Object.keys(SUBJECTS).join(" or ")}`);

const bytes = await buildSite();
const browser = await launch();
try {
  for (const subject of subjects) await compare(subject);
} finally {
  await browser.close();
}

/** Measures one subject's contestants in all rounds, and writes the figures. */
async function compare(subject) {
  const { contestants, rows, sims: count, prepare, measure } = SUBJECTS[subject];
  const names = Object.keys(contestants);
  const samples = Object.fromEntries(names.map((name) => [name, {}]));
  const about = { date: new Date().toISOString().slice(0, 10), rounds, ...machine(browser) };
  // A client that never disconnected must not slow down the next page, so any number of polls may be held.
  const flags = ["--max-sessions-per-browser", "-1"];
  const sims = await Promise.all(Array.from({ length: count }, () => startSim(flags, { policy: POLICY, pages: site })));
  try {
    await prepare(...sims);
    about.blank = await button.blank(browser, sims[0]);
    // The first round warms up the browser and the simulators and is not counted.
    for (let round = 0; round <= rounds; round++) {
      for (let turn = 0; turn < names.length; turn++) {
        const name = names[(round + turn) % names.length];
        process.stderr.write(`bench: ${subject}, round ${round} of ${rounds}, ${contestants[name]}\n`);
        const found = await measure(name, ...sims);
        if (round === 0) continue;
        for (const metric in found) (samples[name][metric] ??= []).push(...found[metric]);
      }
    }
  } finally {
    await Promise.all(sims.map((sim) => sim.close()));
  }
  const text = `${describe(about, contestants)}\n\n${table(contestants, rows, samples)}\n`;
  const sizes = Object.fromEntries(names.map((name) => [name, bytes[name]]));
  const all = JSON.stringify({ about, bytes: sizes, samples }, null, 1);
  await writeFile(join(root, `target/bench/${subject}.json`), all);
  await writeFile(join(root, `target/bench/${subject}.md`), text);
  process.stdout.write(`${text}\n`);
}

async function prepareButtons(single, crowd) {
  await single.session({ id: sessionId(0) });
  for (let n = 0; n < COUNTS[1]; n++) await crowd.session({ id: sessionId(n) });
}

async function measureButton(name, single, crowd) {
  return {
    ...(await button.one(browser, single, name, { events: 60, presses: 10 })),
    ...(await button.slow(browser, single, name)),
    ...(await button.many(browser, crowd, name, COUNTS[1])),
    ...(await button.fed(browser, single, name, COUNTS[0], 60)),
    ...(await button.fed(browser, crowd, name, COUNTS[1], 0)),
  };
}

async function preparePanel(sim) {
  await panel.begin(sim, 20);
}

async function measurePanel(name, sim) {
  return {
    ...(await panel.one(browser, sim, name, { entries: 60 })),
    ...(await panel.slow(browser, sim, name)),
    ...(await panel.bursts(browser, sim, name)),
    ...(await panel.typed(browser, sim, name, 40)),
  };
}

function describe({ date, rounds, processor, load, memory, system, browser, node, rivals, blank }, contestants) {
  const size = (n) => (n / 1000).toFixed(1);
  const sizes = Object.keys(contestants).map((name) => {
    const { raw, gzip, brotli } = bytes[name];
    return `${contestants[name]} ${size(raw)} / ${size(gzip)} / ${size(brotli)}`;
  });
  return [
    `${date}, ${rounds} rounds; ${processor}, load ${load}, ${memory}; ${system}; ${browser}; Node ${node}; ${rivals}.`,
    `Bytes raw / gzip / brotli in kB: ${sizes.join("; ")}.`,
    `An empty page holds ${(blank / 1024 ** 2).toFixed(2)} MiB, which is part of the memory below.`,
  ].join("\n");
}
