/** Starts the simulated server: behind a port, or with `SIM=page` in each page that is opened. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { PageServer } from "./page-server.mjs";
import { root, site, simBinary } from "./paths.mjs";
import { Server } from "./server.mjs";

/** The policy under which the widget is promised to run. */
export const POLICY = readFileSync(join(root, "tools/gws-sim/src/csp.txt"), "utf8").trim();

const inPage = process.env.SIM === "page";

/** For tests that cannot hold with the simulator in the page, and why. */
export const notInPage = (why) => ({ skip: inPage && why });

/** For tests that look at what the browser sends: with `SIM=page` it sends nothing. */
export const onTheWire = notInPage("looks at the browser's own requests");

/**
 * The text of a script for `addInitScript` that replaces something which the element takes when its module first runs. It runs before
 * that, and after the simulator in the page.
 */
export function beforeElement(run, argument) {
  const script = typeof run === "function" ? `(${run})(${JSON.stringify(argument) ?? ""});` : run;
  return inPage ? `(window.simReady ??= []).push(() => { ${script} });` : script;
}

/**
 * Starts a simulator on a free port with fixed sessions, the built package and the test pages, under the promised
 * policy unless `policy` gives another one. `close()` ends it.
 */
export async function startSim(flags = [], { policy = POLICY, pages = site() } = {}) {
  const args = ["--port", "0", "--scenario", "still", "--static", pages, ...(policy ? ["--csp", policy] : []), ...flags];
  const child = spawn(simBinary(), args, { stdio: ["ignore", "pipe", "inherit"] });
  const end = () => child.kill();
  process.once("exit", end);
  child.once("exit", () => process.off("exit", end));
  const url = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`the simulator ended with ${code} before it listened`)));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const found = /^listening on (\S+)$/.exec(line);
      if (found) resolve(found[1]);
    });
  });
  return inPage ? new PageServer(child, url, flags) : new Server(child, url);
}
