/** All pages in Firefox: under their policy, at first and loaded anew, and with the host gone after loading. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, open } from "../firefox/firefox.mjs";
import { startStatic } from "../sim/static.mjs";
import { LIVE, pages, site } from "./site.mjs";

let host, browser;
before(async () => {
  host = await startStatic({ folder: site, policy: "" });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  host?.close();
});

/** Waits until the examples that need no press keep their promises. */
const promised = (page) =>
  page.waitForFunction(() => {
    const examples = [...document.querySelectorAll(".example")];
    const waits = (example) => example.querySelector(".promised").dataset.after === "press";
    return examples.length && examples.every((example) => waits(example) || example.querySelector(".desk").dataset.kept === "true");
  });

for (const path of pages) {
  test(`${path} violates nothing, at first and loaded anew; its examples keep their promises`, async () => {
    const page = await open(browser, host, path);
    for (const anew of [false, true]) {
      if (anew) await page.reload();
      if (LIVE.includes(path)) await promised(page);
      assert.deepEqual(await page.evaluate(() => window.seen.violations), []);
    }
    await page.browserContext().close();
  });
}

/** Presses in the examples that need it; they keep their promises then. */
async function pressed(page) {
  for (const example of await page.$$(".example")) {
    if (!(await example.$eval(".promised", (node) => node.dataset.after === "press"))) continue;
    await example.waitForSelector("barge-in-button:state(ready)");
    await (await example.$('>>> [part~="button"]')).click();
    await example.waitForSelector('.desk[data-kept="true"]');
    await page.keyboard.press("Escape"); // closes a dialog, which is in front of the next example
  }
}

test("with the host gone, each example begins anew and keeps its promise, and the console goes on", async () => {
  const live = [];
  for (const path of LIVE) {
    const page = await open(browser, host, path);
    await promised(page);
    live.push(page);
  }
  const console = await open(browser, host, "/console/index.html");
  const until = (state) => console.waitForSelector(`.seat .barge-in[data-state="${state}"]`);
  await until("ready");
  assert.deepEqual(host.asked.filter((path) => /\/(api|control)\//.test(path)), []);
  host.close();
  for (const page of live) {
    await page.bringToFront();
    await page.$$eval(".example .again", (buttons) => buttons.forEach((button) => button.click()));
    await promised(page);
    await pressed(page);
    assert.deepEqual(await page.evaluate(() => window.seen.violations), []);
  }
  await console.bringToFront();
  await (await console.$('.seat [part="button"]')).click();
  await until("joined");
  assert.deepEqual(await console.evaluate(() => window.seen.violations), []);
});
