/** With `modes`: Monitor, Coach and Barge in as one control. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { add } from "../support/button.mjs";
import { fixture } from "../support/fixture.mjs";

const shared = fixture();

const current = (button) =>
  button.host.evaluate((element) => [...element.shadowRoot.querySelectorAll('[aria-current="true"]')].map((one) => one.part.value));

test("a named group of three, the current one marked; there and back", async () => {
  const page = await shared.page();
  const session = await shared.sim.session({ mode: "coach" });
  const button = await add(page, { sessionId: session, modes: true });
  await button.until("ready");
  const group = page.getByRole("group", { name: "Supervisor mode" });
  assert.deepEqual(await group.getByRole("button").allTextContents(), ["Monitor", "Coach", "Barge in"]);
  assert.deepEqual(await current(button), ["coach"]);
  assert.equal(await button.get("mode"), "coach");
  assert.equal(await button.part("coach").getAttribute("aria-disabled"), "true");

  await button.main.click();
  await button.until("joined");
  assert.deepEqual(await current(button), ["button"]);
  assert.equal(await button.words(), "You have joined. Agent and customer see what you write.");

  await button.part("monitor").click();
  await button.until("ready");
  assert.deepEqual(await current(button), ["monitor"]);
  assert.equal(await button.get("mode"), "monitor");
  assert.equal(await button.words(), "You are monitoring. Agent and customer do not see you.");
  const asked = (await shared.sim.operations(session)).map((entry) => entry.operation);
  assert.deepEqual(asked, ["SwitchToBargeIn", "SwitchToMonitor"]);
});

test("only barge-in is asked about", async () => {
  const page = await shared.page();
  const session = await shared.sim.session({ mode: "monitor" });
  const button = await add(page, { sessionId: session, modes: true, confirm: "dialog" });
  await button.until("ready");
  await button.part("coach").click();
  await page.waitForFunction(() => document.querySelector("#one").mode === "coach");
  await button.main.click();
  await button.until("confirming");
});

test("without the attribute there is one button and no group", async () => {
  const page = await shared.page();
  const button = await add(page, { sessionId: await shared.sim.session(), modes: true });
  await button.until("ready");
  await button.set({ modes: false });
  await button.part("coach").waitFor({ state: "detached" });
  assert.equal(await page.getByRole("group").count(), 0);
  assert.equal(await page.getByRole("button").count(), 1);
});
