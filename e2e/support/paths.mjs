/** The paths of the things under test: simulator, browser, built package, test pages. */
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** The built package, `target/npm` or `DIST`. */
export const dist = process.env.DIST ?? join(root, "target/npm");

export function simBinary() {
  return existing(process.env.SIM_BIN ?? join(root, "target/debug/gws-sim"), "cargo build -p gws-sim");
}

/** The server in the page as a program, for comparison. */
export function replayBinary() {
  return existing(process.env.REPLAY_BIN ?? join(root, "target/debug/examples/replay"), "cargo build -p gws-page --example replay");
}

export function chromium() {
  return existing(process.env.CHROMIUM ?? "/usr/bin/chromium", "apt-get install chromium");
}

/** Chromium's headless shell, else Chromium. */
export function headlessChromium() {
  const shell = process.env.CHROMIUM_HEADLESS ?? "/usr/bin/chromium-headless-shell";
  return existsSync(shell) ? shell : chromium();
}

/** Chromium's flags: it may run as root, and makes no background requests. */
export function flags() {
  const common = readFileSync(new URL("chromium-flags.json", import.meta.url), "utf8");
  return ["--no-sandbox", ...JSON.parse(common)];
}

export function firefox() {
  return existing(process.env.FIREFOX ?? "/usr/bin/firefox-esr", "apt-get install firefox-esr");
}

/** A folder with the package at `/npm/` and the test pages at `/`; created for each test process. With a server in each page, if asked for. */
export function site(served = process.env.SIM === "page") {
  const folder = join(root, "target/e2e", `${served ? "served" : "site"}-${process.pid}`);
  if (existsSync(folder)) return folder;
  existing(join(dist, "define.js"), "cargo xtask dist");
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, "e2e/pages"), folder, { recursive: true });
  cpSync(dist, join(folder, "npm"), { recursive: true });
  if (served) simulated(join(folder, "npm"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts the server in a page as a test wants it; the package is in `folder`. */
const start = (folder) => [
  `import { simulate } from "${folder}/sim.js";`,
  "window.gws = await simulate(window.simSettings);",
  "for (const run of window.simReady ?? []) run();",
  "for (const call of window.simCalls ?? []) window.gws.control(...call);",
];

/** Has the modules that define the elements start the simulated server in the page first. */
function simulated(folder) {
  writeFileSync(join(folder, "sim-start.js"), start(".").join("\n"));
  for (const name of ["define", "panel", "register", "register-panel"]) {
    renameSync(join(folder, `${name}.js`), join(folder, `${name}-itself.js`));
    const lines = ['await import("./sim-start.js");', `await import("./${name}-itself.js");`, "window.simDefined = true;"];
    writeFileSync(join(folder, `${name}.js`), lines.join("\n"));
  }
}

/** The built console, `target/console` or `CONSOLE`; with `SIM=page` the one of the built site, `target/site` or `SITE`. */
export function demo() {
  if (process.env.SIM !== "page") return existing(process.env.CONSOLE ?? join(root, "target/console"), "cargo xtask site");
  const built = existing(process.env.SITE ?? join(root, "target/site"), "cargo xtask site");
  const folder = join(root, "target/e2e", `console-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  for (const name of ["barge-in", "console"]) cpSync(join(built, name), join(folder, name), { recursive: true });
  const lines = [...start("../barge-in"), 'await (await import("./demo.js")).default();'];
  writeFileSync(join(folder, "console/start.js"), lines.join("\n"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function existing(path, how) {
  if (!existsSync(path)) throw new Error(`${path} is missing: ${how}`);
  return path;
}
