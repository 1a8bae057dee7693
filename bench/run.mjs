/**
 * Measures the element against its rivals, in turn, in one browser:
 *
 *     node bench/run.mjs [--rounds N]
 *
 * Writes `target/bench/results.json` and `target/bench/figures.md`, the table for `docs/benchmarks.md`, and prints
 * that. `SIM_BIN` and `DIST` select another simulator and package than those in `target`.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { POLICY, startSim } from "../e2e/support/sim.mjs";
import { root } from "../e2e/support/paths.mjs";
import { CONTESTANTS, COUNTS, buildSite, sessionId, site } from "./build.mjs";
import { launch } from "./harness/browser.mjs";
import { blank, fed, many, one, slow } from "./harness/measure.mjs";
import { machine, table } from "./harness/report.mjs";

const { values: options } = parseArgs({
  options: { rounds: { type: "string", default: "7" } },
});
const rounds = Number(options.rounds);
if (!(rounds >= 1)) throw new Error("--rounds wants a number of 1 or more");

const bytes = await buildSite();
const names = Object.keys(CONTESTANTS);
const samples = Object.fromEntries(names.map((name) => [name, {}]));
// A client that never disconnected must not slow down the next page, so any number of polls may be held.
const sims = await Promise.all(COUNTS.map(() => startSim(["--max-sessions-per-browser", "-1"], { policy: POLICY, pages: site })));
const browser = await launch();
const about = { date: new Date().toISOString().slice(0, 10), rounds, ...machine(browser) };
try {
  const [single, crowd] = sims;
  await single.session({ id: sessionId(0) });
  for (let n = 0; n < COUNTS[1]; n++) await crowd.session({ id: sessionId(n) });
  about.blank = await blank(browser, single);
  // The first round warms up the browser and the simulators and is not counted.
  for (let round = 0; round <= rounds; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(round + turn) % names.length];
      process.stderr.write(`bench: round ${round} of ${rounds}, ${CONTESTANTS[name]}\n`);
      const found = {
        ...(await one(browser, single, name, { events: 60, presses: 10 })),
        ...(await slow(browser, single, name)),
        ...(await many(browser, crowd, name, COUNTS[1])),
        ...(await fed(browser, single, name, COUNTS[0], 60)),
        ...(await fed(browser, crowd, name, COUNTS[1], 0)),
      };
      if (round === 0) continue;
      for (const metric in found) (samples[name][metric] ??= []).push(...found[metric]);
    }
  }
} finally {
  await browser.close();
  await Promise.all(sims.map((sim) => sim.close()));
}

const text = `${describe(about, bytes)}\n\n${table(samples)}\n`;
await writeFile(join(root, "target/bench/results.json"), JSON.stringify({ about, bytes, samples }, null, 1));
process.stdout.write(`${text}`);
await writeFile(join(root, "target/bench/figures.md"), text);

function describe({ date, rounds, processor, load, memory, system, browser, node, rivals, blank }, bytes) {
  const size = (n) => (n / 1000).toFixed(1);
  const sizes = names.map((name) => {
    const { raw, gzip, brotli } = bytes[name];
    return `${CONTESTANTS[name]} ${size(raw)} / ${size(gzip)} / ${size(brotli)}`;
  });
  return [
    `${date}, ${rounds} rounds; ${processor}, load ${load}, ${memory}; ${system}; ${browser}; Node ${node}; ${rivals}.`,
    `Bytes raw / gzip / brotli in kB: ${sizes.join("; ")}.`,
    `An empty page holds ${(blank / 1024 ** 2).toFixed(2)} MiB, which is part of the memory below.`,
  ].join("\n");
}
