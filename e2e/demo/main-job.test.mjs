/** The main task on a real page: press, POST, notification, joined; and back again. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../support/paths.mjs";
import { consoles } from "./console.mjs";

const shared = consoles();

test("a press asks once, and the session itself says joined", async () => {
  const console = await shared.open({ session: { agent: "Alice", customer: "Bob" } });
  await console.until("ready");
  assert.equal(await console.sees("Bob"), "does not see you");
  assert.equal(await console.sees("Alice"), "does not see you");
  await console.button.click();
  await console.until("joined");
  assert.equal(await console.words(), "You have joined. Agent and customer see what you write.");
  assert.deepEqual(await console.operations(), ["SwitchToBargeIn"]);
  assert.equal((await console.said("joined")).length, 1);
  assert.equal(await console.sees("Bob"), "sees you");
  assert.equal(await console.sees("Alice"), "sees you");
  await console.untilLine("You are now seen by: everyone.");
  await console.assertClean();
});

test("coaching and monitoring again, from elsewhere", async () => {
  const console = await shared.open({ session: { agent: "Alice", customer: "Bob" } });
  await console.until("ready");
  await console.button.click();
  await console.until("joined");
  await shared.sim.act(console.id, "switch", { operation: "SwitchToCoach" });
  await console.until("ready");
  await console.row().locator('.badge[data-mode="coach"]').waitFor();
  assert.equal(await console.sees("Alice"), "sees you");
  assert.equal(await console.sees("Bob"), "does not see you");
  await shared.sim.act(console.id, "switch", { operation: "SwitchToMonitor" });
  await console.row().locator('.badge[data-mode="monitor"]').waitFor();
  assert.equal(await console.sees("Alice"), "does not see you");
  await shared.sim.act(console.id, "switch", { operation: "SwitchToBargeIn" });
  await console.until("joined");
  assert.deepEqual(await console.operations(), ["SwitchToBargeIn"], "the others were not asked for here");
});

test("coach, whisper, barge in, write to both, leave", async () => {
  const console = await shared.open({ session: { agent: "Alice", customer: "Bob", mode: "coach" } });
  await console.until("ready");
  await console.say("Offer a refund");
  assert.equal(await (await console.untilLine("Offer a refund")).getAttribute("data-visibility"), "Agents");
  await console.button.click();
  await console.until("joined");
  // The panel is drawn apart from the button.
  await console.page.locator("[part=to-everyone][aria-checked=true]").waitFor();
  await console.say("Hello, I can help");
  assert.equal(await (await console.untilLine("Hello, I can help")).getAttribute("data-visibility"), "All");
  const customer = await console.customerSees();
  assert.ok(customer.includes("Hello, I can help") && !customer.includes("Offer a refund"), customer);
  assert.equal((await console.said("sent")).length, 2);
  await console.part("leave").click();
  await console.part("confirm").filter({ visible: true }).click();
  await console.row().locator(".badge.over", { hasText: "You left" }).waitFor();
  assert.deepEqual(await console.operations(), ["SendToAgents", "SwitchToBargeIn", "SendMessage", "Leave"]);
  await console.assertClean();
});

test("what customers write is shown as text and where it was written", async () => {
  const console = await shared.open({ session: { customer: "Bob" } });
  const other = await shared.sim.session({ customer: "Eve" });
  await console.until("ready");
  await shared.sim.act(console.id, "say", { from: "customer", text: "<img src=x onerror=alert(1)> & <b>bold</b>" });
  const line = await console.untilLine("<img src=x onerror=alert(1)> & <b>bold</b>");
  assert.equal(await line.locator("img, b").count(), 0);
  await shared.sim.act(other, "say", { from: "customer", text: "Somewhere else" });
  await console.row(other).locator(".session-preview", { hasText: "Somewhere else" }).waitFor();
  assert.match(await console.row(other).locator(".unread").textContent(), /^1\b/);
  assert.equal(await console.part("lines").locator("li", { hasText: "Somewhere else" }).count(), 0);
  await console.assertClean();
});

// The documentation's own notifications, with Java longs and dates without a space, unchanged.
for (const sample of ["seed_participants.json", "seed_log.json"]) {
  test(`the documented notification ${sample}, byte for byte, is a confirmation`, async () => {
    const raw = readFileSync(join(root, "tests/support", sample), "utf8").trim();
    const console = await shared.open();
    await console.choose("0001Da9PFC93000S");
    await console.until("ready");
    const { clients } = await shared.sim.post("/publish", { channel: "/v2/me/smssessions", raw });
    assert.ok(clients >= 1, "the page before this one may not have left yet");
    await console.until("joined");
    assert.deepEqual(await console.operations(), []);
    await console.assertClean();
  });
}

test("ten fast clicks and a held Enter are one request", async () => {
  const console = await shared.open();
  await console.until("ready");
  await shared.sim.fault({ delay: { ms: 400 } }, { method: "POST", path: `/${console.id}` });
  const box = await console.button.boundingBox();
  for (let click = 0; click < 10; click += 1) {
    await console.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  }
  await console.button.focus();
  for (let repeat = 0; repeat < 20; repeat += 1) await console.page.keyboard.down("Enter");
  await console.until("joined");
  for (let repeat = 0; repeat < 5; repeat += 1) await console.page.keyboard.down("Enter");
  await console.page.keyboard.up("Enter");
  assert.deepEqual(await console.operations(), ["SwitchToBargeIn"]);
  assert.equal((await console.said("joined")).length, 1);
});
