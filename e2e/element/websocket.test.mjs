/** The other transport: a WebSocket if available, else long-polling. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { add } from "../support/button.mjs";
import { eventually } from "../support/eventually.mjs";
import { fixture } from "../support/fixture.mjs";

const shared = fixture(["--websocket"]);

/** Timeouts long enough that none expires in these tests. */
const PATIENT = { requestTimeout: 60_000, confirmTimeout: 60_000 };
const OPERATION = "SwitchToBargeIn";

/** The browser's request for a socket. */
const UPGRADE = { method: "GET", path: "/api/v2/notifications" };

const polls = (entry) => entry.method === "POST" && /\/notifications/.test(entry.path);
const server = (test, what) => eventually(async () => test(await shared.sim.get("/state")), what);

/** Adds an element with `transport="websocket"` and waits until it is ready and connected by this transport. */
async function connected(page, transport) {
  const sessionId = await shared.sim.session();
  const button = await add(page, { sessionId, transport: "websocket", ...PATIENT });
  await untilConnected(button);
  await button.until("ready");
  assert.equal((await button.events("barge-in-connection")).at(-1).detail.transport, transport);
  return { sessionId, button };
}

/** Waits until the newest report on the connection, after the first `after` ones, is `connected`. */
const untilConnected = (button, after = 0) =>
  button.page.waitForFunction((after) => {
    const told = window.seen.events.filter(({ type }) => type === "barge-in-connection").slice(after);
    return told.at(-1)?.detail.status === "connected";
  }, after);

async function joinsOnce({ sessionId, button }) {
  await button.until("joined");
  assert.equal((await button.events("barge-in-joined")).length, 1);
  assert.deepEqual(await button.events("barge-in-error"), []);
  assert.equal((await shared.sim.operations(sessionId)).length, 1);
}

test("all that comes, comes by the socket", async () => {
  const page = await shared.page();
  const { sessionId, button } = await connected(page, "websocket");
  await button.main.click();
  await joinsOnce({ sessionId, button });
  const { sockets } = await shared.sim.get("/state");
  assert.equal(sockets, 1);
  assert.deepEqual(await shared.sim.log(polls), []);
  assert.deepEqual(await page.evaluate(() => window.seen.violations), []);
  assert.deepEqual(page.errors, []);
});

for (const [what, forgets] of [
  ["and the server still knows the client", false],
  ["and the server forgets the client", true],
]) {
  test(`the socket is killed while a barge-in is pending, ${what}`, async () => {
    const page = await shared.page();
    const { sessionId, button } = await connected(page, "websocket");
    await shared.sim.fault("accept-silently", { operation: OPERATION });
    const answered = page.waitForResponse((response) => response.url().endsWith(sessionId));
    await button.main.click();
    await (await answered).finished();
    assert.equal(await button.get("state"), "pending");

    // Allow no new socket before the session has changed.
    await shared.sim.fault("hang", UPGRADE, { times: "always" });
    await shared.sim.post("/drop-connections", { what: "sockets" });
    await server(({ sockets, hanging }) => sockets === 0 && hanging === 1, "no new socket is asked for");
    if (forgets) await shared.sim.post("/forget-clients");
    await shared.sim.act(sessionId, "switch", { operation: OPERATION });
    assert.equal(await button.get("state"), "pending");
    await shared.sim.clearFaults();

    await joinsOnce({ sessionId, button });
    await server(({ sockets, polls }) => sockets + polls === 1, "nothing is held");
  });
}

test("what is done after the socket broke and was opened again is told by the new one", async () => {
  const page = await shared.page();
  const { sessionId, button } = await connected(page, "websocket");
  const opened = page.waitForEvent("websocket");
  await shared.sim.post("/drop-connections", { what: "sockets" });
  await opened;
  await server(({ sockets }) => sockets === 1, "no new socket is open");
  await shared.sim.act(sessionId, "switch", { operation: "SwitchToCoach" });
  await page.waitForFunction(() => document.querySelector("#one").mode === "coach");
  await button.main.click();
  await joinsOnce({ sessionId, button });
  assert.deepEqual(await shared.sim.log(polls), []);
});

for (const [what, fault] of [
  ["refused", ["refuse", { httpStatus: 403 }]],
  ["answered by a proxy's page", ["html", {}]],
  ["cut off", ["reset-before", {}]],
  // The client gives it five seconds.
  ["accepted and never answered", ["hang", {}]],
]) {
  test(`an upgrade that is ${what} leaves long-polling`, async () => {
    const page = await shared.page();
    const [action, details] = fault;
    await shared.sim.fault(action, UPGRADE, { times: "always", ...details });
    const { sessionId, button } = await connected(page, "long-polling");
    assert.ok((await shared.sim.log(({ fault }) => fault === action)).length, "a socket was tried");
    const reasons = (await button.events("barge-in-change")).map(({ detail }) => detail.reason);
    assert.ok(!reasons.includes("disconnected"), `nothing was amiss: ${reasons}`);
    await button.main.click();
    await joinsOnce({ sessionId, button });
    await server(({ sockets, polls }) => sockets === 0 && polls === 1, "no poll is held");
    assert.deepEqual(page.errors, []);
  });
}

for (const [what, spoil] of [
  ["throws", () => (window.WebSocket = class { constructor() { throw new DOMException("not here", "SecurityError"); } })],
  ["throws what is no error", () => (window.WebSocket = class { constructor() { throw undefined; } })],
  ["is missing", () => delete window.WebSocket],
]) {
  test(`a constructor that ${what} leaves long-polling`, async () => {
    const page = await shared.page({ before: (page) => page.addInitScript(spoil) });
    const { sessionId, button } = await connected(page, "long-polling");
    await button.main.click();
    await joinsOnce({ sessionId, button });
    assert.deepEqual(page.errors, []);
  });
}
