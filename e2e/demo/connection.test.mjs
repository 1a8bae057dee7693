/** The connection's health on the page: lost, restored, forgotten, signed out. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { consoles } from "./console.mjs";

const shared = consoles();

/** Waits until a restarted server answers again. */
async function untilUp() {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    const up = await shared.sim.get("/state").then(Boolean, () => false);
    if (up) return;
  }
  throw new Error("the server did not come back");
}

test("a server that stops and starts again: said plainly, and recovered from", async () => {
  const console = await shared.open({ session: { customer: "Bob" } });
  await console.until("ready");
  const restarted = shared.sim.post("/restart", { downMs: 2000 });
  await console.untilHealth("broken");
  await console.until("unavailable", "disconnected");
  await console.notice.waitFor();
  assert.match(await console.notice.innerText(), /No connection to the server; trying again\. What you see was true at/);
  await restarted;
  await untilUp();
  await console.untilHealth("connected");
  await console.until("ready");
  await console.notice.waitFor({ state: "hidden" });
  await console.button.click();
  await console.until("joined");
});

test("what was written while the connection was lost is there afterwards", async () => {
  const console = await shared.open({ session: { customer: "Bob" } });
  await console.until("ready");
  const restarted = shared.sim.post("/restart", { downMs: 500 });
  await console.untilHealth("broken");
  await restarted;
  await untilUp();
  await shared.sim.act(console.id, "say", { from: "customer", text: "Are you still there?" });
  await console.untilLine("Are you still there?");
  await console.untilHealth("connected");
});

test("a session that ended meanwhile is shown as ended, not as joined", async () => {
  const console = await shared.open();
  await console.until("ready");
  await console.button.click();
  await console.until("joined");
  const restarted = shared.sim.post("/restart", { downMs: 1000 });
  await console.untilHealth("broken");
  await console.until("joined");
  await restarted;
  await untilUp();
  await shared.sim.act(console.id, "complete");
  await console.until("ended");
});

test("a forgotten page subscribes again", async () => {
  const console = await shared.open({ session: { customer: "Bob" } });
  await console.until("ready");
  await console.trigger("forget");
  await shared.sim.act(console.id, "switch", { operation: "SwitchToBargeIn" });
  await console.until("joined");
  assert.equal(await console.health.getAttribute("data-status"), "connected");
});

test("signed out: said with its reason, and signed in again from the page", async (t) => {
  t.after(() => shared.sim.post("/sign-in"));
  const console = await shared.open();
  await console.until("ready");
  await console.trigger("sign-out");
  await console.until("unavailable", "unauthenticated");
  await console.untilHealth("signed-out");
  assert.match(await console.notice.innerText(), /You are signed out/);
  await console.notice.getByRole("button", { name: "Sign in" }).click();
  await console.untilHealth("connected");
  await console.until("ready");
  await console.notice.waitFor({ state: "hidden" });
});
