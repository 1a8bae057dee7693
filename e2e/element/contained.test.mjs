/** A failure of the widget stays in the widget, and the widget does not interfere with a page that also uses Yew. */
import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { add, Button } from "../support/button.mjs";
import { launch, open } from "../support/browser.mjs";
import { fixture } from "../support/fixture.mjs";
import { dist, root, site } from "../support/paths.mjs";
import { notInPage, startSim } from "../support/sim.mjs";

const shared = fixture();

/**
 * Makes the widget panic: the page's DOM refuses one insertion, as if an extension or a script had moved the widget's
 * nodes. Yew cannot continue after that.
 */
async function panic(button) {
  await button.set({ modes: false });
  await button.part("coach").waitFor({ state: "detached" });
  await refuseInsertions(button, 1);
  await button.set({ modes: true });
}

/** Makes the DOM refuse the next few insertions into the element's shadow tree. */
function refuseInsertions(button, count) {
  return button.host.evaluate((element, count) => {
    const { insertBefore } = Node.prototype;
    let left = count;
    Node.prototype.insertBefore = function (...args) {
      if (this.getRootNode() !== element.shadowRoot) return insertBefore.apply(this, args);
      if (--left === 0) Node.prototype.insertBefore = insertBefore;
      throw new DOMException("no", "NotFoundError");
    };
  }, count);
}

/** The numbers of trees and of visible buttons in the element's shadow root. */
const trees = (button) =>
  button.host.evaluate(({ shadowRoot }) => [shadowRoot.children.length, shadowRoot.querySelectorAll("[part=button]").length]);

test("after a panic every element runs again, and each says so once", async () => {
  const page = await shared.page();
  const sessions = [await shared.sim.session(), await shared.sim.session()];
  const first = await add(page, { sessionId: sessions[0] });
  const second = await add(page, { sessionId: sessions[1] }, { id: "two" });
  await first.until("ready");
  await second.until("ready");
  await second.main.focus();
  await panic(first);
  for (const button of [first, second]) {
    const [error, ...more] = await button.untilEvents("barge-in-error");
    assert.deepEqual(more, []);
    assert.equal(error.detail.kind, "internal");
    assert.equal(error.detail.operation, null);
    assert.match(error.detail.message, /failed and was restarted/);
    await button.until("ready");
  }
  assert.equal(await second.focused(), "button");
  await first.part("coach").waitFor();
  await second.main.click();
  await second.until("joined");
  await first.main.click();
  await first.until("joined");
  for (const id of sessions) assert.equal((await shared.sim.operations(id)).length, 1);
  assert.ok(page.errors.every((error) => /unreachable|previous WASM instance/.test(error.message)), page.errors.join("\n"));
});

/** Opens a page with two elements whose WebAssembly is held back; the DOM will refuse that many insertions of the first. */
async function beforeDrawing(refused) {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  const before = (page) => page.route("**/barge-in.wasm", (route) => held.then(() => route.continue()));
  const page = await shared.page({ before });
  const first = await add(page, { sessionId: await shared.sim.session() });
  const second = await add(page, { sessionId: await shared.sim.session() }, { id: "two" });
  await first.main.waitFor();
  await refuseInsertions(first, refused);
  return { page, first, second, release };
}

test("a panic during an element's first rendering affects only that rendering", async () => {
  const { page, first, second, release } = await beforeDrawing(1);
  await first.main.focus();
  release();
  for (const button of [first, second]) {
    await button.until("ready");
    const [error, ...more] = await button.untilEvents("barge-in-error");
    assert.deepEqual(more, []);
    assert.equal(error.detail.kind, "internal");
    assert.equal(error.detail.operation, null);
    assert.deepEqual(await trees(button), [1, 1]);
  }
  assert.equal(await first.focused(), "button");
  await first.main.click();
  await first.until("joined");
  await second.main.click();
  await second.until("joined");
  assert.ok(page.errors.every((error) => /unreachable|previous WASM instance/.test(error.message)), page.errors.join("\n"));
});

test("an element that cannot be drawn at all keeps its placeholder, and says so", async () => {
  const { first, second, release } = await beforeDrawing(4);
  release();
  for (const button of [first, second]) {
    await button.until("unavailable", "unsupported");
    assert.equal(await button.words(), "This button failed several times and was stopped.");
    assert.equal((await button.events("barge-in-error")).at(-1).detail.kind, "unsupported");
    assert.deepEqual(await trees(button), [1, 1]);
  }
  await first.host.evaluate((element) => element.refresh());
  await first.until("ready");
  await second.until("ready");
  assert.deepEqual([await trees(first), await trees(second)], [[1, 1], [1, 1]]);
});

test("after a panic the page's own connection keeps its last status", async () => {
  const page = await shared.page();
  const button = await add(page, { sessionId: await shared.sim.session(), transport: "host" });
  await button.until("ready");
  await button.host.evaluate((element) => element.link("broken"));
  await button.until("unavailable", "disconnected");
  await panic(button);
  await button.untilEvents("barge-in-error");
  await button.until("unavailable", "disconnected");
  await button.host.evaluate((element) => element.link("connected"));
  await button.until("ready");
});

test("an attempt that a panic cut short is named, and not repeated", async () => {
  const page = await shared.page();
  const id = await shared.sim.session();
  const button = await add(page, { sessionId: id });
  await button.until("ready");
  await shared.sim.fault("hang", { operation: "SwitchToBargeIn" });
  await button.main.click();
  await button.until("pending");
  await panic(button);
  const [error] = await button.untilEvents("barge-in-error");
  assert.equal(error.detail.kind, "internal");
  assert.equal(error.detail.operation, "SwitchToBargeIn");
  await button.until("ready");
  assert.equal((await shared.sim.operations(id)).length, 1);
});

test("an attempt is named even if the widget failed before it was shown as pending", async () => {
  const page = await shared.page();
  const id = await shared.sim.session();
  const button = await add(page, { sessionId: id });
  await button.until("ready");
  // The glue reads from the page's DOM during the press: an exception there ends the instance at once.
  await button.host.evaluate((element) => {
    element.addEventListener("barge-in-request", () => {
      const { now } = Performance.prototype;
      Performance.prototype.now = () => {
        Performance.prototype.now = now;
        throw new Error("no");
      };
    });
  });
  await button.main.click();
  const [error, ...more] = await button.untilEvents("barge-in-error");
  assert.deepEqual(more, []);
  assert.deepEqual([error.detail.kind, error.detail.operation], ["internal", "SwitchToBargeIn"]);
  const states = (await button.events("barge-in-change")).map(({ detail }) => detail.state);
  assert.ok(!states.includes("pending"), states.join());
  await button.until("ready");
  // The earlier operation is not reported for a later failure.
  await panic(button);
  await button.untilEvents("barge-in-error", 2);
  assert.equal((await button.events("barge-in-error"))[1].detail.operation, null);
  assert.equal((await shared.sim.operations(id)).length, 0);
});

test("a panic while joined is not a new join; the next join is reported", async () => {
  const page = await shared.page();
  const id = await shared.sim.session();
  const first = await add(page, { sessionId: id });
  const second = await add(page, { sessionId: id }, { id: "two" });
  await first.until("ready");
  await second.until("ready");
  await first.main.click();
  await first.untilEvents("barge-in-joined");
  await second.untilEvents("barge-in-joined");
  await panic(first);
  for (const button of [first, second]) {
    const [error] = await button.untilEvents("barge-in-error");
    assert.deepEqual([error.detail.kind, error.detail.operation], ["internal", null]);
    await button.until("joined");
  }
  // Later events come after any event about the join that was found.
  await first.part("monitor").click();
  for (const button of [first, second]) {
    await button.until("ready");
    assert.equal((await button.events("barge-in-joined")).length, 1, button.id);
  }
  await first.main.click();
  for (const button of [first, second]) {
    await button.untilEvents("barge-in-joined", 2);
    await button.until("joined");
    assert.equal((await button.events("barge-in-joined")).length, 2, button.id);
  }
  const asked = (await shared.sim.operations(id)).map((entry) => entry.operation);
  assert.deepEqual(asked, ["SwitchToBargeIn", "SwitchToMonitor", "SwitchToBargeIn"]);
});

test("a join during the recovery from a panic is reported", async () => {
  const page = await shared.page();
  const id = await shared.sim.session();
  const button = await add(page, { sessionId: id });
  await button.until("ready");
  await shared.sim.fault("hang", { path: "/me/smssessions" });
  await panic(button);
  await button.untilEvents("barge-in-error");
  await button.until("unavailable", "connecting");
  await shared.sim.act(id, "switch", { operation: "SwitchToBargeIn" });
  await shared.sim.clearFaults();
  await button.until("joined");
  const [joined, ...more] = await button.untilEvents("barge-in-joined");
  assert.deepEqual(more, []);
  assert.deepEqual([joined.detail.requestMs, joined.detail.confirmMs], [null, null]);
});

test("after too many panics it stops, says so, and refresh() brings it back", async () => {
  const page = await shared.page();
  const button = await add(page, { sessionId: await shared.sim.session() });
  for (let i = 1; i <= 3; i++) {
    await button.until("ready");
    await panic(button);
    await page.waitForFunction((count) => window.seen.events.filter((event) => event.detail.kind === "internal").length === count, i);
  }
  await button.until("ready");
  await panic(button);
  await button.until("unavailable", "unsupported");
  assert.equal(await button.words(), "This button failed several times and was stopped.");
  const last = (await button.events("barge-in-error")).at(-1);
  assert.equal(last.detail.kind, "unsupported");
  await button.host.evaluate((element) => element.refresh());
  await button.until("ready");
});

test("an error thrown by a listener of the page does no harm", async () => {
  const page = await shared.page();
  const button = await add(page, { sessionId: await shared.sim.session() });
  await button.host.evaluate((element) => {
    for (const name of ["request", "change", "joined"]) {
      element.addEventListener(`barge-in-${name}`, () => {
        throw new Error("the page's own");
      });
    }
  });
  await button.until("ready");
  await button.main.click();
  await button.until("joined");
  assert.ok(page.errors.length > 0 && page.errors.every((error) => error.message === "the page's own"));
});

test("a listener may change, call and remove the element it listens to", async () => {
  const page = await shared.page();
  const id = await shared.sim.session();
  const button = await add(page, { sessionId: id });
  await button.host.evaluate((element) => {
    element.addEventListener("barge-in-change", () => {
      element.session;
      element.modes = !element.modes;
      element.refresh();
      element.notify({ messageType: "Nothing" });
    });
    element.addEventListener("barge-in-joined", () => element.remove());
  });
  await button.until("ready");
  await button.main.click();
  await page.waitForFunction(() => document.querySelector("#one") === null);
  assert.deepEqual(page.errors, []);
});

test("odd notifications and odd settings do no harm", async () => {
  const page = await shared.page();
  const id = await shared.sim.session();
  const button = await add(page, { sessionId: id });
  await button.until("ready");
  await button.host.evaluate((element) => {
    const loop = {};
    loop.loop = loop;
    for (const data of [undefined, null, 1, "", "{", "[]", [], {}, loop, { messageType: 7 }, { messageType: "SMSsessionStateChangeMessage" }, { messageType: "SMSsessionStateChangeMessage", smssession: [] }, new Map(), () => {}]) {
      element.notify(data);
    }
    element.strings = { "barge-in": 7, ended: null };
    element.requestTimeout = "never";
  });
  await button.main.click();
  await button.until("joined");
  assert.deepEqual(page.errors, []);
});

/** Serves a second build of the widget under another tag, with or without renamed Yew properties in the glue. */
function neighbour(folder, name, { renamed }) {
  const into = join(folder, name);
  mkdirSync(into, { recursive: true });
  let text = readFileSync(join(dist, "define.js"), "utf8");
  const before = text;
  text = text.replaceAll('"barge-in-button"', `"${name}-button"`);
  if (!renamed) text = text.replaceAll("__bargein_yew_", "__yew_");
  if (text === before) throw new Error("nothing to replace: the bundle has changed its shape");
  writeFileSync(join(into, "define.js"), text);
  for (const file of ["barge-in.wasm", "locales"]) cpSync(join(dist, file), join(into, file), { recursive: true });
}

test("two builds of the widget, one inside the other, do not hear each other's presses", notInPage("one of them is defined before the simulator can start"), async () => {
  const folder = join(root, "target/e2e", `neighbours-${process.pid}`);
  cpSync(site(), folder, { recursive: true });
  neighbour(folder, "outer", { renamed: false });
  neighbour(folder, "twin", { renamed: false });
  const sim = await startSim([], { pages: folder });
  const browser = await launch();
  try {
    // The same markup twice: our element, and one whose glue keeps Yew's own names, like that of `outer`.
    for (const [tag, path] of [
      ["barge-in-button", "/npm/define.js"],
      ["twin-button", "/twin/define.js"],
    ]) {
      const page = await open(browser, sim, "/bare.html");
      const [around, inside] = [await sim.session(), await sim.session()];
      await page.evaluate(
        async ([tag, path, around]) => {
          await import("/outer/define.js");
          await import(path);
          const outer = document.createElement("outer-button");
          Object.assign(outer, { id: "outer", sessionId: around });
          document.body.append(outer);
        },
        [tag, path, around],
      );
      const outer = await new Button(page, "outer").until("ready");
      await page.evaluate(
        ([tag, inside]) => {
          const element = document.createElement(tag);
          Object.assign(element, { id: "inner", sessionId: inside });
          const base = document.querySelector("#outer").shadowRoot.querySelector("[part=base]");
          base.append(element);
          window.inner = element;
        },
        [tag, inside],
      );
      await page.waitForFunction(() => window.inner.state === "ready");
      await page.evaluate(() => window.inner.shadowRoot.querySelector("[part=button]").click());
      await page.waitForFunction(() => window.inner.state === "joined");
      // Both presses of one click would be sent in the same task, so a second one would be known by now.
      assert.equal((await sim.operations(inside)).length, 1, tag);
      assert.equal((await sim.operations(around)).length, 0, tag);
      await page.evaluate(() => document.querySelector("#outer").shadowRoot.querySelector("[part=button]").click());
      await outer.until("joined");
      await page.context().close();
    }
  } finally {
    await browser.close();
    await sim.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
