/** The page is stopped, put in the back/forward cache, or its clock is changed; it shows no false state. When it closes, it disconnects. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { launch } from "../support/browser.mjs";
import { eventually } from "../support/eventually.mjs";
import { startSim } from "../support/sim.mjs";
import { Tab } from "../support/tab.mjs";
import { PAGE } from "./page.mjs";
import { suite } from "./suite.mjs";

suite(PAGE);

test("a page that goes for good disconnects", async () => {
  // Playwright's usual browser has no back/forward cache.
  const browser = await launch();
  const sim = await startSim();
  const tab = await Tab.open(browser, `${sim.url}/blank.html`);
  try {
    await tab.until(() => document.readyState === "complete");
    await tab.evaluate((sessionId) => {
      document.body.append(Object.assign(document.createElement("barge-in-button"), { sessionId }));
    }, await sim.session());
    await tab.until(() => document.querySelector("barge-in-button").state === "ready");
    const server = (test, what) => eventually(async () => test(await sim.get("/state")), what);
    await server(({ polls }) => polls === 1, "no poll is held");
    await tab.leave();
    await server(({ clients }) => clients.length === 0, "the server still knows the client");
    const said = await sim.log(({ channels }) => channels.includes("/meta/disconnect"));
    assert.equal(said.length, 1);
  } finally {
    await tab.close();
    await sim.close();
    await browser.close();
  }
});
