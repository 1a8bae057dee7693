/** States, events and texts, from the server to the page. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { add } from "../support/button.mjs";
import { fixture } from "../support/fixture.mjs";

const shared = fixture();

async function shown(session = {}, properties = {}) {
  const page = await shared.page();
  const id = await shared.sim.session(session);
  const button = await add(page, { sessionId: id, ...properties });
  return { page, id, button };
}

test("a press is pending until the server's confirmation, then joined, once", async () => {
  const { page, id, button } = await shown();
  await button.until("ready");
  await shared.sim.fault("delay", { operation: "SwitchToBargeIn" }, { ms: 1_000 });
  await button.main.click();
  // All at once, as it does not last.
  const pending = await page.waitForFunction(() => {
    const { state, shadowRoot } = document.querySelector("#one");
    const main = shadowRoot.querySelector("[part=button]");
    return state === "pending" && [main.ariaBusy, main.ariaDisabled, shadowRoot.activeElement === main];
  });
  assert.deepEqual(await pending.jsonValue(), ["true", "true", true]);
  await button.until("joined");
  assert.equal(await button.get("mode"), "barge-in");
  assert.equal(await button.get("reason"), null);
  assert.ok(await button.host.evaluate((element) => element.matches(":state(joined):not(:state(ready))")));
  const [joined, ...more] = await button.untilEvents("barge-in-joined");
  assert.deepEqual(more, []);
  assert.equal(joined.detail.sessionId, id);
  // The confirmation may come before the response.
  const { requestMs, confirmMs } = joined.detail;
  assert.ok((requestMs ?? confirmMs) >= 1_000 && confirmMs >= 1_000, JSON.stringify(joined.detail));
  const [request] = await button.events("barge-in-request");
  assert.deepEqual(request.detail, { sessionId: id, operation: "SwitchToBargeIn" });
  const states = (await button.events("barge-in-change")).map((event) => event.detail.state);
  assert.deepEqual(states.slice(-3), ["ready", "pending", "joined"]);
  assert.deepEqual(page.errors, []);
});

test("a cancelled request sends nothing", async () => {
  const { page, id, button } = await shown();
  await button.until("ready");
  await page.evaluate(() => document.addEventListener("barge-in-request", (event) => event.preventDefault()));
  await button.main.click();
  await button.untilEvents("barge-in-request");
  assert.equal(await button.get("state"), "ready");
  assert.deepEqual(await shared.sim.operations(id), []);
});

test("events cross the shadow roots of the page around the element", async () => {
  const page = await shared.page();
  const id = await shared.sim.session();
  const composed = await page.evaluate(
    (id) =>
      new Promise((resolve) => {
        const outer = document.body.appendChild(document.createElement("div"));
        const root = outer.attachShadow({ mode: "open" });
        document.addEventListener("barge-in-change", (event) => event.detail.state === "ready" && resolve([event.bubbles, event.composed, event.cancelable, event.target === outer]));
        const element = document.createElement("barge-in-button");
        element.sessionId = id;
        root.append(element);
      }),
    id,
  );
  assert.deepEqual(composed, [true, true, false, true]);
});

test("a refusal is told in the server's words, and the button stays off until the server lists the capability again", async () => {
  const { id, button } = await shown();
  await button.until("ready");
  await shared.sim.fault("refuse", { operation: "SwitchToBargeIn" }, { httpStatus: 403, statusCode: 5, statusMessage: "Not your <b>team</b>" });
  await button.main.click();
  await button.until("unavailable", "refused");
  assert.equal(await button.words(), "The server refused: \u2068Not your <b>team</b>\u2069");
  assert.equal(await button.main.getAttribute("aria-disabled"), "true");
  const [error] = await button.untilEvents("barge-in-error");
  assert.deepEqual(error.detail, { sessionId: id, operation: "SwitchToBargeIn", kind: "api", httpStatus: 403, statusCode: 5, message: "Not your <b>team</b>" });
  await shared.sim.act(id, "capabilities", {});
  await button.until("ready");
  assert.equal(await button.words(), "");
});

test("without the server's decision it has failed, and can be tried again", async () => {
  const { id, button } = await shown();
  await button.until("ready");
  await shared.sim.fault("refuse", { operation: "SwitchToBargeIn" }, { httpStatus: 500, statusCode: 4, statusMessage: "Interaction server is down" });
  await button.main.click();
  await button.until("failed");
  assert.match(await button.words(), /Interaction server is down/);
  assert.equal(await button.main.getAttribute("aria-disabled"), null);
  await button.main.click();
  await button.until("joined");
  assert.equal((await shared.sim.operations(id)).length, 2);
  assert.equal((await button.events("barge-in-error")).length, 1);
});

test("no answer within the request timeout has failed; a late confirmation still counts", async () => {
  const { id, button } = await shown({}, { requestTimeout: 400 });
  await button.until("ready");
  await shared.sim.fault("hang", { operation: "SwitchToBargeIn" });
  await button.main.click();
  await button.until("failed");
  const [error] = await button.untilEvents("barge-in-error");
  assert.equal(error.detail.kind, "timeout");
  await shared.sim.act(id, "switch", { operation: "SwitchToBargeIn" });
  await button.until("joined");
});

test("accepted but never confirmed is not joined", async () => {
  const { button } = await shown({}, { confirmTimeout: 400 });
  await button.until("ready");
  await shared.sim.fault("accept-silently", { operation: "SwitchToBargeIn" });
  await button.main.click();
  await button.until("failed");
  const [error] = await button.untilEvents("barge-in-error");
  assert.equal(error.detail.kind, "unconfirmed");
  assert.deepEqual(await button.events("barge-in-joined"), []);
  assert.ok((await button.events("barge-in-change")).every((event) => event.detail.state !== "joined"));
});

for (const action of ["complete", "revoke", "remove"]) {
  test(`a session that ends by ${action} is ended`, async () => {
    const { id, button } = await shown();
    await button.until("ready");
    await shared.sim.act(id, action);
    if (action === "remove") await button.host.evaluate((element) => element.refresh());
    await button.until("ended");
    assert.equal(await button.words(), "This session has ended.");
    assert.equal(await button.main.getAttribute("aria-disabled"), "true");
  });
}

test("each reason has its words", async () => {
  const { id, button } = await shown({ mode: "none" });
  await button.until("unavailable", "not-supervising").catch(() => {});
  const seen = {};
  const note = async (reason) => {
    await button.until("unavailable", reason);
    seen[reason] = await button.words();
  };
  await button.set({ sessionId: await shared.sim.session({ capabilities: ["Leave"] }) });
  await note("not-permitted");
  await button.set({ sessionId: "unheard-of" });
  await note("not-found");
  await button.set({ sessionId: null });
  await note("no-session");
  await shared.sim.post("/sign-out");
  await button.set({ sessionId: id });
  await button.host.evaluate((element) => element.refresh());
  await note("unauthenticated");
  await shared.sim.post("/sign-in");
  await button.host.evaluate((element) => element.refresh());
  await button.set({ sessionId: await shared.sim.session() });
  await button.until("ready");
  await shared.sim.fault("reset-before", {}, { times: "always" });
  await shared.sim.post("/drop-connections");
  await note("disconnected");
  assert.equal(new Set(Object.values(seen)).size, Object.keys(seen).length, JSON.stringify(seen));
  for (const reason in seen) assert.notEqual(seen[reason], "", reason);
});

test("a channel that the server refuses is not said to be tried again", async () => {
  const { button } = await shown({}, { channel: "/meta/connect" });
  await button.until("unavailable", "disconnected");
  await button.page.waitForFunction(() => window.seen.events.some(({ detail }) => detail.status === "closed"));
  assert.equal(await button.words(), "The server gives this page no notifications.");
});

test("the host's notifications alone drive it, and no connection is opened", async () => {
  const { id, button } = await shown({}, { transport: "host" });
  await button.host.evaluate((element, id) => {
    const body = (capabilities, visibility) =>
      `{"messageType":"SMSsessionStateChangeMessage","notificationType":"StatusChange","smssession":{"id":"${id}","state":"Chatting",` +
      `"capabilities":${JSON.stringify(capabilities)},"participants":[{"nickname":"Me","type":"Agent","uri":"http://gws/api/v2/users/991a4bece8dd4184a93e98ad429694f6",` +
      `"visibility":"${visibility}","participantId":"1"}]},"timestampSeconds":1399313371000L}`;
    element.notify(body(["SwitchBargeIn"], "Supervisors"));
    window.join = () => element.notify(body(["SwitchToMonitor", "SwitchToCoach"], "All"));
  }, id);
  await button.until("ready");
  assert.equal(await button.get("mode"), "monitor");
  await button.page.evaluate(() => window.join());
  await button.until("joined");
  assert.deepEqual((await shared.sim.log()).filter((entry) => entry.path.includes("notifications")), []);
});
