/** Sending: one POST for each press, in order; sent means that the log has it; nothing is lost and nothing goes by itself. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually } from "../support/eventually.mjs";
import { fixture } from "../support/fixture.mjs";
import { addPanel, seat } from "../support/panel.mjs";
import { hold, holdPosts } from "../support/requests.mjs";
import { beforeElement } from "../support/sim.mjs";

const shared = fixture();

const whisper = { operation: "SendToAgents" };

/** The states that a message was in. */
const states = async (panel) => (await panel.events("barge-in-message-state")).map(({ detail }) => detail.state);

test("there is no list of unsent messages while there is none", async () => {
  const { page, panel } = await seat(shared, "coach");
  const list = page.getByRole("list", { name: "Not sent yet" });
  assert.equal(await list.count(), 0);
  await shared.sim.fault("refuse", whisper, { httpStatus: 403, statusCode: 5, statusMessage: "Not today" });
  await panel.say("Offer a refund.");
  await list.waitFor();
  await panel.part("discard").click();
  await list.waitFor({ state: "detached" });
});

test("a message that is accepted is not sent before the log has it", async () => {
  const { panel, posts } = await seat(shared, "coach", { confirmTimeout: 400, requestTimeout: 800 });
  await shared.sim.fault("accept-silently", whisper);
  await panel.host.evaluate(({ shadowRoot }) => {
    window.told = "";
    const note = () => (window.told += `${shadowRoot.textContent}\n`);
    new MutationObserver(note).observe(shadowRoot, { subtree: true, childList: true, characterData: true });
  });
  await panel.say("see me");
  await eventually(async () => (await states(panel)).includes("unconfirmed"), "unconfirmed");
  const told = await panel.page.evaluate(() => window.told);
  assert.match(told, /see me/);
  assert.doesNotMatch(told, /Sent to/, "nor was it told for a moment");
  assert.deepEqual(await states(panel), ["waiting", "sending", "accepted", "unconfirmed"]);
  assert.deepEqual(await panel.rows(), [["unconfirmed", "agents", "see me"]]);
  assert.deepEqual(await panel.events("barge-in-sent"), []);
  const [error] = await panel.untilEvents("barge-in-error");
  assert.deepEqual([error.detail.kind, error.detail.operation, error.detail.id], ["unconfirmed", "SendToAgents", 1]);
  assert.match(await panel.part("row-state").textContent(), /not in the conversation/);
  assert.equal(await panel.part("alert").last().textContent(), await panel.part("row-state").textContent());
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

test("a server's error that comes after the log had the message changes nothing", async () => {
  const before = (page) => page.addInitScript(beforeElement(failLate));
  const { page, panel } = await seat(shared, "coach", {}, { page: { before } });
  await panel.say("see me");
  await panel.untilEvents("barge-in-sent");
  await page.evaluate(() => window.answer());
  // One POST at a time: this one leaves once the error has come.
  await panel.say("and now");
  await panel.untilEvents("barge-in-sent", 2);
  const ofFirst = (await panel.events("barge-in-message-state")).filter(({ detail }) => detail.id === 1);
  assert.deepEqual(ofFirst.map(({ detail }) => detail.state), ["waiting", "sending", "sent"]);
  assert.deepEqual(await panel.events("barge-in-error"), []);
  assert.equal((await panel.part("alert").allTextContents()).join(""), "");
  assert.deepEqual(await panel.rows(), []);
});

/** Runs in the page before the element's module: the first whisper is answered with an error, once `window.answer()` is called. */
function failLate() {
  const { fetch } = window;
  const held = new Promise((resolve) => (window.answer = resolve));
  let first = true;
  window.fetch = async (url, init) => {
    const fails = first && /SendToAgents/.test(init?.body);
    if (fails) first = false;
    const response = await fetch(url, init);
    if (fails) await held;
    return fails ? new Response("", { status: 500 }) : response;
  };
}

/** Runs in the page before the element's module: notifications that have come are handed on once `window.hearing` is settled. */
function holdNotifications() {
  const { fetch } = window;
  window.fetch = async (url, init) => {
    const response = await fetch(url, init);
    if (/notifications/.test(url)) await window.hearing;
    return response;
  };
}

// Half an answer, not none: a browser itself repeats a POST on a reused connection that gives none.
test("a message whose answer was lost after the server acted is sent once, and found by a read", async () => {
  const before = (page) => page.addInitScript(beforeElement(holdNotifications));
  const { page, panel, posts } = await seat(shared, "coach", {}, { page: { before } });
  await shared.sim.fault("truncate", whisper);
  // No notification tells of it before the read does.
  await page.evaluate(() => {
    window.hearing = new Promise((resolve) => (window.hear = resolve));
  });
  await panel.say("see me");
  await panel.untilEvents("barge-in-sent");
  await page.evaluate(() => window.hear());
  assert.equal(posts().filter((post) => post.text).length, 1);
  assert.equal((await panel.said()).filter((words) => words === "see me").length, 1);
  assert.deepEqual(await panel.rows(), []);
});

test("five messages at once arrive in order, one POST at a time; what is behind a refused one waits", async () => {
  const before = (page) => page.addInitScript(beforeElement(holdPosts));
  const { page, panel, posts } = await seat(shared, "coach", {}, { page: { before } });
  /** Presses five times before the first POST leaves. */
  const sayFive = async (...five) => {
    const release = await hold(page);
    for (const words of five) await panel.say(words);
    await release();
  };
  for (const ms of [90, 5, 160, 1, 40]) await shared.sim.fault("delay", whisper, { ms });
  await sayFive("1", "2", "3", "4", "5");
  await panel.untilEvents("barge-in-sent", 5);
  assert.deepEqual(posts().map((post) => post.text), ["1", "2", "3", "4", "5"]);
  assert.deepEqual((await panel.said()).slice(-5), ["1", "2", "3", "4", "5"]);
  // The first of these is answered, the second refused.
  await shared.sim.fault("delay", whisper, { ms: 20 });
  await shared.sim.fault("refuse", whisper, { httpStatus: 403, statusCode: 5, statusMessage: "Not your team" });
  await sayFive("6", "7", "8", "9", "10");
  await panel.untilEvents("barge-in-error");
  const behind = ["8", "9", "10"].map((words) => ["waiting", "agents", words]);
  assert.deepEqual(await panel.rows(), [["refused", "agents", "7"], ...behind]);
  assert.match(await panel.part("row-state").first().textContent(), /Not your team/);
  assert.equal(posts().length, 7);
  await panel.part("resend").nth(1).click();
  await panel.untilEvents("barge-in-sent", 7);
  assert.deepEqual(posts().at(-1), { operationName: "SendToAgents", text: "8" });
  assert.deepEqual(await panel.rows(), [["refused", "agents", "7"], ...behind.slice(1)]);
  assert.equal(await page.evaluate(() => window.mostOut), 1);
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

test("what waits in the queue when the connection breaks is not sent by itself when it is back", async () => {
  const before = (page) => page.addInitScript(beforeElement(holdPosts));
  const { page, panel, posts } = await seat(shared, "coach", {}, { page: { before } });
  const release = await hold(page);
  await panel.say("one");
  await panel.say("two");
  await eventually(async () => (await panel.rows()).length === 2, "both");
  assert.deepEqual(await panel.rows(), [["sending", "agents", "one"], ["waiting", "agents", "two"]]);
  await shared.sim.fault("refuse", { path: "/notifications" }, { times: "always", httpStatus: 503 });
  await shared.sim.post("/drop-connections");
  await panel.until("unavailable", "disconnected");
  await shared.sim.clearFaults();
  await panel.host.evaluate((element) => element.refresh());
  await panel.until("ready");
  await release();
  await panel.untilEvents("barge-in-sent");
  const back = await page.evaluate(() => performance.now());
  await page.waitForFunction((back) => performance.now() - back > 10_000, back);
  assert.deepEqual(posts().map((post) => post.text), ["one"]);
  // What is pressed now goes, so the other would have gone before it.
  await panel.say("three");
  await panel.untilEvents("barge-in-sent", 2);
  assert.deepEqual(posts().map((post) => post.text), ["one", "three"]);
  assert.deepEqual(await panel.rows(), [["waiting", "agents", "two"]]);
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

test("a panic's restart keeps drafts, and what was under way is unconfirmed; words are kept nowhere else", async () => {
  const { page, panel, posts } = await seat(shared, "coach");
  const printed = [];
  page.on("console", (message) => printed.push(message.text()));
  await panel.say("said before");
  await panel.untilEvents("barge-in-sent");
  await shared.sim.fault("hang", whisper);
  await panel.say("under way");
  await eventually(async () => (await panel.rows())[0]?.[0] === "sending", "sending");
  await panel.box.fill("half a draft");
  // The page's DOM refuses one insertion; Yew cannot go on after that.
  await panel.host.evaluate((element) => {
    const { insertBefore } = Node.prototype;
    Node.prototype.insertBefore = function (...args) {
      if (this.getRootNode() !== element.shadowRoot) return insertBefore.apply(this, args);
      Node.prototype.insertBefore = insertBefore;
      throw new DOMException("no", "NotFoundError");
    };
    element.cannedReplies = [{ title: "Hi", text: "Hello" }];
  });
  const [error] = await panel.untilEvents("barge-in-error");
  assert.equal(error.detail.kind, "internal");
  await panel.until("ready");
  await eventually(async () => (await panel.box.inputValue()) === "half a draft", "the draft");
  assert.deepEqual(await panel.rows(), [["unconfirmed", "agents", "under way"]]);
  assert.deepEqual(posts().map((post) => post.text), ["said before", "under way"]);
  const kept = await page.evaluate(async () => ({
    stores: [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length],
    address: decodeURIComponent(location.href),
    events: window.seen.events.filter((event) => event.type !== "barge-in-send"),
  }));
  assert.deepEqual(kept.stores, [0, 0, 0]);
  assert.doesNotMatch(JSON.stringify([kept.address, kept.events, printed]), /said before|under way|half a draft/);
});

test("a panel that is removed and comes back keeps drafts, and what was under way is unconfirmed", async () => {
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
