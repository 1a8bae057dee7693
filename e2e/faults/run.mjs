/**
 * Runs every scenario with real times, prints the figures and writes them to `target/chaos.json` and `target/chaos.md`,
 * the table for `docs/faults.md`.
 *
 * `node run.mjs [--quick] [name...]`: names select the scenarios that contain them.
 */
import { writeFileSync } from "node:fs";
import { cpus, release } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { launchWithTabs } from "../support/browser.mjs";
import { root } from "../support/paths.mjs";
import { ANSWERS } from "./answers.mjs";
import { ASLEEP } from "./asleep.mjs";
import { BETWEEN } from "./between.mjs";
import { LINE } from "./line.mjs";
import { PAGE } from "./page.mjs";
import { play } from "./scene.mjs";
import { SIGN_IN } from "./sign-in.mjs";
import { check } from "./suite.mjs";
import { table } from "./table.mjs";

/** Scenarios in parallel; they mostly wait. */
const SIDE_BY_SIDE = 3;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: "boolean" } },
});
const real = !values.quick;
const chosen = [...LINE, ...ANSWERS, ...BETWEEN, ...SIGN_IN, ...PAGE, ...ASLEEP].filter(
  ({ name, long }) => (real || !long) && (!positionals.length || positionals.some((part) => name.includes(part))),
);

const browser = await launchWithTabs();
const results = new Array(chosen.length);
let next = 0;

async function worker() {
  while (next < chosen.length) {
    const at = next++;
    const scenario = chosen[at];
    const own = scenario.alone && (await launchWithTabs());
    try {
      const figures = await play(scenario, { browser: own || browser, real });
      results[at] = figures;
      check(scenario, figures, { timed: true });
      console.error(`ok      ${scenario.name}`);
    } catch (error) {
      results[at] = { name: scenario.name, ...results[at], failed: error.message };
      console.error(`FAILED  ${scenario.name}: ${error.message}`);
    } finally {
      await (own || undefined)?.close();
    }
  }
}

await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
const machine = { chromium: browser.version(), cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length, linux: release(), node: process.version };
await browser.close();

const report = { measured: new Date().toISOString(), machine, times: real ? "real" : "short", results };
writeFileSync(join(root, "target/chaos.json"), `${JSON.stringify(report, null, 2)}\n`);
const text = table(report);
console.log(text);
writeFileSync(join(root, "target/chaos.md"), `${text}\n`);
process.exitCode = results.some(({ failed }) => failed) ? 1 : 0;
