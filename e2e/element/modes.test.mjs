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

/** The descriptions of a button, by the ids in `aria-describedby`. */
const descriptions = (part) =>
  part.evaluate((element) =>
    element.getAttribute("aria-describedby").split(" ").map((id) => element.getRootNode().getElementById(id).textContent),
  );

for (const [what, answer, words] of [
  ["is refused", { httpStatus: 403, statusCode: 5, statusMessage: "Not your team" }, "The server refused: \u2068Not your team\u2069"],
  ["fails", { httpStatus: 502, body: "" }, "The server answered with error 502. You may try again."],
]) {
  test(`a switch that ${what} leaves it joined, and both are shown`, async () => {
    const page = await shared.page();
    const session = await shared.sim.session();
    const button = await add(page, { sessionId: session, modes: true });
    await button.until("ready");
    await button.main.click();
    await button.until("joined");
    await shared.sim.fault("refuse", { operation: "SwitchToMonitor" }, answer);
    await button.part("monitor").click();
    const [error] = await button.untilEvents("barge-in-error");
    assert.equal(error.detail.operation, "SwitchToMonitor");
    await button.until("joined");
    assert.deepEqual([await button.get("mode"), await button.get("reason")], ["barge-in", null]);
    const joined = "You have joined. Agent and customer see what you write.";
    assert.equal(await button.part("status").textContent(), joined);
    assert.equal(await button.part("alert").textContent(), words);
    for (const part of ["monitor", "coach", "button"]) {
      assert.deepEqual(await descriptions(button.part(part)), [joined, words], part);
    }
    assert.deepEqual(await current(button), ["button"]);
    assert.equal((await button.events("barge-in-joined")).length, 1, "it is the same join");
    // A refused operation is off until the server lists it again; a failed one may be tried again
    // at once.
    assert.equal(await button.part("monitor").getAttribute("aria-disabled"), what === "fails" ? null : "true");
    if (what !== "fails") await shared.sim.act(session, "capabilities");
    await button.part("monitor").click();
    await button.until("ready");
    assert.equal(await button.words(), "You are monitoring. Agent and customer do not see you.");
  });
}

for (const [part, operation, from, words] of [
  ["monitor", "SwitchToMonitor", "coach", "Switching to monitoring…"],
  ["coach", "SwitchToCoach", "monitor", "Switching to coaching…"],
  ["button", "SwitchToBargeIn", "monitor", "Barging in…"],
]) {
  test(`both elements of a session say what is pending: ${words}`, async () => {
    const page = await shared.page();
    const session = await shared.sim.session({ mode: from });
    const [one, two] = [
      await add(page, { sessionId: session, modes: true }),
      await add(page, { sessionId: session, modes: true }, { id: "two" }),
    ];
    await one.until("ready");
    await two.until("ready");
    await shared.sim.fault("hang", { operation });
    await one.part(part).click();
    for (const button of [one, two]) {
      await button.until("pending");
      assert.equal(await button.words(), words, button.id);
      assert.equal(await button.part(part).getAttribute("aria-busy"), "true", button.id);
    }
  });
}

test("by keyboard alone, there and back, and focus stays on what was pressed", async () => {
  const page = await shared.page();
  const session = await shared.sim.session({ mode: "monitor" });
  const button = await add(page, { sessionId: session, modes: true });
  await button.until("ready");
  for (const [walk, key, part, mode] of [
    [["Tab", "Tab"], "Space", "coach", "coach"],
    [["Shift+Tab"], "Enter", "monitor", "monitor"],
    [["Tab", "Tab"], "Space", "button", "barge-in"],
    [["Shift+Tab"], "Enter", "coach", "coach"],
    [["Shift+Tab"], "Space", "monitor", "monitor"],
    [["Tab"], "Enter", "coach", "coach"],
  ]) {
    for (const step of walk) await page.keyboard.press(step);
    assert.equal(await button.focused(), part);
    await page.keyboard.press(key);
    await page.waitForFunction((mode) => {
      const element = document.querySelector("#one");
      return element.mode === mode && element.state !== "pending";
    }, mode);
    assert.equal(await button.focused(), part);
    assert.deepEqual(await current(button), [part]);
    // The current mode is off: its keys send nothing.
    await page.keyboard.press(key);
  }
  const asked = (await shared.sim.operations(session)).map((entry) => entry.operation.replace("SwitchTo", ""));
  assert.deepEqual(asked, ["Coach", "Monitor", "BargeIn", "Coach", "Monitor", "Coach"]);
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
