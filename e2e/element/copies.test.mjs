/** Copies of a notification on several channels count once. */
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { add } from "../support/button.mjs";
import { eventually } from "../support/eventually.mjs";
import { fixture } from "../support/fixture.mjs";
import { notifications } from "../support/notifications.mjs";
import { notInPage } from "../support/sim.mjs";

const shared = fixture(["--websocket"]);
afterEach(() => shared.sim.post("/overlap", { channels: [] }));

/** A ready element on a page whose notifications are recorded. */
async function ready(properties) {
  let heard;
  const page = await shared.page({ before: (page) => (heard = notifications(page)) });
  const sessionId = await shared.sim.session();
  const button = await add(page, { sessionId, ...properties });
  await button.until("ready");
  await page.waitForFunction(() => window.seen.events.some(({ detail }) => detail.status === "connected"));
  return { page, sessionId, button, heard };
}

/** Waits until nothing is under way: the last publication has arrived, twice on each of these channels. */
function untilHeard(heard, names) {
  const counts = async () => {
    const last = (await heard()).filter(({ data }) => data === "the last");
    return names.map((name) => last.filter(({ channel }) => channel === name).length);
  };
  return eventually(async () => (await counts()).every((count) => count === 2), counts);
}

const states = async (button) => (await button.events("barge-in-change")).map(({ detail }) => detail.state);

for (const transport of ["long-polling", "websocket"]) {
  for (const [whose, channel, names] of [
    ["subscriptions that overlap", "/v2/**", ["/v2/me/sms", "/v2/me/sms/more"]],
    ["channels that were not subscribed", "/v2/me/*", ["/v2/you", "/service/other"]],
  ]) {
    const options = transport === "websocket" ? notInPage("the simulator in the page has no WebSocket") : {};
    test(`copies by ${whose} count once, by ${transport}`, options, async () => {
      const { page, sessionId, button, heard } = await ready({ transport, channel });
      await shared.sim.post("/overlap", { channels: names });
      const before = (await states(button)).length;
      await button.main.click();
      await button.until("joined");
      await shared.sim.post("/publish", { channel: "/v2/me/x", data: "the last" });
      await untilHeard(heard, names);

      const arrivals = await heard.together();
      const own = ({ data }) => data.smssession?.id === sessionId;
      const told = (arrival) => new Set(arrival.filter(own).map(({ channel }) => channel));
      const first = arrivals.findIndex((arrival) => told(arrival).size === 3);
      assert.ok(first >= 0, "under three names at once");
      for (const name of names) assert.ok(told(arrivals[first + 1]).has(name), "and again with the next");

      assert.deepEqual((await states(button)).slice(before), ["pending", "joined"]);
      assert.equal((await button.events("barge-in-joined")).length, 1);
      assert.deepEqual(await button.events("barge-in-error"), []);
      assert.equal((await shared.sim.operations(sessionId)).length, 1);
      assert.deepEqual(page.errors, []);
    });
  }
}

test("the copies of one change are over before those of the next", async () => {
  const { sessionId, button, heard } = await ready({ channel: "/v2/**" });
  const names = ["/v2/me/sms", "/v2/me/sms/more"];
  await shared.sim.post("/overlap", { channels: names });
  const before = (await states(button)).length;
  for (const [operation, mode] of [
    ["SwitchToCoach", "coach"],
    ["SwitchToBargeIn", "barge-in"],
    ["SwitchToMonitor", "monitor"],
  ]) {
    await shared.sim.act(sessionId, "switch", { operation });
    // Notifications in one response are shown as one change.
    await button.page.waitForFunction((mode) => document.querySelector("#one").mode === mode, mode);
  }
  await shared.sim.post("/publish", { channel: "/v2/me/x", data: "the last" });
  await untilHeard(heard, names);
  const modes = (await button.events("barge-in-change")).slice(before).map(({ detail }) => detail.mode);
  assert.deepEqual(modes, ["coach", "barge-in", "monitor"]);
  assert.equal((await button.events("barge-in-joined")).length, 1);
});
