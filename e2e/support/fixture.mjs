/** One simulator and one browser for a test file, and a fresh page for each test. */
import { after, afterEach, before } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { launch, open } from "./browser.mjs";
import { startSim } from "./sim.mjs";

/** How long a disconnect may take, in ms; a later one counts as lost. */
const GOODBYE = 500;

/** Closed pages disconnect a moment later, which must not appear in the next test's log. */
async function goodbyes(sim) {
  const until = Date.now() + GOODBYE;
  while (Date.now() < until && (await sim.get("/state")).clients.length > 0) await pause(5);
}

/**
 * Starts both before the file's tests. `fixture.page(options)` opens a page; it is closed after the test, and the
 * simulator's faults are cleared.
 */
export function fixture(flags = [], options = {}) {
  const shared = {
    sim: undefined,
    browser: undefined,
    page: async ({ path, ...options } = {}) => {
      const page = await open(shared.browser, shared.sim, path, options);
      opened.push(page);
      return page;
    },
  };
  const opened = [];
  before(async () => {
    shared.sim = await startSim(flags, options);
    shared.browser = await launch();
  });
  afterEach(async () => {
    for (const page of opened.splice(0)) await page.context().close();
    await shared.sim.clearFaults();
    await goodbyes(shared.sim);
    await shared.sim.clearLog();
  });
  after(async () => {
    await shared.browser?.close();
    await shared.sim?.close();
  });
  return shared;
}
