/** `barge-in/testing`: the real element in any state, without WebAssembly or a server. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { add } from "../support/button.mjs";
import { fixture } from "../support/fixture.mjs";
import { addPanel } from "../support/panel.mjs";
import { dist, root } from "../support/paths.mjs";

const shared = fixture();

/** A page whose elements can be put into states. */
async function open() {
  const requests = [];
  const before = (page) => page.on("request", (request) => requests.push(new URL(request.url()).pathname));
  const page = await shared.page({ path: "/bare.html", before });
  await page.evaluate(async () => {
    window.testing = await import("/npm/testing.js");
  });
  return { page, requests };
}

const put = (button, situation) => button.host.evaluate((element, situation) => window.testing.setState(element, situation), situation);
const press = (button, part) => button.host.evaluate((element, part) => window.testing.press(element, part), part);

/** The types of an element's events since the last call. */
async function told(button) {
  const events = await button.events();
  await button.page.evaluate(() => (window.seen.events.length = 0));
  return events.map(({ type, detail }) => `${type.slice("barge-in-".length)} ${detail.state ?? detail.kind ?? detail.status ?? detail.operation ?? ""}`.trim());
}

const union = (name) => {
  const types = readFileSync(join(dist, "types.d.ts"), "utf8");
  return [...new RegExp(`export type ${name} =([^;]+);`).exec(types)[1].matchAll(/"([a-z-]+)"/g)].map(([, word]) => word);
};

test("an element can be put into every state and every reason", async () => {
  const { page, requests } = await open();
  const button = await add(page, { sessionId: "one" });
  for (const state of union("State")) {
    for (const reason of state === "unavailable" ? union("Reason") : [undefined]) {
      await put(button, { state, reason });
      assert.deepEqual([await button.get("state"), await button.get("reason")], [state, reason ?? null]);
      assert.ok(await button.host.evaluate((element, state) => element.matches(`:state(${state})`), state));
      const operable = state === "ready" || state === "failed";
      const parts = state === "confirming" ? ["cancel", "confirm"] : ["button"];
      for (const part of parts) assert.equal(await button.part(part).getAttribute("aria-disabled"), operable || state === "confirming" ? null : "true", `${state} ${part}`);
      if (!["ready", "confirming"].includes(state)) assert.ok((await button.words()) || reason === "unsupported", `${state} ${reason} says nothing`);
    }
  }
  assert.deepEqual(requests.filter((path) => !/^\/(bare\.html|page\.css|npm\/(testing|index|panel-index)\.js|favicon\.ico)$/.test(path)), []);
  assert.deepEqual(page.errors, []);
});

test("the actor has the exports that the element calls", () => {
  const [, called] = /const exported = \{([^}]+)\}/.exec(readFileSync(join(root, "js/loader.js"), "utf8"));
  const [, played] = /export const exports = \{([^]+)\};/.exec(readFileSync(join(root, "js/testing/actor.js"), "utf8"));
  for (const name of called.split(",")) assert.match(played, new RegExp(`^  ${name.trim()}\\b`, "m"), name);
});

test("the actor answers what a panel asks", () => {
  const [, asked] = /const own = \{([^]+?)\};/.exec(readFileSync(join(root, "js/panel/exports.js"), "utf8"));
  const [, answered] = /#answers = \{([^]+?)\n  \};/.exec(readFileSync(join(root, "js/testing/seat.js"), "utf8"));
  for (const [, name] of asked.matchAll(/(\w+):/g)) assert.match(answered, new RegExp(`^    ${name}\\b`, "m"), name);
});

test("each state comes with its events", async () => {
  const { page } = await open();
  const button = await add(page, { sessionId: "one" });
  await button.until("unavailable", "connecting");
  await put(button, { state: "ready" });
  assert.deepEqual(await told(button), ["change unavailable", "connection connecting", "change ready", "connection connected"]);
  await put(button, { state: "unavailable", reason: "disconnected" });
  assert.deepEqual(await told(button), ["change unavailable", "connection broken"]);
  await put(button, { state: "unavailable", reason: "refused", capabilities: [], detail: { message: "No." } });
  const [, error] = await button.events();
  assert.deepEqual(error.detail, { sessionId: "one", operation: null, kind: "api", httpStatus: 200, statusCode: 1, message: "No." });
  assert.deepEqual(await told(button), ["change unavailable", "error api", "connection connected"]);
  await put(button, { state: "joined", detail: { confirmMs: 80 } });
  const joined = (await button.events("barge-in-joined"))[0].detail;
  assert.deepEqual(joined, { sessionId: "one", requestMs: null, confirmMs: 80 });
  assert.equal(await button.get("mode"), "barge-in");
});

test("a press asks the page and waits for what the test says next", async () => {
  const { page } = await open();
  const button = await add(page, { sessionId: "one", modes: true });
  await put(button, { state: "ready", mode: "monitor", capabilities: ["SwitchToBargeIn", "SwitchToCoach"] });
  assert.equal(await button.words(), "You are monitoring. Agent and customer do not see you.");
  await told(button);
  await press(button, "monitor");
  assert.deepEqual(await told(button), [], "an off part");
  await press(button, "coach");
  assert.deepEqual(await told(button), ["request SwitchToCoach", "change pending"]);
  await put(button, { state: "failed", detail: { kind: "timeout" } });
  assert.deepEqual((await button.events("barge-in-error")).map(({ detail }) => [detail.kind, detail.operation]), [["timeout", "SwitchToCoach"]]);
  await told(button);
  await page.evaluate(() => document.addEventListener("barge-in-request", (event) => event.preventDefault()));
  await button.main.click();
  assert.deepEqual(await told(button), ["request SwitchToBargeIn"]);
  assert.equal(await button.get("state"), "failed");
});

for (const confirm of ["inline", "dialog"]) {
  test(`a press asks first where confirm is ${confirm}`, async () => {
    const { page } = await open();
    const button = await add(page, { sessionId: "one", confirm });
    await put(button, { state: "ready" });
    await press(button);
    assert.equal(await button.get("state"), "confirming");
    await press(button, "cancel");
    assert.equal(await button.get("state"), "ready");
    await press(button);
    await press(button, "confirm");
    assert.equal(await button.get("state"), "pending");
  });
}

test("another session starts again, and own texts count", async () => {
  const { page } = await open();
  const button = await add(page, { sessionId: "one", strings: { joined: "In." } });
  await put(button, { state: "joined" });
  assert.equal(await button.words(), "In.");
  await button.set({ sessionId: "two" });
  await button.until("unavailable", "connecting");
  await button.set({ sessionId: null });
  await button.until("unavailable", "no-session");
});

test("an impossible situation is rejected with a message", async () => {
  const { page } = await open();
  const button = await add(page, { sessionId: "one" });
  await assert.rejects(put(button, { state: "done" }), /state "done" is none of unavailable, ready/);
  await assert.rejects(put(button, { state: "unavailable" }), /reason "null" is none of/);
  await assert.rejects(put(button, { state: "ready", reason: "refused" }), /"ready" has no reason/);
  await assert.rejects(press(button, "coach"), /no button "coach"/);
  await assert.rejects(
    page.evaluate(() => window.testing.setState(document.createElement("barge-in-button"), { state: "ready" })),
    /no <barge-in-button> or <barge-in-panel> of the page/,
  );
});

const known = (panel, ...names) => panel.host.evaluate((element, names) => names.map((name) => element[name]), names);

const ann = { nickname: "Ann", type: "Agent", uri: "sip:ann", visibility: "All", participantId: "1", role: "agent", own: false, seesYou: true };

test("a panel can be put into every state, and tells what its page may read", async () => {
  const { page, requests } = await open();
  const panel = await addPanel(page, { sessionId: "one" });
  for (const state of union("State")) {
    await put(panel, { state, reason: state === "unavailable" ? "disconnected" : undefined });
    assert.equal(await panel.get("state"), state);
  }
  const said = { index: 1, type: "Text", from: ann, own: false, text: "Hello", url: null, noticeText: null, visibility: "All", time: 0 };
  await put(panel, { state: "joined", participants: [ann], transcript: [said], unread: 1, fromCustomer: 1 });
  assert.deepEqual(await known(panel, "mode", "audience", "audiences"), ["barge-in", "agents", ["agents", "everyone"]]);
  assert.deepEqual(await known(panel, "participants", "transcript", "unread", "dirty", "outbox"), [[ann], [said], 1, false, []]);
  assert.deepEqual(await panel.said(), ["Hello"]);
  assert.equal(await panel.host.evaluate((element) => element.copyTranscript()), "Ann: Hello");
  assert.equal(await panel.send.textContent(), "Send to agents");
  await put(panel, { state: "joined", audience: "everyone" });
  assert.equal(await panel.send.textContent(), "Send to everyone");
  assert.deepEqual(await known(panel, "unread", "audience", "capabilities"), [1, "everyone", ["SendToAgents", "SendMessage"]]);
  assert.ok(await panel.host.evaluate((element) => element.matches(":state(everyone)")));
  assert.deepEqual(await panel.host.evaluate((element) => [element.insertText("Hi", "agents"), element.insertText("Hi", "everyone")]), [false, true]);
  assert.equal(await panel.get("dirty"), true);
  assert.deepEqual((await panel.events("barge-in-unread")).map(({ detail }) => detail), [{ sessionId: "one", unread: 1, fromCustomer: 1 }]);
  await put(panel, { state: "left", detail: { endedForCustomer: false } });
  assert.deepEqual((await panel.events("barge-in-left")).at(-1).detail, { sessionId: "one", endedForCustomer: false });
  assert.equal(await panel.box.count(), 0);
  assert.deepEqual(requests.filter((path) => path.startsWith("/api/") || path.endsWith(".wasm")), []);
  assert.deepEqual(page.errors, []);
});

test("a message is asked about, sent, and told, as the test says", async () => {
  const { page } = await open();
  const panel = await addPanel(page, { sessionId: "one" });
  const send = (words) => panel.host.evaluate((element, words) => window.testing.send(element, words), words);
  await put(panel, { state: "ready", mode: "coach" });
  await told(panel);
  await send("Ask for the number");
  const [{ detail }] = await panel.events("barge-in-send");
  assert.deepEqual(detail, { sessionId: "one", id: 1, operation: "SendToAgents", audience: "agents", text: "Ask for the number" });
  assert.deepEqual(await told(panel), ["send SendToAgents", "message-state waiting", "message-state sending"]);
  assert.deepEqual(await known(panel, "dirty", "outbox"), [true, [{ id: 1, audience: "agents", state: "sending" }]]);
  await put(panel, { state: "ready", mode: "coach", outbox: [{ id: 1, audience: "agents", state: "sent" }], detail: { confirmMs: 80 } });
  const sent = { sessionId: "one", id: 1, audience: "agents", visibility: "Agents", index: null, requestMs: null, confirmMs: 80 };
  assert.deepEqual((await panel.events("barge-in-sent"))[0].detail, sent);
  assert.deepEqual(await told(panel), ["message-state sent", "sent"]);
  assert.deepEqual(await known(panel, "dirty", "outbox"), [false, []]);
  await send("Again");
  await told(panel);
  await put(panel, { state: "ready", mode: "coach", outbox: [{ id: 2, audience: "agents", state: "refused" }], detail: { message: "No." } });
  const error = { sessionId: "one", id: 2, operation: "SendToAgents", kind: "api", httpStatus: null, statusCode: null, message: "No." };
  assert.deepEqual((await panel.events("barge-in-error"))[0].detail, error);
  await page.evaluate(() => document.addEventListener("barge-in-send", (event) => event.preventDefault()));
  await send("Never");
  assert.equal(await panel.box.inputValue(), "Never");
  assert.equal((await known(panel, "outbox"))[0].length, 1);
});

test("an impossible situation of a panel is rejected, and writing where there is no box", async () => {
  const { page } = await open();
  const panel = await addPanel(page, { sessionId: "one" });
  await assert.rejects(put(panel, { state: "joined", audience: "all" }), /audience "all" is none of agents, everyone/);
  await assert.rejects(put(panel, { state: "ready", outbox: [{ id: 1, audience: "agents", state: "done" }] }), /state of a message "done" is none of/);
  await put(panel, { state: "ready", mode: "monitor" });
  await assert.rejects(panel.host.evaluate((element) => window.testing.send(element, "Hello")), /no message box now/);
});
