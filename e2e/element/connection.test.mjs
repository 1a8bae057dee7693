/** What `barge-in-connection` reports about a lost connection, and `link()` for the page's own connection. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { add } from "../support/button.mjs";
import { eventually } from "../support/eventually.mjs";
import { fixture } from "../support/fixture.mjs";
import { onTheWire } from "../support/sim.mjs";

const shared = fixture();
const NOTIFICATIONS = { path: "/notifications" };

/** Adds an element of a new session to a page that records console messages. */
async function element(properties = {}) {
  const page = await shared.page();
  page.said = [];
  page.on("console", (message) => message.text().startsWith("barge-in:") && page.said.push(message.text()));
  return add(page, { sessionId: await shared.sim.session(), ...properties });
}

/** Waits until the connection is reported as lost, and returns the report. */
const lost = (button, status = "broken") =>
  eventually(async () => (await button.events("barge-in-connection")).map(({ detail }) => detail).find((one) => one.status === status), status);

const CASES = [
  ["network", null, () => shared.sim.fault("reset-before", NOTIFICATIONS, { times: "always" })],
  ["http", 503, () => shared.sim.fault("refuse", NOTIFICATIONS, { times: "always", httpStatus: 503 })],
  ["http", 200, () => shared.sim.fault("html", NOTIFICATIONS, { times: "always", httpStatus: 200 })],
  ["network", null, () => shared.sim.fault("reset-before", { path: "/api/v2/me" }, { times: "always" })],
];

for (const [cause, httpStatus, fault] of CASES) {
  test(`broken by ${cause} ${httpStatus ?? ""}`, async () => {
    await fault();
    const button = await element();
    const told = await lost(button);
    assert.deepEqual([told.cause, told.httpStatus], [cause, httpStatus]);
    await button.until("unavailable", "disconnected");
    const said = button.page.said.filter((text) => text.includes("No notifications: "));
    assert.equal(said.length, 1, "said once");
    assert.ok(said[0].includes(cause), said[0]);
    await shared.sim.clearFaults();
    await button.host.evaluate((element) => element.refresh());
    await button.until("ready");
    // The list may be read before the first poll is answered.
    const isConnected = async () => (await button.events("barge-in-connection")).at(-1).detail.status === "connected";
    await eventually(isConnected, "not connected");
    const { detail } = (await button.events("barge-in-connection")).at(-1);
    assert.deepEqual([detail.cause, detail.httpStatus], [null, null]);
  });
}

test("signed out, the cause is the login", async () => {
  await shared.sim.post("/sign-out");
  try {
    const told = await lost(await element());
    assert.deepEqual([told.cause, typeof told.httpStatus], ["login", "number"]);
  } finally {
    await shared.sim.post("/sign-in");
  }
});

test("unavailable headers are the cause", async () => {
  const button = await element();
  await button.until("ready");
  await button.host.evaluate((element) => {
    element.requestHeaders = () => {
      throw new Error("no token");
    };
    element.refresh();
  });
  await shared.sim.post("/drop-connections");
  const told = await lost(button);
  assert.deepEqual([told.cause, told.httpStatus], ["headers", null]);
});

test("a server that refuses the client closes it, and the console says so", async () => {
  await shared.sim.post("/handshakes", { denied: true });
  try {
    const button = await element();
    const told = await lost(button, "closed");
    assert.deepEqual([told.cause, told.httpStatus], ["refused", null]);
    assert.match(button.page.said.join(), /refused/);
  } finally {
    await shared.sim.post("/handshakes", { denied: false });
  }
});

test("a server of another origin that does not allow this page: one line with the cure", onTheWire, async () => {
  const button = await element({ baseUrl: shared.sim.url.replace("127.0.0.1", "localhost") });
  const told = await lost(button);
  assert.deepEqual([told.cause, told.httpStatus], ["network", null]);
  assert.match(button.page.said.join("\n"), /CORS/);
  assert.equal(button.page.said.length, 1);
});

test("link() sets the page's own connection: off while it is lost, read again when it is back", async () => {
  const button = await element({ transport: "host" });
  await button.until("ready");
  for (const status of ["broken", "closed"]) {
    await button.host.evaluate((element, status) => element.link(status), status);
    await button.until("unavailable", "disconnected");
    const { detail } = (await button.events("barge-in-connection")).at(-1);
    assert.deepEqual([detail.status, detail.transport], [status, "host"]);
    await shared.sim.clearLog();
    await button.host.evaluate((element) => element.link("connected"));
    await button.until("ready");
    const reads = await shared.sim.log((entry) => entry.path.startsWith("/api/v2/me/smssessions"));
    assert.equal(reads.length, 1);
  }
  await button.host.evaluate((element) => element.link("connected"));
  assert.equal(await button.get("state"), "ready");
});

test("link() with an unknown word, or on another transport, changes nothing and gives a warning", async () => {
  const button = await element({ transport: "host" });
  await button.until("ready");
  await button.host.evaluate((element) => element.link("lost"));
  await button.set({ transport: "long-polling" });
  await button.until("ready");
  await button.host.evaluate((element) => element.link("broken"));
  assert.equal(await button.get("state"), "ready");
  assert.deepEqual(button.page.said, [
    'barge-in: link("lost") is none of connecting, connected, broken, closed.',
    'barge-in: link() is for transport="host".',
  ]);
});

test("link() before WebAssembly runs is kept", async () => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  const page = await shared.page({ before: (page) => page.route("**/barge-in.wasm", (route) => held.then(() => route.continue())) });
  const button = await add(page, { sessionId: await shared.sim.session(), transport: "host" });
  await button.host.evaluate((element) => element.link("broken"));
  release();
  await lost(button);
  await button.until("unavailable", "disconnected");
});
