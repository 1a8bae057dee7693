/** Starts Chromium and opens pages that record errors and policy violations. */
import { createRequire } from "node:module";
import { chromium, flags, headlessChromium } from "./paths.mjs";
import { watch } from "./watch.mjs";

// `import` would read its seven megabytes a second time, for the names that they export.
const { chromium: playwright } = createRequire(import.meta.url)("playwright-core");

/** Starts a browser, optionally with Playwright's options. `close()` ends it. */
export function launch(options = {}) {
  return playwright.launch({ executablePath: headlessChromium(), args: flags(), ...options });
}

/** Starts the browser that people use: with tabs that can be hidden and frozen, and with the back/forward cache. */
export function launchWithTabs() {
  return launch({ executablePath: chromium(), ignoreDefaultArgs: ["--disable-back-forward-cache"] });
}

/**
 * Opens a page of the simulator in a fresh browser context. Nothing moves in it, unless a test of motion asks for
 * `reducedMotion: "no-preference"`: without a graphics card each frame of an animation costs processor time.
 *
 * `page.seen` collects the element's `events`, the policy's `violations` and uncaught `errors`.
 */
export async function open(browser, sim, path = "/blank.html", options = {}) {
  const { before, ...context } = options;
  const page = await (await browser.newContext({ viewport: { width: 900, height: 700 }, reducedMotion: "reduce", ...context })).newPage();
  page.errors = [];
  page.on("pageerror", (error) => page.errors.push(error));
  await page.addInitScript(watch);
  await before?.(page);
  await sim.opens?.(page);
  await page.goto(sim.url + path);
  await sim.opened?.(page);
  return page;
}
