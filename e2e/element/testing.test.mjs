/** `barge-in/testing`: the real element in any state, without WebAssembly or a server. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { add } from "../support/button.mjs";
import { fixture } from "../support/fixture.mjs";
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
  assert.deepEqual(requests.filter((path) => !/^\/(bare\.html|page\.css|npm\/(testing|index)\.js|favicon\.ico)$/.test(path)), []);
  assert.deepEqual(page.errors, []);
});

test("the actor has the exports that the element calls", () => {
  const [, called] = /const exported = \{([^}]+)\}/.exec(readFileSync(join(root, "js/loader.js"), "utf8"));
  const [, played] = /export const exports = \{([^]+)\};/.exec(readFileSync(join(root, "js/testing/actor.js"), "utf8"));
  for (const name of called.split(",")) assert.match(played, new RegExp(`^  ${name.trim()}\\b`, "m"), name);
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
    /no <barge-in-button> of the page/,
  );
});
