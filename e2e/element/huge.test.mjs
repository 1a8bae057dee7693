/** Bodies of ten megabytes from the server: the known fields are read, and the rest leaves no memory behind. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { add } from "../support/button.mjs";
import { eventually } from "../support/eventually.mjs";
import { fixture } from "../support/fixture.mjs";
import { beforeElement } from "../support/sim.mjs";

const shared = fixture();

const MEGABYTE = 1_000_000;
const HUGE = 10 * MEGABYTE;

/** How much memory may remain once the page is at rest: less than one of the bodies. */
const MAY_REMAIN = 8 * MEGABYTE;

/** WebAssembly's memory never shrinks: the memory for one log remains, but a second one does not add to it. */
const MAY_GROW = 60 * MEGABYTE;

/** JSON texts of ten megabytes without known fields. */
const NOISE = {
  "deep nesting": () => "[".repeat(HUGE / 2) + "]".repeat(HUGE / 2),
  "one long string": () => JSON.stringify("x".repeat(HUGE)),
  "a hundred thousand entries": () => JSON.stringify(entries(100_000)),
};

/** A message log as GWS writes it. */
const entries = (count) =>
  Array.from({ length: count }, (_, at) => ({
    index: at + 1,
    type: "Text",
    text: `The ${at}th message of a long talk`,
    visibility: "All",
    from: { nickname: "Casey", type: "Customer", participantId: "p1", visibility: "All" },
  }));

/** Records each WebAssembly memory, so that the test can read their sizes. */
function noteMemories() {
  window.memories = [];
  WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
    construct(Instance, given) {
      const instance = new Instance(...given);
      // By type: the package's exports have short names.
      window.memories.push(Object.values(instance.exports).find((one) => one instanceof WebAssembly.Memory));
      return instance;
    },
  });
}

/** Opens a page with a ready element; returns also a function that measures its memory. */
async function opened(properties = {}) {
  const page = await shared.page({ before: (page) => page.addInitScript(beforeElement(noteMemories)) });
  const browser = await page.context().newCDPSession(page);
  const sessionId = await shared.sim.session();
  const button = await add(page, { sessionId, requestTimeout: 60_000, ...properties });
  await button.until("ready");
  const memory = async () => {
    await browser.send("HeapProfiler.collectGarbage");
    const { usedSize } = await browser.send("Runtime.getHeapUsage");
    const wasm = await page.evaluate(() => window.memories.map(({ buffer }) => buffer.byteLength));
    assert.equal(wasm.length, 1, "it did not panic");
    return { heap: usedSize, wasm: wasm[0] };
  };
  return { page, sessionId, button, memory };
}

/** Fails if more memory remains than allowed since `before`; `wasm` is the allowed growth of WebAssembly's memory. */
async function holds(what, memory, before, wasm) {
  const now = await memory();
  const [heap, grown] = [now.heap - before.heap, now.wasm - before.wasm];
  const figures = `${what}: heap +${(heap / MEGABYTE).toFixed(1)} MB, WebAssembly +${(grown / MEGABYTE).toFixed(1)} MB`;
  assert.ok(heap < MAY_REMAIN && grown <= wasm, figures);
  return figures;
}

const body = (id, noise, capabilities = ["SwitchToCoach"]) =>
  `{"messageType":"SMSsessionStateChangeMessage","smssession":{"id":"${id}","state":"Chatting",` +
  `"capabilities":${JSON.stringify(capabilities)},"userData":${noise}},"more":${noise}}`;

for (const [name, make] of Object.entries(NOISE)) {
  const noise = make();

  test(`in a notification, ${name}`, async (t) => {
    const { page, sessionId, button, memory } = await opened();
    const before = await memory();
    await shared.sim.post("/publish", { channel: "/v2/me/x", raw: body(sessionId, noise) });
    await button.until("unavailable", "not-permitted");
    await shared.sim.post("/publish", { channel: "/v2/me/x", raw: noise });
    await shared.sim.act(sessionId, "capabilities", { list: ["SwitchBargeIn"] });
    await button.until("ready");
    t.diagnostic(await holds(name, memory, before, 0));
    assert.deepEqual(page.errors, []);
  });

  test(`in the read of the sessions, ${name}`, async (t) => {
    const { page, sessionId, button, memory } = await opened();
    const before = await memory();
    const list = `{"statusCode":0,"smssessions":[{"id":"${sessionId}","state":"Chatting","capabilities":["Leave"],"userData":${noise}}],"more":${noise}}`;
    await shared.sim.fault("refuse", { method: "GET", path: "/smssessions" }, { httpStatus: 200, body: list });
    await button.host.evaluate((element) => element.refresh());
    await button.until("unavailable", "not-permitted");
    await button.host.evaluate((element) => element.refresh());
    await button.until("ready");
    t.diagnostic(await holds(name, memory, before, 0));
    assert.deepEqual(page.errors, []);
  });

  test(`as the whole answer to a press, ${name}`, async (t) => {
    const { page, sessionId, button, memory } = await opened();
    const before = await memory();
    await shared.sim.fault("refuse", { operation: "SwitchToBargeIn" }, { httpStatus: 200, body: noise });
    await button.main.click();
    await button.until("failed");
    const [error, ...more] = await button.untilEvents("barge-in-error");
    assert.deepEqual(more, []);
    assert.equal(error.detail.kind, "malformed");
    await button.main.click();
    await button.until("joined");
    assert.equal((await shared.sim.operations(sessionId)).length, 2);
    t.diagnostic(await holds(name, memory, before, 0));
    assert.deepEqual(page.errors, []);
  });
}

test("a message log of a hundred thousand entries", async (t) => {
  const { page, sessionId, button, memory } = await opened();
  const own = await button.get("userId");
  const before = await memory();
  const log = (messages) => ({ messageType: "MessageLogUpdated", notificationType: "NewMessages", smssessionPath: `/smssessions/${sessionId}`, messages });
  const joined = { index: 200_000, type: "ParticipantRejoined", visibility: "All", from: { type: "Agent", path: `/users/${own}`, participantId: "own", visibility: "All" } };
  await shared.sim.post("/publish", { channel: "/v2/me/x", data: log([...entries(100_000), joined]) });
  await button.until("joined");
  const after = await memory();
  t.diagnostic(await holds("first", memory, before, MAY_GROW));
  await shared.sim.post("/publish", { channel: "/v2/me/x", data: log(entries(100_000)) });
  await shared.sim.act(sessionId, "complete");
  await button.until("ended");
  t.diagnostic(await holds("second", memory, after, 0));
  assert.deepEqual(page.errors, []);
});

test("a read of the sessions that returns ten megabytes of anything else is not accepted", async () => {
  const { page, button } = await opened();
  const before = (await button.events("barge-in-change")).length;
  await shared.sim.fault("refuse", { method: "GET", path: "/smssessions" }, { httpStatus: 200, body: "{".repeat(HUGE) });
  const reads = () => shared.sim.log(({ method, path }) => method === "GET" && path.includes("/smssessions"));
  const { length } = await reads();
  await button.host.evaluate((element) => element.refresh());
  // A read that fails once is repeated at once without an event.
  await eventually(async () => (await reads()).filter(({ outcome }) => outcome === "answered").length === length + 2, "no second read");
  await button.main.click();
  await button.until("joined");
  const states = (await button.events("barge-in-change")).slice(before).map(({ detail }) => detail.state);
  assert.deepEqual(states, ["pending", "joined"]);
  assert.deepEqual(page.errors, []);
});

test("an error page of ten megabytes is reported in few words", async (t) => {
  const { page, button, memory } = await opened();
  const before = await memory();
  for (const status of [502, 400]) {
    await shared.sim.fault("refuse", { operation: "SwitchToBargeIn" }, { httpStatus: status, body: "no ".repeat(HUGE / 3) });
    await button.main.click();
    const error = (await button.untilEvents("barge-in-error", status === 502 ? 1 : 2)).at(-1);
    assert.equal(error.detail.kind, "http");
    assert.equal(error.detail.httpStatus, status);
    assert.ok(error.detail.message.length <= 500, `${error.detail.message.length} characters`);
  }
  await button.until("unavailable", "refused");
  t.diagnostic(await holds("error pages", memory, before, MEGABYTE));
  assert.deepEqual(page.errors, []);
});

test("a name of ten megabytes, again and again", async (t) => {
  const { page, sessionId, button, memory } = await opened();
  const before = await memory();
  const name = "x".repeat(HUGE);
  const named = (nickname) => ({
    messageType: "SMSsessionStateChangeMessage",
    smssession: { id: sessionId, state: "Chatting", capabilities: ["Leave"], participants: [{ nickname, type: "Customer", visibility: "All" }] },
  });
  for (let round = 0; round < 5; round++) await shared.sim.post("/publish", { channel: "/v2/me/x", data: named(name) });
  await button.until("unavailable", "not-supervising");
  await shared.sim.act(sessionId, "complete");
  await button.until("ended");
  t.diagnostic(await holds("names", memory, before, MEGABYTE));
  assert.deepEqual(page.errors, []);
});
