/** The page itself: keyboard, narrow and dark windows, accessibility, policy. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { consoles } from "./console.mjs";

const shared = consoles();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

async function violations(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}: ${node.failureSummary}`));
}

test("by keyboard alone: from the page's start to joined, and a fault from the drawer", async () => {
  const console = await shared.open({ session: { customer: "Bob" } });
  const { page } = console;
  await console.until("ready");
  await page.reload();
  await console.row().waitFor();
  const focused = (read) => page.evaluate(read);
  const tabTo = async (found) => {
    for (let tabs = 0; tabs < 80; tabs += 1) {
      await page.keyboard.press("Tab");
      if (await focused(found)) return;
    }
    assert.fail("not reached with Tab");
  };
  const row = console.row();
  await tabTo(() => document.activeElement.classList.contains("skip"));
  for (let tabs = 0; tabs < 40 && !(await row.evaluate((node) => node === document.activeElement)); tabs += 1) {
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  await console.until("ready");
  await tabTo(() => document.activeElement.part.contains("button"));
  assert.notEqual(await focused(() => getComputedStyle(document.activeElement).outlineStyle), "none");
  await page.keyboard.press("Space");
  await console.until("joined");
  assert.ok(await focused(() => document.activeElement.part.contains("button")), "focus stays on the button");
  await page.locator(".drawer-toggle").focus();
  await page.keyboard.press("Enter");
  await tabTo(() => document.activeElement.dataset.fault === "elsewhere-monitor");
  await page.keyboard.press("Enter");
  await console.until("ready");
});

test("the panel's options apply at once", async () => {
  const console = await shared.open({ session: { agent: "Alice", customer: "Bob" } });
  const { page } = console;
  await console.until("ready");
  await page.locator(".drawer-toggle").click();
  await page.getByRole("button", { name: "Coach", exact: true }).click();
  await console.row().locator('.badge[data-mode="coach"]').waitFor();
  await page.getByLabel("Enter sends").uncheck();
  await console.say("One line");
  assert.equal(await console.box.inputValue(), "One line\n");
  await page.getByLabel("Dialog").check();
  await console.button.click();
  await page.getByRole("alertdialog").waitFor();
  assert.match(await page.getByRole("alertdialog").innerText(), /“\u2068Alice\u2069” and “\u2068Bob\u2069” will both see what you write/);
  await page.keyboard.press("Escape");
  await console.until("ready");
  assert.deepEqual(await console.operations(), ["SwitchToCoach"]);
});

for (const width of [1280, 360]) {
  test(`${width} pixels wide: who is here, the modes and the message box begin at one line`, async () => {
    const console = await shared.open({ viewport: { width, height: 850 }, session: { agent: "Alice", customer: "Bob", mode: "coach" } });
    await console.until("ready");
    const parts = ["[part~=participant]", "[part~=monitor]", "[part=box]"];
    const starts = await Promise.all(parts.map(async (part) => (await console.page.locator(`.seat ${part}`).first().boundingBox()).x));
    assert.equal(new Set(starts).size, 1, starts.join());
  });
}

test("360 pixels wide: list, conversation and back, nothing cut off", async () => {
  const console = await shared.open({ viewport: { width: 360, height: 740 }, session: { customer: "Bob" } });
  const { page } = console;
  await console.until("ready");
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
  assert.ok(await fits());
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1", "focus follows into the conversation");
  await console.button.click();
  await console.until("joined");
  assert.ok(await fits());
  await page.locator(".drawer-toggle").click();
  assert.ok(await fits());
  await page.locator(".drawer-toggle").click();
  await page.getByRole("button", { name: "All sessions" }).click();
  await console.row().waitFor();
  assert.ok(await console.row().evaluate((row) => row === document.activeElement), "focus goes back to the list");
  assert.ok(!(await page.locator("main").isVisible()));
  assert.ok(await fits());
});

for (const colorScheme of ["light", "dark"]) {
  test(`${colorScheme}: no accessibility rule is broken in any of the page's states`, async (t) => {
    t.after(() => shared.sim.post("/sign-in"));
    const console = await shared.open({ colorScheme, session: { agent: "Alice", customer: "Bob", mode: "coach" } });
    await console.until("ready");
    await console.say("To the agent");
    await console.untilLine("To the agent");
    assert.deepEqual(await violations(console.page), [], "coaching");
    await console.button.click();
    await console.until("joined");
    await console.say("To everyone");
    await console.untilLine("To everyone");
    await console.page.locator(".drawer-toggle").click();
    assert.deepEqual(await violations(console.page), [], "joined, drawer open");
    await console.trigger("complete");
    await console.until("ended");
    assert.deepEqual(await violations(console.page), [], "ended");
    await console.trigger("sign-out");
    await console.untilHealth("signed-out");
    assert.deepEqual(await violations(console.page), [], "signed out");
    await console.assertClean();
  });
}
