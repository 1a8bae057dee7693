/**
 * Orca, Debian's Chromium and real keys on the display of `xvfb-run`, and what Orca says of each step.
 *
 * Orca's words are written into a file instead of spoken. It has no end that a program could wait for, so a step is over
 * once nothing has been said for a while.
 */
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { chromium as playwright } from "playwright-core";
import { eventually } from "../support/eventually.mjs";
import { chromium, flags } from "../support/paths.mjs";
import { watch } from "../support/watch.mjs";

/** So long nobody speaks when a step is over, in ms. */
const SILENCE = 1_500;
const LONGEST = 15_000;

/** Starts Orca and the browser. `close()` ends both. */
export async function start() {
  const folder = mkdtempSync(join(tmpdir(), "orca-"));
  const settings = join(folder, ".local/share/orca");
  mkdirSync(settings, { recursive: true });
  cpSync(new URL("orca-customizations.py", import.meta.url), join(settings, "orca-customizations.py"));
  const spoken = join(folder, "spoken");
  writeFileSync(spoken, "");
  const env = { ...process.env, HOME: folder, XDG_RUNTIME_DIR: folder, SPOKEN: spoken };
  const children = ["openbox", "orca"].map((name) => spawn(name, { env, stdio: "ignore" }));
  const heard = () => readFileSync(spoken, "utf8");
  await eventually(() => heard().includes("Screen reader on"), "Orca");
  const context = await playwright.launchPersistentContext(join(folder, "profile"), {
    executablePath: chromium(),
    headless: false,
    viewport: null,
    env,
    args: [...flags(), "--force-renderer-accessibility"],
  });
  await context.addInitScript(watch);
  return {
    version: context.browser().version(),
    page: context.pages()[0],
    /** Does something, and returns what Orca says of it. */
    async of(run) {
      const before = heard().length;
      await run();
      const begun = Date.now();
      let length = heard().length;
      let since = begun;
      while (Date.now() - since < SILENCE && Date.now() - begun < LONGEST) {
        await pause(50);
        const now = heard().length;
        if (now !== length) [length, since] = [now, Date.now()];
      }
      return heard().slice(before).split("\n").filter((line) => line.trim());
    },
    async close() {
      await context.close();
      for (const child of children) child.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Presses keys as a keyboard does: `Tab`, `shift+Tab`, `Return`. */
export const keys = (...names) => execFileSync("xdotool", ["key", "--delay", "60", ...names]);

/** Types words as a keyboard does. */
export const type = (words) => execFileSync("xdotool", ["type", "--delay", "60", words]);
