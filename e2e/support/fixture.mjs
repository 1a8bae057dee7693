/** One simulator and one browser for a test file, and a fresh page for each test. */
import { after, afterEach, before } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { launch, open } from "./browser.mjs";
import { startSim } from "./sim.mjs";

/** How long leaving a page may take, and then its disconnect, in ms. A disconnect that comes later counts as lost. */
const LEAVING = 2_000;
const GOODBYE = 500;

/** Leaves the pages, so that their elements disconnect, and waits for that: it must not appear in the next test's log. */
async function leave(pages, sim) {
  for (const page of pages.filter((page) => !page.isClosed())) {
    // A closed context would tell its pages nothing. A page that hangs does not close.
    const closed = page.waitForEvent("close", { timeout: LEAVING }).catch(() => {});
    await page.close({ runBeforeUnload: true });
    await closed;
    await page.context().close();
  }
  const until = Date.now() + GOODBYE;
  while ((await sim.get("/state")).clients.length > 0) {
    if (Date.now() > until) return sim.post("/forget-clients");
    await pause(5);
  }
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
    await shared.sim.clearFaults();
    await leave(opened.splice(0), shared.sim);
    await shared.sim.clearLog();
  });
  after(async () => {
    await shared.browser?.close();
    await shared.sim?.close();
  });
  return shared;
}
