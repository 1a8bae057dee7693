/** The session of a press is the one shown when the pointer or key went down; a press counts once and is reported once. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { add } from "../support/button.mjs";
import { fixture } from "../support/fixture.mjs";
import { holdPosts } from "../support/requests.mjs";
import { beforeElement } from "../support/sim.mjs";

const shared = fixture();

/** Two turns of the browser's event loop; the effects of a press would have begun by then. */
const settle = (page) => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));

const posts = () => shared.sim.log(({ method, path }) => method === "POST" && /\/me\/(smssessions|chats)\//.test(path));

/** Ways to hold a button and to release it. */
const holds = {
  pointer: {
    down: async (page, part) => {
      await part.hover();
      await page.mouse.down();
    },
    up: (page) => page.mouse.up(),
  },
  "space bar": {
    down: async (page, part) => {
      await part.focus();
      await page.keyboard.down("Space");
    },
    up: (page) => page.keyboard.up("Space"),
  },
};

/** Ways of a page to show another session; barge-in is allowed in that session, too. */
const turns = {
  "session-id": async (button) => {
    await button.set({ sessionId: await shared.sim.session() });
  },
  media: async (button) => {
    await button.set({ media: "chat", sessionId: await shared.sim.session({ media: "chat" }) });
  },
  "base-url": (button) => button.set({ baseUrl: shared.sim.url }),
  transport: (button) => button.set({ transport: "host" }),
  channel: (button) => button.set({ channel: "/v2/me/sms" }),
};

for (const [how, { down, up }] of Object.entries(holds)) {
  for (const [what, turn] of Object.entries(turns)) {
    test(`a press by ${how} that began before another ${what} was shown sends nothing`, async () => {
      const page = await shared.page();
      const button = await add(page, { sessionId: await shared.sim.session() });
      await button.until("ready");
      await down(page, button.main);
      await turn(button);
      await settle(page);
      await button.until("ready");
      await up(page);
      await settle(page);
      assert.deepEqual(await posts(), []);
      assert.deepEqual(await button.events("barge-in-request"), []);
      await button.main.click();
      await button.until("joined");
      assert.equal((await posts()).length, 1, "the next press counts");
    });
  }
}

for (const part of ["monitor", "coach"]) {
  test(`the same goes for ${part}`, async () => {
    const page = await shared.page();
    const mode = part === "coach" ? "monitor" : "coach";
    const button = await add(page, { sessionId: await shared.sim.session({ mode }), modes: true });
    await button.until("ready");
    await button.part(part).hover();
    await page.mouse.down();
    await button.set({ sessionId: await shared.sim.session({ mode }) });
    await button.until("ready");
    await page.mouse.up();
    await settle(page);
    assert.deepEqual(await posts(), []);
    await button.part(part).click();
    await page.waitForFunction((part) => document.getElementById("one").mode === part, part);
  });
}

for (const confirm of ["inline", "dialog"]) {
  test(`a press on the ${confirm} question does not count for the next session`, async () => {
    const page = await shared.page();
    const button = await add(page, { sessionId: await shared.sim.session(), confirm });
    await button.until("ready");
    await button.main.click();
    await button.until("confirming");
    await button.part("confirm").hover();
    await page.mouse.down();
    await button.set({ sessionId: await shared.sim.session() });
    await button.until("ready");
    await page.mouse.up();
    await settle(page);
    assert.deepEqual(await posts(), []);
    await button.until("ready");
  });
}

test("a session that is shown again before the pointer comes up is the one that was meant", async () => {
  const page = await shared.page();
  const [first, second] = [await shared.sim.session(), await shared.sim.session()];
  const button = await add(page, { sessionId: first });
  await button.until("ready");
  await button.main.hover();
  await page.mouse.down();
  await button.set({ sessionId: second });
  await button.until("ready");
  await button.set({ sessionId: first });
  await button.until("ready");
  await page.mouse.up();
  await button.until("joined");
  assert.deepEqual((await posts()).map(({ path }) => path.endsWith(first)), [true]);
});

test("a page that switches sessions during the pointerdown event does not redirect the press", async () => {
  const page = await shared.page();
  const [first, second] = [await shared.sim.session(), await shared.sim.session()];
  const button = await add(page, { sessionId: first });
  await button.until("ready");
  await page.evaluate((second) => {
    // The earliest listener that a page can have, before the control's.
    const turn = () => (document.getElementById("one").sessionId = second);
    window.addEventListener("pointerdown", turn, { capture: true, once: true });
  }, second);
  await button.main.click();
  await settle(page);
  assert.equal(await button.get("sessionId"), second);
  await button.until("ready");
  assert.deepEqual(await posts(), []);
});

test("a click of a script or a screen reader is meant for the session shown", async () => {
  const page = await shared.page();
  const [first, second] = [await shared.sim.session(), await shared.sim.session()];
  const button = await add(page, { sessionId: first });
  await button.until("ready");
  // A pointer that went down before and came up elsewhere does not count.
  await button.main.hover();
  await page.mouse.down();
  await page.mouse.move(0, 0);
  await page.mouse.up();
  await button.main.focus();
  await page.keyboard.down("Space");
  await page.evaluate(() => document.getElementById("one").shadowRoot.activeElement.blur());
  await page.keyboard.up("Space");
  await button.set({ sessionId: second });
  await button.until("ready");
  await button.main.evaluate((part) => part.click());
  await button.until("joined");
  assert.deepEqual((await posts()).map(({ path }) => path.endsWith(second)), [true]);
});

test("a double click is one press, however soon the first one fails", async () => {
  const page = await shared.page({ before: (page) => page.addInitScript(beforeElement(holdPosts)) });
  const session = await shared.sim.session();
  const button = await add(page, { sessionId: session });
  await button.until("ready");
  // Fails before the second click; other requests continue.
  await page.evaluate(() => (window.posting = () => Promise.reject(new TypeError("no line"))));
  await button.main.click({ clickCount: 3 });
  await button.untilEvents("barge-in-error");
  await settle(page);
  assert.equal((await button.events("barge-in-request")).length, 1);
  assert.equal((await button.events("barge-in-error")).filter(({ detail }) => detail.operation).length, 1);
});

test("the later clicks of a double click on Monitor or Coach do not count", async () => {
  const page = await shared.page();
  const button = await add(page, { sessionId: await shared.sim.session({ mode: "barge-in" }), modes: true });
  await button.until("joined");
  for (const part of ["coach", "monitor"]) {
    await shared.sim.clearLog();
    await button.part(part).dblclick();
    await page.waitForFunction((part) => document.getElementById("one").mode === part, part);
    await settle(page);
    assert.equal((await posts()).length, 1);
  }
});

for (const [what, there, back] of [
  ["session-id", (b) => b.set({ sessionId: "elsewhere" }), (b, id) => b.set({ sessionId: id })],
  ["media", (b) => b.set({ media: "chat" }), (b) => b.set({ media: "smssession" })],
  ["base-url", (b) => b.set({ baseUrl: "/nowhere" }), (b) => b.set({ baseUrl: "" })],
]) {
  for (const [state, type] of [
    ["joined", "barge-in-joined"],
    ["failed", "barge-in-error"],
  ]) {
    test(`a press is reported once when ${what} goes and comes back meanwhile: ${state}`, async () => {
      const page = await shared.page({ before: (page) => page.addInitScript(beforeElement(holdPosts)) });
      const id = await shared.sim.session();
      const button = await add(page, { sessionId: id, requestTimeout: 60_000 });
      await button.until("ready");
      await page.evaluate((state) => {
        const end = new Promise((resolve, reject) => (window.end = state === "joined" ? resolve : () => reject(new TypeError("no line"))));
        window.posting = () => end;
      }, state);
      await button.main.click();
      await button.until("pending");
      for (let times = 0; times < 2; times++) {
        await there(button);
        await page.waitForFunction(() => document.getElementById("one").state === "unavailable");
        await back(button, id);
        await button.until("pending");
      }
      await page.evaluate(() => window.end());
      await button.until(state);
      await settle(page);
      const told = (await button.events(type)).filter(({ detail }) => detail.sessionId === id && detail.operation !== null);
      assert.equal(told.length, 1);
    });
  }
}

test("a press whose session ends while the page's headers are waited for is not sent", async () => {
  const page = await shared.page();
  const id = await shared.sim.session();
  const button = await add(page, { sessionId: id });
  await button.until("ready");
  await shared.sim.clearLog();
  await button.host.evaluate((element) => {
    const headers = new Promise((resolve) => (window.giveHeaders = () => resolve({ "X-Own": "1" })));
    element.requestHeaders = () => (window.pressed ? headers : {});
    window.pressed = false;
    element.addEventListener("barge-in-request", () => (window.pressed = true));
  });
  await button.main.click();
  await button.until("pending");
  // Notified by the page, as every request waits for the headers.
  await button.host.evaluate((element, id) => element.notify({ messageType: "SMSsessionStateChangeMessage", smssession: { id, state: "Completed" } }), id);
  await button.until("ended");
  await page.evaluate(() => window.giveHeaders());
  await settle(page);
  assert.deepEqual(await posts(), []);
});
