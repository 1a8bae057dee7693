/** Every example comes to the state that it promises; all that may be tried, too. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { SCENES, words } from "../../site/assets/scenes.js";
import { TRIES } from "../../site/assets/tries.js";
import { LIVE, examples, kept, sites } from "./site.mjs";

const shared = sites();
const met = { scenes: new Set(), tries: new Set() };

for (const path of LIVE) {
  test(`the examples of ${path} keep their promises, also begun anew with the network cut`, async () => {
    const page = await shared.page(path);
    const all = await examples(page);
    assert.ok(all.length > 0);
    for (const offline of [false, true]) {
      if (offline) await page.waitForLoadState("networkidle");
      await page.context().setOffline(offline);
      for (const { node, scene } of all) {
        met.scenes.add(scene);
        if (offline) await node.locator(".again").click();
        if (SCENES[scene].press) {
          await node.locator("barge-in-button:state(ready)").first().waitFor();
          await node.locator("[part~=button]").first().click();
        }
        await kept(node);
        await page.keyboard.press("Escape"); // closes a dialog, which is in front of the next example
      }
    }
  });

  test(`what may be tried on ${path} ends as promised, as the text says, with the network cut`, async () => {
    const page = await shared.page(path);
    const all = await examples(page);
    await page.waitForLoadState("networkidle");
    await page.context().setOffline(true);
    for (const { node } of all) {
      for (const button of await node.locator("[data-try]").all()) {
        const name = await button.getAttribute("data-try");
        met.tries.add(name);
        await kept(node);
        await button.click();
        await kept(node, words(TRIES[name]));
        const row = page.locator("main tr", { has: page.getByRole("cell", { name: TRIES[name].label, exact: true }) });
        if (path === "/docs/misbehaving.html") assert.equal(await row.locator("code").first().textContent(), words(TRIES[name]), name);
      }
    }
  });
}

test("every scene and everything to try is on some page", () => {
  assert.deepEqual([...met.scenes].sort(), Object.keys(SCENES).sort());
  assert.deepEqual([...met.tries].sort(), Object.keys(TRIES).sort());
});

test("begun anew, also in haste, an example keeps its promise, and the wire shows one press", async () => {
  const page = await shared.page("/docs/button.html");
  const [{ node }] = await examples(page);
  await page.evaluate(() => {
    for (let count = 0; count < 5; count++) document.querySelector("#example-1 .again").click();
  });
  await kept(node);
  await node.locator("summary").click();
  await node.locator("[part~=button]").click();
  await node.locator("barge-in-button:state(joined)").waitFor();
  const presses = node.locator(".wire tr", { hasText: "SwitchToBargeIn" });
  await presses.waitFor();
  assert.equal(await presses.count(), 1);
});

test("with the network cut after loading, all goes on", async () => {
  const page = await shared.page("/docs/button.html");
  const [{ node }] = await examples(page);
  await kept(node);
  await page.context().setOffline(true);
  await node.locator(".again").click();
  await kept(node);
  await node.locator("[part~=button]").click();
  await node.locator("barge-in-button:state(joined)").waitFor();
});

test("the page hears what the last example says", async () => {
  const page = await shared.page("/docs/button.html");
  await page.locator("#heard:state(ready)").waitFor();
  await page.locator("#heard [part~=button]").click();
  await page.locator("#events", { hasText: "barge-in-joined" }).waitFor();
});

test("a browser without WebAssembly says so in the example's place", async () => {
  const page = await shared.page("/docs/button.html", { before: (page) => page.addInitScript(() => delete window.WebAssembly) });
  await page.locator("#example-1 .cannot", { hasText: "this browser has no WebAssembly" }).waitFor();
});
