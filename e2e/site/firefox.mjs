/** All pages in Firefox: under their policy, at first and loaded anew; what comes to its state without a press, and one press. */
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

test("a press is joined", async () => {
  const page = await open(browser, host, "/docs/button.html");
  await page.waitForSelector("#example-1 barge-in-button:state(ready)");
  await (await page.$('#example-1 >>> [part~="button"]')).click();
  await page.waitForSelector("#example-1 barge-in-button:state(joined)");
  await page.browserContext().close();
});

test("the console runs", async () => {
  const page = await open(browser, host, "/console/index.html");
  await page.waitForSelector('.seat .barge-in[data-state="ready"]');
  await page.browserContext().close();
});

test("nothing was asked of the host that is for a server", () => {
  assert.deepEqual(host.asked.filter((path) => /\/(api|control)\//.test(path)), []);
});
