/**
 * Smoke tests of the package in Firefox.
 *
 * The tests in Chromium cover the whole contract. These cover what differs between browsers: modules and WebAssembly
 * under the policy, custom states, focus, the modal dialog, keys, long requests and sockets. The file name keeps it out
 * of the run in Chromium; `cargo xtask test firefox` runs it.
 */
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { POLICY, startSim } from "../support/sim.mjs";
import { add, launch, open } from "./firefox.mjs";

let sim, browser, page;
before(async () => {
  sim = await startSim(["--websocket"]);
  browser = await launch();
});
afterEach(async () => {
  await page.browserContext().close();
  await sim.clearFaults();
  await sim.post("/latency", { ms: 0 });
});
after(async () => {
  await browser?.close();
  await sim?.close();
});

/** A fresh page with an element whose session can be joined. */
async function ready(properties = {}) {
  page = await open(browser, sim);
  const session = await sim.session({ agent: "Alice", customer: "Bob" });
  const button = await add(page, { sessionId: session, ...properties });
  await button.until("ready");
  return { session, button };
}

/** The server's side: the received operations and the mode. The page must have no errors. */
async function told(session) {
  assert.deepEqual(page.errors, []);
  assert.deepEqual(await page.evaluate(() => window.seen.violations), []);
  const operations = (await sim.operations(session)).map((entry) => entry.operation);
  const { sessions } = await sim.get("/state");
  return { operations, mode: sessions.find((one) => one.id === session)?.mode };
}

const NOTHING = { operations: [], mode: "monitor" };
const JOINED = { operations: ["SwitchToBargeIn"], mode: "barge-in" };

for (const transport of ["long-polling", "websocket"]) {
  test(`a click joins, by ${transport}`, async () => {
    const { session, button } = await ready({ transport });
    assert.equal(page.policy, POLICY);
    await button.click("button");
    await button.until("joined");
    assert.deepEqual(await told(session), JOINED);
    assert.equal((await button.events("barge-in-joined")).length, 1);
    assert.match(await button.text("status"), /joined/i);
    assert.equal((await button.events("barge-in-connection")).at(-1).transport, transport);
  });
}

for (const [name, key] of Object.entries({ Enter: "Enter", Space: " " })) {
  test(`${name} joins, and focus stays`, async () => {
    const { session, button } = await ready();
    await page.keyboard.press("Tab");
    await button.untilFocused("button");
    await page.keyboard.press(key);
    await button.until("joined");
    assert.deepEqual(await told(session), JOINED);
    await button.untilFocused("button");
  });
}

test("a double click and a held key send one request", async () => {
  const { session, button } = await ready();
  await sim.post("/latency", { ms: 300 });
  await button.click("button", { count: 2 });
  for (let i = 0; i < 5; i++) await page.keyboard.down("Enter"); // repeats, as a held key does
  await page.keyboard.up("Enter");
  await button.until("joined");
  assert.deepEqual(await told(session), JOINED);
});

test("a refusal is told in the server's words", async () => {
  const { session, button } = await ready();
  const refusal = { httpStatus: 403, statusCode: 5, statusMessage: "Not your team" };
  await sim.fault("refuse", { path: session }, refusal);
  await button.click("button");
  await button.until("unavailable");
  assert.equal(await button.ask((element) => element.reason), "refused");
  assert.match(await button.text("alert"), /Not your team/);
  const [error, ...more] = await button.events("barge-in-error");
  assert.deepEqual([error.kind, error.statusCode, more], ["api", 5, []]);
  assert.deepEqual(await told(session), { ...JOINED, mode: "monitor" });
});

test("the dialog asks with Cancel in focus, Escape sends nothing, and its second button joins", async () => {
  const { session, button } = await ready({ confirm: "dialog" });
  await button.click("button");
  await button.until("confirming");
  await button.untilFocused("cancel");
  const dialog = await button.ask((element) => {
    const dialog = element.shadowRoot.querySelector("[role=alertdialog]");
    return { modal: dialog.matches(":modal"), text: dialog.textContent };
  });
  assert.equal(dialog.modal, true);
  assert.match(dialog.text, /“\u2068Alice\u2069” and “\u2068Bob\u2069” will both see what you write/);
  await page.keyboard.press("Escape");
  await button.until("ready");
  await button.untilFocused("button");
  assert.deepEqual(await told(session), NOTHING);

  await page.keyboard.press("Enter");
  await button.untilFocused("cancel");
  await page.keyboard.press("Tab");
  await button.untilFocused("confirm");
  await page.keyboard.press("Enter");
  await button.until("joined");
  await button.untilFocused("button");
  assert.deepEqual(await told(session), JOINED);
});

test("a session that ends takes the press away", async () => {
  const { session, button } = await ready();
  await sim.act(session, "complete");
  await button.until("ended");
  assert.equal(await (await button.part("button")).evaluate((part) => part.ariaDisabled), "true");
  await button.click("button");
  await button.settle();
  assert.deepEqual(await told(session), { operations: [], mode: undefined });
});

test("a server that was away is said to be, and the press works when it is back", async () => {
  const { session, button } = await ready();
  await sim.post("/restart", { downMs: 2_000 });
  // Checks the recorded events, since the state may pass between two polls.
  await page.waitForFunction(() => window.seen.events.some((event) => event.detail.reason === "disconnected"));
  await button.until("ready");
  // The console has one line on what to look at.
  assert.match(page.errors.splice(0).join(), /^barge-in: No notifications: \w+[^]*$/);
  await button.click("button");
  await button.until("joined");
  assert.deepEqual(await told(session), JOINED);
});

// Only the browser's message says why WebAssembly did not start, and each browser has different messages.
const OBSTACLES = {
  "a policy that forbids it": {
    options: { policy: POLICY.replace(" 'wasm-unsafe-eval'", "") },
    words: "This page's security policy (CSP) does not allow WebAssembly.",
  },
  "another file than the built one": {
    wasm: Buffer.from("\0asm\x01\0\0\0"),
    words: "A file of this button is not the expected one (wrong integrity hash).",
  },
};
for (const [name, { options, wasm, words }] of Object.entries(OBSTACLES)) {
  test(`what keeps WebAssembly away is named: ${name}`, async () => {
    const own = await startSim([], options);
    try {
      page = await open(browser, own, "/blank.html", wasm && { "/npm/barge-in.wasm": wasm });
      const button = await add(page, { sessionId: await own.session() });
      await button.until("unavailable");
      await page.waitForFunction(() => document.getElementById("one").reason === "unsupported");
      assert.equal(await button.words(), words);
    } finally {
      await own.close();
    }
  });
}

test("the policy is in force, and what breaks it is noticed", async () => {
  await ready();
  const names = await page.evaluate(() => {
    const thrown = [];
    try {
      document.body.innerHTML = "<b>no</b>";
    } catch (error) {
      thrown.push(error.name);
    }
    document.body.setAttribute("style", "color: red");
    console.error("heard");
    return thrown;
  });
  assert.deepEqual(names, ["TypeError"]);
  await page.waitForFunction(() => window.seen.violations.length === 2);
  assert.ok(page.errors.includes("heard"));
});
