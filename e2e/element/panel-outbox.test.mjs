/** Sending: one POST for each press, in order; sent means that the log has it; nothing is lost and nothing goes by itself. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually } from "../support/eventually.mjs";
import { fixture } from "../support/fixture.mjs";
import { addPanel, seat } from "../support/panel.mjs";
import { holdPosts } from "../support/requests.mjs";
import { beforeElement } from "../support/sim.mjs";

const shared = fixture();

const whisper = { operation: "SendToAgents" };

/** The states that a message was in. */
const states = async (panel) => (await panel.events("barge-in-message-state")).map(({ detail }) => detail.state);

test("a message that is accepted is not sent before the log has it", async () => {
  const { panel, posts } = await seat(shared, "coach", { confirmTimeout: 400, requestTimeout: 800 });
  await shared.sim.fault("accept-silently", whisper);
  await panel.say("see me");
  await eventually(async () => (await states(panel)).includes("unconfirmed"), "unconfirmed");
  assert.deepEqual(await states(panel), ["waiting", "sending", "accepted", "unconfirmed"]);
  assert.deepEqual(await panel.rows(), [["unconfirmed", "agents", "see me"]]);
  assert.doesNotMatch(await panel.part("status").last().textContent(), /Sent/);
  assert.deepEqual(await panel.events("barge-in-sent"), []);
  const [error] = await panel.untilEvents("barge-in-error");
  assert.deepEqual([error.detail.kind, error.detail.operation, error.detail.id], ["unconfirmed", "SendToAgents", 1]);
  assert.equal(posts().length, 1);
});

test("a message that the log has before its answer is sent then, and a later failure changes nothing", async () => {
  const { panel, posts } = await seat(shared, "coach");
  await shared.sim.fault("notify-first", whisper, { ms: 600 });
  await panel.say("see me");
  const [sent] = await panel.untilEvents("barge-in-sent");
  assert.equal(sent.detail.requestMs, null);
  assert.deepEqual([sent.detail.audience, sent.detail.visibility], ["agents", "Agents"]);
  await panel.untilSaid("see me");
  assert.deepEqual(await panel.rows(), []);
  assert.deepEqual(await states(panel), ["waiting", "sending", "sent"]);
  assert.equal(posts().length, 1);
});

// Half an answer, not none: a browser itself repeats a POST on a reused connection that gives none.
test("a message whose answer was lost after the server acted is sent once, and found by a read", async () => {
  const { panel, posts } = await seat(shared, "coach");
  await shared.sim.fault("truncate", whisper);
  await panel.say("see me");
  await panel.untilEvents("barge-in-sent");
  assert.equal(posts().filter((post) => post.text).length, 1);
  assert.equal((await panel.said()).filter((words) => words === "see me").length, 1);
  assert.deepEqual(await panel.rows(), []);
});

test("five messages at once arrive in order, one POST at a time; what is behind a refused one waits", async () => {
  const before = (page) => page.addInitScript(beforeElement(holdPosts));
  const { page, panel, posts } = await seat(shared, "coach", {}, { page: { before } });
  await shared.sim.fault("delay", whisper, { ms: 120, times: "always" });
  for (const words of ["1", "2", "3", "4", "5"]) await panel.say(words);
  await panel.untilEvents("barge-in-sent", 5);
  assert.deepEqual(posts().map((post) => post.text), ["1", "2", "3", "4", "5"]);
  assert.deepEqual((await panel.said()).slice(-5), ["1", "2", "3", "4", "5"]);
  await shared.sim.clearFaults();
  await shared.sim.fault("refuse", whisper, { httpStatus: 403, statusCode: 5, statusMessage: "Not your team" });
  // The first leaves only once all three are pressed.
  await page.evaluate(() => {
    const pressed = new Promise((resolve) => (window.pressed = resolve));
    window.posting = () => pressed;
  });
  for (const words of ["6", "7", "8"]) await panel.say(words);
  await page.evaluate(() => window.pressed());
  await panel.untilEvents("barge-in-error");
  assert.deepEqual(await panel.rows(), [["refused", "agents", "6"], ["waiting", "agents", "7"], ["waiting", "agents", "8"]]);
  assert.match(await panel.part("row-state").first().textContent(), /Not your team/);
  assert.equal(posts().length, 6);
  await panel.part("resend").nth(1).click();
  await panel.untilEvents("barge-in-sent", 6);
  assert.deepEqual(posts().at(-1), { operationName: "SendToAgents", text: "7" });
  assert.deepEqual(await panel.rows(), [["refused", "agents", "6"], ["waiting", "agents", "8"]]);
});

test("what is written meanwhile stays, and Edit into a box with words asks", async () => {
  const { panel } = await seat(shared, "coach");
  await shared.sim.fault("refuse", whisper, { httpStatus: 403, statusCode: 5 });
  await panel.say("first");
  await panel.box.fill("second");
  await panel.untilEvents("barge-in-error");
  assert.equal(await panel.box.inputValue(), "second");
  await panel.part("edit").click();
  assert.equal(await panel.focused(), "cancel");
  assert.equal(await panel.box.inputValue(), "second");
  await panel.part("confirm").locator("visible=true").click();
  assert.equal(await panel.box.inputValue(), "first");
  assert.deepEqual(await panel.rows(), []);
  assert.equal(await panel.get("dirty"), true);
});

test("nothing is sent without a connection, nor by itself when it is back", async () => {
  const { panel, posts } = await seat(shared, "coach");
  await panel.box.fill("see me");
  await shared.sim.fault("reset-before", {}, { times: "always" });
  await shared.sim.post("/drop-connections");
  await panel.until("unavailable", "disconnected");
  assert.equal(await panel.send.getAttribute("aria-disabled"), "true");
  await panel.box.press("Enter");
  assert.equal(await panel.box.inputValue(), "see me");
  await shared.sim.clearFaults();
  await panel.host.evaluate((element) => element.refresh());
  await panel.until("ready");
  assert.deepEqual(posts(), []);
  await panel.box.press("Enter");
  await panel.untilEvents("barge-in-sent");
  assert.equal(posts().length, 1);
});

test("a page may stop a message, and the words stay in the box", async () => {
  const { page, panel, posts } = await seat(shared, "coach");
  await page.evaluate(() => document.addEventListener("barge-in-send", (event) => event.preventDefault()));
  await panel.say("see me");
  const [send] = await panel.untilEvents("barge-in-send");
  assert.deepEqual([send.detail.operation, send.detail.audience, send.detail.text], ["SendToAgents", "agents", "see me"]);
  assert.equal(await panel.box.inputValue(), "see me");
  assert.deepEqual([await panel.rows(), posts()], [[], []]);
});

test("who really saw a message is the log's word", async () => {
  const { session, panel } = await seat(shared, "barge-in");
  await panel.part("to-everyone").click();
  await shared.sim.fault("accept-silently", { operation: "SendMessage" });
  await panel.say("hello");
  await panel.untilEvents("barge-in-message-state", 3);
  const own = (await panel.get("participants")).find((one) => one.own);
  const entry = { index: 99, type: "Text", text: "hello", visibility: "Agents", from: { nickname: own.nickname, type: "Agent", participantId: own.participantId } };
  await shared.sim.post("/publish", {
    channel: "/v2/me/smssessions",
    data: { messageType: "MessageLogUpdated", messages: [entry], smssessionUri: `http://x/api/v2/smssessions/${session}` },
  });
  const [sent] = await panel.untilEvents("barge-in-sent");
  assert.deepEqual([sent.detail.audience, sent.detail.visibility], ["everyone", "Agents"]);
  assert.match(await panel.part("alert").last().textContent(), /seen by: agents only.*meant for: everyone/);
  assert.equal(await panel.part("line").last().locator("[part=audience]").textContent(), "agents only");
});

test("a restart of the instance keeps drafts, and what was under way is unconfirmed", async () => {
  const { page, panel, posts } = await seat(shared, "coach");
  await shared.sim.fault("hang", whisper);
  await panel.say("under way");
  await eventually(async () => (await panel.rows())[0]?.[0] === "sending", "sending");
  await panel.box.fill("half a dr");
  await panel.host.evaluate((element) => element.remove());
  await page.evaluate(() => {
    const again = Object.assign(document.createElement("barge-in-panel"), { id: "panel" });
    again.sessionId = window.seen.events.find((event) => event.detail.sessionId).detail.sessionId;
    document.querySelector("main").append(again);
  });
  await panel.until("ready");
  await eventually(async () => (await panel.box.inputValue()) === "half a dr", "the draft");
  assert.deepEqual(await panel.rows(), [["unconfirmed", "agents", "under way"]]);
  assert.equal(posts().length, 1);
  const kept = await page.evaluate(() => [localStorage.length, sessionStorage.length]);
  assert.deepEqual(kept, [0, 0]);
});

test("what one has not sent is not shown to another who signs in on the same page", async () => {
  const { page, session, panel } = await seat(shared, "coach");
  await panel.box.fill("for my eyes");
  await panel.host.evaluate((element) => element.remove());
  await eventually(async () => (await shared.sim.get("/state")).clients.length === 0, "the disconnect");
  await shared.sim.post("/user", { user: "sam", mode: "coach" });
  try {
    const again = await addPanel(page, { sessionId: session });
    await again.until("ready");
    await again.box.waitFor();
    assert.equal(await again.box.inputValue(), "");
    assert.equal(await again.get("dirty"), false);
  } finally {
    await shared.sim.post("/user", { user: "dana" });
  }
});
