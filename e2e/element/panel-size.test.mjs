/** The panel's height: its own where the page names none, from before the first script on; else the page's. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fixture } from "../support/fixture.mjs";
import { Panel, seat } from "../support/panel.mjs";
import { POLICY } from "../support/sim.mjs";

const shared = fixture();

/** Opens a page with a panel of this session, before any script. */
function rendered(session, width) {
  const before = async (page) => {
    const head = '<title>Rendered</title><link rel="stylesheet" href="/npm/placeholder.css"><link rel="stylesheet" href="/page.css">';
    const panel = `<barge-in-panel id="panel" session-id="${session}">Please wait.<a slot="header-end" href="/">Case</a></barge-in-panel>`;
    const body = `<!doctype html><html lang="en"><head>${head}</head><body>${panel}<p>after</p></body></html>`;
    const headers = { "content-security-policy": POLICY };
    await page.route("**/rendered.html", (route) => route.fulfill({ contentType: "text/html; charset=utf-8", headers, body }));
    await page.setViewportSize({ width, height: 900 });
  };
  return shared.page({ path: "/rendered.html", before });
}

for (const mode of ["monitor", "coach", "barge-in"]) {
  for (const width of [480, 1000]) {
    test(`nothing moves from before the first script to the last mode: ${mode}, ${width} px`, async () => {
      const session = await shared.sim.session({ mode, agent: "Ann", customer: "Mia" });
      const page = await rendered(session, width);
      await page.evaluate(() => {
        window.shifts = [];
        // Within the panel the plain button gives way; what is around it must not move.
        const moved = ({ sources }) => sources.some(({ node }) => node && document.querySelector("barge-in-panel + p").contains(node));
        new PerformanceObserver((list) => window.shifts.push(...list.getEntries().filter(moved))).observe({ type: "layout-shift" });
      });
      const boxes = () => page.evaluate(() => ["barge-in-panel", "barge-in-panel + p"].map((name) => JSON.stringify(document.querySelector(name).getBoundingClientRect())));
      const before = await boxes();
      assert.match(before[0], /"height":560,/);
      let load;
      const held = new Promise((resolve) => (load = resolve));
      await page.route("**/barge-in-panel.wasm", (route) => held.then(() => route.continue()));
      await page.evaluate(() => void import("/npm/panel.js"));
      await page.locator("barge-in-panel:defined").waitFor();
      assert.deepEqual(await boxes(), before, "defined");
      load();
      const panel = new Panel(page);
      await panel.until(mode === "barge-in" ? "joined" : "ready");
      await panel.part("event").first().waitFor();
      assert.deepEqual(await boxes(), before, "drawn");
      if (mode === "coach") {
        await panel.main.click();
        await panel.until("joined");
        assert.deepEqual(await boxes(), before, "joined");
      }
      assert.deepEqual(await page.evaluate(() => window.shifts), []);
      assert.deepEqual(page.errors, []);
    });
  }
}

/** How a page may name a height: the parent's style and the panel's. */
const NAMED = {
  "block-size": ["", "block-size: 500px"],
  "a part of its parent": ["block-size: 1000px", "block-size: 50%"],
  "the room that is left in a column": ["display: flex; flex-direction: column; block-size: 500px", "flex: 1; min-block-size: 0"],
  "the height of a row": ["display: flex; block-size: 500px", "flex: 1"],
  "the area of a grid": ["display: grid; grid-template-rows: 500px", ""],
  "insets": ["position: relative; block-size: 500px", "position: absolute; inset: 0"],
  "more than its own": ["", "block-size: 900px"],
  "at least": ["", "min-block-size: 900px"],
};

for (const [name, [around, own]] of Object.entries(NAMED)) {
  test(`the page names the height: ${name}`, async () => {
    const { page, panel } = await seat(shared, "coach", {}, { page: { before: (page) => page.setViewportSize({ width: 1000, height: 1000 }) } });
    const [host, parts, over] = await page.evaluate(([around, own]) => {
      const element = document.getElementById("panel");
      element.parentElement.style.cssText = around;
      element.style.cssText = own;
      const parts = element.shadowRoot.querySelector(".barge-in-panel");
      return [element.getBoundingClientRect().height, parts.getBoundingClientRect().height, element.scrollHeight - element.clientHeight];
    }, [around, own]);
    const height = own.includes("900") ? 900 : 500;
    assert.deepEqual([host, parts, over], [height, height, 0]);
  });
}
