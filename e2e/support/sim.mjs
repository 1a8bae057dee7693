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

/** For tests that look at what the browser sends: with `SIM=page` it sends nothing. */
export const onTheWire = { skip: process.env.SIM === "page" && "looks at the browser's own requests, timers or fetch" };

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
  return process.env.SIM === "page" ? new PageServer(child, url, flags) : new Server(child, url);
}
