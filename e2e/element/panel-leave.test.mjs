/** Leaving: what it means is said before, and what has become of it after. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { add } from "../support/button.mjs";
import { eventually } from "../support/eventually.mjs";
import { fixture } from "../support/fixture.mjs";
import { seat } from "../support/panel.mjs";

const shared = fixture();

const asked = (panel) => panel.part("ask").locator("visible=true");

test("beside an agent one leaves, and no text says that the session has ended", async () => {
  const { page, session, panel, posts } = await seat(shared, "coach");
  const button = await add(page, { sessionId: session }, { id: "button", parent: "main" });
  await button.until("ready");
  assert.equal(await panel.part("leave").textContent(), "Leave");
  await panel.part("leave").click();
  await panel.until("left");
  const [left] = await panel.untilEvents("barge-in-left");
  assert.equal(left.detail.endedForCustomer, false);
  assert.doesNotMatch(await panel.host.evaluate((element) => element.shadowRoot.textContent), /session has ended/);
  assert.match(await panel.part("status").last().textContent(), /You have left\. The conversation goes on\./);
  await button.until("left");
  assert.ok(await panel.host.evaluate((element) => element.matches(":state(left)")));
  assert.deepEqual(posts(), [{ operationName: "Leave" }]);
});

test("where the customer would be left alone it is called an end, and always asks", async () => {
  const { session, panel, posts } = await seat(shared, "coach");
  await shared.sim.act(session, "agent-leaves");
  await eventually(async () => (await panel.part("leave").textContent()) === "End conversation", "End conversation");
  await panel.part("leave").click();
  assert.match(await asked(panel).textContent(), /Mia/);
  assert.equal(await panel.focused(), "cancel");
  assert.deepEqual(posts(), []);
  await asked(panel).locator("[part=confirm]").click();
  await panel.until("left");
  const [left] = await panel.untilEvents("barge-in-left");
  assert.equal(left.detail.endedForCustomer, true);
});

test("what is not in the conversation yet is told before one leaves, and nothing of it is said to be unsent", async () => {
  const { panel } = await seat(shared, "coach");
  await shared.sim.fault("accept-silently", { operation: "SendToAgents" });
  await panel.say("see me");
  await eventually(async () => (await panel.rows())[0]?.[0] === "accepted", "accepted");
  await panel.part("leave").click();
  assert.match(await asked(panel).textContent(), /not in the conversation yet may be lost/);
});

test("the question follows the facts, and its yes does not count right after they changed", async () => {
  const { session, panel, posts } = await seat(shared, "barge-in");
  await panel.part("leave").click();
  assert.match(await asked(panel).textContent(), /goes on without you: .*Ann.* \(Agent\), .*Mia.* \(Customer\)\./);
  // As soon as there are other words, yes is clicked; and the page goes on for two frames.
  await asked(panel).evaluate((ask) => {
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    window.clicked = new Promise((resolve) => {
      new MutationObserver(async (_, observer) => {
        if (!/would end/.test(ask.textContent)) return;
        observer.disconnect();
        ask.querySelector("[part=confirm]").click();
        await frame();
        resolve(await frame());
      }).observe(ask, { subtree: true, childList: true, characterData: true });
    });
  });
  await shared.sim.act(session, "agent-leaves");
  await panel.page.evaluate(() => window.clicked);
  assert.equal(await asked(panel).count(), 1);
  assert.deepEqual(posts(), []);
  // A second later it counts.
  await eventually(async () => {
    await panel.host.evaluate(({ shadowRoot }) => shadowRoot.querySelector(".leaving [part=confirm]").click());
    return (await asked(panel).count()) === 0;
  }, "a yes that counts");
  await panel.until("left");
  assert.deepEqual(posts(), [{ operationName: "Leave" }]);
});

test("Leave and the switches are one intent", async () => {
  const { panel, posts } = await seat(shared, "coach");
  await shared.sim.fault("hang", { operation: "SwitchToBargeIn" });
  await panel.main.click();
  await panel.until("pending");
  await panel.part("leave").click({ force: true });
  assert.deepEqual(posts().map((post) => post.operationName), ["SwitchToBargeIn"]);
  const other = await seat(shared, "coach");
  await shared.sim.fault("hang", { operation: "Leave" });
  await other.panel.part("leave").click();
  await other.panel.until("pending");
  await other.panel.main.click({ force: true });
  assert.deepEqual(other.posts().map((post) => post.operationName), ["Leave"]);
});

test("a refused Leave leaves the state as the mode says, with the server's words", async () => {
  const { panel } = await seat(shared, "coach");
  await shared.sim.fault("refuse", { operation: "Leave" }, { httpStatus: 403, statusCode: 5, statusMessage: "Not your team" });
  await panel.part("leave").click();
  const [error] = await panel.untilEvents("barge-in-error");
  assert.deepEqual([error.detail.operation, error.detail.id], ["Leave", null]);
  await panel.until("ready");
  assert.match((await panel.part("alert").allTextContents()).join(), /Not your team/);
});

test('leave="none" offers none; a page may stop one', async () => {
  const { page, panel, posts } = await seat(shared, "coach", { leave: "none" });
  assert.equal(await panel.part("leave").isVisible(), false);
  await panel.set({ leave: "ask" });
  await page.evaluate(() => document.addEventListener("barge-in-request", (event) => event.preventDefault()));
  await panel.part("leave").click();
  const [request] = await panel.untilEvents("barge-in-request");
  assert.equal(request.detail.operation, "Leave");
  assert.deepEqual(posts(), []);
});
