/** Values of the page may throw and affect nothing else; early calls are not lost. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { add } from "../support/button.mjs";
import { fixture } from "../support/fixture.mjs";

const shared = fixture();
const WASM = "**/barge-in.wasm";

/** Collects the widget's warnings. */
function warnings(page) {
  const said = [];
  page.on("console", (message) => message.text().startsWith("barge-in:") && said.push(message.text()));
  return said;
}

/** Ways to pass texts that cannot all be read; `good` says whether one of them can. */
const STRINGS = {
  "a getter that throws": { give: () => ({ monitor: "Watch", get coach() { throw new Error("no"); } }), good: true },
  "a proxy that throws at one": {
    give: () => new Proxy({ monitor: "Watch", coach: "Whisper" }, { get: (to, key) => { if (key === "coach") throw new Error("no"); return to[key]; } }),
    good: true,
  },
  "a proxy that tells no names": { give: () => new Proxy({ monitor: "Watch" }, { ownKeys() { throw new Error("no"); } }), good: false },
  "a proxy that is revoked": { give: () => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; }, good: false },
};

for (const [what, { give, good }] of Object.entries(STRINGS)) {
  test(`strings with ${what}: told once, all else goes on`, async () => {
    const page = await shared.page({ before: (page) => page.addInitScript(`window.give = ${give}`) });
    const said = warnings(page);
    const [one, two] = [await shared.sim.session(), await shared.sim.session()];
    const first = await add(page, { sessionId: one, modes: true });
    const second = await add(page, { sessionId: two, modes: true }, { id: "two" });
    await first.host.evaluate((element) => void (element.strings = window.give()));
    await first.until("ready");
    await page.waitForFunction((text) => document.querySelector("#one").shadowRoot.querySelector("[part=monitor]").textContent === text, good ? "Watch" : "Monitor");
    assert.equal(await first.part("coach").textContent(), "Coach");
    for (const button of [first, second]) {
      await button.main.click();
      await button.until("joined");
    }
    await first.set({ sessionId: two });
    await page.waitForFunction((id) => document.querySelector("#one").session?.id === id, two);
    assert.equal(said.length, 1, said.join("\n"));
    assert.match(said[0], /strings/);
    assert.deepEqual(page.errors, []);
  });
}

test("notify() with unreadable data gives a warning, and the next call counts", async () => {
  const page = await shared.page();
  const said = warnings(page);
  const id = await shared.sim.session();
  const button = await add(page, { sessionId: id, transport: "host", userId: "me" });
  await button.until("ready");
  await button.host.evaluate((element) => {
    const loop = {};
    loop.loop = loop;
    element.notify({ get messageType() { throw new Error("no"); } });
    element.notify({ toJSON() { throw new Error("no"); } });
    element.notify(new Proxy({}, { ownKeys() { throw new Error("no"); } }));
    element.notify(loop);
  });
  const smssession = { id, state: "Chatting", capabilities: ["Leave"], participants: [] };
  await button.host.evaluate((element, smssession) => element.notify({ messageType: "SMSsessionStateChangeMessage", smssession }), smssession);
  await button.until("unavailable", "not-supervising");
  assert.equal(said.length, 4, said.join("\n"));
  assert.deepEqual(page.errors, []);
});

test("a console that throws does no harm either", async () => {
  const page = await shared.page();
  const button = await add(page, { sessionId: await shared.sim.session() });
  await button.until("ready");
  await button.host.evaluate((element) => {
    console.warn = () => {
      throw new Error("no");
    };
    element.strings = { get joined() { throw new Error("no"); } };
    element.notify({ get messageType() { throw new Error("no"); } });
  });
  await button.main.click();
  await button.until("joined");
  assert.deepEqual(page.errors, []);
});

test("five thousand calls before WebAssembly runs: both the first and the last count", async () => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  const page = await shared.page({ before: (page) => page.route(WASM, (route) => held.then(() => route.continue())) });
  // The sessions are not read, so facts about them come only from the calls.
  await shared.sim.fault("hang", { path: "/me/smssessions" }, { times: "always" });
  const first = await add(page, { sessionId: "first", transport: "host", userId: "me" });
  const last = await add(page, { sessionId: "last", transport: "host", userId: "me" }, { id: "two" });
  await first.host.evaluate((element) => {
    for (let count = 0; count < 5000; count++) {
      const smssession = { id: count ? "last" : "first", state: "Chatting", capabilities: ["SwitchToBargeIn", String(count)], participants: [] };
      element.notify({ messageType: "SMSsessionStateChangeMessage", smssession });
    }
  });
  release();
  for (const [button, count] of [[first, "0"], [last, "4999"]]) {
    await button.until("ready");
    assert.deepEqual(await button.get("capabilities"), ["SwitchToBargeIn", count]);
  }
});

test("calls are not kept for an element that cannot start, and count again after refresh()", async () => {
  const page = await shared.page({ before: (page) => page.route(WASM, (route) => route.fulfill({ status: 404 })) });
  await shared.sim.fault("hang", { path: "/me/smssessions" }, { times: "always" });
  const button = await add(page, { sessionId: "s", transport: "host", userId: "me" });
  await button.until("unavailable", "unsupported");
  const notify = (capabilities) =>
    button.host.evaluate((element, smssession) => element.notify({ messageType: "SMSsessionStateChangeMessage", smssession }), {
      id: "s",
      state: "Chatting",
      capabilities,
      participants: [],
    });
  const before = await page.evaluate(() => performance.memory.usedJSHeapSize);
  await button.host.evaluate((element) => {
    for (let count = 0; count < 200; count++) element.notify({ messageType: "x", filling: String(count).repeat(50_000) });
  });
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const after = await page.evaluate(() => performance.memory.usedJSHeapSize);
  assert.ok(after - before < 10_000_000, `${after - before} bytes are kept`);
  await notify(["SwitchToBargeIn", "forgotten"]);
  await page.unroute(WASM);
  await button.host.evaluate((element, smssession) => {
    element.refresh();
    element.notify({ messageType: "SMSsessionStateChangeMessage", smssession });
  }, { id: "s", state: "Chatting", capabilities: ["SwitchToBargeIn", "kept"], participants: [] });
  await button.until("ready");
  assert.deepEqual(await button.get("capabilities"), ["SwitchToBargeIn", "kept"]);
});
