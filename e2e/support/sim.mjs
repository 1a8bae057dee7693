/** Starts the simulated server and drives it by its control interface. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { root, site, simBinary } from "./paths.mjs";

/** The policy under which the widget is promised to run. */
export const POLICY = readFileSync(join(root, "tools/gws-sim/src/csp.txt"), "utf8").trim();

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
  return new Sim(child, url);
}

class Sim {
  #child;
  #ids = 0;

  constructor(child, url) {
    this.#child = child;
    this.url = url;
  }

  async #ask(method, path, body) {
    const response = await fetch(`${this.url}/control${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} /control${path}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }

  get(path) {
    return this.#ask("GET", path);
  }

  post(path, body = {}) {
    return this.#ask("POST", path, body);
  }

  /** Starts a session and returns its id. */
  async session(options = {}) {
    const id = options.id ?? `test-${process.pid}-${++this.#ids}`;
    await this.post("/sessions", { mode: "monitor", ...options, id });
    return id;
  }

  /** Does something to a session: `revoke`, `complete`, `switch`, `capabilities`… */
  act(id, action, body) {
    return this.post(`/sessions/${encodeURIComponent(id)}/${action}`, body);
  }

  /** Makes the next matching request fail: `fault("refuse", { operation: "SwitchToBargeIn" }, { httpStatus: 403 })`. */
  fault(action, match = {}, details = {}) {
    return this.post("/fault", { match, action, ...details });
  }

  clearFaults() {
    return this.#ask("DELETE", "/fault");
  }

  /** The received requests for which `match` is true, oldest first. */
  async log(match = () => true) {
    const log = await this.get("/log");
    return (log.requests ?? log.log ?? log).filter(match);
  }

  clearLog() {
    return this.#ask("DELETE", "/log");
  }

  /** The received operations for a session. */
  operations(id) {
    return this.log((entry) => entry.method === "POST" && entry.path.endsWith(`/${encodeURIComponent(id)}`));
  }

  async close() {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.kill();
    await ended;
  }
}
