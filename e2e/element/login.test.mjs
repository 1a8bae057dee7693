/** Signing out and in again while the notification connection continues as before. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { add } from "../support/button.mjs";
import { eventually } from "../support/eventually.mjs";
import { fixture } from "../support/fixture.mjs";

const shared = fixture();

const SIGNED_OUT = { httpStatus: 403, statusCode: 20 };

test("signed out by the answer to a press, refresh() leads to a button that works and gets notifications", async () => {
  const page = await shared.page();
  const id = await shared.sim.session();
  const button = await add(page, { sessionId: id });
  await button.until("ready");
  await shared.sim.fault("refuse", { operation: "SwitchToBargeIn" }, SIGNED_OUT);
  await button.main.click();
  await button.until("unavailable", "unauthenticated");
  assert.deepEqual((await button.untilEvents("barge-in-error")).map(({ detail }) => detail.kind), ["unauthenticated"]);
  const handshakes = () => shared.sim.log(({ path }) => path.endsWith("/handshake"));
  const before = (await handshakes()).length;
  const told = (await button.events("barge-in-connection")).length;
  await button.host.evaluate((element) => element.refresh());
  await button.until("ready");
  assert.equal((await handshakes()).length, before + 1, "the old session belonged to the old login");
  await shared.sim.act(id, "capabilities", { list: ["Leave"] });
  await button.until("unavailable", "not-permitted");
  await shared.sim.act(id, "capabilities", { list: ["SwitchToBargeIn"] });
  await button.until("ready");
  await button.main.click();
  await button.until("joined");
  assert.equal((await shared.sim.operations(id)).length, 2, "one for each press");
  const statuses = (await button.events("barge-in-connection")).slice(told).map(({ detail }) => detail.status);
  assert.deepEqual(statuses, ["connecting", "connected"]);
  const { clients } = await shared.sim.get("/state");
  await eventually(async () => (await shared.sim.get("/state")).clients.length <= clients.length, "the old session is left behind");
  assert.deepEqual(page.errors, []);
});

test("signed out by a read, refresh() reads again", async () => {
  const page = await shared.page();
  const id = await shared.sim.session();
  const button = await add(page, { sessionId: id });
  await button.until("ready");
  await shared.sim.fault("refuse", { method: "GET", path: "/smssessions" }, SIGNED_OUT);
  await button.host.evaluate((element) => element.refresh());
  await button.until("unavailable", "unauthenticated");
  await button.host.evaluate((element) => element.refresh());
  await button.until("ready");
  assert.equal((await button.events("barge-in-error")).length, 1);
  assert.deepEqual(page.errors, []);
});

for (const location of ["/bare.html", "/bare.html?next=/api/v2/notifications/connect"]) {
  test(`a login page in place of the notifications is recognised: ${location}`, async () => {
    const page = await shared.page();
    const id = await shared.sim.session();
    const button = await add(page, { sessionId: id });
    await button.until("ready");
    await shared.sim.fault("redirect", { path: "/notifications/connect" }, { location, times: "always" });
    await shared.sim.act(id, "capabilities", { list: ["SwitchToBargeIn", "Leave"] });
    await button.until("unavailable", "unauthenticated");
    assert.deepEqual((await button.untilEvents("barge-in-error")).map(({ detail }) => detail.kind), ["unauthenticated"]);
    assert.deepEqual(page.errors, []);
  });
}
