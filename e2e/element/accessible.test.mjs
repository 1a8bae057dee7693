/** What people who use a keyboard, a screen reader or other colours get. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { add } from "../support/button.mjs";
import { fixture } from "../support/fixture.mjs";
import { CIRCUMSTANCES, SITUATIONS } from "../support/situations.mjs";

const shared = fixture();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

async function violations(page) {
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.flat().join(" ")).join(", ")} ${one.nodes[0].failureSummary}`);
}

for (const [where, { context, root }] of Object.entries(CIRCUMSTANCES)) {
  test(`axe finds nothing in any state, ${where}`, async () => {
    for (const modes of [false, true]) {
      const page = await shared.page({ ...context, before: (page) => page.addInitScript(axe) });
      await page.evaluate((root) => {
        for (const name in root) document.documentElement.setAttribute(name, root[name]);
        const heading = document.createElement("h1");
        heading.textContent = "Console";
        document.querySelector("main").append(heading);
      }, root);
      for (const [name, reach] of Object.entries(SITUATIONS)) {
        const button = await reach({ sim: shared.sim, add: (properties) => add(page, { ...properties, modes }, { parent: "main" }) });
        assert.deepEqual(await violations(page), [], `${name}, modes=${modes}`);
        await page.keyboard.press("Escape");
        await button.host.evaluate((element) => element.remove());
      }
    }
  });
}

test("axe would find a fault", async () => {
  const page = await shared.page({ before: (page) => page.addInitScript(axe) });
  const button = await SITUATIONS.ready({ sim: shared.sim, add: (properties) => add(page, properties, { parent: "main" }) });
  await button.main.evaluate((element) => (element.textContent = ""));
  assert.match((await violations(page)).join(), /button-name/);
});

test("the button's name is the same in all states, and there is no aria-pressed", async () => {
  const page = await shared.page();
  for (const [name, reach] of Object.entries(SITUATIONS)) {
    if (name.startsWith("confirming")) continue;
    const button = await reach({ sim: shared.sim, add: (properties) => add(page, properties) });
    assert.equal(await page.getByRole("button", { name: "Barge in", exact: true, disabled: undefined }).count(), 1, name);
    assert.equal(await button.main.getAttribute("aria-pressed"), null);
    assert.equal(await button.main.getAttribute("disabled"), null);
    await button.host.evaluate((element) => element.remove());
  }
});

test("why it is off is the button's description", async () => {
  const page = await shared.page();
  const button = await SITUATIONS["not permitted"]({ sim: shared.sim, add: (properties) => add(page, properties) });
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const node = nodes.find((one) => one.role?.value === "button" && one.name?.value === "Barge in");
  assert.equal(node.description.value, await button.words());
  assert.equal(node.description.value, "The server does not allow barging in now.");
});

test("the live regions are there before the first press, and each outcome is said once", async () => {
  const page = await shared.page();
  const button = await SITUATIONS.ready({ sim: shared.sim, add: (properties) => add(page, properties) });
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const roles = nodes.filter((one) => !one.ignored).map((one) => one.role?.value);
  assert.equal(roles.filter((role) => role === "status").length, 1);
  assert.equal(roles.filter((role) => role === "alert").length, 1);
  await button.host.evaluate((element) => {
    window.said = [];
    for (const part of ["status", "alert"]) {
      const region = element.shadowRoot.querySelector(`[part=${part}]`);
      window.region = region;
      new MutationObserver(() => region.textContent && window.said.push(`${part}: ${region.textContent}`)).observe(region, {
        childList: true,
        characterData: true,
        subtree: true,
      });
    }
  });
  await button.main.click();
  await button.until("joined");
  const said = await page.evaluate(() => window.said);
  assert.equal(said.at(-1), "status: You have joined. Agent and customer see what you write.");
  assert.equal(new Set(said).size, said.length, said.join());
  assert.ok(said.length <= 2 && said.every((one) => one.startsWith("status: ")), said.join());
});

test("a failure is said once, in the alert", async () => {
  const page = await shared.page();
  const button = await SITUATIONS.failed({ sim: shared.sim, add: (properties) => add(page, properties) });
  assert.match(await button.part("alert").textContent(), /502/);
  assert.equal(await button.part("status").textContent(), "");
});

test("focus stays when the button turns off and on, and keys on the button that is off send nothing", async () => {
  const page = await shared.page();
  const id = await shared.sim.session();
  const button = await add(page, { sessionId: id });
  await button.until("ready");
  await button.main.focus();
  for (const list of [["Leave"], ["SwitchToBargeIn"], ["Leave"]]) {
    await shared.sim.act(id, "capabilities", { list });
    await page.waitForFunction((list) => String(document.querySelector("#one").capabilities) === String(list), list);
    assert.equal(await button.focused(), "button", String(list));
  }
  await page.keyboard.press("Enter");
  await page.keyboard.press("Space");
  await button.main.click({ force: true });
  await button.host.evaluate((element) => element.refresh());
  await button.until("unavailable", "not-permitted");
  assert.deepEqual(await shared.sim.operations(id), []);
});

test("targets are at least 24 px, at 200 % too", async () => {
  const page = await shared.page({ viewport: { width: 450, height: 350 }, deviceScaleFactor: 2 });
  await page.evaluate(() => (document.body.style.fontSize = "8px"));
  for (const name of ["ready", "confirming inline", "confirming in a dialog"]) {
    const button = await SITUATIONS[name]({ sim: shared.sim, add: (properties) => add(page, { ...properties, modes: true }) });
    for (const target of await button.host.locator("button:visible").all()) {
      const { width, height } = await target.boundingBox();
      assert.ok(width >= 24 && height >= 24, `${await target.getAttribute("part")}: ${width} by ${height}`);
    }
    await page.keyboard.press("Escape");
    await button.host.evaluate((element) => element.remove());
  }
});

test("with reduced motion nothing moves", async () => {
  const page = await shared.page({ reducedMotion: "reduce" });
  const button = await SITUATIONS.pending({ sim: shared.sim, add: (properties) => add(page, properties) });
  const running = () => button.host.evaluate((element) => element.shadowRoot.querySelector("[part=base]").getAnimations({ subtree: true }).length);
  assert.equal(await running(), 0);
  await page.emulateMedia({ reducedMotion: "no-preference" });
  await page.waitForFunction(() => document.querySelector("#one").shadowRoot.querySelector("[part=base]").getAnimations({ subtree: true }).length > 0);
});

test("under forced colours the states differ by more than colour", async () => {
  const page = await shared.page({ forcedColors: "active" });
  const looks = {};
  for (const name of ["not permitted", "ready", "pending", "joined", "failed", "ended"]) {
    const button = await SITUATIONS[name]({ sim: shared.sim, add: (properties) => add(page, properties) });
    looks[name] = await button.main.evaluate((element) => {
      const [own, lamp] = [getComputedStyle(element), getComputedStyle(element, "::before")];
      const filled = own.backgroundColor !== getComputedStyle(document.documentElement).backgroundColor && !/, 0\)$/.test(own.backgroundColor);
      return [own.borderStyle, filled, lamp.clipPath, lamp.borderRadius, lamp.animationName, lamp.padding].join(" ");
    });
    await button.host.evaluate((element) => element.remove());
  }
  assert.equal(new Set(Object.values(looks)).size, Object.keys(looks).length, JSON.stringify(looks, null, 1));
});
