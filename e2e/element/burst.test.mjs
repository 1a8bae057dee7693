/** More notifications than a page can show: fast changes are drawn together. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { add } from "../support/button.mjs";
import { fixture } from "../support/fixture.mjs";

const shared = fixture();

/** Clocks that `stopClocks()` stops, and with them the delay of changes. */
const stoppable = () => {
  let stopped = false;
  for (const clock of [performance, Date]) {
    const now = clock.now.bind(clock);
    let last = 0;
    clock.now = () => (stopped ? last : (last = now()));
  }
  window.stopClocks = (stop = true) => (stopped = stop);
};

const body = (session, capabilities, visibility = "Supervisors") => ({
  messageType: "SMSsessionStateChangeMessage",
  smssession: { id: session, state: "Chatting", capabilities, participants: [{ uri: "/users/me", visibility }] },
});

/** A button fed by its page, with stopped clocks. */
async function stopped() {
  const page = await shared.page({ before: (page) => page.addInitScript(stoppable) });
  const button = await add(page, { transport: "host", sessionId: "s", userId: "me" });
  await button.until("unavailable", "not-found");
  await button.host.evaluate((element, data) => element.notify(data), body("s", ["SwitchToBargeIn"]));
  await button.until("ready");
  return { page, button };
}

test("twenty changes at one time are at most nine events, and the last one is shown", async () => {
  const { page, button } = await stopped();
  const before = (await button.events("barge-in-change")).length;
  const [off, on] = [body("s", ["Leave"]), body("s", ["SwitchToBargeIn"])];
  await button.host.evaluate(
    async (element, [off, on]) => {
      stopClocks();
      for (let n = 0; n < 21; n++) {
        element.notify(n % 2 ? on : off);
        await new Promise((resolve) => setTimeout(resolve));
      }
    },
    [off, on],
  );
  const told = (await button.events("barge-in-change")).length - before;
  assert.ok(told >= 1 && told <= 8, `${told} events`);
  await page.evaluate(() => stopClocks(false));
  await button.until("unavailable", "not-permitted");
  assert.ok((await button.events("barge-in-change")).length - before <= told + 1);
});

test("a join does not wait, and a press is checked against the newest facts", async () => {
  const { page, button } = await stopped();
  const [off, on] = [body("s", ["Leave"]), body("s", ["SwitchToBargeIn"])];
  await button.host.evaluate(
    async (element, [off, on, joined]) => {
      stopClocks();
      let isLate = false; // shown as ready, but actually off
      for (let n = 0; n < 40 && !isLate; n++) {
        element.notify(on);
        await new Promise((resolve) => setTimeout(resolve));
        const wasReady = element.state === "ready";
        element.notify(off);
        await new Promise((resolve) => setTimeout(resolve));
        isLate = wasReady && element.state === "ready";
      }
      element.shadowRoot.querySelector("[part=button]").click();
      await new Promise((resolve) => setTimeout(resolve));
      window.pressed = element.state;
      element.notify(on);
      element.notify(joined);
      await new Promise((resolve) => setTimeout(resolve));
    },
    [off, on, body("s", ["SwitchToMonitor"], "All")],
  );
  assert.equal(await page.evaluate(() => window.pressed), "unavailable");
  assert.equal((await button.events("barge-in-request")).length, 0);
  assert.equal((await button.events("barge-in-joined")).length, 1);
  assert.equal(await button.get("state"), "joined");
});

test("waiting changes are shown together, by every element", async () => {
  const { page, button } = await stopped();
  const ids = Array.from({ length: 20 }, (_, n) => `other-${n}`);
  for (const id of ids) await add(page, { transport: "host", sessionId: id, userId: "me" }, { id });
  const [ready, off] = [["SwitchToBargeIn"], ["Leave"]].map((list) => ids.map((id) => body(id, list)));
  await button.host.evaluate((element, ready) => ready.forEach((data) => element.notify(data)), ready);
  await page.waitForFunction((ids) => ids.every((id) => document.getElementById(id).state === "ready"), ids);
  const shown = await button.host.evaluate(
    async (element, [off, ids]) => {
      stopClocks();
      for (const data of off) {
        element.notify(data);
        await new Promise((resolve) => setTimeout(resolve));
      }
      const isOff = () => ids.filter((id) => document.getElementById(id).state === "unavailable").length;
      const before = isOff();
      // The clocks run until the first waiting change is reported, then stop again.
      await new Promise((resolve) => {
        document.addEventListener("barge-in-change", resolve, { once: true });
        stopClocks(false);
      });
      stopClocks();
      await new Promise((resolve) => setTimeout(resolve));
      return [before, isOff()];
    },
    [off, ids],
  );
  assert.ok(shown[0] < 20, `${shown[0]} were told without waiting`);
  assert.equal(shown[1], 20);
});
