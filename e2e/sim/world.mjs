/** A page without a server: the built package beside `barge-in/sim` on a static host. */
import assert from "node:assert/strict";
import { after, afterEach, before } from "node:test";
import { launch, open } from "../support/browser.mjs";
import { startStatic } from "./static.mjs";

/**
 * Starts the host and a browser before the file's tests. `fixture.page(options)` opens a page with a simulation, as
 * `window.gws`; `null` starts none. After each test no page may have failed, or have asked the host for what a server answers.
 */
export function worlds() {
  const opened = [];
  const shared = {
    host: undefined,
    browser: undefined,
    async page(options = { scenario: "still" }, path = "/sim.html", context = {}) {
      const page = await open(shared.browser, shared.host, path, context);
      opened.push(page);
      if (options) await page.evaluate(async (options) => (window.gws = await window.simulate(options)), options).catch(refused(page));
      return page;
    },
  };
  before(async () => {
    shared.host = await startStatic();
    shared.browser = await launch();
  });
  afterEach(async () => {
    for (const page of opened.splice(0)) {
      assert.deepEqual(page.errors, []);
      assert.deepEqual(await page.evaluate(() => window.seen.violations), []);
      await page.context().close();
    }
    const served = shared.host.asked.splice(0).filter((path) => /\/(api|control)\//.test(path));
    assert.deepEqual(served, shared.expected ?? []);
    shared.expected = undefined;
  });
  after(async () => {
    await shared.browser?.close();
    shared.host?.close();
  });
  return shared;
}

function refused(page) {
  return (error) => {
    throw new Error(`no simulation at ${page.url()}: ${error.message}`);
  };
}

/** Calls a method of the page's simulation: `gws(page, "say", id, "customer", "Hello")`. */
export const gws = (page, method, ...args) => page.evaluate(([method, args]) => window.gws[method](...args), [method, args]);
